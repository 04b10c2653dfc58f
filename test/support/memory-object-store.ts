import { createHash } from 'node:crypto'
import {
  holds,
  ObjectChangedError,
  type ObjectHead,
  type ObjectStore,
  type ObjectSummary,
  type PutOptions,
  type PutOutcome,
  type RangeOptions,
  type StoredObject,
} from '../../lake/store/object-store.ts'

export type StoreVerb = 'get' | 'head' | 'getRange' | 'put' | 'list' | 'delete'

/** Called around every request: a hook that throws is an outage; `after` fires when the request has already succeeded (a lost answer). */
export interface StoreHooks {
  readonly before?: (verb: StoreVerb, key: string) => void | Promise<void>
  readonly after?: (verb: StoreVerb, key: string) => void | Promise<void>
}

/**
 * A bucket in memory that keeps S3's promises and no more: conditional puts are atomic,
 * an ETag is a hash of the content (so equal bodies have equal ETags), listings are in byte order.
 */
export class MemoryObjectStore implements ObjectStore {
  readonly objects = new Map<string, StoredObject>()
  readonly #hooks: StoreHooks
  readonly #now: (() => number) | undefined
  readonly #written = new Map<string, number>()

  /** With a clock its listings say when objects were written. */
  constructor(hooks: StoreHooks = {}, now?: () => number) {
    this.#hooks = hooks
    this.#now = now
  }

  async get(key: string): Promise<StoredObject | undefined> {
    return this.#request('get', key, () => this.objects.get(key))
  }

  async head(key: string): Promise<ObjectHead | undefined> {
    return this.#request('head', key, () => {
      const found = this.objects.get(key)
      return found && { size: found.size, etag: found.etag, metadata: found.metadata }
    })
  }

  async getRange(key: string, start: number, end: number, { ifMatch }: RangeOptions = {}): Promise<Uint8Array> {
    return this.#request('getRange', key, () => {
      const found = this.objects.get(key)
      if (ifMatch !== undefined && found?.etag !== ifMatch) throw new ObjectChangedError(key)
      if (!found) throw new Error(`no object at ${key}`)
      return found.body.slice(start, end)
    })
  }

  async put(key: string, body: Uint8Array, options: PutOptions = {}): Promise<PutOutcome> {
    return this.#request('put', key, () => {
      if (!holds(options.condition, this.objects.get(key))) return { kind: 'condition-failed' }
      const stored = storedObject(body, options.metadata ?? {})
      this.objects.set(key, stored)
      if (this.#now) this.#written.set(key, this.#now())
      return { kind: 'written', etag: stored.etag }
    })
  }

  async *list(prefix: string, options: { readonly startAfter?: string } = {}): AsyncGenerator<ObjectSummary> {
    const found = await this.#request('list', prefix, () => this.#below(prefix, options.startAfter ?? ''))
    yield* found
  }

  async delete(key: string): Promise<void> {
    await this.#request('delete', key, () => this.objects.delete(key))
  }

  #below(prefix: string, startAfter: string): ObjectSummary[] {
    return [...this.objects]
      .filter(([key]) => key.startsWith(prefix) && inByteOrder(key, startAfter) > 0)
      .sort(([a], [b]) => inByteOrder(a, b))
      .map(([key, { size, etag }]) => {
        const modifiedAt = this.#written.get(key)
        return { key, size, etag, ...(modifiedAt === undefined ? {} : { modifiedAt }) }
      })
  }

  async #request<T>(verb: StoreVerb, key: string, act: () => T): Promise<T> {
    await this.#hooks.before?.(verb, key)
    const result = act()
    await this.#hooks.after?.(verb, key)
    return result
  }
}

function inByteOrder(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}

function storedObject(body: Uint8Array, metadata: Readonly<Record<string, string>>): StoredObject {
  const etag = `"${createHash('md5').update(body).digest('hex')}"`
  return { body: Uint8Array.from(body), size: body.length, etag, metadata: keptMetadata(metadata) }
}

/** S3 keeps the names of metadata in lower case. */
export function keptMetadata(metadata: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(metadata).map(([name, value]) => [name.toLowerCase(), value]))
}
