/** One flat column of one row group of a file that somebody wrote, read within the limits. */
import {
  type AsyncBuffer,
  type ColumnChunk,
  type DecodedArray,
  type FileMetaData,
  type ParquetParsers,
  parquetScan,
  parquetSchema,
  type RowGroup,
  type SchemaElement,
} from 'hyparquet'
import { DAY_MS } from '../instant.ts'
import type { Span } from './file-layout.ts'
import { type FileSource, prefetched, withSpans } from './file-source.ts'
import { checkChunk, checkGroupRows } from './limits.ts'

/** Times become epoch milliseconds while they are decoded: no `Date` per cell. Finer digits are cut towards the past. */
export const EPOCH_PARSERS: Partial<ParquetParsers> = {
  timestampFromMilliseconds: Number,
  timestampFromMicroseconds: (micros: bigint) => floorDivide(micros, 1_000n),
  timestampFromNanoseconds: (nanos: bigint) => floorDivide(nanos, 1_000_000n),
  dateFromDays: (days: number) => days * DAY_MS,
}

/** As big integers: nanoseconds of today have 19 digits, of which a double keeps 16. */
function floorDivide(value: bigint, unit: bigint): number {
  const isBelow = value < 0n && value % unit !== 0n
  return Number(value / unit) - (isBelow ? 1 : 0)
}

export interface FlatColumn {
  readonly metadata: FileMetaData
  readonly rowGroup: RowGroup
  readonly element: SchemaElement
  readonly parsers: Partial<ParquetParsers>
  /** Whether bytes without a type are text. */
  readonly utf8: boolean
}

/** The columns that have one value in each row, by the order of the file. */
export function flatElements(metadata: FileMetaData): readonly SchemaElement[] {
  return parquetSchema(metadata)
    .children.filter(({ children, element }) => children.length === 0 && element.repetition_type !== 'REPEATED')
    .map(({ element }) => element)
}

/** The file with the columns of a row group in memory, where one request for all of them is worth it. */
export function withColumns(
  source: FileSource,
  { columns }: RowGroup,
  names: ReadonlySet<string>,
): Promise<FileSource> {
  return withSpans(
    source,
    columns.flatMap((chunk) => (names.has(nameOf(chunk)) ? (spanOf(chunk) ?? []) : [])),
  )
}

/** All values of the column in the row group. Throws where its bytes are not what its footer says. */
export async function readFlatColumn(source: AsyncBuffer, column: FlatColumn): Promise<DecodedArray> {
  const { metadata, rowGroup, element, parsers, utf8 } = column
  const rows = Number(rowGroup.num_rows)
  checkGroupRows(rows)
  const chunk = chunkNamed(element.name, rowGroup)
  if (chunk?.crypto_metadata) throw new Error(`its column ${element.name} is encrypted; write it without encryption`)
  const span = chunk && spanOf(chunk)
  const [root] = metadata.schema
  if (!chunk?.meta_data || !span || !root || !isWithin(span, source)) {
    throw new Error(`its footer places the column ${element.name} outside of the file`)
  }
  const bytes = await source.slice(span.start, span.end)
  const { codec, type } = chunk.meta_data
  const isOptional = element.repetition_type === 'OPTIONAL'
  const compressors = checkChunk(bytes, { rows, codec, type, typeLength: element.type_length, isOptional })
  const scan = await parquetScan({
    file: prefetched(source, span.start, new Uint8Array(bytes)),
    // Shown as the file's only column and group: what was not looked at is not read, and planning a read costs the
    // same in a file of thousands.
    metadata: {
      ...metadata,
      schema: [{ ...root, num_children: 1 }, element],
      row_groups: [{ ...rowGroup, columns: [chunk] }],
    },
    columns: [element.name],
    compressors,
    parsers,
    utf8,
    useOffsetIndex: false,
  })
  return scan.readColumn({ column: element.name, rowStart: 0, rowEnd: rows })
}

function isWithin({ start, end }: Span, { byteLength }: AsyncBuffer): boolean {
  return start >= 0 && end >= start && end <= byteLength
}

/** Where in the file the chunk lies. */
export function spanOf({ meta_data: meta }: ColumnChunk): Span | undefined {
  if (!meta) return undefined
  // An offset of zero is none: the magic word stands there.
  const start = Number(meta.dictionary_page_offset || meta.data_page_offset)
  return { start, end: start + Number(meta.total_compressed_size) }
}

/** A column of a row group; undefined where the group lacks it. */
export function chunkNamed(name: string, { columns }: RowGroup): ColumnChunk | undefined {
  return columns.find((chunk) => nameOf(chunk) === name)
}

function nameOf({ meta_data: meta }: ColumnChunk): string {
  return meta?.path_in_schema.join('.') ?? ''
}
