/** Cells as the Parquet writer takes them, checked first: it would wrap an int that is too large and store -1 for a NaN date. */
import { TickerlakeError } from '../core/errors.ts'
import type { Column, ColumnType } from '../core/table.ts'
import type { ColumnCells } from '../ports/parquet-encoder.ts'

type Cell = ColumnCells[number]

/** The cells of a column, each of the column's type. A cell that is not is a mistake of the caller: it throws. */
export function checkedCells(column: Column, cells: ColumnCells): Cell[] | Float64Array | Int32Array {
  const fits = FITS[column.type]
  let nulls = 0
  for (let row = 0; row < cells.length; row++) {
    const cell = cells[row]
    if (cell === null && column.nullable) nulls++
    else if (cell === undefined || cell === null || !fits(cell)) throw wrongCell(column, row, cell)
  }
  if (nulls > 0) return [...cells]
  if (column.type === 'double') return Float64Array.from(cells, Number)
  if (column.type === 'int') return Int32Array.from(cells, Number)
  return [...cells]
}

const FITS: Readonly<Record<ColumnType, (cell: NonNullable<Cell>) => boolean>> = {
  string: (cell) => typeof cell === 'string',
  binary: (cell) => cell instanceof Uint8Array,
  double: (cell) => typeof cell === 'number',
  int: (cell) => typeof cell === 'number' && cell === (cell | 0),
  bigint: (cell) => Number.isSafeInteger(cell),
  timestamp: (cell) => Number.isSafeInteger(cell),
  boolean: (cell) => typeof cell === 'boolean',
}

function wrongCell(column: Column, row: number, cell: Cell | undefined): TickerlakeError {
  const want = column.nullable ? `${column.type} or null` : column.type
  const got = typeof cell === 'object' && cell !== null ? 'bytes' : String(cell)
  return new TickerlakeError('wrong_cell', `Column ${column.name}, row ${row}: want ${want}, got ${got}.`)
}
