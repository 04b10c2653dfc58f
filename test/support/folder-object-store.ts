import { existsSync, globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
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

/** A folder as a store, for one process: what is too large for memory. Metadata and etags last as long as the store. */
export class FolderObjectStore implements ObjectStore {
  readonly #folder: string
  readonly #metadata = new Map<string, Readonly<Record<string, string>>>()
  readonly #writes = new Map<string, number>()

  constructor(folder: string) {
    this.#folder = folder
  }

  async get(key: string): Promise<StoredObject | undefined> {
    const file = join(this.#folder, key)
    if (!existsSync(file)) return undefined
    const body = readFileSync(file)
    return { body, size: body.length, etag: this.#etagOf(key), metadata: this.#metadata.get(key) ?? {} }
  }

  head(key: string): Promise<StoredObject | undefined> {
    return this.get(key)
  }

  async getRange(key: string, start: number, end: number, { ifMatch }: RangeOptions = {}): Promise<Uint8Array> {
    const body = readFileSync(join(this.#folder, key))
    if (ifMatch !== undefined && this.#etagOf(key) !== ifMatch) throw new ObjectChangedError(key)
    return body.subarray(start, end)
  }

  async put(key: string, body: Uint8Array, options: PutOptions = {}): Promise<PutOutcome> {
    if (!holds(options.condition, await this.get(key))) return { kind: 'condition-failed' }
    mkdirSync(dirname(join(this.#folder, key)), { recursive: true })
    writeFileSync(join(this.#folder, key), body)
    this.#metadata.set(key, options.metadata ?? {})
    this.#writes.set(key, (this.#writes.get(key) ?? 0) + 1)
    return { kind: 'written', etag: this.#etagOf(key) }
  }

  async *list(prefix: string, options: { readonly startAfter?: string } = {}): AsyncGenerator<ObjectSummary> {
    const keys = globSync(`${prefix}**/*.*`, { cwd: this.#folder }).sort()
    for (const key of keys) {
      if (key <= (options.startAfter ?? '')) continue
      const stat = statSync(join(this.#folder, key))
      // A topic's folder may have a dot as well.
      if (stat.isFile()) yield { key, size: stat.size, etag: this.#etagOf(key) }
    }
  }

  async delete(key: string): Promise<void> {
    rmSync(join(this.#folder, key), { force: true })
  }

  /** By how often it was written: a hash of the bytes would be a tenth of the work that is measured. */
  #etagOf(key: string): string {
    return `"${this.#writes.get(key) ?? 0}"`
  }
}
