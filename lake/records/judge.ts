/** The judgement of a record: a valid bar, a marker, or a reason. Nothing that arrives can make it throw. */

import { DAY_MS, parseIso, toIso } from '../instant.ts'
import { type Bar, isInterval, isSymbol, ohlcFault } from '../tables/bar.ts'
import { isSessionInterval, sessionOfInstant } from '../tables/session.ts'
import type { KafkaRecord } from './kafka-record.ts'
import { END_OF_REPLAY, MAX_VALUE_BYTES, SCHEMA_VERSION } from './wire.ts'

/** Why a record is not a valid bar; docs/glossary.md explains each. Stable: queries group by it. */
export const REJECT_CODES = [
  'tombstone',
  'too_large',
  'not_utf8',
  'not_json',
  'not_an_object',
  'unknown_schema_version',
  'missing_field',
  'wrong_type',
  'not_finite',
  'bad_text',
  'bad_symbol',
  'bad_interval',
  'absurd_time',
  'negative_volume',
  'high_below_low',
  'open_outside',
  'close_outside',
  'unexpected',
] as const
export type RejectCode = (typeof REJECT_CODES)[number]

/** What a message says of itself beside the bar. */
export interface Origin {
  readonly source: string | null
  readonly runId: string | null
  /** Epoch milliseconds; the Kafka timestamp where the message does not say, and the arrival where that is absurd too. */
  readonly tsSent: number
  readonly schemaVersion: number | null
}

export type Verdict =
  | { readonly kind: 'bar'; readonly bar: Bar; readonly origin: Origin }
  | { readonly kind: 'marker'; readonly origin: Origin }
  | { readonly kind: 'rejected'; readonly code: RejectCode; readonly detail: string; readonly origin: Origin }

/** 1800-01-01: older than any exchange's records; Yahoo's oldest series starts in 1927. */
const EARLIEST_MS = Date.UTC(1800, 0, 1)
/** Of a date before the year 2286. */
const MOST_SECONDS = 1e10
/** Clocks and time zones differ; two days ahead of arrival is a mistake, not a zone. */
const AHEAD_MS = 2 * DAY_MS

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Stops the reading of a message at its first fault; caught in `judge`, never seen outside. */
class Fault extends Error {
  readonly code: RejectCode
  constructor(code: RejectCode, detail: string) {
    super(detail)
    this.code = code
  }
}

/** Judges one record that arrived at `tsRecv` (epoch milliseconds). */
export function judge(record: KafkaRecord, tsRecv: number): Verdict {
  const { timestamp } = record
  let origin: Origin = {
    source: null,
    runId: null,
    tsSent: isPlausible(timestamp, tsRecv) ? timestamp : tsRecv,
    schemaVersion: null,
  }
  try {
    const message = parseMessage(record.value)
    origin = originOf(message, timestamp, tsRecv)
    if (message['kind'] === END_OF_REPLAY) return { kind: 'marker', origin }
    return { kind: 'bar', bar: barOf(message, tsRecv), origin }
  } catch (error) {
    const { code, message } = error instanceof Fault ? error : unexpected(error)
    return { kind: 'rejected', code, detail: message, origin }
  }
}

/** A record that nobody thought of must not stop the others: it is kept, and its reason says what to look into. */
function unexpected(error: unknown): Fault {
  return new Fault('unexpected', short(error instanceof Error ? `${error.name}: ${error.message}` : typeof error))
}

/** The text that goes to the column `reject_reason`. */
export function rejectReason(verdict: Verdict): string | null {
  return verdict.kind === 'rejected' ? `${verdict.code}: ${verdict.detail}` : null
}

type Message = Readonly<Record<string, unknown>>

function parseMessage(value: Uint8Array | null): Message {
  if (value === null) throw new Fault('tombstone', 'the record has no value')
  if (value.length > MAX_VALUE_BYTES) {
    throw new Fault('too_large', `${value.length} bytes, at most ${MAX_VALUE_BYTES} are read`)
  }
  const message = parseJson(decodeUtf8(value))
  if (typeof message !== 'object' || message === null || Array.isArray(message)) {
    throw new Fault('not_an_object', `want a JSON object, got ${nameOf(message)}`)
  }
  return message as Message
}

