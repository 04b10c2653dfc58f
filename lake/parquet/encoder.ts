/** Parquet files of our own making, compiled from a table's definition; every reader that we know of reads them right (docs/decisions/0120). */

import { type ColumnCells, rowsIn, stretchOf } from '../tables/cells.ts'
import type { Column, Table } from '../tables/table.ts'
import type { ChunkOptions } from './column-chunk.ts'
import { ParquetFileWriter } from './file-writer.ts'
import { QUICK } from './zstd.ts'

export interface ParquetEncoderOptions {
  /** Rows a row group; without it a file is one row group, which is best up to some 100,000 rows. */
  readonly rowGroupRows?: number
  /** Rows a page, and bytes a page of long texts. Pages are what the page index prunes within a row group. */
  readonly pageRows?: number
  readonly pageBytes?: number
}

/** A million rows in one group need about 200 MB to be written; no file of the lake comes near. */
const ONE_GROUP = 1_000_000

/** Pages of 20,000 rows or 1 MB as parquet-java has them, so a batch of Lambda is one page. */
export const PAGES: Pick<ChunkOptions, 'pageRows' | 'pageBytes'> = { pageRows: 20_000, pageBytes: 1024 * 1024 }

export function parquetEncoder(options: ParquetEncoderOptions = {}): ParquetEncoder {
  const { rowGroupRows = ONE_GROUP, ...pages } = options
  const chunks = { ...PAGES, effort: QUICK, ...pages, hasStatistics: everyColumn }
  const open = (table: Table, expectedBytes?: number) => new ParquetFileWriter(table, chunks, expectedBytes)
  return {
    open,
    encode(table, columns, metadata = {}) {
      const [first] = columns
      const file = open(table)
      const rows = first === undefined ? 0 : rowsIn(first)
      if (rows <= rowGroupRows) file.group(columns)
      else {
        for (let from = 0; from < rows; from += rowGroupRows) {
          file.group(columns.map((cells) => stretchOf(cells, from, from + rowGroupRows)))
        }
      }
      return file.finish(metadata)
    },
  }
}

function everyColumn(_: Column): boolean {
  return true
}

/** Turns the columns of a table into one Parquet file. */
export interface ParquetEncoder {
  /**
   * `columns` has one entry per column of the table, all of one length, in the table's order.
   * `metadata` goes into the file's key-value metadata.
   */
  encode(table: Table, columns: readonly ColumnCells[], metadata?: Readonly<Record<string, string>>): Uint8Array
  /** A file that is given its row groups one after the other. Room for so many bytes is asked for at once. */
  open(table: Table, expectedBytes?: number): ParquetFile
}

export type ParquetFile = Pick<ParquetFileWriter, 'group' | 'finish'>
