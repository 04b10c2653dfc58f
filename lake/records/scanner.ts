/**
 * Bars in the form that our own producer writes, from the bytes of a record straight into columns: no text, no object a
 * record. Whatever is not in that form, or not a valid bar, is left to `judge.ts`, whose verdict this one never differs from.
 */
import { BarReader, FAILED, FIELDS } from './bar-reader.ts'
import type { KafkaRecord } from './kafka-record.ts'
import { OurForm } from './our-form.ts'
import { MAX_VALUE_BYTES } from './wire.ts'
import { isAt, type Stretch } from './words.ts'

const KEYS = FIELDS.map((name) => Buffer.from(`"${name}"`))
const OPTIONAL = ['schema_version', 'adj_close', 'source', 'run_id'] as const
const NEEDED = FIELDS.reduce(
  (bits, name, at) => (OPTIONAL.some((other) => other === name) ? bits : bits | (1 << at)),
  0,
)

const [SPACE, COMMA, COLON, OPEN, CLOSE] = [0x20, 0x2c, 0x3a, 0x7b, 0x7d]

interface ValueBytes extends Stretch {
  readonly bytes: Buffer
}

export class BarScanner {
  readonly #reader = new BarReader()
  readonly #ourForm = new OurForm(this.#reader)
  /** The words of the text fields, which the fields' values are numbers of. */
  readonly words = this.#reader.words
  /** A bit a field that came, and the one that comes next if all is as usual. */
  #seen = 0
  #expected = 0

  /** Whether the record is a valid bar in our own form; then `values` are its fields. */
  scan(record: KafkaRecord, tsRecv: number): boolean {
    const { value } = record
    if (value === null) return false
    const bytes = value instanceof Buffer ? value : Buffer.from(value.buffer, value.byteOffset, value.length)
    return this.scanAmong({ bytes, from: 0, to: bytes.length }, record, tsRecv)
  }

  /** The same of a record whose value lies among others. */
  scanAmong(value: ValueBytes, { timestamp }: Pick<KafkaRecord, 'timestamp'>, tsRecv: number): boolean {
    if (!Number.isSafeInteger(timestamp) || value.to - value.from > MAX_VALUE_BYTES) return false
    const reader = this.#reader
    reader.open(value.bytes, value)
    return (this.#ourForm.read(value.from) || this.#anyForm(value)) && reader.isBar(tsRecv)
  }

  /** How many words it holds. */
  get wordCount(): number {
    const { symbol, interval, source, run_id } = this.words
    return symbol.count + interval.count + source.count + run_id.count
  }

  /** Of the bar that was scanned last, by `AT`: numbers, NaN for null, words by number. */
  get values(): Float64Array {
    return this.#reader.values
  }

  /** The fields in any order and with any white space. */
  #anyForm({ from, to }: Stretch): boolean {
    this.#reader.clear()
    return this.#object(from) === to
  }

  /** Reads an object; the place behind it and the white space around it. */
  #object(from: number): number {
    const { bytes } = this.#reader
    this.#seen = 0
    this.#expected = 0
    let at = this.#skip(from)
    let mark: number = OPEN
    do {
      at = bytes[at] === mark ? this.#member(this.#skip(at + 1)) : FAILED
      mark = COMMA
    } while (at >= 0 && bytes[at] === COMMA)
    const isWhole = at >= 0 && bytes[at] === CLOSE && (this.#seen & NEEDED) === NEEDED
    return isWhole ? this.#skip(at + 1) : FAILED
  }

  /** Reads a key and its value; the place behind them and white space. */
  #member(start: number): number {
    const { bytes } = this.#reader
    const field = this.#fieldAt(start)
    if (field === FAILED || this.#seen & (1 << field)) return FAILED
    this.#seen |= 1 << field
    this.#expected = field + 1
    const colon = this.#skip(start + (KEYS[field]?.length ?? 0))
    return bytes[colon] === COLON ? this.#skip(this.#reader.read(field, this.#skip(colon + 1))) : FAILED
  }

  #fieldAt(at: number): number {
    const { bytes } = this.#reader
    const expected = KEYS[this.#expected]
    return expected && isAt(bytes, at, expected) ? this.#expected : KEYS.findIndex((key) => isAt(bytes, at, key))
  }

  /** Behind white space, as JSON has it. */
  #skip(start: number): number {
    const byte = this.#reader.bytes[start] ?? 0
    return byte > SPACE || start < 0 ? start : this.#skipSpace(start)
  }

  #skipSpace(start: number): number {
    const { bytes } = this.#reader
    let at = start
    for (let byte = bytes[at] ?? 0; byte <= SPACE; byte = bytes[++at] ?? 0) {
      if (byte !== SPACE && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return at
    }
    return at
  }
}