function decodeUtf8(value: Uint8Array): string {
  try {
    return UTF8.decode(value)
  } catch {
    throw new Fault('not_utf8', 'the value is not UTF-8')
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Fault('not_json', text === '' ? 'the value is empty' : 'the value is not JSON')
  }
}

function originOf(message: Message, kafkaTimestamp: number, tsRecv: number): Origin {
  const schemaVersion = message['schema_version'] ?? SCHEMA_VERSION
  if (schemaVersion !== SCHEMA_VERSION) {
    throw new Fault('unknown_schema_version', `want ${SCHEMA_VERSION}, got ${short(schemaVersion)}`)
  }
  return {
    source: optionalText(message, 'source'),
    runId: optionalText(message, 'run_id'),
    tsSent: sentAt(message, kafkaTimestamp, tsRecv),
    schemaVersion,
  }
}

/** The Kafka timestamp, where it has to serve, is as bounded as the message's own: one from 2100 would win for ever. */
function sentAt(message: Message, kafkaTimestamp: number, tsRecv: number): number {
  const said = isAbsent(message['ts_sent']) ? undefined : instantField(message, 'ts_sent', tsRecv)
  const serves = said === undefined ? isPlausible(kafkaTimestamp, tsRecv) : Number.isSafeInteger(kafkaTimestamp)
  if (!serves) throw new Fault('absurd_time', `the Kafka timestamp: ${kafkaTimestamp}`)
  return said ?? kafkaTimestamp
}

function barOf(message: Message, tsRecv: number): Bar {
  const interval = intervalField(message)
  const bar: Bar = {
    symbol: symbolField(message),
    interval,
    tsEvent: eventField(message, interval, tsRecv),
    open: numberField(message, 'open'),
    high: numberField(message, 'high'),
    low: numberField(message, 'low'),
    close: numberField(message, 'close'),
    adjClose: isAbsent(message['adj_close']) ? null : numberField(message, 'adj_close'),
    volume: volumeField(message),
  }
  const fault = ohlcFault(bar)
  if (fault) throw new Fault(fault, `open ${bar.open}, high ${bar.high}, low ${bar.low}, close ${bar.close}`)
  return bar
}

function symbolField(message: Message): Bar['symbol'] {
  const symbol = textField(message, 'symbol')
  if (!isSymbol(symbol)) throw new Fault('bad_symbol', short(symbol))
  return symbol
}

function intervalField(message: Message): Bar['interval'] {
  const interval = textField(message, 'interval')
  if (!isInterval(interval)) throw new Fault('bad_interval', short(interval))
  return interval
}

/** Split arithmetic in floats makes 5600.000000000001 of 5600; a share of a coin is further off (docs/decisions/0110). */
const VOLUME_TOLERANCE = 1e-9

function volumeField(message: Message): number {
  const said = numberField(message, 'volume')
  const volume = Math.round(said)
  const isWhole = Number.isSafeInteger(volume) && Math.abs(said - volume) <= Math.abs(said) * VOLUME_TOLERANCE
  if (!isWhole) throw new Fault('wrong_type', `volume: want a whole number, got ${said}`)
  if (volume < 0) throw new Fault('negative_volume', String(volume))
  return volume
}

/** Of a daily or longer bar the session, whatever time of day was sent: one session has one row (docs/decisions/0111). */
function eventField(message: Message, interval: Bar['interval'], tsRecv: number): number {
  const epochMs = instantField(message, 'ts_event', tsRecv)
  return isSessionInterval(interval) ? sessionOfInstant(epochMs) : epochMs
}

