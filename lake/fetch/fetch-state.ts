/** What the fetcher knows of each series between its runs: one object, some 200 bytes a series. */
import { TickerlakeError } from '../errors.ts'
import { JsonObjects } from '../store/json-object.ts'
import type { ObjectStore } from '../store/object-store.ts'
import type { TradingHours } from './trading-hours.ts'

export interface SeriesState {
  /** When to ask again: epoch milliseconds. */
  readonly due: number
  /** The newest bar that is kept: epoch milliseconds; null: ask for all. */
  readonly last: number | null
  readonly hours?: TradingHours
  /** The newest split or dividend that was seen. */
  readonly action?: number
  /** Since when Yahoo has no bars of it, and why: said once. */
  readonly gone?: { readonly since: number; readonly reason: string }
  /** Requests in a row that failed, or whose prices could not be kept. */
  readonly failures?: number
  /** Answers since the last good one in which prices moved as by a split that Yahoo does not name. */
  readonly jumps?: number
  /** Answers in a row without the bar that should be there. */
  readonly waits?: number
}

export interface FetchState {
  /** By `seriesId`. */
  readonly series: Readonly<Record<string, SeriesState>>
  /** Yahoo asked for fewer requests: nothing is asked before. */
  readonly pausedUntil: number
  readonly nonce: string
}

export const NEW_STATE: FetchState = { series: {}, pausedUntil: 0, nonce: '' }

export function seriesId(symbol: string, interval: string): string {
  return `${interval} ${symbol}`
}

export function fetchStates(store: Pick<ObjectStore, 'get' | 'put'>, nonce: () => string): JsonObjects<FetchState> {
  const encode = (state: FetchState): string => JSON.stringify({ format: FORMAT, ...state })
  return new JsonObjects({ store, nonce, format: { encode, parse } })
}

const FORMAT = 1

function parse(text: string, key: string): FetchState {
  try {
    const { format, series, pausedUntil, nonce } = JSON.parse(text)
    if (format === FORMAT && typeof series === 'object') return { series, pausedUntil, nonce }
  } catch {
    // Said below, as of every text that is not such an object.
  }
  throw new TickerlakeError(
    'bad-state',
    `The object ${key} is not what the fetcher knows of its symbols. Nothing was asked for. Delete it, and all of them are asked for again.`,
  )
}
