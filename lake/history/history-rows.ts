/** The rows of one history file as bars, a row group at a time: as the producer sends them and as commands read them. */
import type { SourceBar, SourceCell } from '../records/wire.ts'
import type { EventTime } from './event-time.ts'
import type { CellField } from './history-columns.ts'
import type { ParquetHistoryFile } from './history-file.ts'

export type MutableBar = { -readonly [Field in keyof SourceBar]: SourceBar[Field] } & Record<CellField, SourceCell>

/** What a bar is of, and when. */
export interface BarKey {
  readonly symbol: string
  readonly interval: string
  /** As it will be sent: epoch milliseconds, or what stands in the file. */
  readonly time: EventTime
}

/** A bar whose cells are still to be read. */
export function emptyBar({ symbol, interval, time }: BarKey): MutableBar {
  return {
    symbol,
    interval,
    tsEvent: time,
    open: null,
    high: null,
    low: null,
    close: null,
    adjClose: null,
    volume: null,
  }
}

/** All bars of a file in the order of its rows. */
export async function* barsOf(file: ParquetHistoryFile): AsyncGenerator<readonly SourceBar[]> {
  for (const group of file.groups) {
    const keys = await file.readKeys(group)
    const bars = Array.from({ length: keys.count }, (_, i) =>
      emptyBar({ symbol: keys.symbolOf(i), interval: keys.intervalOf(i), time: keys.timeOf(i) }),
    )
    const rows = bars.map((_, i) => group.start + i)
    await file.readCells(group, rows, (i, field, cell) => {
      const bar = bars[i]
      if (bar) bar[field] = cell
    })
    yield bars
  }
}
