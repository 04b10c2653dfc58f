/** A file of one of the lake's tables by row groups: our own straight into typed arrays, another writer's by hyparquet. */
import type { DecodedArray, RowGroup as FileGroup, FileMetaData, ParquetParsers, SchemaElement } from 'hyparquet'
import { TickerlakeError } from '../errors.ts'
import { type GroupCells, NO_WORD, wordsOf } from '../tables/cells.ts'
import type { Column, ColumnType } from '../tables/table.ts'
import { readFooter } from './checked-footer.ts'
import { type FileSource, WHOLE_FILE_BYTES } from './file-source.ts'
import { flatElements, readFlatColumn, spanOf, withColumns } from './flat-column.ts'
import { CODEC, CREATED_BY, PHYSICAL_OF } from './format.ts'
import { type ChunkPlace, readChunk } from './page-reader.ts'

export interface RowGroup {
  readonly rows: number
  /** By column name; numbers have NaN for null, `timestamp` is in epoch milliseconds, `boolean` is 0 or 1. */
  readonly cells: Readonly<Record<string, GroupCells>>
}

/** Where the cells of a column lie in a row group, as its writer says; timestamps in epoch milliseconds. */
export interface Bounds {
  readonly min: number | string
  readonly max: number | string
}

/** Instants as epoch milliseconds, as everywhere in the program. */
const EPOCH_PARSERS: Partial<ParquetParsers> = {
  timestampFromMilliseconds: Number,
  timestampFromMicroseconds: (micros) => Math.floor(Number(micros) / 1000),
}

const PHYSICAL_NAMES = { boolean: 'BOOLEAN', int32: 'INT32', int64: 'INT64', double: 'DOUBLE', byteArray: 'BYTE_ARRAY' }

/** Every method throws `TickerlakeError` where the bytes are not what a file of the lake's tables has. */
export class TableFile {
  readonly #source: FileSource
  readonly #metadata: FileMetaData
  readonly #elements: ReadonlyMap<string, SchemaElement>

  private constructor(source: FileSource, metadata: FileMetaData) {
    this.#source = source
    this.#metadata = metadata
    this.#elements = new Map(flatElements(metadata).map((element) => [element.name, element]))
  }

  /** Reads the footer. */
  static async open(source: FileSource): Promise<TableFile> {
    const metadata = readFooter(source, { firstFetchBytes: WHOLE_FILE_BYTES, parsers: EPOCH_PARSERS })
    return new TableFile(source, await readable(metadata))
  }

