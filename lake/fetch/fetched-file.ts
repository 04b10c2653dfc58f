/** The history file of a series that is fetched: what Yahoo gave joins what is there, by time, the newest statement counts. */
import { isSameValue } from '../follow/bar-table.ts'
import { ParquetHistoryFile } from '../history/history-file.ts'
import { barsOf } from '../history/history-rows.ts'
import { type HistoryCell, historyFile } from '../history/history-writer.ts'
import type { ChartAction, ChartBar } from '../history/yahoo-chart.ts'
import { toIso } from '../instant.ts'
import { LAYOUT } from '../layout.ts'
import { memorySource } from '../parquet/file-source.ts'
import type { SourceCell } from '../records/wire.ts'
import { type ObjectStore, onlyOver } from '../store/object-store.ts'
import type { Interval } from '../tables/bar.ts'
import { isSessionInterval } from '../tables/session.ts'

export interface Series {
  readonly symbol: string
  readonly interval: Interval
}

/** What `source` says of each bar, with the day of the last split that its prices take out: `yahoo@2020-08-31`. */
export const SOURCE = 'yahoo'
/** Below it is what was fetched. */
export const FETCHED_PREFIX = `${LAYOUT.history}/${SOURCE}/`
const SOURCE_OF_BASIS = /^yahoo@(\d{4}-\d\d-\d\d)$/

const COLUMNS = ['Open', 'High', 'Low', 'Close', 'Adj Close', 'Volume']

type Cells = readonly SourceCell[]

/** Daily bars in one file a symbol; bars of minutes in one a month, so that a new one writes no more than a month again. */
export function fetchedKey({ symbol, interval }: Series, time: number): string {
  const folder = `${FETCHED_PREFIX}${interval}`
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
      /** Whether there was no such file. */
      readonly isNew: boolean
    }
  /** Somebody else wrote the file meanwhile. */
  | { readonly kind: 'conflict' }
  /** A price has moved as by a split that is not among those given, or has not moved by one that is: nothing was written. */
  | { readonly kind: 'jump'; readonly time: number; readonly ratio: number }

/**
 * Puts bars into their file, on condition that it is the one that was read. All belong into one file, and all its rows
 * are on one basis: what stands there is divided by the splits that are new to it.
 */
export async function joinFetched(key: string, series: Series, request: JoinRequest): Promise<Joined> {
  const { splits, store } = request
  const found = await store.get(key)
  const { rows: standing, basis } = found ? await readFetched(key, found.body) : NO_FILE
  const newSplits = splits.filter(({ day }) => day > basis)
  const rows = rebased(standing, newSplits, series)
  const merged = merge(rows, request)
  if (merged.kind === 'jump') return merged
  const news = merged.news + (standing.size > 0 ? newSplits.length : 0)
  const joined = { kind: 'joined', news, isRestated: merged.isRestated, isNew: !found } as const
  if (news === 0) return joined
  const condition = onlyOver(found?.etag)
  const body = fileOf(series, rows, Math.max(basis, ...splits.map(({ day }) => day)))
  const outcome = await store.put(key, body, { condition, contentType: 'application/vnd.apache.parquet' })
  return outcome.kind === 'written' ? joined : { kind: 'conflict' }
}

interface JoinRequest {
  readonly bars: readonly ChartBar[]
  /** Those that the bars' prices take out. */
  readonly splits: readonly Split[]
  /** Whether a price that moved without a split is written all the same. */
  readonly takesJumps: boolean
  readonly store: Pick<ObjectStore, 'get' | 'put'>
}

type Merged =
  | { readonly kind: 'merged'; readonly news: number; readonly isRestated: boolean }
  | Extract<Joined, { readonly kind: 'jump' }>

