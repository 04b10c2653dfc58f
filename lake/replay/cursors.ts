import { JsonObjects, type JsonVersion, type JsonWrite } from '../store/json-object.ts'
import type { ObjectStore } from '../store/object-store.ts'
import { encodeCursor, parseCursor, type ReplayCursor } from './replay-cursor.ts'

/** Where replay cursors are kept; of writers that saw the same version exactly one gets through. */
export interface ReplayCursors {
  /** Undefined where there is none yet. */
  read(key: string): Promise<CursorVersion | undefined>
  /** Writes over the version that `etag` names (undefined: over nothing); gives the cursor a fresh nonce. */
  replace(key: string, cursor: ReplayCursor, etag: string | undefined): Promise<JsonWrite<ReplayCursor>>
}

export type CursorVersion = JsonVersion<ReplayCursor>

/** Cursors as JSON objects that are only ever written on condition. */
export function objectCursors(store: ObjectStore, nonce: () => string): ReplayCursors {
  return new JsonObjects({ store, nonce, format: { encode: encodeCursor, parse: parseCursor } })
}
