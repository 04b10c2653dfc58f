import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import type { ParquetEncoder } from '../../lake/parquet/encoder.ts'
import type { Cell, ColumnCells } from '../../lake/tables/cells.ts'
import type { Column, ColumnType, Table } from '../../lake/tables/table.ts'

const TYPES: readonly ColumnType[] = ['string', 'binary', 'double', 'int', 'bigint', 'boolean', 'timestamp']

function aTable(...columns: readonly (readonly [name: string, type: ColumnType, nullable?: boolean])[]): Table {
  return {
    name: 'trial',
    doc: 'A table to try an encoder with.',
    prefix: 'trial',
    partitionKey: { name: 'dt', grain: 'day', doc: 'Day.' },
    sortedBy: [],
    columns: columns.map(([name, type, nullable = true]): Column => ({ name, type, nullable, doc: name })),
  }
}

function fileOf(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer
}

function rowsOf(bytes: Uint8Array): Promise<Record<string, unknown>[]> {
  return parquetReadObjects({ file: fileOf(bytes), compressors, utf8: false })
}

/** What one column reads back as; the reader gives INT64 as bigint and timestamps as Date. */
async function roundTrip(encoder: ParquetEncoder, type: ColumnType, cells: ColumnCells): Promise<unknown[]> {
  const rows = await rowsOf(encoder.encode(aTable(['cell', type]), [cells]))
  return rows.map(({ cell }) => (cell === undefined ? null : cell))
}

