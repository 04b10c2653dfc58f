import type { EventTime } from '../core/history/event-time.ts'
import { comparePositions, type EarliestRows, type ReplayPosition } from '../core/replay/replay-order.ts'
import type { HistoryRequest, HistorySelection } from '../ports/history.ts'
import type { HistoryGroup, ParquetHistoryFile, RowKeys } from './parquet-history-file.ts'

/** A row that may be sent next; its cells are read only if it is. */
export interface RowKey extends ReplayPosition {
  readonly source: GroupOfFile
  readonly symbol: string
  readonly interval: string
  /** As it will be sent: epoch milliseconds, or what stands in the file. */
  readonly time: EventTime
}

export interface GroupOfFile {
  readonly file: ParquetHistoryFile
  readonly group: HistoryGroup
  /** Names the version of the file. */
  readonly version: string
}

interface Offer extends Pick<HistoryRequest, 'selection' | 'after'> {
  readonly source: GroupOfFile
  readonly keys: RowKeys
}

/** Most rows of a long history are behind or far ahead: those cost a look at their time and no memory. */
export function offerRows(earliest: EarliestRows<RowKey>, { selection, after, source, keys }: Offer): void {
  const { file, group } = source
  const start = after?.tsEvent ?? Number.NEGATIVE_INFINITY
  for (let i = 0; i < keys.count; i++) {
    const time = keys.timeOf(i)
    const tsEvent = typeof time === 'number' ? time : null
    if ((tsEvent ?? Number.NEGATIVE_INFINITY) < start || earliest.isFullBefore(tsEvent)) continue
    const row: RowKey = {
      tsEvent,
      file: file.key,
      row: group.start + i,
      source,
      symbol: keys.symbolOf(i),
      interval: keys.intervalOf(i),
      time,
    }
    if (isSelected(row, selection) && (!after || comparePositions(row, after) > 0)) earliest.offer(row)
  }
}

function isSelected({ symbol, tsEvent }: RowKey, { symbols, from, to }: HistorySelection): boolean {
  if (symbols && !symbols.includes(symbol)) return false
  if (from === null && to === null) return true
  return tsEvent !== null && tsEvent >= (from ?? tsEvent) && tsEvent <= (to ?? tsEvent)
}
