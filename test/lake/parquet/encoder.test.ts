import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { DuckDBInstance } from '@duckdb/node-api'
import fc from 'fast-check'
import { parquetMetadata, parquetReadObjects, type Statistics } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { parquetEncoder } from '../../../lake/parquet/encoder.ts'
import { parquetGroups } from '../../../lake/parquet/row-groups.ts'
import { type Cell, type ColumnCells, cellAt, wordsOf } from '../../../lake/tables/cells.ts'
import type { Column, Table } from '../../../lake/tables/table.ts'
import { BARS } from '../../../lake/tables/tables.ts'
import { type AnyTable, anyTable } from '../../support/any-table.ts'
import { PATIENCE_MS } from '../../support/until.ts'

const cuts = fc.record({
  rowGroupRows: fc.constantFrom(7, 100, 1_000_000),
  pageRows: fc.constantFrom(1, 8, 100, 20_000),
  pageBytes: fc.constantFrom(64, 1_048_576),
})

/** What is written is UTF-8, which has no lone surrogates. */
function written(cell: Cell): Cell {
  return typeof cell === 'string' ? cell.toWellFormed() : cell
}

function shown(cell: unknown): unknown {
  if (cell instanceof Uint8Array) return Buffer.from(cell).toString('hex')
  if (cell instanceof Date) return cell.getTime()
  return typeof cell === 'bigint' ? Number(cell) : (cell ?? null)
}

function assertSame(read: readonly unknown[], cells: readonly Cell[], { name, type }: Column): void {
  assert.equal(read.length, cells.length)
  for (const [row, cell] of cells.entries()) {
    const [actual, wanted] = [shown(read[row]), shown(written(cell))]
    if (!Object.is(actual, wanted)) assert.fail(`${name} (${type}), row ${row}: ${actual} is not ${wanted}`)
  }
}

/** As the program's hot paths hold cells: numbers and words in typed arrays. */
function typed({ type, nullable }: Column, cells: readonly Cell[]): ColumnCells {
  if (type === 'string') return wordsOf(cells as (string | null)[])
  if (type === 'binary' || (nullable && cells.some(Number.isNaN))) return cells
  return Float64Array.from(cells, (cell) => (cell === null ? Number.NaN : Number(cell)))
}

function fileOf(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer
}

/** hyparquet gives no rows of a file without row groups, and timestamps of microseconds as dates. */
async function asHyparquetReads(bytes: Uint8Array, { columns }: Table): Promise<unknown[][]> {
  const parsers = { timestampFromMicroseconds: (micros: bigint) => Number(micros) / 1000 }
  const rows = await parquetReadObjects({ file: fileOf(bytes), compressors, utf8: false, parsers })
  return columns.map(({ name }) => rows.map((row) => row[name]))
}

describe('any table that is written', () => {
  test('reads back cell by cell with hyparquet, as its cells are held and however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(anyTable(400), cuts, async ({ table, columns }, cut) => {
        const encoder = parquetEncoder(cut)
        const bytes = encoder.encode(table, columns)

        const read = await asHyparquetReads(bytes, table)
        for (const [at, column] of table.columns.entries()) assertSame(read[at] ?? [], columns[at] ?? [], column)
        const held = table.columns.map((column, at) => typed(column, columns[at] ?? []))
        assert.deepEqual(Buffer.from(encoder.encode(table, held)), Buffer.from(bytes))
      }),
      { numRuns: 100, interruptAfterTimeLimit: PATIENCE_MS, markInterruptAsFailure: true },
    )
  })

  test('reads back with our own reader', async () => {
    await fc.assert(
      fc.asyncProperty(anyTable(400), cuts, async ({ table, columns }, cut) => {
        const bytes = parquetEncoder(cut).encode(table, columns)
        const names = table.columns.filter(({ type }) => type !== 'binary').map(({ name }) => name)
        const groups = await Array.fromAsync(parquetGroups.read(bytes, table, names))

        for (const [at, column] of table.columns.entries()) {
          if (!names.includes(column.name)) continue
          const read = groups.flatMap(({ rows, cells }) =>
            Array.from({ length: rows }, (_, row) => cellAt(cells[column.name], row)),
          )
          const wanted = (columns[at] ?? []).map((cell) => (typeof cell === 'boolean' ? Number(cell) : cell))
          assertSame(
            read,
            wanted.map((cell) => (Number.isNaN(cell) ? null : cell)),
            column,
          )
        }
      }),
      { numRuns: 100, interruptAfterTimeLimit: PATIENCE_MS, markInterruptAsFailure: true },
    )
  })

  test('has bounds that enclose its values of each row group', () => {
    fc.assert(
      fc.property(anyTable(300), cuts, ({ table, columns }, cut) => {
        const { row_groups } = parquetMetadata(fileOf(parquetEncoder(cut).encode(table, columns)))
        let from = 0
        for (const group of row_groups) {
          const to = from + Number(group.num_rows)
          for (const [at, column] of table.columns.entries()) {
            assertTrue(column, group.columns[at]?.meta_data?.statistics, (columns[at] ?? []).slice(from, to))
          }
          from = to
        }
      }),
      { numRuns: 100, interruptAfterTimeLimit: PATIENCE_MS, markInterruptAsFailure: true },
    )
  })
})

