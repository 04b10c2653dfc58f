/** A lake's files, each version fetched once: what stands at a key is told by the listing's ETag. */

import { RecentlyUsed } from '../../lake/recently-used.ts'
import type { ObjectStore, ObjectSummary, StoredObject } from '../../lake/store/object-store.ts'

/** Files up to this size are fetched and kept whole: a month of 500 symbols' daily bars takes half a megabyte. */
const WHOLE_BYTES = 4 * 1024 * 1024

export interface CacheProps {
  readonly capacityBytes: number
  /** How long a listing is believed. */
  readonly listingMs: number
  readonly now: () => number
}

interface Listing {
  readonly at: number
  readonly objects: Promise<readonly ObjectSummary[]>
}

/** An object store that reads through a cache. */
export class CachedFiles implements ObjectStore {
  readonly #files: ObjectStore
  readonly #props: CacheProps
  readonly #listings = new Map<string, Listing>()
  readonly #bodies: RecentlyUsed<StoredObject>
  readonly #etags = new Map<string, string>()

  constructor(files: ObjectStore, props: CacheProps) {
    this.#files = files
    this.#props = props
    this.#bodies = new RecentlyUsed(props.capacityBytes, ({ body }) => body.length)
  }

  async *list(prefix: string, { startAfter }: { readonly startAfter?: string } = {}): AsyncGenerator<ObjectSummary> {
    for (const object of await this.#listing(prefix))
      if (startAfter === undefined || object.key > startAfter) yield object
  }

  async get(key: string): Promise<StoredObject | undefined> {
    const cached = this.#cached(key)
    if (cached) return cached
    const found = await this.#files.get(key)
    if (found) this.#keep(key, found)
    return found
  }

  async head(key: string) {
    return this.#cached(key) ?? this.#files.head(key)
  }

  async getRange(key: string, start: number, end: number): Promise<Uint8Array> {
    const listed = this.#sizes.get(key)
    if (listed === undefined || listed > WHOLE_BYTES) return this.#files.getRange(key, start, end)
    const whole = await this.get(key)
    return whole ? whole.body.subarray(start, end) : this.#files.getRange(key, start, end)
  }

  put(key: string, body: Uint8Array) {
    return this.#files.put(key, body)
  }

  delete(key: string) {
    return this.#files.delete(key)
  }

  readonly #sizes = new Map<string, number>()

  /** A version that is not the listed one is not taken from memory. */
  #cached(key: string): StoredObject | undefined {
    const body = this.#bodies.get(key)
    return body && this.#etags.get(key) === body.etag ? body : undefined
  }

  #keep(key: string, object: StoredObject): void {
    if (object.body.length > WHOLE_BYTES || this.#etags.get(key) === undefined) return
    this.#bodies.set(key, object)
    this.#etags.set(key, object.etag)
  }

  #listing(prefix: string): Promise<readonly ObjectSummary[]> {
    const known = this.#listings.get(prefix)
    if (known && this.#props.now() - known.at < this.#props.listingMs) return known.objects
    const objects = this.#fetchListing(prefix)
    const listing = { at: this.#props.now(), objects }
    this.#listings.set(prefix, listing)
    objects.catch(() => {
      if (this.#listings.get(prefix) === listing) this.#listings.delete(prefix)
    })
    return objects
  }

  async #fetchListing(prefix: string): Promise<readonly ObjectSummary[]> {
    const objects = await Array.fromAsync(this.#files.list(prefix))
    for (const { key, etag, size } of objects) {
      this.#etags.set(key, etag)
      this.#sizes.set(key, size)
    }
    return objects
  }
}
