import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { parquetMetadata } from 'hyparquet'
import { BARS, type LandingRow } from '../../../lake/tables/tables.ts'
import { runCompaction } from '../../../lambdas/compactor/run.ts'
import { bytesRead } from '../../support/bytes-read.ts'
import { compactionOn } from '../../support/compaction.ts'
import { askDuckdb, writeLake } from '../../support/duckdb-lake.ts'
import { land } from '../../support/lake-builder.ts'
import { longHistory } from '../../support/long-history.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'

const ALL_COLUMNS = BARS.columns.map(({ name }) => name)
const FILE_ROWS = 10_000

async function compacted(rows: readonly LandingRow[]): Promise<MemoryObjectStore> {
  const store = new MemoryObjectStore()
  for (const partition of [0, 1, 2, 3]) {
    const own = rows.filter(({ kafka_partition }) => kafka_partition === partition)
    for (let i = 0; i < own.length; i += FILE_ROWS) await land(store, own.slice(i, i + FILE_ROWS), `p${partition}n${i}`)
  }
  await runCompaction(compactionOn(store))
  return store
}

function monthFiles({ objects }: MemoryObjectStore): [string, Uint8Array][] {
  return [...objects].filter(([key]) => key.startsWith('bars/data/')).map(([key, { body }]) => [key, body])
}

/** All of it twice, then corrections: some closes changed, and a split restates every adj_close of one symbol. */
function twiceAndCorrected(history: readonly LandingRow[]): LandingRow[] {
  const later = Date.UTC(2026, 10, 20)
  const again = history.map((row) => ({ ...row, ts_sent: row.ts_sent + 86_400_000 }))
  const corrections = history
    .filter(({ symbol }, i) => symbol === 'SYM007' || i % 1_000 === 0)
    .map((row) => ({ ...row, close: row.low ?? 0, adj_close: (row.adj_close ?? 0) / 2, ts_sent: later }))
  return [...history, ...again, ...corrections].map((row, kafka_offset) => ({ ...row, kafka_offset }))
}

describe('thirty symbols over ten years, sent twice and corrected', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tickerlake-ten-years-'))
  let store: MemoryObjectStore

  before(async () => {
    const history = longHistory({ symbols: 30, from: Date.UTC(2013, 0, 1), to: Date.UTC(2023, 0, 1) })
    store = await compacted(twiceAndCorrected(history))
    writeLake(store, folder)
  })
  after(() => rmSync(folder, { recursive: true }))

  test('make exactly the newest bars that DuckDB finds in the landing files', async () => {
    const columns = ALL_COLUMNS.filter((name) => name !== 'flags').join(', ')
    const [answer] = await askDuckdb(`
      WITH newest AS (
        SELECT ${columns} FROM read_parquet('${folder}/landing/bars/*/*.parquet')
        QUALIFY row_number() OVER (PARTITION BY symbol, interval, ts_event ORDER BY ts_sent DESC, kafka_offset DESC) = 1
      ),
      bars AS (SELECT ${columns} FROM read_parquet('${folder}/bars/data/*/*.parquet'))
      SELECT
        (SELECT count(*) FROM newest)::int AS want,
        (SELECT count(*) FROM bars)::int AS got,
        (SELECT count(*) FROM (SELECT * FROM newest EXCEPT ALL SELECT * FROM bars))::int AS missing,
        (SELECT count(*) FROM (SELECT * FROM bars EXCEPT ALL SELECT * FROM newest))::int AS wrong`)

    assert.deepEqual(answer, { want: 30 * 2518, got: 30 * 2518, missing: 0, wrong: 0 })
  })

  test('stand in one file a month', () => {
    assert.equal(monthFiles(store).length, 120)
  })

  test("stand in files whose statistics DuckDB's own reading confirms", async () => {
    const [answer] = await askDuckdb(`
      WITH stated AS (
        SELECT file_name, sum(row_group_num_rows) AS rows, min(stats_min_value) AS low, max(stats_max_value) AS high
        FROM parquet_metadata('${folder}/bars/data/*/*.parquet') WHERE path_in_schema = 'symbol' GROUP BY file_name
      ),
      found AS (
        SELECT filename AS file_name, count(*) AS rows, min(symbol) AS low, max(symbol) AS high
        FROM read_parquet('${folder}/bars/data/*/*.parquet', filename = true) GROUP BY filename
      )
      SELECT count(*)::int AS files FROM stated JOIN found USING (file_name, rows, low, high)`)

    assert.deepEqual(answer, { files: 120 })
  })

  test("let one symbol be read with at most a fifth of the columns' bytes, and its year with a fifth of all bytes", async (t) => {
    let full = 0
    let history = 0
    let year = 0
    let columns = { one: 0, all: 0 }
    for (const [key, body] of monthFiles(store)) {
      full += (await bytesRead(body, { columns: ALL_COLUMNS })).bytes
      const { bytes, rows } = await bytesRead(body, { columns: ALL_COLUMNS, symbol: 'SYM012' })
      history += bytes
      if (key.includes('month=2020-')) year += bytes
      columns = sumOf(columns, columnBytes(body, 'SYM012'))
      assert.ok(rows >= 18 && rows <= 23)
    }
    t.diagnostic(
      `full scan ${full} bytes, one symbol's year ${year} (${(year / full).toFixed(3)}), its ten years ${history} (${(history / full).toFixed(3)})`,
    )

    assert.ok(columns.one <= columns.all / 5)
    assert.ok(year <= full / 5)
    // Footers of months of 28 kB are a sixth of them (docs/decisions/0081).
    assert.ok(history <= full / 3)
  })
})

interface ColumnBytes {
  readonly one: number
  readonly all: number
}

/** Bytes of the row groups that may hold a symbol, and of all of them. */
function columnBytes(body: Uint8Array, symbol: string): ColumnBytes {
  const groups = parquetMetadata(body.slice().buffer).row_groups.map(({ columns }) => {
    const bytes = columns.reduce((sum, { meta_data }) => sum + Number(meta_data?.total_compressed_size), 0)
    const { min_value: low, max_value: high } = columns[0]?.meta_data?.statistics ?? {}
    return { bytes, holds: String(low) <= symbol && symbol <= String(high) }
  })
  const sum = (some: typeof groups) => some.reduce((total, { bytes }) => total + bytes, 0)
  return { one: sum(groups.filter(({ holds }) => holds)), all: sum(groups) }
}

function sumOf(a: ColumnBytes, b: ColumnBytes): ColumnBytes {
  return { one: a.one + b.one, all: a.all + b.all }
}

test('of a month of two hundred symbols one is read with at most a fifth of the bytes', async (t) => {
  const store = await compacted(longHistory({ symbols: 200, from: Date.UTC(2020, 0, 1), to: Date.UTC(2020, 1, 1) }))
  const [[, body] = ['', new Uint8Array()]] = monthFiles(store)

  const full = await bytesRead(body, { columns: ALL_COLUMNS })
  const one = await bytesRead(body, { columns: ALL_COLUMNS, symbol: 'SYM112' })

  t.diagnostic(
    `${full.rows} rows in ${full.bytes} bytes; one symbol's ${one.rows} in ${one.bytes} (${(one.bytes / full.bytes).toFixed(3)})`,
  )
  assert.equal(one.rows, 21)
  assert.ok(one.bytes <= full.bytes / 5)
})
