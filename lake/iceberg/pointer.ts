import type { TableMetadata } from './metadata.ts'

/** Where the newest metadata file of a table is; the only thing of it that ever changes. */
export interface Pointer {
  /** Undefined where there is no table. */
  load(): Promise<PointerState | undefined>
  /** Makes the table. `lost` where there is one. */
  create(metadataFile: string, metadata: TableMetadata): Promise<Moved>
  /**
   * Moves the table on, if nobody has since `from`. `lost` may also be the answer to a second try of a request whose
   * first was done; after an error it may or may not have moved. So whoever asks looks for its own commit.
   */
  move(from: PointerState, to: string, metadata: TableMetadata): Promise<Moved>
}

export type Moved = 'done' | 'lost'

export interface PointerState {
  /** Undefined where the folder of an older tickerlake bears the table's name: a move makes it the Iceberg table. */
  readonly metadataFile: string | undefined
  /** Another for each move. */
  readonly version: string
  /** What a catalog knows of the table beside it, and gets back with a move. */
  readonly parameters?: Readonly<Record<string, string>>
}
