/** One series: asks for what is new of it, keeps the bars that are over, says when to ask again. */

import { TickerlakeError } from '../../lake/errors.ts'
import { keepStatements, statementsOf } from '../../lake/fetch/actions-file.ts'
import type { SeriesState } from '../../lake/fetch/fetch-state.ts'
import { fetchedKey, joinFetched, type Series } from '../../lake/fetch/fetched-file.ts'
import { periodsOf } from '../../lake/fetch/periods.ts'
import { isFinal, nextAsk, SETTLE_MS, type TradingHours, tradingHours } from '../../lake/fetch/trading-hours.ts'
import {
  type ChartAction,
  type ChartAnswer,
  type ChartBar,
  ChartError,
  type ChartPort,
} from '../../lake/history/yahoo-chart.ts'
import { DAY_MS, startOfDay, toIso } from '../../lake/instant.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'
import { isSessionInterval } from '../../lake/tables/session.ts'

export interface SeriesEffects {
  readonly charts: Pick<ChartPort, 'chart'>
  readonly store: Pick<ObjectStore, 'get' | 'put'>
  readonly now: number
  /** How far back a daily history begins. */
  readonly years: number
  /** @default - as `years` says */
  readonly firstDay?: number | undefined
}

/** Prices moved as by a split that Yahoo does not name yet. */
export class PricesJumpError extends TickerlakeError {
  constructor({ symbol }: Series, { time, ratio }: { readonly time: number; readonly ratio: number }) {
    const moved = `The price of ${symbol} at ${toIso(time)} moved by a factor of ${ratio.toPrecision(4)}`
    const todo = 'and the splits that Yahoo Finance names do not say so yet. It is asked for again.'
    super('prices-jump', `${moved}, ${todo}`, { retryable: true })
  }
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
/** Minutes of a symbol whose first session is under way, or still ahead, are asked for as often until it counts as gone: for eight hours. */
const FIRST_TRIES = 16
const CONFLICTS = 3
/** Prices that moved as by a split are waited for until Yahoo names the split: this many answers, some four hours. */
const JUMP_TRIES = 8

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
  if (got.bars.length === 0 && before.last === null) return withoutBars(series, { got, before, now: effects.now })
  const hasNewActions = newestOf(got.actions) > (before.action ?? 0)
  // Before the bars that are on their basis: a row never says more than the table of actions.
  if (hasNewActions) await keepActions(series, got.actions, effects)
  const takesJumps = (before.jumps ?? 0) >= JUMP_TRIES
  const { news, isRestated } = await keep(series, { ...got, takesJumps, last: before.last }, effects)
  const isAdjusted = isRestated || hasNewActions
  // After a split or a dividend everything before it has other prices: once more from the beginning.
  if (before.last !== null && isAdjusted) return again(series, { news, before, takesJumps }, effects)
  return { news, state: stateAfter(series, { got, before, now: effects.now }) }
}

interface Got {
  readonly bars: readonly ChartBar[]
  readonly hours: TradingHours
  readonly actions: readonly ChartAction[]
}

function newestOf(actions: readonly ChartAction[]): number {
  return actions.reduce((newest, { time }) => Math.max(newest, time), 0)
}

async function again(
  series: Series,
  { before, takesJumps, ...so }: { readonly news: number; readonly before: SeriesState; readonly takesJumps: boolean },
  effects: SeriesEffects,
) {
  const got = await ask(series, { ...before, last: null }, effects)
  await keepActions(series, got.actions, effects)
  const { news } = await keep(series, { ...got, takesJumps, last: null }, effects)
  return { news: so.news + news, state: stateAfter(series, { got, before, now: effects.now }) }
}

async function ask(
  { symbol, interval }: Series,
  { last }: SeriesState,
  { charts, now, years, firstDay }: SeriesEffects,
): Promise<Got> {
  const answers: ChartAnswer[] = []
  for (const period of periodsOf({ interval, last, now, years, firstDay })) {
    answers.push(await charts.chart({ symbol, interval, ...period }))
  }
  const newest = answers.at(-1)
  if (!newest) throw new TickerlakeError('fetch', `There is no period to ask for of ${symbol}.`)
  const hours = tradingHours(newest)
  return {
    bars: answers
      .flatMap((answer) => answer.bars)
      .filter((bar) => isWhole(bar) && isFinal(bar.time, interval, { hours, now })),
    hours,
    actions: answers.flatMap((answer) => answer.actions),
  }
}

