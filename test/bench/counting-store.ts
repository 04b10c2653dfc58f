import { setTimeout as delay } from 'node:timers/promises'
import type { ObjectStore } from '../../lake/store/object-store.ts'

export interface Requests {
  readonly get: number
  readonly put: number
  readonly list: number
  readonly delete: number
  readonly bytesRead: number
  readonly bytesWritten: number
}

const NONE = { get: 0, put: 0, list: 0, delete: 0, bytesRead: 0, bytesWritten: 0 }
/** Keys that S3 gives in one answer to a LIST. */
const PAGE = 1_000

/** A store that counts what S3 would be asked, and answers as late as it would. */
export class CountingStore implements ObjectStore {
  latencyMs = 0
  readonly #inner: ObjectStore
  #counts: Record<keyof Requests, number> = { ...NONE }

  constructor(inner: ObjectStore) {
    this.#inner = inner
  }

  /** What was asked since the last time. */
  take(): Requests {
    const counts = this.#counts
    this.#counts = { ...NONE }
    return counts
  }

  async #request(kind: 'get' | 'put' | 'list' | 'delete'): Promise<void> {
    this.#counts[kind]++
    if (this.latencyMs > 0) await delay(this.latencyMs)
  }

  async get(key: string) {
    await this.#request('get')
    const found = await this.#inner.get(key)
    this.#counts.bytesRead += found?.size ?? 0
    return found
  }

  async head(key: string) {
    await this.#request('get')
    return this.#inner.head(key)
  }

  async getRange(...[key, start, end, options]: Parameters<ObjectStore['getRange']>) {
    await this.#request('get')
    this.#counts.bytesRead += end - start
    return this.#inner.getRange(key, start, end, options)
  }

  async put(...[key, body, options]: Parameters<ObjectStore['put']>) {
    await this.#request('put')
    this.#counts.bytesWritten += body.length
    return this.#inner.put(key, body, options)
  }

  async *list(...[prefix, options]: Parameters<ObjectStore['list']>) {
    let listed = 0
    await this.#request('list')
    for await (const object of this.#inner.list(prefix, options)) {
      if (listed > 0 && listed % PAGE === 0) await this.#request('list')
      listed++
      yield object
    }
  }

  async delete(key: string) {
    await this.#request('delete')
    await this.#inner.delete(key)
  }
}
