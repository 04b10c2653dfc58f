/** Fitting a model for use: as of the panel's last date, with the widths warmed up over all of its past. */

import { dailyRunOf, forecastOn, learnFrom, readyModel } from './daily-run.ts'
import { featuresOf } from './features.ts'
import { LONGEST_HORIZON } from './horizons.ts'
import { type Model, trainerOf } from './model.ts'
import type { Panel } from './panel.ts'
import type { Pool } from './pool.ts'
import type { Forecast } from './scores.ts'
import { ownWidths, widthsOf } from './width-correction.ts'

/** What is learnt from history, and all that a forecast needs beside the symbol's recent bars. */
export interface Trained {
  readonly model: Model
  /** The last day that was learnt from, since 1970-01-01. */
  readonly trainedTo: number
  /** Log widths shared by all symbols, and of each symbol; one a horizon and interval. */
  readonly pooled: readonly number[]
  readonly own: ReadonlyMap<string, readonly number[]>
}

/** Fits the model to a whole panel, and learns the widths by walking through it day by day. */
export function train(pool: Pool): Trained {
  const { panel, features } = pool
  const last = panel.dates.length - 1
  const model = trainerOf(pool).fit(last)
  const ready = readyModel(model, features)
  const run = dailyRunOf(panel, features)
  for (let date = 0; date <= last; date++) {
    learnFrom(run, date)
    if (date < last) forecastOn(run, date, ready, () => false)
  }
  return {
    model,
    trainedTo: panel.dates[last] as number,
    pooled: Array.from(run.widths.pooled),
    own: new Map(panel.symbols.map((symbol, s) => [symbol, ownWidths(run.widths, s)])),
  }
}

/** How long a forecast stays open, with room for symbols that do not trade every day. */
const OPEN_DATES = 2 * LONGEST_HORIZON

/**
 * The forecasts from every symbol's last bar, by symbol and horizon. The panel may be the recent part of history: the
 * widths go on learning, day by day, where training left off.
 */
export function forecastLatest(panel: Panel, { model, trainedTo, pooled, own }: Trained): Forecast[] {
  const newDates = panel.dates.filter((day) => day > trainedTo).length
  const firstNew = panel.dates.length - newDates
  const lastRows = new Set(panel.symbols.map((_, s) => (panel.starts[s + 1] as number) - 1))
  const first = earliestOrigin(panel, lastRows, firstNew)
  const features = featuresOf(panel, first)
  const ready = readyModel(model, features)
  const run = dailyRunOf(panel, features, widthsOf(panel.symbols, { pooled, own }))
  const forecasts: Forecast[] = []
  for (let date = first; date < panel.dates.length; date++) {
    if (date >= firstNew) learnFrom(run, date)
    forecasts.push(...forecastOn(run, date, ready, (row) => lastRows.has(row)))
  }
  return forecasts.sort((a, b) => compare(a.symbol, b.symbol) || a.horizon - b.horizon)
}

/** The date to begin at: early enough that every forecast that new bars settle has been opened. */
function earliestOrigin(panel: Panel, lastRows: ReadonlySet<number>, firstNew: number): number {
  const first = Math.min(...Array.from(lastRows, (row) => panel.dateOf[row] as number))
  return Math.max(0, Math.min(first, firstNew - OPEN_DATES))
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