/** Yahoo has rows without prices: of a day that is still to come in, of a pause in trading. They are asked for again. */
function isWhole({ open, high, low, close, volume }: ChartBar): boolean {
  return open !== null && high !== null && low !== null && close !== null && volume !== null
}

async function keepActions(
  { symbol }: Series,
  actions: readonly ChartAction[],
  { store, now }: SeriesEffects,
): Promise<void> {
  const statements = statementsOf(symbol, actions, now)
  await unlessOvertaken(`the actions of ${symbol}`, () => keepStatements(statements, store))
}

interface Kept extends Pick<Got, 'bars' | 'actions'> {
  readonly takesJumps: boolean
  /** The newest bar that should be there already. */
  readonly last: number | null
}

async function keep(series: Series, { bars, actions, takesJumps, last }: Kept, { store }: SeriesEffects) {
  const splits = actions.filter((action) => action.kind === 'split')
  let news = 0
  let isRestated = false
  for (const [key, own] of Map.groupBy(bars, (bar) => fetchedKey(series, bar.time))) {
    const joined = await unlessOvertaken(key, async () => {
      const outcome = await joinFetched(key, series, { bars: own, splits, takesJumps, store })
      if (outcome.kind === 'jump') throw new PricesJumpError(series, outcome)
      return outcome.kind === 'joined' && outcome
    })
    news += joined.news
    // A file that somebody took away is fetched again from its beginning.
    const isLost = joined.isNew && last !== null && key === fetchedKey(series, last)
    isRestated ||= joined.isRestated || isLost
  }
  return { news, isRestated }
}

/** Writes what others write too: again where somebody was faster. */
async function unlessOvertaken<T>(what: string, write: () => Promise<T | false>): Promise<T> {
  for (let attempt = 1; attempt <= CONFLICTS; attempt++) {
    const written = await write()
    if (written !== false) return written
  }
  throw new TickerlakeError('history-changes', `Another fetcher writes ${what}, again and again.`, { retryable: true })
}

interface Taken {
  readonly got: Got
  readonly before: SeriesState
  readonly now: number
}

/** Its first trade may be still to come, or its first bar still be forming. */
function withoutBars({ symbol, interval }: Series, { got: { hours }, before, now }: Taken): SeriesOutcome {
  const tries = before.waits ?? 0
  const isUnderWay = hours.told.end + SETTLE_MS > now
  const most = isUnderWay && !isSessionInterval(interval) ? FIRST_TRIES : LATE_TRIES
  // One that is first asked for behind its session has none.
  if (before.gone || tries >= most || (tries === 0 && !isUnderWay)) {
    return gone(before, `Yahoo Finance has no bars of ${symbol} at ${interval}.`, now)
  }
  const next = isUnderWay ? nextAsk(hours, interval, now) : now
  const due = tries === 0 ? next : Math.max(next, now + LATE_PAUSE_MS)
  return { news: 0, state: { last: null, hours, due, waits: tries + 1 } }
}

function stateAfter({ interval }: Series, { got, before, now }: Taken): SeriesState {
  const { bars, hours } = got
  const last = bars.reduce((newest, { time }) => Math.max(newest, time), before.last ?? Number.NEGATIVE_INFINITY)
  const kept = Number.isFinite(last) ? last : null
  const action = Math.max(newestOf(got.actions), before.action ?? 0)
  const isLate = isSessionInterval(interval) && isBarMissing(hours, kept, now)
  const waits = isLate ? (before.waits ?? 0) + 1 : 0
  const isWaiting = isLate && waits <= LATE_TRIES
  return {
    due: isWaiting ? now + LATE_PAUSE_MS : nextAsk(hours, interval, now),
    last: kept,
    hours,
    ...(action > 0 ? { action } : {}),
    ...(isWaiting ? { waits } : {}),
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
