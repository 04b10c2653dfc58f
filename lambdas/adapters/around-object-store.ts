import type { ObjectStore } from '../ports/object-store.ts'

/** What is done with each request to a store; `what` names it: `put ledger/…`. */
export type Around = <T>(what: string, request: () => Promise<T>) => Promise<T>

/** A store each of whose requests goes through `around`. A listing, which is many requests, goes straight through. */
export function aroundObjectStore(inner: ObjectStore, around: Around): ObjectStore {
  return {
    get: (key) => around(`get ${key}`, () => inner.get(key)),
    head: (key) => around(`head ${key}`, () => inner.head(key)),
    getRange: (key, start, end) => around(`get ${key}`, () => inner.getRange(key, start, end)),
    put: (key, body, options) => around(`put ${key}`, () => inner.put(key, body, options)),
    list: (prefix, options) => inner.list(prefix, options),
    delete: (key) => around(`delete ${key}`, () => inner.delete(key)),
  }
}
