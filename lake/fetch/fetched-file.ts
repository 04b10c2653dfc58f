/** The history file of a series that is fetched: what Yahoo gave joins what is there, by time, the newest statement counts. */
import { isSameValue } from '../follow/bar-table.ts'
import { ParquetHistoryFile } from '../history/history-file.ts'
import { barsOf } from '../history/history-rows.ts'
import { type HistoryCell, historyFile } from '../history/history-writer.ts'
import type { ChartBar } from '../history/yahoo-chart.ts'
import { toIso } from '../instant.ts'
import { LAYOUT } from '../layout.ts'
import { memorySource } from '../parquet/file-source.ts'
import type { SourceCell } from '../records/wire.ts'
import type { ObjectStore, PutCondition } from '../store/object-store.ts'
import type { Interval } from '../tables/bar.ts'
import { isSessionInterval } from '../tables/session.ts'

export interface Series {
  readonly symbol: string
  readonly interval: Interval
}

/** What `source` says of each bar. */
const SOURCE = 'yahoo'

const COLUMNS = ['Open', 'High', 'Low', 'Close', 'Adj Close', 'Volume']

type Cells = readonly SourceCell[]

/** Daily bars in one file a symbol; bars of minutes in one a month, so that a new one writes no more than a month again. */
export function fetchedKey({ symbol, interval }: Series, time: number): string {
  const folder = `${LAYOUT.history}/${SOURCE}/${interval}`
  return isSessionInterval(interval)
    ? `${folder}/${symbol}.parquet`
    : `${folder}/${toIso(time).slice(0, 7)}/${symbol}.parquet`
}

export type Joined =
  | {
      readonly kind: 'joined'
      /** Bars that were new or said something else than the file. */
      readonly news: number
      /** Whether a bar that was there has another price now: Yahoo adjusted the series, and older bars with it. */
      readonly isRestated: boolean
    }
  /** Somebody else wrote the file meanwhile. */
  | { readonly kind: 'conflict' }

/** Puts bars into their file, on condition that it is the one that was read. All belong into one file. */
export async function joinFetched(key: string, series: Series, { bars, store }: JoinRequest): Promise<Joined> {
  const found = await store.get(key)
  const rows = found ? await rowsOf(key, found.body) : new Map<number, Cells>()
  let news = 0
  let isRestated = false
  for (const bar of bars) {
    const cells = [bar.open, bar.high, bar.low, bar.close, bar.adjClose, bar.volume]
    const standing = rows.get(bar.time)
    if (standing && cells.every((cell, i) => isSameCell(cell, standing[i] ?? null))) continue
    isRestated ||= standing !== undefined && isAdjusted(standing, cells)
    rows.set(bar.time, cells)
    news += 1
  }
  if (news === 0) return { kind: 'joined', news, isRestated }
  const condition: PutCondition = found ? { kind: 'matches', etag: found.etag } : { kind: 'absent' }
  const body = fileOf(series, rows)
  const outcome = await store.put(key, body, { condition, contentType: 'application/vnd.apache.parquet' })
  return outcome.kind === 'written' ? { kind: 'joined', news, isRestated } : { kind: 'conflict' }
}

interface JoinRequest {
  readonly bars: readonly ChartBar[]
  readonly store: Pick<ObjectStore, 'get' | 'put'>
}

/** A correction of a close is a cent or two, an adjustment moves the adjusted close by more than a ten-thousandth. */
const ADJUSTED = 1e-4
const CLOSE = 3
const ADJ_CLOSE = 4

/** Whether the share between close and adjusted close moved, or the price itself by a split. */
function isAdjusted(before: Cells, now: Cells): boolean {
  const [ratio, ratioNow] = [shareOf(before), shareOf(now)]
  const jump = Number(now[CLOSE]) / Number(before[CLOSE])
  return Math.abs(ratioNow / ratio - 1) > ADJUSTED || jump < 0.75 || jump > 1.33
}

function shareOf(cells: Cells): number {
  return Number(cells[ADJ_CLOSE] ?? cells[CLOSE]) / Number(cells[CLOSE])
}

function isSameCell(a: SourceCell, b: SourceCell): boolean {
  return typeof a === 'number' && typeof b === 'number' ? isSameValue(a, b) : a === b
}

async function rowsOf(key: string, body: Uint8Array): Promise<Map<number, Cells>> {
  const file = await ParquetHistoryFile.open(key, memorySource(body))
  const rows = new Map<number, Cells>()
  for await (const bars of barsOf(file)) {
    for (const { tsEvent, open, high, low, close, adjClose, volume } of bars) {
      if (typeof tsEvent === 'number') rows.set(tsEvent, [open, high, low, close, adjClose, volume])
    }
  }
  return rows
}

function fileOf({ symbol, interval }: Series, rows: ReadonlyMap<number, Cells>): Uint8Array {
  const isSession = isSessionInterval(interval)
  const timeOf = (time: number): HistoryCell => (isSession ? toIso(time).slice(0, 10) : new Date(time))
  const sorted = [...rows].sort(([a], [b]) => a - b)
  return historyFile(
    {
      columns: ['Symbol', 'Interval', isSession ? 'Date' : 'Datetime', ...COLUMNS],
      rows: sorted.map(([time, cells]) => [symbol, interval, timeOf(time), ...cells]),
    },
    SOURCE,
  )
}
