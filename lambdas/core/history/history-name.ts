/** What a history file's name says where its columns do not. */
import { INTERVALS, type Interval, isInterval } from '../bar.ts'

export interface HistoryName {
  readonly symbol: string
  /** Undefined where the name does not end in an interval. */
  readonly interval: Interval | undefined
}

const EXTENSION = /\.(parquet|csv)$/i
const INTERVAL_SUFFIX = new RegExp(`^(.+)[-_.](${INTERVALS.join('|')})$`)

/** `history/AAPL-1h.parquet` is AAPL at 1h, `aapl.parquet` AAPL at an interval to be found out. */
export function historyNameOf(key: string): HistoryName {
  const stem = key.slice(key.lastIndexOf('/') + 1).replace(EXTENSION, '')
  const [, symbol, interval] = INTERVAL_SUFFIX.exec(stem) ?? []
  if (symbol && interval && isInterval(interval)) return { symbol: symbol.toUpperCase(), interval }
  return { symbol: stem.toUpperCase(), interval: undefined }
}
