/**
 * The lake as a snapshot of `bars` has it: below the table's prefix a listing gives the snapshot's live files, whatever
 * else lies there. Every reader of the lake reads through this, and none has to know how the table is kept.
 */

import { fromMicros } from '../instant.ts'
import type { ObjectStore, ObjectSummary, RangeOptions } from '../store/object-store.ts'
import { BARS } from '../tables/tables.ts'
import type { IcebergTable } from './iceberg-table.ts'
import type { DataFile } from './manifest.ts'
import type { Snapshot } from './metadata.ts'
import { textOfBound } from './single-value.ts'
import type { IcebergField, IcebergShape } from './table-schema.ts'

const PREFIX = `${BARS.prefix}/`
/** Data files have names that are never used again: their names are their versions. */
const DATA = `${PREFIX}data/`

/** The lake with one snapshot for the length of some work: the given one, else what is current now. */
export async function pinnedLake(store: ObjectStore, table: IcebergTable, given?: Snapshot): Promise<ObjectStore> {
  const snapshot = given ?? (await table.current())
  return lakeAt(store, table, () => Promise.resolve(snapshot))
}

/** The lake with the snapshot that is current whenever a listing begins. */
export function followingLake(store: ObjectStore, table: IcebergTable): ObjectStore {
  return lakeAt(store, table, () => table.current())
}

function lakeAt(store: ObjectStore, table: IcebergTable, pinned: () => Promise<Snapshot | undefined>): ObjectStore {
  const isData = (key: string): boolean => key.startsWith(DATA)
  return {
    async get(key) {
      const found = await store.get(key)
      return found && isData(key) ? { ...found, etag: versionOf(key) } : found
    },
    async head(key) {
      const found = await store.head(key)
      return found && isData(key) ? { ...found, etag: versionOf(key) } : found
    },
    getRange(key: string, start: number, end: number, options: RangeOptions = {}) {
      return isData(key) ? store.getRange(key, start, end) : store.getRange(key, start, end, options)
    },
    async *list(prefix, { startAfter = '' } = {}) {
      if (!prefix.startsWith(PREFIX)) {
        yield* store.list(prefix, startAfter === '' ? {} : { startAfter })
        return
      }
      const snapshot = await pinned()
      // Before its first commit a lake has the files that an older tickerlake kept, or none.
      const files = snapshot ? await liveObjects(table, snapshot) : await Array.fromAsync(store.list(OLD_FILES))
      yield* files.filter(({ key }) => key.startsWith(prefix) && key > startAfter)
    },
    put: (key, body, options) => store.put(key, body, options),
    delete: (key) => store.delete(key),
  }
}

/** Where an older tickerlake kept `bars`: one file a month, replaced in place. */
const OLD_FILES = `${PREFIX}${BARS.partitionKey.name}=`

function versionOf(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1, -'.parquet'.length)
}

async function liveObjects(table: IcebergTable, snapshot: Snapshot): Promise<readonly ObjectSummary[]> {
  const files = await table.liveFiles(snapshot)
  return files.map(({ key, size, dataFile }) => {
    return { key, size, etag: versionOf(key), bounds: boundsIn(dataFile, table.shape) }
  })
}

type FileBounds = NonNullable<ObjectSummary['bounds']>

/** Texts and times alone: by others no reader of the lake leaves anything out. */
function boundsIn({ lower_bounds, upper_bounds }: DataFile, { schema }: IcebergShape): FileBounds {
  return (column) => {
    const field = schema.fields.find(({ name }) => name === column)
    const of = (bounds: DataFile['lower_bounds']) => {
      const found = bounds?.find(({ key }) => key === field?.id)
      return field && found && cellOf(found.value, field)
    }
    const [min, max] = [of(lower_bounds), of(upper_bounds)]
    return min === undefined || max === undefined ? undefined : { min, max }
  }
}

function cellOf(bytes: Uint8Array, { type }: IcebergField): number | string | undefined {
  if (type === 'string') return textOfBound(bytes)
  if (type !== 'timestamp' || bytes.length !== 8) return undefined
  return fromMicros(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getBigInt64(0, true))
}
