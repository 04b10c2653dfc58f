/** Bars column by column: a month of millions of rows fits where as many objects would not (about 150 bytes a row). */
import type { BarRow } from '../tables/tables.ts'

interface Columns<Text> {
  readonly symbol: Text
  readonly interval: Text
  readonly ts_event: Float64Array
  readonly open: Float64Array
  readonly high: Float64Array
  readonly low: Float64Array
  readonly close: Float64Array
  /** NaN is null. */
  readonly adj_close: Float64Array
  readonly volume: Float64Array
  readonly source: Text
  readonly run_id: Text
  readonly ts_sent: Float64Array
  readonly ts_recv: Float64Array
  readonly topic: Text
  readonly kafka_partition: Float64Array
  readonly kafka_offset: Float64Array
}

/** The columns of `bars` that a file brings; `flags` is made of them when a month is written. */
export type BarColumns = Columns<readonly (string | null)[]>

export type BarColumnName = keyof BarColumns & keyof BarRow

/** Some rows of bars. */
export interface Bars {
  readonly columns: BarColumns
  readonly rows: number
}

/** Room for rows, filled from the front. */
export interface BarBuffer {
  readonly columns: Columns<(string | null)[]>
  rows: number
}

export function barBuffer(capacity: number): BarBuffer {
  const numbers = () => new Float64Array(capacity)
  return {
    rows: 0,
    columns: {
      symbol: [],
      interval: [],
      ts_event: numbers(),
      open: numbers(),
      high: numbers(),
      low: numbers(),
      close: numbers(),
      adj_close: numbers(),
      volume: numbers(),
      source: [],
      run_id: [],
      ts_sent: numbers(),
      ts_recv: numbers(),
      topic: [],
      kafka_partition: numbers(),
      kafka_offset: numbers(),
    },
  }
}

/** Copies row `i` of `from` behind the rows of `to`. Written out: it runs once a row of a month, and a loop over names is five times slower. */
export function appendBar(buffer: BarBuffer, from: BarColumns, i: number): void {
  const { columns: to, rows: at } = buffer
  buffer.rows = at + 1
  to.symbol[at] = textAt(from.symbol, i)
  to.interval[at] = textAt(from.interval, i)
  to.ts_event[at] = numberAt(from.ts_event, i)
  to.open[at] = numberAt(from.open, i)
  to.high[at] = numberAt(from.high, i)
  to.low[at] = numberAt(from.low, i)
  to.close[at] = numberAt(from.close, i)
  to.adj_close[at] = numberAt(from.adj_close, i)
  to.volume[at] = numberAt(from.volume, i)
  to.source[at] = textAt(from.source, i)
  to.run_id[at] = textAt(from.run_id, i)
  to.ts_sent[at] = numberAt(from.ts_sent, i)
  to.ts_recv[at] = numberAt(from.ts_recv, i)
  to.topic[at] = textAt(from.topic, i)
  to.kafka_partition[at] = numberAt(from.kafka_partition, i)
  to.kafka_offset[at] = numberAt(from.kafka_offset, i)
}

function textAt(cells: readonly (string | null)[], i: number): string | null {
  return cells[i] ?? null
}

function numberAt(cells: Float64Array, i: number): number {
  return cells[i] ?? Number.NaN
}

/** Whose bar it is: by symbol, then time, then interval; the order of the rows in a month. */
export function compareBars(a: BarColumns, i: number, b: BarColumns, j: number): number {
  return (
    compareText(a.symbol[i], b.symbol[j]) ||
    compareNumber(a.ts_event[i], b.ts_event[j]) ||
    compareText(a.interval[i], b.interval[j])
  )
}

/** Which version of one bar is newer: by (ts_sent, kafka_offset); topic and partition only make the order total. */
export function compareVersions(a: BarColumns, i: number, b: BarColumns, j: number): number {
  return (
    compareNumber(a.ts_sent[i], b.ts_sent[j]) ||
    compareNumber(a.kafka_offset[i], b.kafka_offset[j]) ||
    compareText(a.topic[i], b.topic[j]) ||
    compareNumber(a.kafka_partition[i], b.kafka_partition[j])
  )
}

/** Symbols are ASCII, so the order of UTF-16 is the order of the bytes in Parquet's statistics. */
function compareText(a: string | null = null, b: string | null = null): number {
  if (a === b) return 0
  return (a ?? '') < (b ?? '') ? -1 : 1
}

function compareNumber(a = 0, b = 0): number {
  return a - b
}
