/**
 * What of a landing file was sent to the topic again: a mark beside the lake's data, only ever written on condition.
 * `replayed/<landing file>.json`: { sent, sending }.
 */
import { TickerlakeError } from '../../lake/errors.ts'
import type { OffsetRange, OffsetRanges } from '../../lake/ledger/offset-ranges.ts'
import type { ObjectStore, PutOptions } from '../../lake/store/object-store.ts'
import { BARS_LANDING } from '../../lake/tables/tables.ts'

interface ReplayMark {
  /** Offsets of the file's records that the broker has acknowledged again. */
  readonly sent: OffsetRanges
  /** Offsets that were about to be sent; what is left of a replay that ended midway. */
  readonly sending: Sending | null
  /** Fresh for each write, so that no two marks have one ETag. */
  readonly nonce: string
}

export interface Sending {
  readonly offsets: OffsetRanges
  /** By partition, where the topic ended before anything was sent: the copies can only stand behind it. */
  readonly ends: Readonly<Record<string, number>>
}

export interface MarkVersion {
  readonly mark: ReplayMark
  readonly etag: string | undefined
}

const VERSION = 1
const NOTHING: ReplayMark = { sent: [], sending: null, nonce: '' }

function markKey(landingKey: string): string {
  return `replayed/${landingKey.slice(BARS_LANDING.prefix.length + 1)}.json`
}

export async function readMark(landingKey: string, store: ObjectStore): Promise<MarkVersion> {
  const key = markKey(landingKey)
  const found = await store.get(key)
  if (!found) return { mark: NOTHING, etag: undefined }
  return { mark: parseMark(new TextDecoder().decode(found.body), key), etag: found.etag }
}

/** Replaces a version of a mark. Somebody else's write in between stops the replay: two would send everything twice. */
export async function writeMark(
  landingKey: string,
  { mark, etag }: MarkVersion,
  store: ObjectStore,
): Promise<MarkVersion> {
  const key = markKey(landingKey)
  const body = new TextEncoder().encode(JSON.stringify({ version: VERSION, ...mark }))
  const options: PutOptions = {
    condition: etag === undefined ? { kind: 'absent' } : { kind: 'matches', etag },
    contentType: 'application/json',
  }
  const outcome = await store.put(key, body, options)
  if (outcome.kind === 'written') return { mark, etag: outcome.etag }
  const now = await readMark(landingKey, store)
  if (now.mark.nonce === mark.nonce) return now
  throw new TickerlakeError(
    'replay-in-use',
    `Another replay is at work on ${landingKey} (${key}); this one has stopped.`,
  )
}

function parseMark(text: string, key: string): ReplayMark {
  try {
    const { version, sent, sending, nonce } = JSON.parse(text)
    if (version === VERSION && areRanges(sent) && typeof nonce === 'string') {
      if (sending === null) return { sent, sending, nonce }
      if (areRanges(sending.offsets) && typeof sending.ends === 'object') return { sent, sending, nonce }
    }
  } catch {
    // Told below, with every other way of not being a mark.
  }
  throw new TickerlakeError('replay-mark', `${key} is not the mark of a replay; put an older version of it back.`)
}

function areRanges(value: unknown): value is OffsetRange[] {
  return Array.isArray(value) && value.every((range) => Array.isArray(range) && range.every(Number.isSafeInteger))
}
