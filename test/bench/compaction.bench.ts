/**
 * `npm run bench -- compaction`: a month of minute bars of 500 symbols, landed twice over with corrections, to one file.
 * Each contestant has a process of its own, so that its peak memory is its own.
 */
import { spawnSync } from 'node:child_process'
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parquetEncoder } from '../../lake/parquet/encoder.ts'
import { parquetGroups } from '../../lake/parquet/row-groups.ts'
import { BARS_LANDING } from '../../lake/tables/tables.ts'
import { askDuckdb } from '../support/duckdb-lake.ts'
import type { Measure } from './measures.ts'

const CONTESTANTS = ['tickerlake', 'duckdb']
const MINUTES = 390 * 21
const FILE_ROWS = 100_000
/** One file or several, by ranges of symbols. */
const MONTH = 'bars/**/*.parquet'

/** Landing files as the consumer writes them, their rows made by DuckDB: rows by minute, every hundredth bar corrected at the end. */
async function makeLanding(folder: string, rows: number): Promise<void> {
  const place = join(folder, 'landing/bars/dt=2026-10-31')
  mkdirSync(place, { recursive: true })
  const corrections = Math.floor(rows / 100)
  for (let first = 0; first < rows + corrections; first += FILE_ROWS) {
    const last = Math.min(first + FILE_ROWS, rows + corrections) - 1
    const file = join(place, `market.bars-0@${first}-${last}@bench@0@bench.parquet`)
    await askDuckdb(
      `COPY (${landingRows(rows, first, last)}) TO '${file}' (FORMAT parquet, CODEC zstd, ROW_GROUP_SIZE 200000)`,
    )
    await encodeAnew(file)
  }
}

/** Both contestants read what the consumer's encoder writes. */
async function encodeAnew(file: string): Promise<void> {
  const kept = BARS_LANDING.columns.filter(({ type }) => type !== 'binary').map(({ name }) => name)
  const [group] = await Array.fromAsync(parquetGroups.read(readFileSync(file), BARS_LANDING, kept))
  const nulls = new Array<null>(group?.rows ?? 0).fill(null)
  writeFileSync(
    file,
    parquetEncoder().encode(
      BARS_LANDING,
      BARS_LANDING.columns.map(({ name }) => group?.cells[name] ?? nulls),
    ),
  )
}

function landingRows(rows: number, first: number, last: number): string {
  const symbols = Math.max(1, Math.round(rows / MINUTES))
  const price = `round(50 + n % 97 + (hash(n) % 1000) / 100.0, 2)`
  return `
    SELECT 'S' || lpad((n % ${symbols})::varchar, 4, '0') AS symbol, '1m' AS interval,
      (TIMESTAMP '2026-10-01 13:30:00' + to_minutes(n // ${symbols}))::timestamp_ms AS ts_event,
      ${price} AS open, ${price} + 0.5 AS high, ${price} - 0.5 AS low, ${price} + i // ${rows} * 0.1 AS close,
      ${price} AS adj_close, (hash(n) % 100000)::bigint AS volume, 'yahoo' AS source, 'run' AS run_id,
      (TIMESTAMP '2026-10-31 00:00:00' + to_milliseconds(i))::timestamp_ms AS ts_sent,
      (TIMESTAMP '2026-10-31 00:00:00' + to_milliseconds(i + 90))::timestamp_ms AS ts_recv, 'market.bars' AS topic,
      0 AS kafka_partition, i AS kafka_offset, 1 AS schema_version, NULL::varchar AS reject_reason,
      NULL::blob AS raw_key, NULL::blob AS raw_value
    FROM (SELECT i, CASE WHEN i < ${rows} THEN i ELSE (i - ${rows}) * 100 END AS n FROM range(${first}, ${last + 1}) AS t (i))`
}

interface Result {
  readonly name: string
  readonly seconds: number
  readonly cpuSeconds: number
  readonly peakMb: number
}

function inOwnProcess(name: string, folder: string): Result {
  const program = join(import.meta.dirname, 'compaction-contestant.ts')
  const { stdout, status } = spawnSync(process.execPath, [program, name, folder], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (status !== 0) throw new Error(`${name} failed`)
  return JSON.parse(stdout)
}

/** Prints how long each contestant took, the memory it held, and whether their rows are the same. */
export async function benchCompaction(rows: number): Promise<readonly Measure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tickerlake-bench-'))
  try {
    process.stderr.write(`Making ${rows} landed rows and ${Math.floor(rows / 100)} corrections …\n`)
    await makeLanding(folder, rows)
    const results = CONTESTANTS.map((name) => inOwnProcess(name, folder))
    const [check] = await askDuckdb(`SELECT
      (SELECT count(*) FROM read_parquet('${folder}/${MONTH}'))::int AS ours,
      (SELECT count(*) FROM read_parquet('${folder}/duckdb.parquet'))::int AS theirs,
      (SELECT count(*) FROM (SELECT symbol, ts_event, kafka_offset, close FROM read_parquet('${folder}/${MONTH}')
        EXCEPT SELECT symbol, ts_event, kafka_offset, close FROM read_parquet('${folder}/duckdb.parquet')))::int AS different`)
    const sizes = [MONTH, 'duckdb.parquet'].map((files) => megabytes(globSync(join(folder, files))))
    process.stdout.write('| contestant | seconds | CPU seconds | peak memory MB | file MB |\n|---|--:|--:|--:|--:|\n')
    for (const [i, { name, seconds, cpuSeconds, peakMb }] of results.entries()) {
      const cells = [name, seconds.toFixed(1), cpuSeconds.toFixed(1), peakMb.toFixed(0), sizes[i]?.toFixed(1)]
      process.stdout.write(`| ${cells.join(' | ')} |\n`)
    }
    process.stdout.write(`\nRows: ${JSON.stringify(check)}\n`)
    return measuresOf(rows, results, sizes)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function megabytes(files: readonly string[]): number {
  return files.reduce((sum, file) => sum + statSync(file).size, 0) / 1e6
}

function measuresOf(rows: number, [ours, theirs]: readonly Result[], [size = 0, theirSize = 0]: readonly number[]) {
  const work = `compaction: a month of ${rows} bars`
  const measure = (unit: string, of: (result: Result) => number): readonly Measure[] =>
    ours && theirs ? [{ work, unit, ours: of(ours), against: 'DuckDB', theirs: of(theirs) }] : []
  return [
    ...measure('CPU s', ({ cpuSeconds }) => cpuSeconds),
    ...measure('MB of memory', ({ peakMb }) => peakMb),
    { work, unit: 'MB of file', ours: size, against: 'DuckDB', theirs: theirSize },
  ]
}
