import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  holds,
  ObjectChangedError,
  type ObjectStore,
  type ObjectSummary,
  type PutOptions,
  type PutOutcome,
  type RangeOptions,
  type StoredObject,
} from '../../lake/store/object-store.ts'

interface Entry extends ObjectSummary {
  readonly file: string
  readonly metadata: Readonly<Record<string, string>>
}

/** A store for one process whose bodies lie on disk and whose listing costs no reading: for thousands of objects. */
export class DiskObjectStore implements ObjectStore {
  readonly #folder: string
  readonly #entries = new Map<string, Entry>()
  #written = 0

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true })
    this.#folder = folder
  }

  async get(key: string): Promise<StoredObject | undefined> {
    const entry = this.#entries.get(key)
    return entry && { ...entry, body: readFileSync(entry.file) }
  }

  async head(key: string): Promise<Entry | undefined> {
    return this.#entries.get(key)
  }

  async getRange(key: string, start: number, end: number, { ifMatch }: RangeOptions = {}): Promise<Uint8Array> {
    const entry = this.#entries.get(key)
    if (!entry || (ifMatch !== undefined && entry.etag !== ifMatch)) throw new ObjectChangedError(key)
    return readFileSync(entry.file).subarray(start, end)
  }

  async put(key: string, body: Uint8Array, { condition, metadata = {} }: PutOptions = {}): Promise<PutOutcome> {
    const standing = this.#entries.get(key)
    if (!holds(condition, standing)) return { kind: 'condition-failed' }
    const file = standing?.file ?? join(this.#folder, String(this.#written++))
    writeFileSync(file, body)
    const etag = createHash('md5').update(body).digest('hex')
    this.#entries.set(key, { key, size: body.length, etag, file, metadata })
    return { kind: 'written', etag }
  }

  async *list(
    prefix: string,
    { startAfter = '' }: { readonly startAfter?: string } = {},
  ): AsyncGenerator<ObjectSummary> {
    const keys = [...this.#entries.keys()].filter((key) => key.startsWith(prefix) && key > startAfter)
    for (const key of keys.sort()) yield this.#entries.get(key) as Entry
  }

  async delete(key: string): Promise<void> {
    const entry = this.#entries.get(key)
    if (entry) rmSync(entry.file, { force: true })
    this.#entries.delete(key)
  }
}
