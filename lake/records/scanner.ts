/**
 * Bars in the form that our own producer writes, from the bytes of a record straight into columns: no text, no object a
 * record. Whatever is not in that form, or not a valid bar, is left to `judge.ts`, whose verdict this one never differs from.
 */
import { parseIso } from '../instant.ts'
import { isInterval, isSymbol, ohlcFault } from '../tables/bar.ts'
import { isSessionInterval, sessionOfInstant } from '../tables/session.ts'
import { isPlausible, MAX_TEXT } from './judge.ts'
import type { KafkaRecord } from './kafka-record.ts'
import { MAX_VALUE_BYTES, SCHEMA_VERSION } from './wire.ts'
import { isAt, Words } from './words.ts'

/** In the order in which `encodeBar` writes them, so that the next key is mostly the one that is expected. */
const FIELDS = [
  'schema_version',
  'symbol',
  'interval',
  'ts_event',
  'open',
  'high',
  'low',
  'close',
  'adj_close',
  'volume',
  'source',
  'run_id',
  'ts_sent',
] as const
export type ScannedField = (typeof FIELDS)[number]

const KEYS = FIELDS.map((name) => Buffer.from(`"${name}"`))
const AT = Object.fromEntries(FIELDS.map((name, at) => [name, at])) as Readonly<Record<ScannedField, number>>
const OPTIONAL = ['schema_version', 'adj_close', 'source', 'run_id'] as const
const NEEDED = FIELDS.reduce(
  (bits, name, at) => (OPTIONAL.some((other) => other === name) ? bits : bits | (1 << at)),
  0,
)
const NULLABLE = (1 << AT.adj_close) | (1 << AT.source) | (1 << AT.run_id)
const NULL = Buffer.from('null')

const [SPACE, QUOTE, COMMA, MINUS, DOT, ZERO, NINE, COLON] = [0x20, 0x22, 0x2c, 0x2d, 0x2e, 0x30, 0x39, 0x3a]
const [OPEN, CLOSE, T, Z, LOWER_N] = [0x7b, 0x7d, 0x54, 0x5a, 0x6e]