/** ISO 8601 or epoch milliseconds, within the years that can be meant. */
function instantField(message: Message, name: string, tsRecv: number): number {
  const value = present(message, name)
  const epochMs = typeof value === 'string' ? parseIso(value) : value
  if (typeof epochMs !== 'number' || !Number.isSafeInteger(epochMs)) {
    throw new Fault('wrong_type', `${name}: want ISO 8601 or epoch milliseconds, got ${short(value)}`)
  }
  if (!isPlausible(epochMs, tsRecv)) throw new Fault('absurd_time', `${name}: ${short(value)}`)
  if (typeof value === 'number' && isPlausible(value * 1000, tsRecv)) throw secondsFault(name, value)
  return epochMs
}

/** Seconds read as milliseconds all lie within weeks of 1970; a bar of those weeks is told apart by being sent as text. */
function secondsFault(name: string, value: number): Fault {
  const [milliseconds, seconds] = [value, value * 1000].map((epochMs) => toIso(epochMs).slice(0, 10))
  return new Fault(
    'absurd_time',
    `${name}: ${value} is ${seconds} in seconds and ${milliseconds} in milliseconds; want milliseconds, of that day ISO 8601`,
  )
}

/** A number that is within the years that can be meant as seconds, too, whenever it arrives: left to the judge. */
export function mayBeSeconds(value: number): boolean {
  return value < MOST_SECONDS && value > -MOST_SECONDS
}

/** Within the years that can be meant: up to two days ahead of the arrival. */
export function isPlausible(epochMs: number, tsRecv: number): boolean {
  return Number.isSafeInteger(epochMs) && epochMs >= EARLIEST_MS && epochMs <= tsRecv + AHEAD_MS
}

/** The words that programs write for numbers that JSON cannot hold. */
const NOT_FINITE_WORDS: ReadonlySet<unknown> = new Set([
  'NaN',
  'Infinity',
  '-Infinity',
  '+Infinity',
  'inf',
  '-inf',
  'nan',
])

function numberField(message: Message, name: string): number {
  const value = present(message, name)
  if (NOT_FINITE_WORDS.has(value)) throw new Fault('not_finite', `${name}: ${value}`)
  if (typeof value !== 'number') throw new Fault('wrong_type', `${name}: want a number, got ${short(value)}`)
  if (!Number.isFinite(value)) throw new Fault('not_finite', `${name}: ${value}`)
  return value
}

function textField(message: Message, name: string): string {
  const value = present(message, name)
  if (typeof value !== 'string') throw new Fault('wrong_type', `${name}: want text, got ${short(value)}`)
  return value
}

/** Optional texts are bounded like symbols are: they are dictionary columns, not a place to keep things. */
export const MAX_TEXT = 128

/**
 * What a terminal or a spreadsheet obeys instead of showing it: control characters (C0, DEL, C1), line and paragraph
 * separators, and what turns the direction of writing (Unicode Standard Annex 9).
 */
const OBEYED = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u
const EACH_OBEYED = new RegExp(OBEYED, 'gu')

function optionalText(message: Message, name: string): string | null {
  if (isAbsent(message[name])) return null
  const text = textField(message, name)
  if (text.length > MAX_TEXT) throw new Fault('wrong_type', `${name}: longer than ${MAX_TEXT} characters`)
  if (OBEYED.test(text) || !text.isWellFormed()) throw new Fault('bad_text', `${name}: ${short(text)}`)
  return text
}

function present(message: Message, name: string): unknown {
  const value = message[name]
  if (isAbsent(value)) throw new Fault('missing_field', name)
  return value
}

function isAbsent(value: unknown): value is null | undefined {
  return value === undefined || value === null
}

function nameOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'an array' : `a ${typeof value}`
}

const MAX_SHOWN = 60

/** A value for a reason of one line. An array or object is only named: to write one out can take more stack than there is. */
function short(value: unknown): string {
  if (typeof value === 'object') return nameOf(value)
  if (typeof value !== 'string') return String(value)
  const text = JSON.stringify(value.slice(0, MAX_SHOWN)).replace(EACH_OBEYED, escaped)
  return value.length < MAX_SHOWN && text.length <= MAX_SHOWN ? text : `${text.slice(0, MAX_SHOWN - 3)}…`
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