function assertTrue({ type }: Column, statistics: Statistics | undefined, cells: readonly Cell[]): void {
  if (type === 'binary') {
    assert.equal(statistics, undefined)
    return
  }
  assert.equal(Number(statistics?.null_count), cells.filter((cell) => cell === null).length)
  if (statistics?.min_value !== undefined) assertEnclosed(statistics, cells)
}

function assertEnclosed(
  bounds: { readonly min_value?: unknown; readonly max_value?: unknown },
  cells: readonly Cell[],
) {
  const [min, max] = [keyOf(shown(bounds.min_value)), keyOf(shown(bounds.max_value))]
  for (const cell of cells) {
    if (cell === null) continue
    const key = keyOf(shown(written(cell)))
    assert.ok(min <= key && key <= max, `${String(bounds.min_value)} … ${String(cell)} … ${String(bounds.max_value)}`)
  }
}

/** Texts in the order of their bytes: as hexadecimal they compare like that. */
function keyOf(value: unknown): string | number {
  return typeof value === 'string' ? Buffer.from(value).toString('hex') : Number(value)
}

describe('any table in DuckDB', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tickerlake-encoder-'))
  const file = join(folder, 'any.parquet')
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  // One name for all files: by its age a file of the same millisecond is not told from the one before.
  await connection.run('SET enable_external_file_cache = false')
  after(() => {
    connection.closeSync()
    instance.closeSync()
    rmSync(folder, { recursive: true })
  })
  const ask = async (sql: string) => (await connection.runAndReadAll(sql)).getRowsJS()

  test('reads back cell by cell, and each value is found where it is looked for', async () => {
    await fc.assert(
      fc.asyncProperty(anyTable(300), cuts, async (any, cut) => {
        const { table, columns } = any
        writeFileSync(file, parquetEncoder(cut).encode(table, columns))

        const rows = await ask(`SELECT ${table.columns.map(asRead).join(', ')} FROM '${file}'`)
        for (const [at, column] of table.columns.entries()) {
          assertSame(
            rows.map((row) => row[at]),
            columns[at] ?? [],
            column,
          )
        }
        for (const { where, count } of lookups(any)) {
          assert.deepEqual(await ask(`SELECT count(*)::int FROM '${file}' WHERE ${where}`), [[count]], where)
        }
      }),
      { numRuns: 60 },
    )
  })
})

/** Instants as numbers: a JavaScript date has no microseconds. */
function asRead({ name, type }: Column): string {
  return type === 'timestamp' ? `epoch_us(${name}) / 1000` : name
}

/** The first cell of each column, and how often it is there. */
function lookups({ table, columns }: AnyTable): { readonly where: string; readonly count: number }[] {
  return table.columns.flatMap(({ name, type }, at) => {
    const cells = columns[at] ?? []
    const wanted = cells.find((cell) => cell !== null)
    if (wanted === undefined || wanted === null || type === 'binary') return []
    const count = cells.filter((cell) => cell !== null && isSame(written(cell), written(wanted))).length
    return [{ where: `${name} = ${literalOf(written(wanted), type)}`, count }]
  })
}

/** As SQL sees it: -0 is 0, and in DuckDB NaN is NaN. */
function isSame(a: Cell, b: Cell): boolean {
  return a === b || (Number.isNaN(a) && Number.isNaN(b))
}

function literalOf(cell: Cell, type: Column['type']): string {
  if (typeof cell === 'string') return `decode(from_hex('${Buffer.from(cell).toString('hex')}'))`
  if (type === 'double') return `'${Object.is(cell, -0) ? '-0' : cell}'::double`
  return type === 'timestamp' ? `make_timestamptz(${cell} * 1000)` : String(cell)
}

test('a million rows stay what they are', async () => {
  const rows = 1_000_000
  const numbers = Float64Array.from({ length: rows }, (_, row) => (row * 2_654_435_761) % 1_000_003)
  const symbols = { words: ['A', 'BB', '😀'], codes: Int32Array.from({ length: rows }, (_, row) => (row >> 12) % 3) }
  const table = {
    ...BARS,
    columns: BARS.columns.filter(({ name }) => ['symbol', 'close', 'volume'].includes(name)),
  }

  const bytes = parquetEncoder().encode(table, [symbols, numbers.map((number) => number / 100), numbers])
  const [group] = await Array.fromAsync(parquetGroups.read(bytes, table, ['symbol', 'close', 'volume']))

  assert.deepEqual(group?.cells['volume'], numbers)
  assert.deepEqual(
    group.cells['close'],
    numbers.map((number) => number / 100),
  )
  for (let row = 0; row < rows; row += 997) {
    assert.equal(cellAt(group.cells['symbol'], row), symbols.words[symbols.codes[row] ?? -1])
  }
})

test('a column carries its field id, and a table chooses microseconds', () => {
  const table = { ...BARS, timestampUnit: 'microseconds' as const, columns: [{ ...BARS.columns[2], fieldId: 7 }] }

  const { schema } = parquetMetadata(fileOf(parquetEncoder().encode(table, [[1_000]])))

  assert.equal(schema[1]?.field_id, 7)
  assert.deepEqual(schema[1].logical_type, { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MICROS' })
  assert.throws(() => parquetEncoder().encode(table, [[2 ** 52]]), /ts_event: .* beyond what microseconds/)
})
