/** What a footer says of a file, as far as reading a table's columns needs it, whoever has written it. */
import type { CellBounds } from '../store/object-store.ts'

/** Where in the file the bytes of a column of a row group lie. */
export interface Span {
  readonly start: number
  readonly end: number
}

export interface FileLayout {
  readonly rows: number
  /** What its writer noted beside the data. */
  readonly notes: ReadonlyMap<string, string | undefined>
  readonly groupCount: number
  has(column: string): boolean
  rowsIn(group: number): number
  /** Undefined where the row group lacks the column. */
  spanOf(group: number, column: string): Span | undefined
  /** Undefined where the writer does not say, or nothing but nulls are there. */
  bounds(group: number, column: string): CellBounds | undefined
  /** How many rows of a group have no value; undefined where the writer does not say. */
  nullsIn(group: number, column: string): number | undefined
}
