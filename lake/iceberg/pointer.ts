import { TickerlakeError } from '../errors.ts'
import { parsedJson } from '../json.ts'
import { JsonObjects } from '../store/json-object.ts'
import type { ObjectStore } from '../store/object-store.ts'
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

interface ObjectPointerProps {
  readonly store: ObjectStore
  readonly key: string
  /** Makes a UUID. */
  readonly freshId: () => string
}

/** A pointer where there is no catalog, as on an emulator without Glue: one small object, replaced with If-Match. */
export function objectPointer({ store, key, freshId }: ObjectPointerProps): Pointer {
  const objects = new JsonObjects({
    store,
    nonce: freshId,
    format: { encode: (value: PointerObject) => JSON.stringify(value), parse },
  })
  const put = async (metadataFile: string, etag: string | undefined) => {
    const { kind } = await objects.replace(key, { metadataFile, nonce: '' }, etag)
    return kind === 'written' ? 'done' : 'lost'
  }
  return {
    async load() {
      const found = await objects.read(key)
      return found && { metadataFile: found.value.metadataFile, version: found.etag }
    },
    create: (metadataFile) => put(metadataFile, undefined),
    move: ({ version }, to) => put(to, version),
  }
}

interface PointerObject {
  readonly metadataFile: string
  readonly nonce: string
}

function parse(text: string, key: string): PointerObject {
  const value = parsedJson(text) as Partial<PointerObject> | null | undefined
  if (typeof value?.metadataFile === 'string' && typeof value.nonce === 'string') {
    return { metadataFile: value.metadataFile, nonce: value.nonce }
  }
  throw new TickerlakeError('pointer-corrupt', `${key} does not say where the table's metadata is.`)
}
