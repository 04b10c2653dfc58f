import type { BarColumns, Bars } from '../../lake/compaction/bar-columns.ts'
import { wordAt } from '../../lake/tables/cells.ts'

interface Span {
  rows: number
  first: number
  last: number
}

/** Which offsets the rows of a month came through: per topic partition how many, the first and the last. */
export class OffsetTally {
  readonly #spans = new Map<string, Span>()
  #name = ''
  #topic: string | null = null
  #partition = Number.NaN

  add({ columns, rows }: Bars): void {
    for (let row = 0; row < rows; row++) this.#addRow(columns, row)
  }

  #addRow(columns: BarColumns, row: number): void {
    const offset = columns.kafka_offset[row] ?? Number.NaN
    const name = this.#nameOf(wordAt(columns.topic, row), columns.kafka_partition[row] ?? Number.NaN)
    const span = this.#spans.get(name)
    if (!span) {
      this.#spans.set(name, { rows: 1, first: offset, last: offset })
      return
    }
    span.rows++
    if (offset < span.first) span.first = offset
    if (offset > span.last) span.last = offset
  }

  /** `{"market.bars/0":{"rows":42,"first":7,"last":99}}`, by name. */
  toJson(): string {
    return JSON.stringify(Object.fromEntries([...this.#spans].sort(([a], [b]) => (a < b ? -1 : 1))))
  }

  /** Neighbouring rows mostly come through the same partition. */
  #nameOf(topic: string | null, partition: number): string {
    if (topic !== this.#topic || partition !== this.#partition) {
      this.#topic = topic
      this.#partition = partition
      this.#name = `${topic}/${partition}`
    }
    return this.#name
  }
}
