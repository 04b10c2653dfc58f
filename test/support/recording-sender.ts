import type { Clock } from '../../lake/clock.ts'
import type { OutgoingRecord, RecordSender } from '../../lake/kafka/kafkajs-sender.ts'

export interface SentBatch {
  readonly at: number
  readonly records: readonly OutgoingRecord[]
}

/** A topic in memory; a hook that throws is a broker that does not acknowledge (what it was given may be there). */
export class RecordingSender implements RecordSender {
  readonly batches: SentBatch[] = []
  readonly #clock: Clock
  readonly #before: (records: readonly OutgoingRecord[]) => void | Promise<void>

  constructor(clock: Clock, before: (records: readonly OutgoingRecord[]) => void | Promise<void> = () => {}) {
    this.#clock = clock
    this.#before = before
  }

  async send(records: readonly OutgoingRecord[]): Promise<void> {
    await this.#before(records)
    this.batches.push({ at: this.#clock.now(), records })
  }

  async close(): Promise<void> {}

  /** The messages of all batches in the order of their sending. */
  get messages(): readonly Readonly<Record<string, unknown>>[] {
    return this.batches.flatMap(({ records }) => records.map(({ value }) => JSON.parse(String(value))))
  }
}
