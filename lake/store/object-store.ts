/**
 * The lake's bucket, in the verbs that the stages need. Conditions are what makes it safe to share:
 * a put can ask that nothing stands at the key, or that what stands there is still the version once read.
 */
export interface ObjectStore {
  /** The whole object, or undefined where none is. */
  get(key: string): Promise<StoredObject | undefined>
  /** Size, ETag and metadata without the body. */
  head(key: string): Promise<ObjectHead | undefined>
  /** The bytes from `start` up to, not including, `end`. */
  getRange(key: string, start: number, end: number): Promise<Uint8Array>
  /**
   * Writes an object whole. A condition that does not hold is a normal outcome; an unreachable or overloaded
   * store throws `TickerlakeError` with `retryable`, and the write may or may not have happened.
   */
  put(key: string, body: Uint8Array, options?: PutOptions): Promise<PutOutcome>
  /** All objects below a prefix in the order of their keys (UTF-8 bytes), page by page. */
  list(prefix: string, options?: { readonly startAfter?: string }): AsyncIterable<ObjectSummary>
  /** Removes an object; one that is not there is fine. */
  delete(key: string): Promise<void>
}

export interface ObjectSummary {
  readonly key: string
  readonly size: number
  readonly etag: string
}

export interface ObjectHead {
  readonly size: number
  readonly etag: string
  /** User metadata, keys in lower case. */
  readonly metadata: Readonly<Record<string, string>>
}

export interface StoredObject extends ObjectHead {
  readonly body: Uint8Array
}

export type PutCondition = { readonly kind: 'absent' } | { readonly kind: 'matches'; readonly etag: string }

export interface PutOptions {
  readonly condition?: PutCondition
  readonly contentType?: string
  readonly metadata?: Readonly<Record<string, string>>
}

export type PutOutcome = { readonly kind: 'written'; readonly etag: string } | { readonly kind: 'condition-failed' }
