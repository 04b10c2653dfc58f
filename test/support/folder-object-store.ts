import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import {
  ObjectChangedError,
  type ObjectStore,
  type ObjectSummary,
  type PutCondition,
  type RangeOptions,
  type StoredObject,
} from '../../lake/store/object-store.ts'

/** A folder as a store, for one process: what is too large for memory. Metadata lasts as long as the store. */
export class FolderObjectStore implements ObjectStore {
  readonly #folder: string
  readonly #metadata = new Map<string, Readonly<Record<string, string>>>()

  constructor(folder: string) {
    this.#folder = folder
  }

  async get(key: string): Promise<StoredObject | undefined> {
    const file = join(this.#folder, key)
    if (!existsSync(file)) return undefined
    const body = readFileSync(file)
    return { body, size: body.length, etag: etagOf(body), metadata: this.#metadata.get(key) ?? {} }
  }

  head(key: string): Promise<StoredObject | undefined> {
    return this.get(key)
  }

  async getRange(key: string, start: number, end: number, { ifMatch }: RangeOptions = {}): Promise<Uint8Array> {
    const body = readFileSync(join(this.#folder, key))
    if (ifMatch !== undefined && etagOf(body) !== ifMatch) throw new ObjectChangedError(key)
    return body.subarray(start, end)
  }

  async put(
    key: string,
    body: Uint8Array,
    options: { readonly condition?: PutCondition; readonly metadata?: Readonly<Record<string, string>> } = {},
  ): ReturnType<ObjectStore['put']> {
    const standing = await this.get(key)
    const { condition } = options
    if (condition?.kind === 'absent' && standing) return { kind: 'condition-failed' }
    if (condition?.kind === 'matches' && standing?.etag !== condition.etag) return { kind: 'condition-failed' }
    mkdirSync(dirname(join(this.#folder, key)), { recursive: true })
    writeFileSync(join(this.#folder, key), body)
    this.#metadata.set(key, options.metadata ?? {})
    return { kind: 'written', etag: etagOf(body) }
  }

  async *list(prefix: string, options: { readonly startAfter?: string } = {}): AsyncGenerator<ObjectSummary> {
    const keys = globSync(`${prefix}**/*.*`, { cwd: this.#folder }).sort()
    for (const key of keys) {
      if (key <= (options.startAfter ?? '')) continue
      const body = readFileSync(join(this.#folder, key))
      yield { key, size: body.length, etag: etagOf(body) }
    }
  }

  async delete(key: string): Promise<void> {
    rmSync(join(this.#folder, key), { force: true })
  }
}

function etagOf(body: Uint8Array): string {
  return `"${createHash('md5').update(body).digest('hex')}"`
}
