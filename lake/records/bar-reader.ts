/** The fields of a bar from the bytes of a record: what every way of going over a record is made of. */
import { parseIso } from '../instant.ts'
import { isInterval, isSymbol, ohlcFault } from '../tables/bar.ts'
import { isSessionInterval, sessionOfInstant } from '../tables/session.ts'
import { digitAt, NumberReader } from './json-number.ts'
import { isPlausible, MAX_TEXT, mayBeSeconds } from './judge.ts'
import { SCHEMA_VERSION } from './wire.ts'
import { isAt, type Stretch, Words } from './words.ts'

/** In the order in which `encodeBar` writes them. A literal would share its shape with the messages that `JSON.parse` makes, and lose it to them. */
class Fields {
  readonly schema_version = 0
  readonly symbol = 1
  readonly interval = 2
  readonly ts_event = 3
  readonly open = 4
  readonly high = 5
  readonly low = 6
  readonly close = 7
  readonly adj_close = 8
  readonly volume = 9
  readonly source = 10
  readonly run_id = 11
  readonly ts_sent = 12
}

export type ScannedField = keyof Fields

/** Where the value of a field is. */
export const AT = new Fields()
export const FIELDS = Object.keys(AT) as readonly ScannedField[]
const NULLABLE = (1 << AT.adj_close) | (1 << AT.source) | (1 << AT.run_id)
const NULL = Buffer.from('null')

const [QUOTE, MINUS, DOT, COLON] = [0x22, 0x2d, 0x2e, 0x3a]
const [T, Z, LOWER_N] = [0x54, 0x5a, 0x6e]

export const FAILED = -1

/** What is behind the T of an instant in our form, with the closing quote: `00:00:00.000Z"`. */
export const CLOCK_LENGTH = 14
/** `2013-03-01T` */
export const DAY_LENGTH = 11

export class BarReader {
  /** The words of the text fields, which the fields' values are numbers of. */
  readonly words = {
    symbol: new Words(isSymbol),
    interval: new Words(isInterval),
    source: new Words(isShort),
    run_id: new Words(isShort),
  } as const
  /** Of the record that was read last: numbers, NaN for null, words by number. */
  readonly values = new Float64Array(FIELDS.length)
  bytes: Buffer = Buffer.alloc(0)
  view = new DataView(this.bytes.buffer, 0, 0)
  /** A value may lie among others: what went on behind its end would not end where it does. */
  end = 0
  readonly #numbers = new NumberReader()
  /** The interval that came last, and whether its bars are of a session. */
  #interval = FAILED
  #isSession = true
  #day = FAILED
  #dayMs = Number.NaN

  /** Turns to another record. */
  open(bytes: Buffer, { to }: Stretch): void {
    this.end = to
    if (bytes !== this.bytes) {
      this.bytes = bytes
      this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    }
    this.clear()
  }

  /** Forgets the fields that a record may leave out. */
  clear(): void {
    const { values } = this
    values[AT.schema_version] = Number.NaN
    values[AT.adj_close] = Number.NaN
    values[AT.source] = Number.NaN
    values[AT.run_id] = Number.NaN
  }

  /** Reads the value of a field; the place behind it. */
  read(field: number, at: number): number {
    if (this.bytes[at] === LOWER_N)
      return (NULLABLE >> field) & 1 && isAt(this.bytes, at, NULL) ? at + NULL.length : FAILED
    if (field >= AT.open && field <= AT.volume) return this.#number(field, at)
    if (field === AT.symbol) return this.#word(field, this.words.symbol, at)
    if (field === AT.interval) return this.#word(field, this.words.interval, at)
    if (field === AT.source) return this.#word(field, this.words.source, at)
    if (field === AT.run_id) return this.#word(field, this.words.run_id, at)
    if (field === AT.schema_version) return this.#number(field, at)
    return this.bytes[at] === QUOTE ? this.#instant(field, at + 1) : this.#epoch(field, at)
  }

  #epoch(field: number, start: number): number {
    const end = this.#number(field, start)
    return mayBeSeconds(this.values[field] as number) ? FAILED : end
  }

  #word(field: number, words: Words, at: number): number {
    if (this.bytes[at] !== QUOTE) return FAILED
    const word = words.read(this.bytes, at + 1)
    this.values[field] = word
    return word < 0 ? FAILED : words.end
  }

  #number(field: number, start: number): number {
    const end = this.#numbers.read(this.bytes, start)
    this.values[field] = this.#numbers.value
    return end
  }

  /** The text behind an opening quote as an instant in our form, `2013-03-01T00:00:00.000Z`. */
  #instant(field: number, start: number): number {
    const day = this.day(start)
    const clock = this.clock(start + DAY_LENGTH)
    if (Number.isNaN(day) || clock < 0) return FAILED
    this.values[field] = day + clock
    return start + DAY_LENGTH + CLOCK_LENGTH
  }

  /** The midnight that `2013-03-01T` begins with, NaN where no day stands; neighbours mostly are of the same one. */
  day(start: number): number {
    const { bytes } = this
    const [century, years] = [twoDigits(bytes, start), twoDigits(bytes, start + 2)]
    const [month, day] = [twoDigits(bytes, start + 5), twoDigits(bytes, start + 8)]
    const isDate = century >= 0 && years >= 0 && month >= 0 && day >= 0
    const isMarked = bytes[start + 4] === MINUS && bytes[start + 7] === MINUS && bytes[start + 10] === T
    if (!isDate || !isMarked) return Number.NaN
    const wanted = ((century * 100 + years) * 100 + month) * 100 + day
    if (wanted !== this.#day) {
      this.#day = wanted
      this.#dayMs = parseIso(bytes.toString('latin1', start, start + 10)) ?? Number.NaN
    }
    return this.#dayMs
  }

  /** The milliseconds of `00:00:00.000Z"`, -1 where it is no time of day. */
  clock(start: number): number {
    const { bytes } = this
    const isMarked = bytes[start + 2] === COLON && bytes[start + 5] === COLON && bytes[start + 8] === DOT
    if (!isMarked || bytes[start + 12] !== Z || bytes[start + 13] !== QUOTE) return FAILED
    const hour = twoDigits(bytes, start)
    const minute = twoDigits(bytes, start + 3)
    const second = twoDigits(bytes, start + 6)
    const hundredths = twoDigits(bytes, start + 9)
    const last = digitAt(bytes, start + 11)
    const isTime = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60
    if (!isTime || hundredths < 0 || last < 0) return FAILED
    return ((hour * 60 + minute) * 60 + second) * 1000 + hundredths * 10 + last
  }

  /** What `judge.ts` asks of a bar whose fields have the right types. */
  isBar(tsRecv: number): boolean {
    const { values } = this
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
    const interval = this.values[AT.interval] as number
    if (interval !== this.#interval) {
      this.#interval = interval
      this.#isSession = isSessionInterval(this.words.interval.textOf(interval))
    }
    if (!this.#isSession) return true
    const tsEvent = this.values[AT.ts_event] as number
    return tsEvent === sessionOfInstant(tsEvent)
  }
}

function isShort(text: string): boolean {
  return text.length <= MAX_TEXT
}

/** Two digits as a number, negative where one is none. */
function twoDigits(bytes: Uint8Array, at: number): number {
  const [tens, ones] = [digitAt(bytes, at), digitAt(bytes, at + 1)]
  return tens < 0 || ones < 0 ? -1 : tens * 10 + ones
}
