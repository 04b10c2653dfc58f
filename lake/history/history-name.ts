/** What a history file's name and its spacing say where its columns do not. */
import { INTERVALS, type Interval, isInterval } from '../tables/bar.ts'

export interface HistoryName {
  readonly symbol: string
  /** Undefined where the name does not end in an interval. */
  readonly interval: Interval | undefined
}

/** What readers of history try to read: text or Parquet, packed with gzip or not. */
export const HISTORY_EXTENSION = /\.(?:parquet|parq|pq|csv|tsv|txt)(?:\.gz)?$/i
const CODEC_SUFFIX = /\.(?:snappy|zstd|gz|gzip|brotli|lz4)$/i

/** Browsers, Windows and macOS name the second copy so: `AAPL (1).csv`, `AAPL - Copy.csv`, `AAPL copy 2.csv`. */
const COPY_SUFFIX = /(?: ?\(\d{1,3}\)| - Copy(?: \(\d{1,3}\))?| copy(?: \d{1,3})?)$/i
const INTERVAL_SUFFIX = new RegExp(`^(.+)[-_.](${INTERVALS.join('|')})$`)

/** A folder that says its files' symbol, as Hive writes it: `symbol=AAPL`. */
const SYMBOL_FOLDER = /^(?:symbol|ticker)=(.+)$/i

/** The name without its folders and its extension, and without the mark of a second copy. */
export function stemOf(key: string): string {
  return withoutExtension(key.slice(key.lastIndexOf('/') + 1)).replace(COPY_SUFFIX, '')
}

/** `AAPL.csv` and `AAPL.parquet` are one history. */
export function withoutExtension(name: string): string {
  return name.replace(HISTORY_EXTENSION, '').replace(CODEC_SUFFIX, '')
}

/**
 * `history/AAPL-1h.parquet` is AAPL at 1h, `aapl.parquet` AAPL at an interval to be found out, as is what lies in a
 * folder `symbol=AAPL`; `AAPL/1d.parquet` is AAPL at 1d.
 */
export function historyNameOf(key: string): HistoryName {
  const folders = key.split('/').slice(0, -1)
  const stem = stemOf(key)
  const named = folders.map((folder) => SYMBOL_FOLDER.exec(folder)?.[1]).find((symbol) => symbol !== undefined)
  if (isInterval(stem)) return { symbol: (named ?? folders.at(-1) ?? stem).toUpperCase(), interval: stem }
  const [, symbol, interval] = INTERVAL_SUFFIX.exec(stem) ?? []
  if (symbol && interval && isInterval(interval)) return { symbol: (named ?? symbol).toUpperCase(), interval }
  return { symbol: (named ?? stem).toUpperCase(), interval: undefined }
}

/** What interval bars have, by how far apart they are; for files that say it nowhere else. */
const MINUTE = 60_000
const DAY = 1_440 * MINUTE

/** The least spacing that an interval is taken for, longest first: weeks with holidays, short months, winter time. */
const LEAST: readonly (readonly [number, Interval])[] = [
  [80 * DAY, '3mo'],
  [25 * DAY, '1mo'],
  [6 * DAY, '1wk'],
  [4.5 * DAY, '5d'],
  [12 * 60 * MINUTE, '1d'],
  [75 * MINUTE, '90m'],
  [45 * MINUTE, '1h'],
  [22 * MINUTE, '30m'],
  [10 * MINUTE, '15m'],
  [3.5 * MINUTE, '5m'],
  [1.5 * MINUTE, '2m'],
  [0, '1m'],
]

/** The interval that the usual gap between times (epoch milliseconds, any order, repeated or not) means; daily if none. */
export function intervalOfSpacing(times: readonly number[]): Interval {
  const distinct = [...new Set(times)].sort((a, b) => a - b)
  const gaps = distinct.slice(1).map((time, i) => time - (distinct[i] ?? time))
  const usual = gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)]
  if (usual === undefined) return '1d'
  return LEAST.find(([least]) => usual >= least)?.[1] ?? '1d'
}
