/** A file of one of the lake's tables by row groups: our own straight into typed arrays, another writer's by hyparquet. */

import type { DecodedArray } from 'hyparquet'
import { messageOf, TickerlakeError } from '../errors.ts'
import type { CellBounds } from '../store/object-store.ts'
import { type GroupCells, NO_WORD, wordsOf } from '../tables/cells.ts'
import type { Column, ColumnType } from '../tables/table.ts'
import { type FileSource, WHOLE_FILE_BYTES, withSpans } from './file-source.ts'
import { EPOCH_PARSERS, readFlatColumn } from './flat-column.ts'
import { PHYSICAL_OF } from './format.ts'
import { type KeptLayouts, type Layout, openLayout, openOther } from './open-layout.ts'
import type { OtherLayout } from './other-layout.ts'
import { OwnLayout } from './own-layout.ts'
import { type ChunkPlace, readChunk } from './page-reader.ts'

export interface RowGroup {
  readonly rows: number
  /** By column name; numbers have NaN for null, `timestamp` is in epoch milliseconds, `boolean` is 0 or 1. */
  readonly cells: Readonly<Record<string, GroupCells>>
}

/** Every method throws `TickerlakeError` where the bytes are not what a file of the lake's tables has. */
export class TableFile {
  readonly #source: FileSource
  readonly #layout: Layout

  private constructor(source: FileSource, layout: Layout) {
    this.#source = source
    this.#layout = layout
  }

  /** Reads the footer, or takes it out of those that are kept. */
  static async open(source: FileSource, kept?: KeptLayouts): Promise<TableFile> {
    const open = () => readable(openLayout(source, WHOLE_FILE_BYTES))
    return new TableFile(source, kept && source.version ? await kept.of(source.version, open) : await open())
  }

  /** What its writer noted beside the data. */
  get notes(): ReadonlyMap<string, string | undefined> {
    return this.#layout.notes
  }

  /** The numbers of the row groups that have rows. */
  get groups(): readonly number[] {
    const layout = this.#layout
    return Array.from({ length: layout.groupCount }, (_, group) => group).filter((group) => layout.rowsIn(group) > 0)
  }

  /** Undefined where the writer does not say, or nothing but nulls are there. */
  bounds(group: number, column: string): CellBounds | undefined {
    this.#checkGroup(group)
    return this.#layout.bounds(group, column)
  }

  /** Whether every row of a group has the same value in a column, and its writer says so: then each bound is that value. */
  isOneValue(group: number, column: string): boolean {
    const bounds = this.bounds(group, column)
    return bounds !== undefined && bounds.min === bounds.max && this.#layout.nullsIn(group, column) === 0
  }

  /** The cells of some columns; of one that the file is older than, nulls. */
  async read(group: number, columns: readonly Column[]): Promise<RowGroup> {
    this.#checkGroup(group)
    const spans = columns.flatMap(({ name }) => this.#layout.spanOf(group, name) ?? [])
    const source = await withSpans(this.#source, spans)
    const read = columns.map(
      async (column) => [column.name, await readable(this.#cells(column, group, source))] as const,
    )
    return { rows: this.#layout.rowsIn(group), cells: Object.fromEntries(await Promise.all(read)) }
  }

  /** The cells of a column of bytes. */
  async readBytes(group: number, { name }: Column): Promise<readonly (Uint8Array | null)[]> {
    this.#checkGroup(group)
    const cells = await readable(this.#bytesIn(group, name))
    return Array.from<unknown, Uint8Array | null>(cells, (cell) => (cell instanceof Uint8Array ? cell : null))
  }

  async #cells(column: Column, group: number, source: FileSource): Promise<GroupCells> {
    const layout = this.#layout
    if (column.nullable && !layout.has(column.name)) return absentCells(column, layout.rowsIn(group))
    if (layout instanceof OwnLayout) {
      const { place, start, end } = placeOf(column, group, layout)
      return readChunk(await source.view(start, end), place)
    }
    return cellsOf(
      column.type,
      await flatCells(source, layout, { group, name: column.name, utf8: column.type === 'string' }),
    )
  }

  /** Bytes are few and read seldom: hyparquet reads our own too. */
  async #bytesIn(group: number, name: string): Promise<DecodedArray> {
    const layout = this.#layout instanceof OwnLayout ? await openOther(this.#source, WHOLE_FILE_BYTES) : this.#layout
    return flatCells(this.#source, layout, { group, name, utf8: false })
  }

  #checkGroup(group: number): void {
    if (!Number.isInteger(group) || group < 0 || group >= this.#layout.groupCount)
      throw new RangeError(`The file has no row group ${group}.`)
  }
}

interface FlatCells {
  readonly group: number
  readonly name: string
  /** Whether bytes without a type are text. */
  readonly utf8: boolean
}

function flatCells(source: FileSource, layout: OtherLayout, { group, name, utf8 }: FlatCells): Promise<DecodedArray> {
  const { metadata } = layout
  const [rowGroup, element] = [metadata.row_groups[group], layout.element(name)]
  if (!rowGroup || !element) throw notParquet(`it has no column ${name}`)
  return readFlatColumn(source, { metadata, rowGroup, element, parsers: EPOCH_PARSERS, utf8 })
}

/** Where our own writer has put the cells of a column. */
function placeOf({ name, type }: Column, group: number, layout: OwnLayout) {
  if (type === 'binary') throw new RangeError(`Column ${name} is bytes, which are not read as cells.`)
  const column = layout.column(name)
  if (!column) throw notParquet(`it has no column ${name}`)
  if (column.type !== PHYSICAL_OF[type]) throw notParquet(`its column ${name} is ${column.type}`)
  const span = layout.spanOf(group, name)
  if (!span) throw notParquet(`a row group lacks its column ${name}`)
  const place: ChunkPlace = {
    type,
    nullable: column.nullable,
    micros: column.time === 'microseconds',
    codec: layout.codecOf(group, name),
    at: 0,
    rows: layout.rowsIn(group),
  }
  return { place, start: span.start, end: span.end }
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
  return new TickerlakeError('not-parquet', `This is not a Parquet file of the lake: ${messageOf(cause)}.`, { cause })
}
