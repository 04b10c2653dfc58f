import type { Table } from '../core/table.ts'

/**
 * The cells of one column, a value a row, null where there is none: text as strings, `binary` as bytes,
 * everything else as numbers (`bigint` and `timestamp` as safe integers).
 */
export type ColumnCells = readonly (string | number | boolean | Uint8Array | null)[]

/** Turns the columns of a table into one Parquet file. */
export interface ParquetEncoder {
  /**
   * `columns` has one entry per column of the table, all of one length, in the table's order.
   * `metadata` goes into the file's key-value metadata.
   */
  encode(table: Table, columns: readonly ColumnCells[], metadata?: Readonly<Record<string, string>>): Uint8Array
}
