/**
 * What of a landing file was sent to the topic again: a mark beside the lake's data, only ever written on condition.
 * `replayed/<landing file>.json`: { sent, sending }.
 */

import { TickerlakeError } from '../../lake/errors.ts'
import { LAYOUT } from '../../lake/layout.ts'
import type { OffsetRange, OffsetRanges } from '../../lake/ledger/offset-ranges.ts'
import { JsonObjects } from '../../lake/store/json-object.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'
import { BARS_LANDING } from '../../lake/tables/tables.ts'

interface ReplayMark {
  /** Offsets of the file's records that the broker has acknowledged again. */
  readonly sent: OffsetRanges
  /** Offsets that were about to be sent; what is left of a resend that ended midway. */
  readonly sending: Sending | null
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
  return `${LAYOUT.resent}/${landingKey.slice(BARS_LANDING.prefix.length + 1)}.json`
}

/** The marks of landing files, each by its file's key. */
export class ResendMarks {
  readonly #objects: JsonObjects<ReplayMark>

  constructor(store: ObjectStore, nonce: () => string) {
    this.#objects = new JsonObjects({ store, nonce, format: { encode: encodeMark, parse: parseMark } })
  }

  async read(landingKey: string): Promise<MarkVersion> {
    const found = await this.#objects.read(markKey(landingKey))
    return found ? { mark: found.value, etag: found.etag } : { mark: NOTHING, etag: undefined }
  }

  /** Replaces a version of a mark. Somebody else's write in between stops the resend: two would send everything twice. */
  async write(landingKey: string, { mark, etag }: MarkVersion): Promise<MarkVersion> {
    const key = markKey(landingKey)
    const write = await this.#objects.replace(key, mark, etag)
    if (write.kind === 'written') return { mark: write.version.value, etag: write.version.etag }
    throw new TickerlakeError(
      'resend-in-use',
      `Another resend is at work on ${landingKey} (${key}); this one has stopped.`,
    )
  }
}

function encodeMark(mark: ReplayMark): string {
  return JSON.stringify({ version: VERSION, ...mark })
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
  throw new TickerlakeError('resend-mark', `${key} is not the mark of a resend; put an older version of it back.`)
}

function areRanges(value: unknown): value is OffsetRange[] {
  return Array.isArray(value) && value.every((range) => Array.isArray(range) && range.every(Number.isSafeInteger))
}
