import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { BARS_LANDING } from '../../../lake/tables/tables.ts'
import { localPaths } from '../../../localstack/engine/paths.ts'
import { installNative } from '../../../localstack/native/install.ts'
import { installPackages } from '../../../localstack/native/python-packages.ts'
import { findPython } from '../../../localstack/native/tools.ts'
import { sharedEngine } from '../../support/engine.ts'
import { installDeps } from '../../support/install-deps.ts'

/** What read_landing.py prints. A symbol's numbers: rows, first and last ts_event (ms), and six sums. */
interface Seen {
  readonly types: Readonly<Record<string, string>>
  readonly symbols: Readonly<Record<string, readonly number[]>>
}
interface Answer {
  readonly duckdb: Seen
  readonly pyarrow: Seen
  readonly statistics: readonly { readonly columns: number; readonly wrong: readonly unknown[] }[]
}

const DUCKDB_TYPES = {
  string: 'VARCHAR',
  timestamp: 'TIMESTAMP WITH TIME ZONE',
  double: 'DOUBLE',
  bigint: 'BIGINT',
  int: 'INTEGER',
  binary: 'BLOB',
} as const
const PYARROW_TYPES = {
  string: 'string',
  timestamp: 'timestamp[ms, tz=UTC]',
  double: 'double',
  bigint: 'int64',
  int: 'int32',
  binary: 'binary',
} as const

describe('landed files in other readers', async () => {
  const { lake } = await sharedEngine()
  const folder = mkdtempSync(join(tmpdir(), 'tickerlake-readers-'))
  let answer: Answer

  before(async () => {
    const files: string[] = []
    for await (const { key } of lake.list(`${BARS_LANDING.prefix}/`)) {
      const file = join(folder, `${files.length}.parquet`)
      writeFileSync(file, (await lake.get(key))?.body ?? new Uint8Array())
      files.push(file)
    }
    answer = JSON.parse(await runReader(folder, files))
  })
  after(() => rmSync(folder, { recursive: true }))

  test('have the types of the table: instants in UTC, prices as doubles', () => {
    for (const { name, type } of BARS_LANDING.columns) {
      assert.equal(answer.duckdb.types[name], DUCKDB_TYPES[type], `DuckDB: ${name}`)
      assert.equal(answer.pyarrow.types[name], PYARROW_TYPES[type], `PyArrow: ${name}`)
    }
  })

  test('hold the values of the source, in both readers alike', async () => {
    const source = await sourceNumbers()

    for (const [symbol, numbers] of source) {
      for (const { symbols } of [answer.duckdb, answer.pyarrow]) assertClose(symbols[symbol] ?? [], numbers, symbol)
    }
    assert.deepEqual(Object.keys(answer.duckdb.symbols), [...source.keys()].sort())
    assert.deepEqual(Object.keys(answer.pyarrow.symbols), [...source.keys()].sort())
  })

  test('have statistics that are what the values say', () => {
    for (const { columns, wrong } of answer.statistics) {
      assert.deepEqual(wrong, [])
      assert.ok(columns > 10)
    }
  })
})

async function runReader(folder: string, files: readonly string[]): Promise<string> {
  const paths = localPaths()
  const deps = installDeps(folder)
  const { pythonPath } = await installNative(paths.install, deps)
  const python = findPython(process.env)
  const requirements = join(import.meta.dirname, 'requirements-readers.txt')
  const pyarrow = await installPackages(paths.install, { name: 'pyarrow', requirements, python }, deps)
  const args = [join(import.meta.dirname, 'read_landing.py'), ...files]
  const env = { PYTHONPATH: [pythonPath, pyarrow].join(delimiter), LANG: 'C.UTF-8' }
  return deps.registry.run({ name: 'reader', command: python.command, args, env }, deps.signal)
}

/** The same nine numbers of each symbol, from the sample's own files. */
async function sourceNumbers(): Promise<ReadonlyMap<string, readonly number[]>> {
  const sample = 'localstack/sample'
  const numbers = new Map<string, readonly number[]>()
  for (const name of readdirSync(sample).filter((each) => each.endsWith('.parquet'))) {
    const rows = await parquetReadObjects({ file: await asyncBufferFromFile(join(sample, name)), compressors })
    const times = rows.map((row) => Number(row['Date']))
    const sums = ['Open', 'High', 'Low', 'Close', 'Adj Close', 'Volume'].map((column) =>
      rows.reduce((sum, row) => sum + Number(row[column]), 0),
    )
    numbers.set(name.replace('.parquet', ''), [rows.length, Math.min(...times), Math.max(...times), ...sums])
  }
  return numbers
}

/** Sums of doubles depend on their order in the last digits. */
function assertClose(actual: readonly number[], wanted: readonly number[], symbol: string): void {
  assert.equal(actual.length, wanted.length, symbol)
  for (const [i, value] of wanted.entries()) {
    assert.ok(
      Math.abs((actual[i] ?? Number.NaN) - value) <= 1e-9 * Math.abs(value),
      `${symbol}: ${actual[i]} is not ${value}`,
    )
  }
}
