import type { Table } from '../core/table.ts'

/** The cells of one column: text, or numbers with NaN for null (`timestamp` in epoch milliseconds). */
export type GroupCells = Float64Array | readonly (string | null)[]

export interface RowGroup {
  readonly rows: number
  /** By column name. */
  readonly cells: Readonly<Record<string, GroupCells>>
}

/** Parquet files a row group at a time, for what is too large to be held as rows. */
export interface ParquetGroups {
  /** The row groups of a table's file in their order, only the wanted columns. Throws `TickerlakeError` for what is not Parquet. */
  read(body: Uint8Array, table: Table, columns: readonly string[]): AsyncIterable<RowGroup>
  /** Begins a file of a table. */
  write(table: Table): RowGroupWriter
}

export interface RowGroupWriter {
  /** One row group; a column of the table for each entry, numbers for every type but text. */
  group(group: RowGroup): void
  /** The whole file; `metadata` goes into its key-value metadata. */
  finish(metadata: Readonly<Record<string, string>>): Uint8Array
}
