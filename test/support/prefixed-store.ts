import type { ObjectStore } from '../../lake/store/object-store.ts'

/** A lake of its own within a bucket: every key stands below the prefix. */
export function prefixedStore(store: ObjectStore, prefix: string): ObjectStore {
  return {
    get: (key) => store.get(prefix + key),
    head: (key) => store.head(prefix + key),
    getRange: (key, start, end) => store.getRange(prefix + key, start, end),
    put: (key, body, options) => store.put(prefix + key, body, options),
    delete: (key) => store.delete(prefix + key),
    async *list(below, options) {
      const startAfter = options?.startAfter === undefined ? {} : { startAfter: prefix + options.startAfter }
      for await (const { key, ...rest } of store.list(prefix + below, startAfter))
        yield { key: key.slice(prefix.length), ...rest }
    },
  }
}
