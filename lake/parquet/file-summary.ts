/** What a Parquet file's footer says of the file as a whole: what table formats keep of it, so that readers can leave it out. */
import type { FileMetaData } from 'hyparquet'
import { footerOf } from './checked-footer.ts'

export interface ColumnSummary {
  readonly bytes: number
  readonly values: number
  /** Undefined where a row group does not say. */
  readonly nulls: number | undefined
  /** Timestamps in microseconds. Undefined where a row group does not say, or nothing but nulls are there. */
  readonly min: Bound | undefined
  readonly max: Bound | undefined
}

export type Bound = number | bigint | string

export interface FileSummary {
  readonly rows: number
  readonly columns: ReadonlyMap<string, ColumnSummary>
  /** Where the row groups begin. */
  readonly groupOffsets: readonly number[]
}

type Chunk = NonNullable<FileMetaData['row_groups'][number]['columns'][number]['meta_data']>

const MICROSECONDS = {
  timestampFromMilliseconds: (ms: bigint) => ms * 1000n,
  timestampFromMicroseconds: (us: bigint) => us,
}

export function summaryOf(body: Uint8Array): FileSummary {
  const { row_groups, num_rows } = footerOf(body, MICROSECONDS)
  const chunks = row_groups.flatMap(({ columns }) => columns.flatMap(({ meta_data }) => (meta_data ? [meta_data] : [])))
  const byName = Map.groupBy(chunks, ({ path_in_schema }) => path_in_schema.join('.'))
  return {
    rows: Number(num_rows),
    columns: new Map([...byName].map(([name, some]) => [name, columnOf(some)])),
    groupOffsets: row_groups.map(({ columns }) => offsetOf(columns[0]?.meta_data)),
  }
}

function columnOf(chunks: readonly Chunk[]): ColumnSummary {
  const nulls = chunks.map(({ statistics }) => statistics?.null_count)
  return {
    bytes: sum(chunks.map(({ total_compressed_size }) => total_compressed_size)),
    values: sum(chunks.map(({ num_values }) => num_values)),
    nulls: nulls.every((count) => count !== undefined) ? sum(nulls) : undefined,
    min: boundOf(
      chunks.map(({ statistics }) => statistics?.min_value),
      (a, b) => b < a,
    ),
    max: boundOf(
      chunks.map(({ statistics }) => statistics?.max_value),
      (a, b) => b > a,
    ),
  }
}

function boundOf(cells: readonly unknown[], isFurther: (a: Bound, b: Bound) => boolean): Bound | undefined {
  const bounds = cells.filter(isBound)
  if (bounds.length < cells.length) return undefined
  return bounds.reduce<Bound | undefined>((a, b) => (a === undefined || isFurther(a, b) ? b : a), undefined)
}

function isBound(cell: unknown): cell is Bound {
  return typeof cell === 'number' || typeof cell === 'bigint' || typeof cell === 'string'
}

function sum(counts: readonly bigint[]): number {
  return Number(counts.reduce((total, count) => total + count, 0n))
}

function offsetOf(chunk: Chunk | undefined): number {
  return Number(chunk?.dictionary_page_offset ?? chunk?.data_page_offset ?? 0)
}