  /** What its writer noted beside the data. */
  get notes(): ReadonlyMap<string, string | undefined> {
    return new Map((this.#metadata.key_value_metadata ?? []).map(({ key, value }) => [key, value]))
  }

  /** The numbers of the row groups that have rows. */
  get groups(): readonly number[] {
    return this.#metadata.row_groups.flatMap(({ num_rows }, i) => (num_rows > 0n ? [i] : []))
  }

  /** Undefined where the writer does not say, or nothing but nulls are there. */
  bounds(group: number, column: string): Bounds | undefined {
    const statistics = chunkOf(this.#group(group), column)?.meta_data?.statistics
    const [min, max] = [boundOf(statistics?.min_value), boundOf(statistics?.max_value)]
    return min === undefined || max === undefined ? undefined : { min, max }
  }

  /** The cells of some columns; of one that the file is older than, nulls. */
  async read(group: number, columns: readonly Column[]): Promise<RowGroup> {
    const fileGroup = this.#group(group)
    const source = await withColumns(this.#source, fileGroup, new Set(columns.map(({ name }) => name)))
    const read = columns.map(
      async (column) => [column.name, await readable(this.#cells(column, fileGroup, source))] as const,
    )
    return { rows: Number(fileGroup.num_rows), cells: Object.fromEntries(await Promise.all(read)) }
  }

  /** The cells of a column of bytes. */
  async readBytes(group: number, { name }: Column): Promise<readonly (Uint8Array | null)[]> {
    const cells = await readable(this.#flat(this.#element(name), this.#group(group), this.#source))
    return Array.from<unknown, Uint8Array | null>(cells, (cell) => (cell instanceof Uint8Array ? cell : null))
  }

  async #cells(column: Column, group: FileGroup, source: FileSource): Promise<GroupCells> {
    if (column.nullable && !this.#elements.has(column.name)) return absentCells(column, Number(group.num_rows))
    const element = this.#element(column.name)
    if (this.#metadata.created_by !== CREATED_BY)
      return cellsOf(column.type, await this.#flat(element, group, source, column.type === 'string'))
    const { place, start, end } = placeOf(column.type, element, group)
    return readChunk(new Uint8Array(await source.slice(start, end)), place)
  }

  #flat(element: SchemaElement, rowGroup: FileGroup, source: FileSource, utf8 = false): Promise<DecodedArray> {
    return readFlatColumn(source, { metadata: this.#metadata, rowGroup, element, parsers: EPOCH_PARSERS, utf8 })
  }

  #element(name: string): SchemaElement {
    const element = this.#elements.get(name)
    if (!element) throw notParquet(`it has no column ${name}`)
    return element
  }

  #group(index: number): FileGroup {
    const group = this.#metadata.row_groups[index]
    if (!group) throw new RangeError(`The file has no row group ${index}.`)
    return group
  }
}

function chunkOf({ columns }: FileGroup, name: string) {
  return columns.find(({ meta_data: meta }) => meta?.path_in_schema.join('.') === name)
}

/** Where our own writer has put the cells of a column. */
function placeOf(type: ColumnType, { name, type: physical, ...element }: SchemaElement, group: FileGroup) {
  if (type === 'binary') throw new RangeError(`Column ${name} is bytes, which are not read as cells.`)
  if (physical !== PHYSICAL_NAMES[PHYSICAL_OF[type]]) throw notParquet(`its column ${name} is ${physical}`)
  const chunk = chunkOf(group, name)
  const span = chunk && spanOf(chunk)
  if (!span) throw notParquet(`a row group lacks its column ${name}`)
  const place: ChunkPlace = {
    type,
    nullable: element.repetition_type === 'OPTIONAL',
    micros: element.converted_type === 'TIMESTAMP_MICROS',
    codec: chunk?.meta_data?.codec === 'ZSTD' ? CODEC.zstd : CODEC.none,
    at: 0,
    rows: Number(group.num_rows),
  }
  return { place, start: span.start, end: span.end }
}

function boundOf(bound: unknown): number | string | undefined {
  if (typeof bound === 'bigint') return Number(bound)
  return typeof bound === 'number' || typeof bound === 'string' ? bound : undefined
}

function absentCells({ type }: Column, rows: number): GroupCells {
  if (type === 'string') return { codes: new Int32Array(rows).fill(NO_WORD), words: [] }
  return new Float64Array(rows).fill(Number.NaN)
}

function cellsOf(type: ColumnType, decoded: DecodedArray): GroupCells {
  if (decoded instanceof Float64Array) return decoded
  if (type !== 'string') return numbersOf(decoded)
  return wordsOf(Array.from<unknown, string | null>(decoded, (cell) => (typeof cell === 'string' ? cell : null)))
}

function numbersOf(cells: ArrayLike<unknown>): Float64Array {
  const numbers = new Float64Array(cells.length)
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i]
    numbers[i] = cell === null || cell === undefined ? Number.NaN : Number(cell)
  }
  return numbers
}

/** A store that cannot be reached is no fault of the file. */
async function readable<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading
  } catch (cause) {
    throw cause instanceof TickerlakeError ? cause : notParquet(cause)
  }
}

function notParquet(cause: unknown): TickerlakeError {
  const said = cause instanceof Error ? cause.message : String(cause)
  return new TickerlakeError('not-parquet', `This is not a Parquet file of the lake: ${said}.`, { cause })
}
