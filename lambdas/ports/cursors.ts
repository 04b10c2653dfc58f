import type { ReplayCursor } from '../core/replay/replay-cursor.ts'

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
