import type { AsyncBuffer } from 'hyparquet'
import type { ObjectStore, ObjectSummary } from '../store/object-store.ts'

/** Files up to this size are fetched whole, with the one request that their footer costs anyway. */
export const WHOLE_FILE_BYTES = 512 * 1024

/** Keeps fetched small objects up to a number of bytes in all; the one that was used longest ago goes first. */
export class SmallObjectCache {
  readonly #capacity: number
  readonly #bodies = new Map<string, ArrayBuffer>()
  #bytes = 0

  constructor(capacityBytes: number) {
    this.#capacity = capacityBytes
  }

  get(name: string): ArrayBuffer | undefined {
    const body = this.#bodies.get(name)
    if (!body) return undefined
    this.#bodies.delete(name)
    this.#bodies.set(name, body)
    return body
  }

  set(name: string, body: ArrayBuffer): void {
    this.#bytes += body.byteLength - (this.#bodies.get(name)?.byteLength ?? 0)
    this.#bodies.delete(name)
    this.#bodies.set(name, body)
    for (const [oldest, { byteLength }] of this.#bodies) {
      if (this.#bytes <= this.#capacity) return
      this.#bodies.delete(oldest)
      this.#bytes -= byteLength
    }
  }
}

/** The bytes of a file, by range. */
export interface FileSource extends AsyncBuffer {
  /** Whether a range costs no request. */
  readonly isInMemory: boolean
}

/** Each range is an ArrayBuffer of its own: a Buffer's `slice` would share its pool. */
export function memorySource(body: Uint8Array): FileSource {
  return {
    isInMemory: true,
    byteLength: body.length,
    slice: (start, end = body.length) => new Uint8Array(body.subarray(start, end)).buffer,
  }
}

/**
 * An object by byte range, or out of the cache where it is small. All of it is of the version that was listed; once that
 * is replaced, a read throws `ObjectChangedError`.
 */
export function objectSource(object: ObjectSummary, store: ObjectStore, cache: SmallObjectCache): FileSource {
  const { key, size, etag } = object
  const fetchRange = async (start: number, end: number): Promise<ArrayBuffer> =>
    exactBuffer(await store.getRange(key, start, end, { ifMatch: etag }))
  const fetchWhole = async (): Promise<ArrayBuffer> => {
    const cached = cache.get(`${key} ${etag}`)
    if (cached) return cached
    const body = await fetchRange(0, size)
    cache.set(`${key} ${etag}`, body)
    return body
  }
  return {
    isInMemory: size <= WHOLE_FILE_BYTES,
    byteLength: size,
    async slice(start, end = size) {
      if (size > WHOLE_FILE_BYTES) return fetchRange(start, end)
      const body = await fetchWhole()
      return start === 0 && end === size ? body : body.slice(start, end)
    },
  }
}

/** Serves the bytes from `start` on out of memory, the rest from the buffer itself. */
export function prefetched(buffer: AsyncBuffer, start: number, bytes: ArrayBuffer): FileSource {
  return {
    isInMemory: true,
    byteLength: buffer.byteLength,
    slice: (from, to = buffer.byteLength) =>
      from >= start && to <= start + bytes.byteLength ? bytes.slice(from - start, to - start) : buffer.slice(from, to),
  }
}

function exactBuffer(bytes: Uint8Array): ArrayBuffer {
  const { buffer, byteOffset, byteLength } = bytes
  if (buffer instanceof ArrayBuffer && byteOffset === 0 && buffer.byteLength === byteLength) return buffer
  return Uint8Array.from(bytes).buffer
}
