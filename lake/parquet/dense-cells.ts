/** The cells of a column without its nulls, and checked: what the encoder works on. */
import { TickerlakeError } from '../errors.ts'
import { type Cell, type ColumnCells, isText, NO_WORD, type TextCells, wordsOf } from '../tables/cells.ts'
import type { Column, ColumnType } from '../tables/table.ts'

/** What stands in a column, without its nulls. */
export interface DenseCells {
  readonly rows: number
  /** 1 a row that has a value; undefined where every row has. */
  readonly present: Uint8Array | undefined
  readonly values: DenseValues
}

export type DenseValues =
  | { readonly kind: 'numbers'; readonly numbers: Float64Array }
  | { readonly kind: 'text'; readonly codes: Int32Array; readonly words: readonly string[] }
  | { readonly kind: 'bytes'; readonly bytes: readonly Uint8Array[] }

/** The cells of a column, each of the column's type. A cell that is not is a mistake of the caller: it throws. */
export function denseCells(column: Column, cells: ColumnCells): DenseCells {
  if (cells instanceof Float64Array) return denseNumbers(column, cells)
  if (isText(cells)) return denseCodes(column, cells)
  const present = presence(column, cells)
  const given = present ? cells.filter((cell) => cell !== null) : cells
  return { rows: cells.length, present, values: valuesOf(column, given) }
}

function presence(column: Column, cells: readonly Cell[]): Uint8Array | undefined {
  const present = new Uint8Array(cells.length)
  let values = 0
  for (let row = 0; row < cells.length; row++) {
    const cell = cells[row]
    if (cell === null && column.nullable) continue
    if (!isOf(column, cell)) throw wrongCell(column, row, cell)
    present[row] = 1
    values++
  }
  return values === cells.length ? undefined : present
}

function isOf({ type }: Column, cell: Cell | undefined): boolean {
  return cell !== undefined && cell !== null && FITS[type](cell)
}

function valuesOf({ type }: Column, given: readonly Cell[]): DenseValues {
  if (type === 'string') return { kind: 'text', ...wordsOf(given as readonly string[]) }
  if (type === 'binary') return { kind: 'bytes', bytes: given as readonly Uint8Array[] }
  return { kind: 'numbers', numbers: Float64Array.from(given, Number) }
}

function denseNumbers(column: Column, cells: Float64Array): DenseCells {
  const { type, nullable } = column
  if (type === 'string' || type === 'binary') throw wrongCell(column, 0, cells[0])
  const numbers = nullable && cells.includes(Number.NaN) ? cells.filter(isNumber) : cells
  if (type !== 'double') checkWhole(column, numbers)
  const present =
    numbers.length === cells.length ? undefined : Uint8Array.from(cells, (cell) => (isNumber(cell) ? 1 : 0))
  return { rows: cells.length, present, values: { kind: 'numbers', numbers } }
}

/** Integers, or the bits of booleans. One loop a type: a function that is an argument costs more than the check. */
function checkWhole(column: Column, numbers: Float64Array): void {
  const wrong =
    column.type === 'int' || column.type === 'boolean' ? wrongInt(numbers, column.type) : wrongBigint(numbers)
  if (wrong < numbers.length) throw wrongCell(column, wrong, numbers[wrong])
}

/** The place of the first number that is not of the type, or their count. */
function wrongBigint(numbers: Float64Array): number {
  let i = 0
  while (i < numbers.length && Number.isSafeInteger(numbers[i])) i++
  return i
}

function wrongInt(numbers: Float64Array, type: 'int' | 'boolean'): number {
  let i = 0
  for (; i < numbers.length; i++) {
    const number = numbers[i] as number
    if (number !== (number | 0) || (type === 'boolean' && number !== 0 && number !== 1)) break
  }
  return i
}

function isNumber(cell: number): boolean {
  return !Number.isNaN(cell)
}

function denseCodes(column: Column, { codes, words }: TextCells): DenseCells {
  if (column.type !== 'string') throw wrongCell(column, 0, words[0])
  let nulls = 0
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] as number
    if (code === NO_WORD && column.nullable) nulls++
    else if (words[code] === undefined) throw wrongCell(column, row, null)
  }
  const rows = codes.length
  if (nulls === 0) return { rows, present: undefined, values: { kind: 'text', codes, words } }
  const present = Uint8Array.from(codes, (code) => (code === NO_WORD ? 0 : 1))
  return { rows, present, values: { kind: 'text', codes: codes.filter((code) => code !== NO_WORD), words } }
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
