/** What a Parquet file's footer says of the file as a whole: what table formats keep of it, so that readers can leave it out. */
import type { FileMetaData } from 'hyparquet'
import { footerBytesOf, footerIn, TAIL_BYTES } from './checked-footer.ts'
import { ownLayoutIn } from './own-footer.ts'
import type { OwnBound, OwnLayout } from './own-layout.ts'

type MetaData = NonNullable<FileMetaData['row_groups'][number]['columns'][number]['meta_data']>

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

/** The same of one row group. */
interface ChunkSummary extends ColumnSummary {
  readonly name: string
}

const MICROSECONDS = {
  timestampFromMilliseconds: (ms: bigint) => ms * 1000n,
  timestampFromMicroseconds: (us: bigint) => us,
}

export function summaryOf(body: Uint8Array): FileSummary {
  const footer = footerBytesOf(body)
  const own = ownLayoutIn(footer.subarray(0, -TAIL_BYTES))
  return own ? summarised(own.rows, ownGroups(own)) : summaryOfOther(footerIn(footer, MICROSECONDS))
}

function summaryOfOther({ num_rows, row_groups }: FileMetaData): FileSummary {
  const groups = row_groups.map(({ columns }) => ({
    at: Number(columns[0]?.meta_data?.dictionary_page_offset ?? columns[0]?.meta_data?.data_page_offset ?? 0),
    chunks: columns.flatMap(({ meta_data: meta }): ChunkSummary[] => (meta ? [chunkOf(meta)] : [])),
  }))
  return summarised(Number(num_rows), groups)
}

interface Group {
  readonly at: number
  readonly chunks: readonly ChunkSummary[]
}

function summarised(rows: number, groups: readonly Group[]): FileSummary {
  const byName = Map.groupBy(
    groups.flatMap(({ chunks }) => chunks),
    ({ name }) => name,
  )
  return {
    rows,
    columns: new Map([...byName].map(([name, some]) => [name, columnOf(some)])),
    groupOffsets: groups.map(({ at }) => at),
  }
}

function ownGroups({ footer }: OwnLayout): readonly Group[] {
  const { columns, chunks, statistics } = footer
  return Array.from(footer.groups, (rows, group) => {
    const first = group * columns.length
    const summaries = columns.map(({ name, time }, i): ChunkSummary => {
      const { nulls, min, max } = statistics.get(i) ?? {}
      const micros = (bound: OwnBound): Bound | undefined =>
        time === 'milliseconds' && bound !== undefined ? BigInt(bound) * 1000n : bound
      const known = nulls?.[group] ?? Number.NaN
      return {
        name,
        bytes: chunks.sizes[first + i] ?? 0,
        values: rows,
        nulls: Number.isNaN(known) ? undefined : known,
        min: micros(min?.[group]),
        max: micros(max?.[group]),
      }
    })
    return { at: chunks.starts[first] ?? 0, chunks: summaries }
  })
}

function chunkOf({ path_in_schema, statistics, ...chunk }: MetaData): ChunkSummary {
  const nulls = statistics?.null_count
  return {
    name: path_in_schema.join('.'),
    bytes: Number(chunk.total_compressed_size),
    values: Number(chunk.num_values),
    nulls: nulls === undefined ? undefined : Number(nulls),
    min: boundIn(statistics?.min_value),
    max: boundIn(statistics?.max_value),
  }
}

function columnOf(chunks: readonly ChunkSummary[]): ColumnSummary {
  const nulls = chunks.flatMap((chunk) => chunk.nulls ?? [])
  return {
    bytes: sum(chunks.map(({ bytes }) => bytes)),
    values: sum(chunks.map(({ values }) => values)),
    nulls: nulls.length === chunks.length ? sum(nulls) : undefined,
    min: boundOf(
      chunks.map(({ min }) => min),
      (a, b) => b < a,
    ),
    max: boundOf(
      chunks.map(({ max }) => max),
      (a, b) => b > a,
    ),
  }
}

function boundOf(cells: readonly (Bound | undefined)[], isFurther: (a: Bound, b: Bound) => boolean) {
  const bounds = cells.filter((cell) => cell !== undefined)
  if (bounds.length < cells.length) return undefined
  return bounds.reduce<Bound | undefined>((a, b) => (a === undefined || isFurther(a, b) ? b : a), undefined)
}

function boundIn(cell: unknown): Bound | undefined {
  return typeof cell === 'number' || typeof cell === 'bigint' || typeof cell === 'string' ? cell : undefined
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0)
}
