/** The values of an event's records one after the other; those whose bytes are not kept are decoded some at a time. */
import { Base64Texts, TOGETHER } from './base64-texts.ts'
import { EventRecord, type KafkaRecord } from './kafka-record.ts'

export class RecordValues {
  /** Where the value is of the record that was opened last: among those of others. */
  bytes: Buffer = Buffer.alloc(0)
  from = 0
  to = 0
  readonly #records: readonly KafkaRecord[]
  /** The places of those that are decoded, and whose they are. */
  readonly #froms = new Int32Array(TOGETHER)
  readonly #tos = new Int32Array(TOGETHER)
  #first = 0
  #end = 0
  #decoded = Buffer.alloc(0)

  constructor(records: readonly KafkaRecord[]) {
    this.#records = records
  }

  /** Turns to a record; rows are asked for in their order. False where it has no value, or is not of an event. */
  open(row: number): boolean {
    const record = this.#records[row]
    if (!(record instanceof EventRecord) || record.from < 0) return false
    const { bytes } = record.texts
    if (!bytes) return this.#openAgain(row)
    this.bytes = bytes
    this.from = record.from
    this.to = record.to
    return true
  }

  #openAgain(row: number): true {
    if (row >= this.#end) this.#decode(row)
    this.bytes = this.#decoded
    this.from = this.#froms[row - this.#first] as number
    this.to = this.#tos[row - this.#first] as number
    return true
  }

  #decode(first: number): void {
    const records = this.#records
    const texts = new Base64Texts()
    this.#first = first
    this.#end = Math.min(first + TOGETHER, records.length)
    for (let row = first; row < this.#end; row++) {
      const record = records[row]
      const text = record instanceof EventRecord ? record.valueText : null
      if (text === null) continue
      this.#froms[row - first] = texts.add(text)
      this.#tos[row - first] = texts.end
    }
    if (this.#decoded.length < texts.size) this.#decoded = Buffer.allocUnsafeSlow(texts.size)
    texts.decode(this.#decoded)
  }
}
