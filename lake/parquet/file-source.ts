import type { AsyncBuffer } from 'hyparquet'
import { RecentlyUsed } from '../recently-used.ts'
import type { ObjectStore, ObjectSummary } from '../store/object-store.ts'
import type { Span } from './file-layout.ts'

/** Files up to this size are fetched whole, with the one request that their footer costs anyway. */
export const WHOLE_FILE_BYTES = 512 * 1024

/** Keeps fetched small objects up to a number of bytes in all. */
export class SmallObjectCache extends RecentlyUsed<Uint8Array> {
  constructor(capacityBytes: number) {
    super(capacityBytes, ({ byteLength }) => byteLength)
  }
}

/** The bytes of a file, by range. */
export interface FileBytes {
  readonly byteLength: number
  /** From `start` up to, not including, `end`: without a copy where they are in memory. */
  view(start: number, end: number): Promise<Uint8Array> | Uint8Array
}

/** The same as hyparquet takes them: each range is an ArrayBuffer of its own. */
export interface FileSource extends AsyncBuffer, FileBytes {
  readonly byteLength: number
  /** Whether a range costs no request. */
  readonly isInMemory: boolean
  /** A name that no other bytes have ever had; undefined where there is none. */
  readonly version?: string
}

export function memorySource(body: Uint8Array): FileSource {
  return {
    isInMemory: true,
    byteLength: body.length,
    slice: (start, end = body.length) => new Uint8Array(body.subarray(start, end)).buffer,
    view: (start, end) => body.subarray(start, end),
  }
}

/**
 * An object by byte range, or out of the cache where it is small. All of it is of the version that was listed; once that
 * is replaced, a read throws `ObjectChangedError`.
 */
export function objectSource(object: ObjectSummary, store: ObjectStore, cache: SmallObjectCache): FileSource {
  const { key, size, etag } = object
  const version = `${key} ${etag}`
  const fetchRange = (start: number, end: number) => store.getRange(key, start, end, { ifMatch: etag })
  const fetchWhole = async (): Promise<Uint8Array> => {
    const cached = cache.get(version)
    if (cached) return cached
    const body = await fetchRange(0, size)
    cache.set(version, body)
    return body
  }
  const isInMemory = size <= WHOLE_FILE_BYTES
  const view = async (start: number, end: number): Promise<Uint8Array> =>
    isInMemory ? (await fetchWhole()).subarray(start, end) : fetchRange(start, end)
  return {
    isInMemory,
    byteLength: size,
    version,
    slice: async (start, end = size) => exactBuffer(await view(start, end)),
    view,
  }
}

/** Serves the bytes from `start` on out of memory, the rest from the buffer itself. */
export function prefetched(buffer: AsyncBuffer, start: number, bytes: Uint8Array): FileSource {
  const view = (from: number, to: number): Uint8Array | undefined =>
    from >= start && to <= start + bytes.length ? bytes.subarray(from - start, to - start) : undefined
  return {
    isInMemory: true,
    byteLength: buffer.byteLength,
    slice(from, to = buffer.byteLength) {
      const held = view(from, to)
      return held ? exactBuffer(held) : buffer.slice(from, to)
    },
    view: (from, to) => view(from, to) ?? later(buffer.slice(from, to)),
  }
}

/** What is needed of one row group is fetched in one request up to this size, else column by column. */
const GROUP_FETCH_BYTES = 8 * 1024 * 1024

/** The file with these spans in memory, where one request for all of them is worth it. */
export async function withSpans(source: FileSource, spans: readonly Span[]): Promise<FileSource> {
  if (source.isInMemory) return source
  const start = Math.min(...spans.map((span) => span.start))
  const end = Math.max(...spans.map((span) => span.end))
  const isWorthIt = spans.length > 0 && end - start <= GROUP_FETCH_BYTES
  return isWorthIt ? prefetched(source, start, await source.view(start, end)) : source
}

async function later(bytes: ReturnType<AsyncBuffer['slice']>): Promise<Uint8Array> {
  return new Uint8Array(await bytes)
}

function exactBuffer(bytes: Uint8Array): ArrayBuffer {
  const { buffer, byteOffset, byteLength } = bytes
  if (buffer instanceof ArrayBuffer && byteOffset === 0 && buffer.byteLength === byteLength) return buffer
  return Uint8Array.from(bytes).buffer
}