/** Whole numbers of so many digits are exact as doubles, and so are the powers of ten: their quotient is correctly rounded. */
const EXACT_DIGITS = 15
const POWERS = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`))

const FAILED = -1

export class BarScanner {
  /** The words of the text fields, which the fields' values are numbers of. */
  readonly words = {
    symbol: new Words(isSymbol),
    interval: new Words(isInterval),
    source: new Words(isShort),
    run_id: new Words(isShort),
  } as const
  /** Of the record that was scanned last: numbers, NaN for null, words by number, -1 for null. */
  readonly #values = new Float64Array(FIELDS.length)
  #bytes: Buffer = Buffer.alloc(0)
  #value = 0
  #whole = 0
  /** A bit a field that came, and the one that comes next if all is as usual. */
  #seen = 0
  #expected = 0
  #day = FAILED
  #dayMs = 0

  /** Whether the record is a valid bar in our own form; then `valueOf` tells its fields. */
  scan(record: KafkaRecord, tsRecv: number): boolean {
    const { value, timestamp } = record
    if (value === null || value.length > MAX_VALUE_BYTES || !Number.isSafeInteger(timestamp)) return false
    this.#bytes = value instanceof Buffer ? value : Buffer.from(value.buffer, value.byteOffset, value.length)
    this.#values.fill(Number.NaN)
    return this.#object() && this.#isBar(tsRecv)
  }

  valueOf(field: ScannedField): number {
    return this.#values[AT[field]] as number
  }

  #object(): boolean {
    const bytes = this.#bytes
    let at = this.#skip(0)
    if (bytes[at] !== OPEN) return false
    this.#seen = 0
    this.#expected = 0
    do {
      at = this.#skip(this.#member(this.#skip(at + 1)))
    } while (at >= 0 && bytes[at] === COMMA)
    return at >= 0 && bytes[at] === CLOSE && this.#isWhole() && this.#skip(at + 1) === bytes.length
  }

  #isWhole(): boolean {
    return (this.#seen & NEEDED) === NEEDED
  }

  /** Reads a key and its value; the place behind them. */
  #member(start: number): number {
    const field = fieldAt(this.#bytes, start, this.#expected)
    if (field === FAILED || this.#seen & (1 << field)) return FAILED
    this.#seen |= 1 << field
    this.#expected = field + 1
    const at = this.#skip(start + (KEYS[field]?.length ?? 0))
    return this.#bytes[at] === COLON ? this.#field(field, this.#skip(at + 1)) : FAILED
  }

  /** What `judge.ts` asks of a bar whose fields have the right types. */
  #isBar(tsRecv: number): boolean {
    const values = this.#values
    const version = values[AT.schema_version] as number
    const [open, high] = [values[AT.open] as number, values[AT.high] as number]
    const [low, close] = [values[AT.low] as number, values[AT.close] as number]
    const volume = values[AT.volume] as number
    return (
      (Number.isNaN(version) || version === SCHEMA_VERSION) &&
      isPlausible(values[AT.ts_event] as number, tsRecv) &&
      isPlausible(values[AT.ts_sent] as number, tsRecv) &&
      this.#isAtItsSession() &&
      Number.isSafeInteger(volume) &&
      volume >= 0 &&
      ohlcFault({ open, high, low, close }) === undefined
    )
  }

  /** The judge moves a bar of a session to its session (docs/decisions/0111). */
  #isAtItsSession(): boolean {
    const tsEvent = this.#values[AT.ts_event] as number
    if (tsEvent === sessionOfInstant(tsEvent)) return true
    return !isSessionInterval(this.words.interval.textOf(this.#values[AT.interval] as number))
  }

  /** Reads the value of a field; the place behind it. */
  #field(field: number, at: number): number {
    if (this.#bytes[at] === LOWER_N)
      return (NULLABLE >> field) & 1 && isAt(this.#bytes, at, NULL) ? at + NULL.length : FAILED
    const end = this.#valueAt(field, at)
    this.#values[field] = this.#value
    return end
  }

  #valueAt(field: number, at: number): number {
    if (field === AT.symbol) return this.#word(this.words.symbol, at)
    if (field === AT.interval) return this.#word(this.words.interval, at)
    if (field === AT.source) return this.#word(this.words.source, at)
    if (field === AT.run_id) return this.#word(this.words.run_id, at)
    const isTime = field === AT.ts_event || field === AT.ts_sent
    return isTime && this.#bytes[at] === QUOTE ? this.#instant(at + 1) : this.#number(at)
  }

  #word(words: Words, at: number): number {
    if (this.#bytes[at] !== QUOTE) return FAILED
    this.#value = words.read(this.#bytes, at + 1)
    return this.#value < 0 ? FAILED : words.end
  }

  /** A number without an exponent, as JSON has it. */
  #number(start: number): number {
    const bytes = this.#bytes
    const from = bytes[start] === MINUS ? start + 1 : start
    this.#whole = 0
    let at = this.#digits(from)
    if (at === from || (bytes[from] === ZERO && at > from + 1)) return FAILED
    let decimals = 0
    if (bytes[at] === DOT) {
      const dot = at
      at = this.#digits(dot + 1)
      decimals = at - dot - 1
      if (decimals === 0) return FAILED
    }
    // A sum that stays below 10^15 was exact at every step.
    const isExact = this.#whole < 10 ** EXACT_DIGITS && decimals < POWERS.length
    const size = isExact ? this.#whole / (POWERS[decimals] as number) : Number(bytes.toString('latin1', from, at))
    this.#value = from > start ? -size : size
    return Number.isFinite(size) ? at : FAILED
  }

  /** Adds digits to the whole number that is being read; the place behind them. */
  #digits(start: number): number {
    let whole = this.#whole
    let at = start
    for (let digit = digitAt(this.#bytes, at); digit >= 0; digit = digitAt(this.#bytes, ++at))
      whole = whole * 10 + digit
    this.#whole = whole
    return at
  }

  /** The text behind an opening quote as an instant in our form, `2013-03-01T00:00:00.000Z`. */
  #instant(start: number): number {
    const bytes = this.#bytes
    const isOurForm = bytes[start + 24] === QUOTE && bytes[start + 23] === Z && bytes[start + 10] === T
    if (!isOurForm) return FAILED
    const marks = bytes[start + 13] === COLON && bytes[start + 16] === COLON && bytes[start + 19] === DOT
    const hour = numberAt(bytes, start + 11, 2)
    const minute = numberAt(bytes, start + 14, 2)
    const second = numberAt(bytes, start + 17, 2)
    const ms = numberAt(bytes, start + 20, 3)
    const isTime =
      marks && hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60 && ms >= 0
    if (!isTime || !this.#findDay(start)) return FAILED
    this.#value = this.#dayMs + ((hour * 60 + minute) * 60 + second) * 1000 + ms
    return start + 25
  }

  /** Whether there is such a day, and which; neighbours mostly are of the same one. */
  #findDay(start: number): boolean {
    const bytes = this.#bytes
    const [year, month, day] = [numberAt(bytes, start, 4), numberAt(bytes, start + 5, 2), numberAt(bytes, start + 8, 2)]
    if (year < 0 || month < 0 || day < 0 || bytes[start + 4] !== MINUS || bytes[start + 7] !== MINUS) return false
    const wanted = (year * 100 + month) * 100 + day
    if (wanted === this.#day) return true
    const midnight = parseIso(bytes.toString('latin1', start, start + 10))
    if (midnight === undefined) return false
    this.#day = wanted
    this.#dayMs = midnight
    return true
  }

  /** Behind white space, as JSON has it. */
  #skip(start: number): number {
    if (start < 0) return start
    let at = start
    for (let byte = this.#bytes[at] ?? 0; byte <= SPACE; byte = this.#bytes[++at] ?? 0) {
      if (byte !== SPACE && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return at
    }
    return at
  }
}

function isShort(text: string): boolean {
  return text.length <= MAX_TEXT
}

function fieldAt(bytes: Buffer, at: number, expected: number): number {
  const key = KEYS[expected]
  if (key && isAt(bytes, at, key)) return expected
  return KEYS.findIndex((other) => isAt(bytes, at, other))
}

function digitAt(bytes: Buffer, at: number): number {
  const byte = bytes[at] ?? 0
  return byte >= ZERO && byte <= NINE ? byte - ZERO : -1
}

/** So many digits as a number, negative where one is none. */
function numberAt(bytes: Buffer, at: number, count: number): number {
  let number = 0
  for (let i = 0; i < count; i++) {
    const digit = digitAt(bytes, at + i)
    if (digit < 0) return -1
    number = number * 10 + digit
  }
  return number
}
