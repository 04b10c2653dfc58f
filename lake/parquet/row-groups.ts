/** Parquet files a row group at a time, for what is too large to be held as rows. */
import type { GroupCells } from '../tables/cells.ts'
import type { Column, Table } from '../tables/table.ts'
import { PAGES } from './encoder.ts'
import { memorySource } from './file-source.ts'
import { ParquetFileWriter } from './file-writer.ts'
import { type RowGroup, TableFile } from './table-file.ts'
import { THOROUGH } from './zstd.ts'

/** A third more than rows of bars take. */
const BYTES_A_ROW = 24

export const parquetGroups: ParquetGroups = {
  async open(body, table) {
    const file = await TableFile.open(memorySource(body))
    const wanted = (columns: readonly string[]) => table.columns.filter(({ name }) => columns.includes(name))
    return file.groups.map((group) => ({ read: (columns) => file.read(group, wanted(columns)) }))
  },

  async *read(body, table, columns) {
    for (const group of await this.open(body, table)) yield await group.read(columns)
  },

  write(table, rows = 0) {
    // Bounds of unsorted columns prune nothing, and the footer is what every reader has to read.
    const hasStatistics = ({ name }: Column): boolean => table.sortedBy.includes(name) || name === 'interval'
    const options = { ...PAGES, effort: THOROUGH, hasStatistics }
    const file = new ParquetFileWriter(table, options, rows * BYTES_A_ROW)
    return {
      group({ cells }) {
        file.group(table.columns.map(({ name }) => cellsNamed(cells, name, table)))
      },
      finish: (metadata) => file.finish(metadata),
    }
  },
}

function cellsNamed(cells: RowGroup['cells'], name: string, table: Table): GroupCells {
  const found = cells[name]
  if (!found) throw new RangeError(`A row group of ${table.name} lacks its column ${name}.`)
  return found
}

/** A row group of an open file. */
export interface GroupReader {
  /** Some of its columns; others may be read later. */
  read(columns: readonly string[]): Promise<RowGroup>
}

export interface ParquetGroups {
  /** The row groups of a table's file in their order, none read yet. Throws `TickerlakeError` for what is not Parquet. */
  open(body: Uint8Array, table: Table): Promise<readonly GroupReader[]>
  /** The same, the wanted columns of one after the other. */
  read(body: Uint8Array, table: Table, columns: readonly string[]): AsyncIterable<RowGroup>
  /** Begins a file of a table, of so many rows if all goes as expected. */
  write(table: Table, rows?: number): RowGroupWriter
}

export interface RowGroupWriter {
  /** One row group; a column of the table for each entry, numbers for every type but text. */
  group(group: RowGroup): void
  /** The whole file; `metadata` goes into its key-value metadata. */
  finish(metadata: Readonly<Record<string, string>>): Uint8Array
}
