import { TickerlakeError } from '../errors.ts'

/**
 * The lake's bucket, in the verbs that the stages need. Conditions are what makes it safe to share:
 * a put can ask that nothing stands at the key, or that what stands there is still the version once read.
 */
export interface ObjectStore {
  /** The whole object, or undefined where none is. */
  get(key: string): Promise<StoredObject | undefined>
  /** Size, ETag and metadata without the body. */
  head(key: string): Promise<ObjectHead | undefined>
  /**
   * The bytes from `start` up to, not including, `end`; with `ifMatch` of that version alone, else it throws
   * `ObjectChangedError`.
   */
  getRange(key: string, start: number, end: number, options?: RangeOptions): Promise<Uint8Array>
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

/** The object is no longer the version that was asked for: it was replaced or removed. Trying again does not bring it back. */
export class ObjectChangedError extends TickerlakeError {
  constructor(key: string, options: { readonly cause?: unknown } = {}) {
    super('object-changed', `The object ${key} was replaced or removed while it was read.`, options)
    this.name = 'ObjectChangedError'
  }
}

export interface RangeOptions {
  /** An ETag. */
  readonly ifMatch?: string
}

/** Between what the cells of a column lie; instants in epoch milliseconds. */
export interface CellBounds {
  readonly min: number | string
  readonly max: number | string
}

export interface ObjectSummary {
  readonly key: string
  readonly size: number
  readonly etag: string
  /** When it was written, by the store's own clock, epoch milliseconds; undefined where the store does not say. */
  readonly modifiedAt?: number
  /** Between what a column's cells lie, instants in epoch milliseconds; undefined where whoever listed the file does not know. */
  readonly bounds?: (column: string) => CellBounds | undefined
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

/** Only over the version that was read; where nothing was, only where nothing stands. */
export function onlyOver(etag: string | undefined): PutCondition {
  return etag === undefined ? { kind: 'absent' } : { kind: 'matches', etag }
}

/** Whether a condition holds over what stands at the key; what a store that is not S3 asks before it writes. */
export function holds(condition: PutCondition | undefined, standing: { readonly etag: string } | undefined): boolean {
  if (!condition) return true
  return condition.kind === 'absent' ? standing === undefined : standing?.etag === condition.etag
}

export interface PutOptions {
  readonly condition?: PutCondition
  readonly contentType?: string
  readonly metadata?: Readonly<Record<string, string>>
}

export type PutOutcome = { readonly kind: 'written'; readonly etag: string } | { readonly kind: 'condition-failed' }
