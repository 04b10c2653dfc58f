/**
 * A bar exactly as `encodeBar` writes it, every byte in its place: most of such a record stands where it stood in the one
 * before, and is compared with it eight bytes at a time instead of being read.
 */
import { AT, type BarReader, CLOCK_LENGTH, DAY_LENGTH, FAILED, FIELDS } from './bar-reader.ts'
import { Passage } from './passage.ts'
import { SCHEMA_VERSION } from './wire.ts'

const [QUOTE, CLOSE] = [0x22, 0x7d]

/** A key with what stands around it. */
const LEADS = FIELDS.map((name, at) => Passage.of(`${at === 0 ? '{' : ','}"${name}":`))
const HEAD = Passage.of(`{"schema_version":${SCHEMA_VERSION},"symbol":`)

export class OurForm {
  readonly #reader: BarReader
  readonly #when: Repeated
  readonly #origin: Repeated

  constructor(reader: BarReader) {
    this.#reader = reader
    this.#when = new Repeated(reader, [AT.interval], AT.ts_event)
    this.#origin = new Repeated(reader, [AT.source, AT.run_id], AT.ts_sent)
  }

  /** Whether the whole record is in our form; then its fields are read. */
  read(from: number): boolean {
    const reader = this.#reader
    const { bytes, view, end } = reader
    if (!HEAD.isAt(view, from, end)) return false
    reader.values[AT.schema_version] = SCHEMA_VERSION
    let at = reader.read(AT.symbol, from + HEAD.length)
    if (at >= 0) at = this.#when.read(at)
    for (let field = AT.open; field <= AT.volume && at >= 0; field++) at = member(reader, field, at)
    if (at >= 0) at = this.#origin.read(at)
    return at >= 0 && bytes[at] === CLOSE && at + 1 === end
  }
}

/** Texts and an instant that mostly are what they were in the record before, up to the instant's time of day. */
class Repeated {
  readonly #reader: BarReader
  readonly #texts: readonly number[]
  readonly #instant: number
  readonly #before = new Passage()
  /** The values then; of the instant, its midnight. */
  readonly #values: Float64Array

  constructor(reader: BarReader, texts: readonly number[], instant: number) {
    this.#reader = reader
    this.#texts = texts
    this.#instant = instant
    this.#values = new Float64Array(texts.length + 1)
  }

  /** The place behind them. */
  read(start: number): number {
    const { view, end, values } = this.#reader
    const texts = this.#texts
    const before = this.#before
    if (!before.isAt(view, start, end) && !this.#learn(start)) return FAILED
    const at = start + before.length
    const clock = this.#reader.clock(at)
    if (clock < 0) return FAILED
    for (let i = 0; i < texts.length; i++) values[texts[i] as number] = this.#values[i] as number
    values[this.#instant] = (this.#values[texts.length] as number) + clock
    return at + CLOCK_LENGTH
  }

  /** Reads what stands there, and keeps it for the records that follow. */
  #learn(start: number): boolean {
    const reader = this.#reader
    const { bytes, view, end, values } = reader
    let at = start
    for (const field of this.#texts) {
      if (at >= 0) at = member(reader, field, at)
    }
    const lead = LEADS[this.#instant]
    if (at < 0 || !lead?.isAt(view, at, end) || bytes[at + lead.length] !== QUOTE) return false
    const dayAt = at + lead.length + 1
    const midnight = reader.day(dayAt)
    if (Number.isNaN(midnight)) return false
    this.#before.set(view, { from: start, to: dayAt + DAY_LENGTH })
    for (const [i, field] of this.#texts.entries()) this.#values[i] = values[field] as number
    this.#values[this.#texts.length] = midnight
    return true
  }
}

/** Reads a field with its key; the place behind it. */
function member(reader: BarReader, field: number, start: number): number {
  const lead = LEADS[field]
  return lead?.isAt(reader.view, start, reader.end) ? reader.read(field, start + lead.length) : FAILED
}
