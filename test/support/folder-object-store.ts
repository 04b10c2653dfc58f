import { globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
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
import { keptMetadata } from './memory-object-store.ts'

/**
 * A folder as a store of one process: bodies that are too many or too large for memory. What lies in it at the beginning is
 * there; who listed and what an object is called is remembered, so that a listing reads nothing.
 */
export class FolderObjectStore implements ObjectStore {
  readonly #folder: string
  readonly #heads = new Map<string, ObjectHead>()
  #writes = 0

  constructor(folder: string) {
    this.#folder = folder
    for (const key of globSync('**/*.*', { cwd: folder })) {
      const stat = statSync(join(folder, key))
      // A topic's folder may have a dot as well.
      if (stat.isFile()) this.#heads.set(key, { size: stat.size, etag: this.#nextEtag(), metadata: {} })
    }
  }

  async get(key: string): Promise<StoredObject | undefined> {
    const head = this.#heads.get(key)
    return head && { ...head, body: readFileSync(join(this.#folder, key)) }
  }

  async head(key: string): Promise<ObjectHead | undefined> {
    return this.#heads.get(key)
  }

  async getRange(key: string, start: number, end: number, { ifMatch }: RangeOptions = {}): Promise<Uint8Array> {
    if (ifMatch !== undefined && this.#heads.get(key)?.etag !== ifMatch) throw new ObjectChangedError(key)
    return readFileSync(join(this.#folder, key)).subarray(start, end)
  }

  async put(key: string, body: Uint8Array, { condition, metadata = {} }: PutOptions = {}): Promise<PutOutcome> {
    if (!holds(condition, this.#heads.get(key))) return { kind: 'condition-failed' }
    const file = join(this.#folder, key)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, body)
    const etag = this.#nextEtag()
    this.#heads.set(key, { size: body.length, etag, metadata: keptMetadata(metadata) })
    return { kind: 'written', etag }
  }

  async *list(
    prefix: string,
    { startAfter = '' }: { readonly startAfter?: string } = {},
  ): AsyncGenerator<ObjectSummary> {
    const keys = [...this.#heads.keys()].filter((key) => key.startsWith(prefix) && key > startAfter)
    for (const key of keys.sort()) {
      const head = this.#heads.get(key)
      if (head) yield { key, size: head.size, etag: head.etag }
    }
  }

  async delete(key: string): Promise<void> {
    rmSync(join(this.#folder, key), { force: true })
    this.#heads.delete(key)
  }

  /** By how often something was written: a hash of the bytes would be a tenth of the work that is measured. */
  #nextEtag(): string {
    this.#writes += 1
    return `"${this.#writes}"`
  }
}
