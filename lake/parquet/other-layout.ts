/** The footer of a file that another writer has made, as hyparquet reads it. */

import type { ColumnChunk, FileMetaData, SchemaElement } from 'hyparquet'
import type { CellBounds } from '../store/object-store.ts'
import type { FileLayout, Span } from './file-layout.ts'
import { chunkNamed, flatElements, spanOf } from './flat-column.ts'

/** Of a footer that was read with `EPOCH_PARSERS`. */
export class OtherLayout implements FileLayout {
  readonly metadata: FileMetaData
  readonly #elements: ReadonlyMap<string, SchemaElement>

  constructor(metadata: FileMetaData) {
    this.metadata = metadata
    this.#elements = new Map(flatElements(metadata).map((element) => [element.name, element]))
  }

  get rows(): number {
    return Number(this.metadata.num_rows)
  }

  get notes(): ReadonlyMap<string, string | undefined> {
    return new Map((this.metadata.key_value_metadata ?? []).map(({ key, value }) => [key, value]))
  }

  get groupCount(): number {
    return this.metadata.row_groups.length
  }

  has(column: string): boolean {
    return this.#elements.has(column)
  }

  element(column: string): SchemaElement | undefined {
    return this.#elements.get(column)
  }

  rowsIn(group: number): number {
    return Number(this.metadata.row_groups[group]?.num_rows ?? 0)
  }

  spanOf(group: number, column: string): Span | undefined {
    const chunk = this.#chunk(group, column)
    return chunk && spanOf(chunk)
  }

  bounds(group: number, column: string): CellBounds | undefined {
    const statistics = this.#chunk(group, column)?.meta_data?.statistics
    const [min, max] = [boundOf(statistics?.min_value), boundOf(statistics?.max_value)]
    return min === undefined || max === undefined ? undefined : { min, max }
  }

  nullsIn(group: number, column: string): number | undefined {
    const nulls = this.#chunk(group, column)?.meta_data?.statistics?.null_count
    return nulls === undefined ? undefined : Number(nulls)
  }

  #chunk(group: number, name: string): ColumnChunk | undefined {
    const rowGroup = this.metadata.row_groups[group]
    return rowGroup && chunkNamed(name, rowGroup)
  }
}

function boundOf(bound: unknown): number | string | undefined {
  if (typeof bound === 'bigint') return Number(bound)
  return typeof bound === 'number' || typeof bound === 'string' ? bound : undefined
}
