/** Bars column by column, text by number: a month of millions of rows fits where as many objects would not (108 bytes a row). */
import type { TextCells } from '../tables/cells.ts'

export const TEXT_COLUMNS = ['symbol', 'interval', 'source', 'run_id', 'topic'] as const

export const NUMBER_COLUMNS = [
  'ts_event',
  'open',
  'high',
  'low',
  'close',
  'adj_close',
  'volume',
  'ts_sent',
  'ts_recv',
  'kafka_partition',
  'kafka_offset',
] as const

export type TextColumn = (typeof TEXT_COLUMNS)[number]

/** The columns of `bars` that a file brings; `flags` is made of them when a month is written. NaN is null. */
export type BarColumns = Readonly<Record<TextColumn, TextCells>> &
  Readonly<Record<(typeof NUMBER_COLUMNS)[number], Float64Array>>

/** What says which bars rows are of, and which version is newer: enough to tell what a merge would change. */
export const MERGE_COLUMNS = [...TEXT_COLUMNS, 'ts_event', 'ts_sent', 'kafka_partition', 'kafka_offset'] as const
export type MergeColumns = Pick<BarColumns, (typeof MERGE_COLUMNS)[number]>

/** Some rows of bars. */
export interface Bars {
  readonly columns: BarColumns
  readonly rows: number
}

/** Whose bar it is: by symbol, then time, then interval; the order of the rows in a month. Both have the same words. */
export function compareBars(a: MergeColumns, i: number, b: MergeColumns, j: number): number {
  return (
    compareText(a.symbol, i, b.symbol, j) ||
    compareNumber(a.ts_event[i], b.ts_event[j]) ||
    compareText(a.interval, i, b.interval, j)
  )
}

/** Which version of one bar is newer: by (ts_sent, kafka_offset); topic and partition only make the order total. */
export function compareVersions(a: MergeColumns, i: number, b: MergeColumns, j: number): number {
  return (
    compareNumber(a.ts_sent[i], b.ts_sent[j]) ||
    compareNumber(a.kafka_offset[i], b.kafka_offset[j]) ||
    compareText(a.topic, i, b.topic, j) ||
    compareNumber(a.kafka_partition[i], b.kafka_partition[j])
  )
}

/** Symbols are ASCII, so the order of UTF-16 is the order of the bytes in Parquet's statistics. */
function compareText({ codes, words }: TextCells, i: number, { codes: others }: TextCells, j: number): number {
  const a = codes[i] as number
  const b = others[j] as number
  if (a === b) return 0
  return (words[a] ?? '') < (words[b] ?? '') ? -1 : 1
}

function compareNumber(a = 0, b = 0): number {
  return a - b
}
