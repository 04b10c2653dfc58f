/** Tables of any columns with any cells, for the tests of the Parquet files that we write. */
import fc from 'fast-check'
import type { Cell } from '../../lake/tables/cells.ts'
import type { Column, ColumnType, Table } from '../../lake/tables/table.ts'

export interface AnyTable {
  readonly table: Table
  readonly columns: readonly (readonly Cell[])[]
}

const safe = fc.oneof(
  fc.maxSafeInteger(),
  fc.integer({ min: -5, max: 5 }),
  fc
    .constantFrom(
      ...[Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 2 ** 52, -(2 ** 52), 2 ** 52 - 1, 2 ** 51, 2 ** 31, 0, -0],
    )
    .map((value) => value + 0),
)
const texts = fc.oneof(
  fc.constantFrom('', 'AAPL', 'MSFT', 'a\u0000b', '😀', 'Größe 株', '\uffff', '\ud7ff', '\u{10ffff}'.repeat(20)),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ minLength: 60, maxLength: 200 }),
)

const CELLS: Readonly<Record<ColumnType, fc.Arbitrary<Cell>>> = {
  string: texts,
  binary: fc.uint8Array({ maxLength: 40 }),
  double: fc.oneof(fc.double(), fc.constantFrom(0, -0, Number.NaN, 0.1, 100.25)),
  int: fc.oneof(fc.integer(), fc.integer({ min: -3, max: 3 })),
  bigint: safe,
  boolean: fc.boolean(),
  timestamp: fc.oneof(fc.integer({ min: -1e12, max: 4e12 }), fc.constantFrom(0, -1, 1_700_000_000_000)),
}

/** One column: its cells drawn one by one, or a few that come again in runs, as sorted columns have them. */
function aColumn(rows: number, at: number): fc.Arbitrary<{ readonly column: Column; readonly cells: Cell[] }> {
  return fc
    .record({
      type: fc.constantFrom(...(Object.keys(CELLS) as ColumnType[])),
      nullable: fc.boolean(),
      nulls: fc.constantFrom(0, 1, 2, 20),
      run: fc.constantFrom(1, 1, 3, 17, 100),
    })
    .chain(({ type, nullable, nulls, run }) => {
      const cell = nullable
        ? fc.oneof({ weight: 3, arbitrary: CELLS[type] }, { weight: nulls, arbitrary: fc.constant(null) })
        : CELLS[type]
      const size = Math.ceil(rows / run)
      const column = { name: `c${at}`, type, nullable, doc: 'Any.', fieldId: at + 1 }
      return fc.array(cell, { minLength: size, maxLength: size }).map((few) => ({
        column,
        cells: Array.from({ length: rows }, (_, row) => few[Math.floor(row / run)] ?? null),
      }))
    })
}

export function anyTable(mostRows: number): fc.Arbitrary<AnyTable> {
  return fc
    .record({
      rows: fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: mostRows })),
      count: fc.integer({ min: 1, max: 4 }),
      unit: fc.constantFrom('milliseconds' as const, 'microseconds' as const),
    })
    .chain(({ rows, count, unit }) =>
      fc.tuple(...Array.from({ length: count }, (_, at) => aColumn(rows, at))).map((columns) => ({
        table: {
          name: 'any',
          doc: 'Any.',
          prefix: 'any',
          partitionKey: { name: 'dt', grain: 'day' as const, doc: 'Day.' },
          timestampUnit: unit,
          sortedBy: [],
          columns: columns.map(({ column }) => column),
        },
        columns: columns.map(({ cells }) => cells),
      })),
    )
}
