/**
 * Bars in the form that our own producer writes, from the bytes of a record straight into columns: no text, no object a
 * record. Whatever is not in that form, or not a valid bar, is left to `judge.ts`, whose verdict this one never differs from.
 */
import { parseIso } from '../instant.ts'
import { isInterval, isSymbol, ohlcFault } from '../tables/bar.ts'
import { isSessionInterval, sessionOfInstant } from '../tables/session.ts'
import { digitAt, NumberReader } from './json-number.ts'
import { isPlausible, MAX_TEXT } from './judge.ts'
import { EventRecord, type KafkaRecord } from './kafka-record.ts'
import { MAX_VALUE_BYTES, SCHEMA_VERSION } from './wire.ts'
import { isAt, Passage, type Stretch, Words } from './words.ts'

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
/** A key with what stands around it where nobody put white space: so our producer writes them. */
const LEADS = FIELDS.map((name, at) => Passage.of(`${at === 0 ? '{' : ','}"${name}":`))
const AT = Object.fromEntries(FIELDS.map((name, at) => [name, at])) as Readonly<Record<ScannedField, number>>
const OPTIONAL = ['schema_version', 'adj_close', 'source', 'run_id'] as const
const NEEDED = FIELDS.reduce(
  (bits, name, at) => (OPTIONAL.some((other) => other === name) ? bits : bits | (1 << at)),
  0,
)
/** What mostly stands in a record as it stood in the one before. */
const REPEATED = ['schema_version', 'interval', 'ts_event', 'source', 'run_id', 'ts_sent'] as const
const NULLABLE = (1 << AT.adj_close) | (1 << AT.source) | (1 << AT.run_id)
const NULL = Buffer.from('null')

const [SPACE, QUOTE, COMMA, MINUS, DOT, COLON] = [0x20, 0x22, 0x2c, 0x2d, 0x2e, 0x3a]
const [OPEN, CLOSE, T, Z, LOWER_N] = [0x7b, 0x7d, 0x54, 0x5a, 0x6e]

const FAILED = -1