/** Puts bars over the rows of their times. */
function merge(rows: Map<number, Cells>, { bars, takesJumps }: JoinRequest): Merged {
  let news = 0
  let isRestated = false
  for (const bar of bars) {
    const cells = [bar.open, bar.high, bar.low, bar.close, bar.adjClose, bar.volume]
    const standing = rows.get(bar.time)
    if (standing && cells.every((cell, i) => isSameCell(cell, standing[i] ?? null))) continue
    const ratio = standing === undefined ? 1 : Number(standing[CLOSE]) / Number(cells[CLOSE])
    if (!takesJumps && isJump(ratio)) return { kind: 'jump', time: bar.time, ratio }
    isRestated ||= standing !== undefined && isAdjusted(standing, cells)
    rows.set(bar.time, cells)
    news += 1
  }
  return { kind: 'merged', news, isRestated }
}

/** A correction of a close is a cent or two, an adjustment moves the adjusted close by more than a ten-thousandth. */
const ADJUSTED = 1e-4
const CLOSE = 3
const ADJ_CLOSE = 4
const VOLUME = 5

/** Whether the share between close and adjusted close moved, or the price itself by a split. */
function isAdjusted(before: Cells, now: Cells): boolean {
  const [ratio, ratioNow] = [shareOf(before), shareOf(now)]
  return Math.abs(ratioNow / ratio - 1) > ADJUSTED || isJump(Number(now[CLOSE]) / Number(before[CLOSE]))
}

/** No correction moves a price so far; the smallest usual split, three for two, does. */
function isJump(ratio: number): boolean {
  return ratio < 0.75 || ratio > 1.33
}

function shareOf(cells: Cells): number {
  return Number(cells[ADJ_CLOSE] ?? cells[CLOSE]) / Number(cells[CLOSE])
}

function isSameCell(a: SourceCell, b: SourceCell): boolean {
  return typeof a === 'number' && typeof b === 'number' ? isSameValue(a, b) : a === b
}

export type Split = Extract<ChartAction, { readonly kind: 'split' }>

interface FetchedFile {
  readonly rows: ReadonlyMap<number, Cells>
  /** The day of the last split that the rows take out: epoch milliseconds. */
  readonly basis: number
}

const NO_FILE: FetchedFile = { rows: new Map(), basis: Number.NEGATIVE_INFINITY }

/** The rows on the basis of after these splits: prices divided, volumes multiplied. */
function rebased(rows: FetchedFile['rows'], splits: readonly Split[], { interval }: Series): Map<number, Cells> {
  const from = ({ day, time }: Split): number => (isSessionInterval(interval) ? day : time)
  return new Map(
    [...rows].map(([time, cells]) => {
      const later = splits.filter((split) => time < from(split))
      const ratio = later.reduce((all, split) => all * split.ratio, 1)
      return [time, ratio === 1 ? cells : cells.map((cell, i) => rebasedCell(cell, i, ratio))]
    }),
  )
}

function rebasedCell(cell: SourceCell, column: number, ratio: number): SourceCell {
  if (typeof cell !== 'number') return cell
  return column === VOLUME ? Math.round(cell * ratio) : cell / ratio
}

async function readFetched(key: string, body: Uint8Array): Promise<FetchedFile> {
  const file = await ParquetHistoryFile.open(key, memorySource(body))
  const rows = new Map<number, Cells>()
  for await (const bars of barsOf(file)) {
    for (const { tsEvent, open, high, low, close, adjClose, volume } of bars) {
      if (typeof tsEvent === 'number') rows.set(tsEvent, [open, high, low, close, adjClose, volume])
    }
  }
  const basis = SOURCE_OF_BASIS.exec(file.name)?.[1]
  return { rows, basis: basis === undefined ? Number.NEGATIVE_INFINITY : Date.parse(basis) }
}

function fileOf({ symbol, interval }: Series, rows: ReadonlyMap<number, Cells>, basis: number): Uint8Array {
  const isSession = isSessionInterval(interval)
  const timeOf = (time: number): HistoryCell => (isSession ? toIso(time).slice(0, 10) : new Date(time))
  const sorted = [...rows].sort(([a], [b]) => a - b)
  return historyFile(
    {
      columns: ['Symbol', 'Interval', isSession ? 'Date' : 'Datetime', ...COLUMNS],
      rows: sorted.map(([time, cells]) => [symbol, interval, timeOf(time), ...cells]),
    },
    Number.isFinite(basis) ? `${SOURCE}@${toIso(basis).slice(0, 10)}` : SOURCE,
  )
}
