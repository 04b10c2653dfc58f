import type { ObjectStore, PutOptions } from '../store/object-store.ts'
import { encodeCursor, parseCursor, type ReplayCursor } from './replay-cursor.ts'

export interface ObjectCursorsProps {
  readonly store: ObjectStore
  /** A text never given before. */
  readonly nonce: () => string
}

/** Cursors as JSON objects that are only ever written on condition. */
export class ObjectCursors implements ReplayCursors {
  readonly #props: ObjectCursorsProps

  constructor(props: ObjectCursorsProps) {
    this.#props = props
  }

  async read(key: string): Promise<CursorVersion | undefined> {
    const found = await this.#props.store.get(key)
    return found && { cursor: parseCursor(new TextDecoder().decode(found.body), key), etag: found.etag }
  }

  /** A condition that failed may be our own write whose answer was lost and that was tried again: the nonce tells. */
  async write(key: string, cursor: ReplayCursor, over: CursorVersion | undefined): Promise<CursorWrite> {
    const mine: ReplayCursor = { ...cursor, nonce: this.#props.nonce() }
    const options: PutOptions = {
      condition: over ? { kind: 'matches', etag: over.etag } : { kind: 'absent' },
      contentType: 'application/json',
    }
    const outcome = await this.#props.store.put(key, new TextEncoder().encode(encodeCursor(mine)), options)
    if (outcome.kind === 'written') return { kind: 'written', version: { cursor: mine, etag: outcome.etag } }
    const current = await this.read(key)
    return current?.cursor.nonce === mine.nonce ? { kind: 'written', version: current } : { kind: 'conflict' }
  }
}

/** Where replay cursors are kept; of writers that saw the same version exactly one gets through. */
export interface ReplayCursors {
  /** Undefined where there is none yet. */
  read(key: string): Promise<CursorVersion | undefined>
  /** Writes over the version that was read (undefined: over nothing); gives the cursor a fresh nonce. */
  write(key: string, cursor: ReplayCursor, over: CursorVersion | undefined): Promise<CursorWrite>
}

export interface CursorVersion {
  readonly cursor: ReplayCursor
  readonly etag: string
}

export type CursorWrite = { readonly kind: 'written'; readonly version: CursorVersion } | { readonly kind: 'conflict' }
