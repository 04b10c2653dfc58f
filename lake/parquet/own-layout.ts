/** The footer of one of our own files, held in a few arrays: a month of a large lake has thousands of column chunks. */
import { fromMicros } from '../instant.ts'
import type { CellBounds } from '../store/object-store.ts'
import type { FileLayout, Span } from './file-layout.ts'

export type OwnType = 'boolean' | 'int32' | 'int64' | 'double' | 'byteArray'

export interface OwnColumn {
  readonly name: string
  readonly type: OwnType
  readonly nullable: boolean
  /** What numbers of a column of times count. */
  readonly time: 'milliseconds' | 'microseconds' | undefined
}

/** A bound as it stands in the file: times in the column's own unit. */
export type OwnBound = number | string | undefined

/** What the footer says of the cells of one column, a value a row group. */
export interface OwnStatistics {
  /** NaN where it does not say. */
  readonly nulls: Float64Array
  readonly min: readonly OwnBound[]
  readonly max: readonly OwnBound[]
}

/** By row group and column, the columns of a group beside each other. */
export interface OwnChunks {
  readonly starts: Float64Array
  readonly sizes: Float64Array
  readonly codecs: Uint8Array
}

export interface OwnFooter {
  readonly rows: number
  readonly notes: ReadonlyMap<string, string | undefined>
  readonly columns: readonly OwnColumn[]
  /** Rows of each row group. */
  readonly groups: Float64Array
  readonly chunks: OwnChunks
  /** By column. */
  readonly statistics: ReadonlyMap<number, OwnStatistics>
}

/** What a text costs beside its letters, a bound beside its text, and whatever else a footer takes. */
const BOUND_BYTES = 40
const REST_BYTES = 2_048

export class OwnLayout implements FileLayout {
  readonly footer: OwnFooter
  readonly #numbers: ReadonlyMap<string, number>

  constructor(footer: OwnFooter) {
    this.footer = footer
    this.#numbers = new Map(footer.columns.map(({ name }, i) => [name, i]))
  }

  get rows(): number {
    return this.footer.rows
  }

  get notes(): ReadonlyMap<string, string | undefined> {
    return this.footer.notes
  }

  get groupCount(): number {
    return this.footer.groups.length
  }

  /** About what it takes in memory. */
  get size(): number {
    const { chunks, groups, statistics } = this.footer
    const { starts, sizes, codecs } = chunks
    const bounds = statistics.size * groups.length * (8 + 2 * BOUND_BYTES)
    return REST_BYTES + starts.byteLength + sizes.byteLength + codecs.byteLength + groups.byteLength + bounds
  }

  has(column: string): boolean {
    return this.#numbers.has(column)
  }

  rowsIn(group: number): number {
    return this.footer.groups[group] ?? 0
  }

  column(name: string): OwnColumn | undefined {
    const number = this.#numbers.get(name)
    return number === undefined ? undefined : this.footer.columns[number]
  }

  spanOf(group: number, column: string): Span | undefined {
    const at = this.#chunkAt(group, column)
    const { starts, sizes } = this.footer.chunks
    const [start, size] = [starts[at], sizes[at]]
    return start === undefined || size === undefined ? undefined : { start, end: start + size }
  }

  codecOf(group: number, column: string): number {
    return this.footer.chunks.codecs[this.#chunkAt(group, column)] ?? -1
  }

  bounds(group: number, column: string): CellBounds | undefined {
    const number = this.#numbers.get(column) ?? -1
    const { min: least, max: most } = this.footer.statistics.get(number) ?? {}
    const [min, max] = [least?.[group], most?.[group]]
    if (min === undefined || max === undefined) return undefined
    const isMicros = this.footer.columns[number]?.time === 'microseconds'
    return isMicros ? { min: fromMicros(Number(min)), max: fromMicros(Number(max)) } : { min, max }
  }

  nullsIn(group: number, column: string): number | undefined {
    const nulls = this.footer.statistics.get(this.#numbers.get(column) ?? -1)?.nulls[group]
    return nulls === undefined || Number.isNaN(nulls) ? undefined : nulls
  }

  #chunkAt(group: number, column: string): number {
    const number = this.#numbers.get(column)
    return number === undefined ? -1 : group * this.footer.columns.length + number
  }
}
