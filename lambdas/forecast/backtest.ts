/** Walk-forward: every forecast is made from bars up to its origin only, by a model fitted at or before it. */
import { dailyRunOf, forecastOn, learnFrom, readyModel } from './daily-run.ts'
import { type Features, featuresOf } from './features.ts'
import { trainerOf } from './model.ts'
import { ORIGIN_GRID, type OriginGrid, originsOf } from './outcomes.ts'
import type { Panel } from './panel.ts'
import { type Pool, poolOf } from './pool.ts'
import { type Prior, priorFor } from './prior.ts'
import type { Forecast } from './scores.ts'

export interface BacktestOptions extends OriginGrid {
  /** Dates from one fit to the next. */
  readonly refitEvery: number
  /** The symbols to forecast; all are the pool that is learnt from. */
  readonly scored: ReadonlySet<string>
  /** What a young pool is drawn toward; null: it learns from its own bars alone. */
  readonly prior: Prior | null
}

/** A quarter: fitting more often changes the scores in the fourth digit. */
export const REFIT_EVERY = 60

export function backtestOptions(panel: Panel, changes: Partial<BacktestOptions> = {}): BacktestOptions {
  const { symbols } = panel
  return {
    ...ORIGIN_GRID,
    refitEvery: REFIT_EVERY,
    scored: new Set(symbols),
    prior: priorFor(symbols.length),
    ...changes,
  }
}

/** All forecasts of `walkForward`. */
export function backtest(panel: Panel, options: BacktestOptions, features: Features = featuresOf(panel)): Forecast[] {
  return Array.from(walkForward(poolOf(panel, features), options))
}

/**
 * Forecasts from every origin of the scored symbols, date by date. Before the first origin the widths are warmed up with the first
 * model, over the very bars it was fitted on: they are known by then.
 */
export function* walkForward(pool: Pool, options: BacktestOptions): Generator<Forecast> {
  const { panel, features } = pool
  const origins = originMask(panel, options)
  const [first, last] = [origins.dates[0], origins.dates.at(-1)]
  if (first === undefined || last === undefined) return
  const run = dailyRunOf(panel, features)
  const trainer = trainerOf(pool, options.prior)
  let model = readyModel(trainer.fit(first), features)
  for (let date = 0; date <= last; date++) {
    if (date > first && (date - first) % options.refitEvery === 0) model = readyModel(trainer.fit(date), features)
    learnFrom(run, date)
    yield* forecastOn(run, date, model, (row) => origins.rows.has(row))
  }
}

function originMask(panel: Panel, options: BacktestOptions) {
  const rows = new Set<number>()
  for (const [s, symbol] of panel.symbols.entries()) {
    if (options.scored.has(symbol)) for (const row of originsOf(panel, s, options)) rows.add(row)
  }
  const dates = new Set(Array.from(rows, (row) => panel.dateOf[row] as number))
  return { rows, dates: [...dates].sort((a, b) => a - b) }
}