/** What every Parquet encoder must do. */
export function parquetEncoderContract(name: string, makeEncoder: () => ParquetEncoder): void {
  describe(`Parquet encoder contract: ${name}`, () => {
    test('text comes back: empty, with a zero byte, beyond the basic plane, very long', async () => {
      const cells = ['AAPL', '', 'a\u0000b', 'Größe 株 😀', null, 'x'.repeat(100_000), '"', '\n']

      assert.deepEqual(await roundTrip(makeEncoder(), 'string', cells), cells)
    })

    test('bytes come back: empty, not UTF-8, a view into a larger buffer, five megabytes', async () => {
      const pool = Buffer.from('xxxyyyzzz')
      const large = new Uint8Array(5 * 1024 * 1024).map((_, i) => i * 31)
      const cells = [new Uint8Array(), Uint8Array.of(0xff, 0xfe, 0), pool.subarray(3, 6), null, large]

      const read = await roundTrip(makeEncoder(), 'binary', cells)

      assert.deepEqual(
        read.map((cell) => (cell instanceof Uint8Array ? Buffer.from(cell).toString('hex') : cell)),
        cells.map((cell) => (cell === null ? null : Buffer.from(cell).toString('hex'))),
      )
      assert.equal(pool.toString(), 'xxxyyyzzz')
    })

    test('doubles come back bit for bit: signed zeros side by side, the smallest, the largest, what is not finite', async () => {
      const cells = [0, -0, 0, -0, 0.1, -1e-320, Number.MAX_VALUE, Number.NaN, Number.NEGATIVE_INFINITY, null, 0, -0]

      const read = await roundTrip(makeEncoder(), 'double', cells)

      for (const [i, cell] of cells.entries()) assert.ok(Object.is(read[i], cell), `${i}: ${String(read[i])}`)
    })

    test('whole numbers come back: 32 bit, and 64 bit up to the safe integers', async () => {
      const ints = [0, -1, 2_147_483_647, -2_147_483_648, null, 7]
      const bigints = [0, -1, 2 ** 31, -(2 ** 31) - 1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, null, 1]

      assert.deepEqual(await roundTrip(makeEncoder(), 'int', ints), ints)
      assert.deepEqual(
        await roundTrip(makeEncoder(), 'bigint', bigints),
        bigints.map((cell) => (cell === null ? null : BigInt(cell))),
      )
    })

    test('instants come back as UTC milliseconds, before 1970 too', async () => {
      const cells = [0, Date.UTC(1927, 11, 30), Date.UTC(2026, 0, 15, 12, 0, 0, 123), null, -1]

      const read = await roundTrip(makeEncoder(), 'timestamp', cells)

      assert.deepEqual(
        read.map((cell) => (cell instanceof Date ? cell.getTime() : cell)),
        cells,
      )
    })

    test('booleans come back', async () => {
      const cells = [true, false, null, ...new Array<boolean>(30).fill(true)]

      assert.deepEqual(await roundTrip(makeEncoder(), 'boolean', cells), cells)
    })

    test('a column of nulls alone comes back, of every type', async () => {
      for (const type of TYPES) {
        assert.deepEqual(await roundTrip(makeEncoder(), type, [null, null, null]), [null, null, null], type)
      }
    })

    test('no rows make a file that says its columns', async () => {
      const bytes = makeEncoder().encode(aTable(['symbol', 'string', false], ['ts_event', 'timestamp']), [[], []])

      const { num_rows, schema } = parquetMetadata(fileOf(bytes))
      assert.equal(num_rows, 0n)
      assert.deepEqual(
        schema.slice(1).map(({ name }) => name),
        ['symbol', 'ts_event'],
      )
      assert.deepEqual(await rowsOf(bytes), [])
    })

    test('ten thousand rows come back in their order', async () => {
      const rows = Array.from({ length: 10_000 }, (_, i) => i)
      const table = aTable(['symbol', 'string', false], ['offset', 'bigint', false], ['close', 'double'])
      const symbols = rows.map((i) => `S${i % 500}`)
      const closes = rows.map((i) => (i % 7 === 0 ? null : i / 100))

      const read = await rowsOf(makeEncoder().encode(table, [symbols, rows, closes]))

      assert.deepEqual(
        read,
        rows.map((i) => ({ symbol: symbols[i], offset: BigInt(i), close: closes[i] })),
      )
    })

    test('timestamps are annotated as UTC milliseconds and text as strings, never INT96', () => {
      const bytes = makeEncoder().encode(aTable(['ts', 'timestamp'], ['text', 'string']), [[0], ['x']])

      const [, ts, text] = parquetMetadata(fileOf(bytes)).schema
      assert.equal(ts?.type, 'INT64')
      assert.deepEqual(ts.logical_type, { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' })
      assert.deepEqual(text?.logical_type, { type: 'STRING' })
    })

    test('statistics give bounds and nulls of each column', () => {
      const bytes = makeEncoder().encode(aTable(['symbol', 'string'], ['volume', 'bigint']), [
        ['MSFT', null, 'AAPL'],
        [2 ** 40, 5, null],
      ])

      const columns = parquetMetadata(fileOf(bytes)).row_groups[0]?.columns ?? []
      const bounds = columns.map(({ meta_data }) => {
        const { min_value, max_value, null_count } = meta_data?.statistics ?? {}
        return [min_value, max_value, null_count]
      })
      assert.deepEqual(bounds, [
        ['AAPL', 'MSFT', 1n],
        [5n, 2n ** 40n, 1n],
      ])
    })

    test('what goes with the file stands in its key-value metadata', () => {
      const bytes = makeEncoder().encode(aTable(['x', 'int']), [[1]], { 'tickerlake.claim': 'c-1' })

      const found = parquetMetadata(fileOf(bytes)).key_value_metadata?.find(({ key }) => key === 'tickerlake.claim')
      assert.equal(found?.value, 'c-1')
    })

    test('a cell that is not of its column is refused, never bent to fit', () => {
      const wrong: readonly (readonly [ColumnType, Cell])[] = [
        ['int', 2 ** 31],
        ['int', 1.5],
        ['bigint', 2 ** 53],
        ['bigint', 'x'],
        ['timestamp', Number.NaN],
        ['double', '1'],
        ['string', 1],
        ['binary', 'text'],
        ['boolean', 0],
      ]
      for (const [type, cell] of wrong) {
        assert.throws(() => makeEncoder().encode(aTable(['cell', type]), [[cell]]), /cell/, `${type} ${cell}`)
      }
      assert.throws(() => makeEncoder().encode(aTable(['cell', 'int', false]), [[null]]), /cell/)
    })

    test('columns of another number than the table has are refused', () => {
      assert.throws(() => makeEncoder().encode(aTable(['a', 'int'], ['b', 'int']), [[1]]))
    })
  })
}