export class BarScanner {
  /** The words of the text fields, which the fields' values are numbers of. */
  readonly words = {
    symbol: new Words(isSymbol),
    interval: new Words(isInterval),
    source: new Words(isShort),
    run_id: new Words(isShort),
  } as const
  /** Of the record that was scanned last: numbers, NaN for null, words by number. */
  readonly #values = new Float64Array(FIELDS.length)
  #bytes: Buffer = Buffer.alloc(0)
  #view = new DataView(this.#bytes.buffer, 0, 0)
  #end = 0
  /** A bit a field that came, and the one that comes next if all is as usual. */
  #seen = 0
  #expected = 0
  /** By field, its member as it stood last, and its value then. */
  readonly #before: readonly (Passage | undefined)[] = FIELDS.map((name) =>
    REPEATED.some((other) => other === name) ? new Passage() : undefined,
  )
  readonly #valueBefore = new Float64Array(FIELDS.length)
  readonly #numbers = new NumberReader()
  /** The interval that came last, and whether its bars are of a session. */
  #interval = FAILED
  #isSession = true
  #day = FAILED
  #dayMs = 0

  /** Whether the record is a valid bar in our own form; then `valueOf` tells its fields. */
  scan(record: KafkaRecord, tsRecv: number): boolean {
    if (!Number.isSafeInteger(record.timestamp)) return false
    if (record instanceof EventRecord) return record.from >= 0 && this.#scan(record.bytes, record, tsRecv)
    const { value } = record
    if (value === null) return false
    const bytes = value instanceof Buffer ? value : Buffer.from(value.buffer, value.byteOffset, value.length)
    return this.#scan(bytes, { from: 0, to: bytes.length }, tsRecv)
  }

  /** A value may lie among others: what went on behind it would not end where it does. */
  #scan(bytes: Buffer, { from, to }: Stretch, tsRecv: number): boolean {
    if (to - from > MAX_VALUE_BYTES) return false
    this.#end = to
    if (bytes !== this.#bytes) {
      this.#bytes = bytes
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    }
    const values = this.#values
    values[AT.schema_version] = Number.NaN
    values[AT.adj_close] = Number.NaN
    values[AT.source] = Number.NaN
    values[AT.run_id] = Number.NaN
    return this.#object(from) === to && this.#isBar(tsRecv)
  }

  /** How many words it holds. */
  get wordCount(): number {
    const { symbol, interval, source, run_id } = this.words
    return symbol.count + interval.count + source.count + run_id.count
  }

  valueOf(field: ScannedField): number {
    return this.#values[AT[field]] as number
  }

  /** Reads an object; the place behind it and the white space around it. */
  #object(from: number): number {
    const bytes = this.#bytes
    this.#seen = 0
    this.#expected = 0
    let at = this.#skip(from)
    let mark: number = OPEN
    do {
      at = this.#member(at, mark)
      mark = COMMA
    } while (at >= 0 && bytes[at] === COMMA)
    const isWhole = at >= 0 && bytes[at] === CLOSE && (this.#seen & NEEDED) === NEEDED
    return isWhole ? this.#skip(at + 1) : FAILED
  }

  /** Reads what stands before a key, the key and its value; the place behind them and white space. */
  #member(start: number, mark: number): number {
    const expected = this.#expected
    const lead = LEADS[expected]
    const before = this.#before[expected]
    if (before?.isAt(this.#view, start, this.#end)) return this.#again(expected, start + before.length)
    if (lead?.isAt(this.#view, start, this.#end)) {
      const end = this.#named(expected, this.#skip(start + lead.length))
      if (before && end >= 0) this.#remember(expected, before, { from: start, to: end })
      return end
    }
    if (this.#bytes[start] !== mark) return FAILED
    const keyAt = this.#skip(start + 1)
    const field = fieldAt(this.#bytes, keyAt)
    if (field === FAILED) return FAILED
    const at = this.#skip(keyAt + (KEYS[field]?.length ?? 0))
    return this.#bytes[at] === COLON ? this.#named(field, this.#skip(at + 1)) : FAILED
  }

  /** The field as it was in the record before. */
  #again(field: number, end: number): number {
    if (this.#seen & (1 << field)) return FAILED
    this.#seen |= 1 << field
    this.#expected = field + 1
    this.#values[field] = this.#valueBefore[field] as number
    return end
  }

  #remember(field: number, before: Passage, stretch: Stretch): void {
    before.set(this.#view, stretch)
    this.#valueBefore[field] = this.#values[field] as number
  }

  #named(field: number, at: number): number {
    if (this.#seen & (1 << field)) return FAILED
    this.#seen |= 1 << field
    this.#expected = field + 1
    return this.#skip(this.#field(field, at))
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
    const interval = this.#values[AT.interval] as number
    if (interval !== this.#interval) {
      this.#interval = interval
      this.#isSession = isSessionInterval(this.words.interval.textOf(interval))
    }
    if (!this.#isSession) return true
    const tsEvent = this.#values[AT.ts_event] as number
    return tsEvent === sessionOfInstant(tsEvent)
  }

  /** Reads the value of a field; the place behind it. */
  #field(field: number, at: number): number {
    if (this.#bytes[at] === LOWER_N)
      return (NULLABLE >> field) & 1 && isAt(this.#bytes, at, NULL) ? at + NULL.length : FAILED
    if (field >= AT.open && field <= AT.volume) return this.#number(field, at)
    if (field === AT.symbol) return this.#word(field, this.words.symbol, at)
    if (field === AT.interval) return this.#word(field, this.words.interval, at)
    if (field === AT.source) return this.#word(field, this.words.source, at)
    if (field === AT.run_id) return this.#word(field, this.words.run_id, at)
    const isText = field !== AT.schema_version && this.#bytes[at] === QUOTE
    return isText ? this.#instant(field, at + 1) : this.#number(field, at)
  }

  #word(field: number, words: Words, at: number): number {
    if (this.#bytes[at] !== QUOTE) return FAILED
    const word = words.read(this.#bytes, at + 1)
    this.#values[field] = word
    return word < 0 ? FAILED : words.end
  }

  #number(field: number, start: number): number {
    const end = this.#numbers.read(this.#bytes, start)
    this.#values[field] = this.#numbers.value
    return end
  }

  /** The text behind an opening quote as an instant in our form, `2013-03-01T00:00:00.000Z`. */
  #instant(field: number, start: number): number {
    const bytes = this.#bytes
    const isOurForm = bytes[start + 24] === QUOTE && bytes[start + 23] === Z && bytes[start + 10] === T
    if (!isOurForm) return FAILED
    const marks = bytes[start + 13] === COLON && bytes[start + 16] === COLON && bytes[start + 19] === DOT
    const hour = twoDigits(bytes, start + 11)
    const minute = twoDigits(bytes, start + 14)
    const second = twoDigits(bytes, start + 17)
    const ms = twoDigits(bytes, start + 20) * 10 + digitAt(bytes, start + 22)
    const isTime = marks && hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60
    // Of 000 to 999 only the last digit could still be none, or all of them.
    if (!isTime || ms < 0 || digitAt(bytes, start + 22) < 0 || !this.#findDay(start)) return FAILED
    this.#values[field] = this.#dayMs + ((hour * 60 + minute) * 60 + second) * 1000 + ms
    return start + 25
  }

  /** Whether there is such a day, and which; neighbours mostly are of the same one. */
  #findDay(start: number): boolean {
    const bytes = this.#bytes
    const [century, years] = [twoDigits(bytes, start), twoDigits(bytes, start + 2)]
    const [month, day] = [twoDigits(bytes, start + 5), twoDigits(bytes, start + 8)]
    const isDate = century >= 0 && years >= 0 && month >= 0 && day >= 0
    if (!isDate || bytes[start + 4] !== MINUS || bytes[start + 7] !== MINUS) return false
    const wanted = ((century * 100 + years) * 100 + month) * 100 + day
    if (wanted === this.#day) return true
    const midnight = parseIso(bytes.toString('latin1', start, start + 10))
    if (midnight === undefined) return false
    this.#day = wanted
    this.#dayMs = midnight
    return true
  }

  /** Behind white space, as JSON has it. */
  #skip(start: number): number {
    const byte = this.#bytes[start] ?? 0
    return byte > SPACE || start < 0 ? start : this.#skipSpace(start)
  }

  #skipSpace(start: number): number {
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

function fieldAt(bytes: Buffer, at: number): number {
  return KEYS.findIndex((key) => isAt(bytes, at, key))
}

/** Two digits as a number, negative where one is none. */
function twoDigits(bytes: Uint8Array, at: number): number {
  const [tens, ones] = [digitAt(bytes, at), digitAt(bytes, at + 1)]
  return tens < 0 || ones < 0 ? -1 : tens * 10 + ones
}
