/** One series: asks for what is new of it, keeps the bars that are over, says when to ask again. */

import { TickerlakeError } from '../../lake/errors.ts'
import type { SeriesState } from '../../lake/fetch/fetch-state.ts'
import { fetchedKey, joinFetched, type Series } from '../../lake/fetch/fetched-file.ts'
import { periodsOf } from '../../lake/fetch/periods.ts'
import { isFinal, nextAsk, SETTLE_MS, type TradingHours, tradingHours } from '../../lake/fetch/trading-hours.ts'
import { type ChartAnswer, type ChartBar, ChartError, type ChartPort } from '../../lake/history/yahoo-chart.ts'
import { DAY_MS, startOfDay } from '../../lake/instant.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'
import { isSessionInterval } from '../../lake/tables/session.ts'

export interface SeriesEffects {
  readonly charts: Pick<ChartPort, 'chart'>
  readonly store: Pick<ObjectStore, 'get' | 'put'>
  readonly now: number
  /** How far back a daily history begins. */
  readonly years: number
}

export interface SeriesOutcome {
  readonly state: SeriesState
  /** Bars that were new or restated. */
  readonly news: number
}

/** A day after it was gone a symbol is asked for again: trading was halted, or Yahoo had lost it. */
const GONE_PAUSE_MS = DAY_MS
/** A session's bar that is not there when it should be is asked for again as often, this far apart. */
const LATE_TRIES = 4
const LATE_PAUSE_MS = 30 * 60_000
const CONFLICTS = 3

/** Throws where Yahoo gave no answer; that it has no such symbol is one. */
export async function fetchSeries(
  series: Series,
  before: SeriesState | undefined,
  effects: SeriesEffects,
): Promise<SeriesOutcome> {
  try {
    return await fetched(series, before ?? { due: 0, last: null }, effects)
  } catch (error) {
    if (error instanceof ChartError && error.fault === 'absent') return gone(before, error.message, effects.now)
    throw error
  }
}

async function fetched(series: Series, before: SeriesState, effects: SeriesEffects): Promise<SeriesOutcome> {
  const got = await ask(series, before, effects)
  if (got.bars.length === 0 && before.last === null) {
    return gone(before, `Yahoo Finance has no bars of ${series.symbol} at ${series.interval}.`, effects.now)
  }
  const { news, isRestated } = await keep(series, got.bars, effects)
  const isAdjusted = isRestated || (got.action ?? 0) > (before.action ?? 0)
  // After a split or a dividend everything before it has other prices: once more from the beginning.
  if (before.last !== null && isAdjusted) return again(series, { ...got, news, before }, effects)
  return { news, state: stateAfter(series, { got, before, now: effects.now }) }
}

interface Got {
  readonly bars: readonly ChartBar[]
  readonly hours: TradingHours
  readonly action: number | undefined
}

async function again(
  series: Series,
  got: Got & { readonly news: number; readonly before: SeriesState },
  effects: SeriesEffects,
) {
  const whole = await ask(series, { ...got.before, last: null }, effects)
  const { news } = await keep(series, whole.bars, effects)
  const action = whole.action ?? got.action
  return {
    news: got.news + news,
    state: stateAfter(series, { got: { ...whole, action }, before: got.before, now: effects.now }),
  }
}

async function ask(
  { symbol, interval }: Series,
  { last }: SeriesState,
  { charts, now, years }: SeriesEffects,
): Promise<Got> {
  const answers: ChartAnswer[] = []
  for (const period of periodsOf({ interval, last, now, years })) {
    answers.push(await charts.chart({ symbol, interval, ...period }))
  }
  const newest = answers.at(-1)
  if (!newest) throw new TickerlakeError('fetch', `There is no period to ask for of ${symbol}.`)
  const hours = tradingHours(newest)
  const actions = answers.flatMap((answer) => answer.actions)
  return {
    bars: answers
      .flatMap((answer) => answer.bars)
      .filter((bar) => isWhole(bar) && isFinal(bar.time, interval, { hours, now })),
    hours,
    action: actions.length > 0 ? Math.max(...actions) : undefined,
  }
}

/** Yahoo has rows without prices: of a day that is still to come in, of a pause in trading. They are asked for again. */
function isWhole({ open, high, low, close, volume }: ChartBar): boolean {
  return open !== null && high !== null && low !== null && close !== null && volume !== null
}

async function keep(series: Series, bars: readonly ChartBar[], { store }: SeriesEffects) {
  let news = 0
  let isRestated = false
  for (const [key, own] of Map.groupBy(bars, (bar) => fetchedKey(series, bar.time))) {
    const joined = await joinOften(key, series, { bars: own, store })
    news += joined.news
    isRestated ||= joined.isRestated
  }
  return { news, isRestated }
}

async function joinOften(key: string, series: Series, request: Parameters<typeof joinFetched>[2]) {
  for (let attempt = 1; attempt <= CONFLICTS; attempt++) {
    const joined = await joinFetched(key, series, request)
    if (joined.kind === 'joined') return joined
  }
  throw new TickerlakeError('history-changes', `The file ${key} is written by another fetcher, again and again.`, {
    retryable: true,
  })
}

function stateAfter(
  { interval }: Series,
  { got, before, now }: { readonly got: Got; readonly before: SeriesState; readonly now: number },
): SeriesState {
  const { bars, hours } = got
  const last = bars.reduce((newest, { time }) => Math.max(newest, time), before.last ?? Number.NEGATIVE_INFINITY)
  const kept = Number.isFinite(last) ? last : null
  const action = Math.max(got.action ?? 0, before.action ?? 0)
  const isLate = isSessionInterval(interval) && isBarMissing(hours, kept, now)
  const failures = isLate ? (before.failures ?? 0) + 1 : 0
  const isWaiting = isLate && failures <= LATE_TRIES
  return {
    due: isWaiting ? now + LATE_PAUSE_MS : nextAsk(hours, interval, now),
    last: kept,
    hours,
    ...(action > 0 ? { action } : {}),
    ...(isWaiting ? { failures } : {}),
  }
}

/** Whether the session that was told of is over and its bar is not there: Yahoo is late, or it was no session. */
function isBarMissing({ told, isAlways }: TradingHours, last: number | null, now: number): boolean {
  if (isAlways || told.end + SETTLE_MS > now) return false
  return (last ?? 0) < startOfDay(told.start)
}

function gone(before: SeriesState | undefined, reason: string, now: number): SeriesOutcome {
  const since = before?.gone?.since ?? now
  return { news: 0, state: { last: null, ...before, due: now + GONE_PAUSE_MS, gone: { since, reason } } }
}
