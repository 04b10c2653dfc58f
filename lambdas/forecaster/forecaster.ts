/** The forecaster: bars of the lake in; forecasts, their scores and, now and then, a new model out. */

import type { Clock } from '../../lake/clock.ts'
import { DAY_MS, startOfDay } from '../../lake/instant.ts'
import type { Log } from '../../lake/log.ts'
import type { ParquetEncoder } from '../../lake/parquet/encoder.ts'
import { type ColumnCells, rowsIn } from '../../lake/tables/cells.ts'
import { FORECAST_SCORES, FORECASTS } from '../../lake/tables/forecast-tables.ts'
import type { Table } from '../../lake/tables/table.ts'
import { type Artefact, trainedOf } from '../forecast/artefact.ts'
import { REFIT_EVERY } from '../forecast/backtest.ts'
import { barsOn, type Panel, panelOf } from '../forecast/panel.ts'
import { forecastLatest } from '../forecast/training.ts'
import { isoDay } from '../forecast/weekdays.ts'
import type { BarSpan, LakeDeps } from './bar-versions.ts'
import { newestDay, readDailyBars } from './daily-bars.ts'
import { type Fit, fitOn } from './fit.ts'
import { absentRows, forecastColumns, forecastRows } from './forecast-rows.ts'
import { newestArtefact, writeArtefact } from './model-store.ts'
import type { ForecastRequest } from './request.ts'
import { forecastKey, scoreLive, scoresKey } from './score-live.ts'
import { scoreColumns } from './score-rows.ts'

export interface ForecasterDeps extends LakeDeps {
  readonly encoder: ParquetEncoder
  /** A bar that is dated after today is not used. */
  readonly clock: Pick<Clock, 'now'>
  readonly log: Log
}

export type ForecastReport =
  | { readonly kind: 'no-bars'; readonly asOf: string | null }
  | {
      readonly kind: 'forecast'
      readonly asOf: string
      readonly modelVersion: string
      /** Whether this run fitted the model. */
      readonly refitted: boolean
      /** Whether the forecasts made in time for that day stand, and this run's were not written. */
      readonly kept: boolean
      /** Symbols with forecasts, and symbols that have a reason instead. */
      readonly forecast: number
      readonly skipped: number
      /** Rows written to forecast_scores. */
      readonly liveScores: number
      readonly walkForwardScores: number
    }

/**
 * A year and a month of echoes, a quarter before them, and the 80 bars since the last fit: two years hold them all, so
 * that a daily run gives the same forecasts as one that reads everything.
 */
const TAIL_DAYS = 730

/**
 * Forecasts as of a day, the newest one where none is asked for. Running it again writes the same bytes. A run as of a
 * past day fills a gap: what was made while that day was the newest stays as it is.
 */
export async function forecast(request: ForecastRequest, deps: ForecasterDeps): Promise<ForecastReport> {
  const newest = await newestDay(startOfDay(deps.clock.now()) / DAY_MS, deps)
  const asOf = request.asOf ?? newest
  if (asOf === undefined) return { kind: 'no-bars', asOf: null }
  const span = { from: asOf - TAIL_DAYS, to: asOf, pointInTime: request.asOf !== undefined }
  const known = request.refit ? undefined : await newestArtefact(isoDay(asOf), deps.store)
  const { panel, whole, intraday } = await readPanels(span, known, deps)
  if (panel.day.length === 0) return { kind: 'no-bars', asOf: isoDay(asOf) }
  const output = { made: asOf < (newest ?? asOf) ? 'later' : 'in-time', deps } as const
  const fit = whole && fitOn(whole, asOf)
  if (fit) await writeFit(fit, asOf, output)
  const artefact = fit?.artefact ?? (known as Artefact)
  const run = { asOf, modelVersion: artefact.version }
  const rows = forecastRows(panel, forecastLatest(panel, trainedOf(artefact)), run)
  rows.push(...absentRows(panel, { daily: Object.keys(artefact.widths.own), intraday }, run))
  const live = await scoreLive(panel, asOf, deps)
  if (live.length > 0) {
    const columns = scoreColumns(live, { kind: 'live', asOf, most: live.length })
    await put(scoresKey(asOf, 'live'), FORECAST_SCORES, columns, output)
  }
  const kept = !(await put(forecastKey(asOf), FORECASTS, forecastColumns(rows), output))
  const skipped = new Set(rows.filter(({ skip_reason }) => skip_reason !== null).map(({ symbol }) => symbol)).size
  const report = {
    kind: 'forecast',
    asOf: isoDay(asOf),
    modelVersion: artefact.version,
    refitted: fit !== undefined,
    kept,
    forecast: new Set(rows.map(({ symbol }) => symbol)).size - skipped,
    skipped,
    liveScores: live.length,
    walkForwardScores: fit ? scoredBy(fit.scores) : 0,
  } as const
  deps.log.info('forecast', report)
  return report
}

/** A quarter more symbols than the model has seen: the lake was still being filled when it was fitted. */
const GROWN = 1.25

function isDue(artefact: Artefact, panel: Panel): boolean {
  if (panel.symbols.length > GROWN * artefact.symbols) return true
  const { trainedTo } = trainedOf(artefact)
  return panel.dates.filter((day) => day > trainedTo).length >= REFIT_EVERY
}

interface Panels {
  /** Of the run's span. */
  readonly panel: Panel
  /** Of all history, where a model is to be fitted. */
  readonly whole: Panel | undefined
  readonly intraday: ReadonlySet<string>
}

/** The bars as they were read are let go here: they take as much room as the panel. Without a model all are read, once. */
async function readPanels(span: BarSpan, known: Artefact | undefined, deps: LakeDeps): Promise<Panels> {
  const all = { ...span, from: Number.NEGATIVE_INFINITY }
  const { bars, intraday } = await readDailyBars(known ? span : all, deps)
  const recently = new Set([...intraday].flatMap(([symbol, day]) => (day >= span.from ? [symbol] : [])))
  if (!known) {
    const panel = panelOf(barsOn(bars, (day) => day >= span.from))
    return { panel, whole: panelOf(bars), intraday: recently }
  }
  const panel = panelOf(bars)
  const isFitted = panel.day.length > 0 && isDue(known, panel)
  const whole = isFitted ? panelOf((await readDailyBars(all, deps)).bars) : undefined
  return { panel, whole, intraday: recently }
}

/** Whether a run's day was the newest when it was made, kept with each object; and where it goes. */
interface Output {
  readonly made: 'in-time' | 'later'
  readonly deps: ForecasterDeps
}

async function writeFit({ artefact, scores }: Fit, asOf: number, output: Output): Promise<void> {
  await writeArtefact(artefact, output.deps.store)
  if (scoredBy(scores) > 0) await put(scoresKey(asOf, 'walk-forward'), FORECAST_SCORES, scores, output)
}

function scoredBy([first]: Fit['scores']): number {
  return first ? rowsIn(first) : 0
}

/** Writes an object, but not over one that was made in time by one that is made later. Whether it was written. */
async function put(
  key: string,
  table: Table,
  columns: readonly ColumnCells[],
  { made, deps: { store, encoder } }: Output,
): Promise<boolean> {
  if (made === 'later') {
    const standing = await store.head(key)
    if (standing && standing.metadata['made'] !== 'later') return false
  }
  await store.put(key, encoder.encode(table, columns), {
    contentType: 'application/vnd.apache.parquet',
    metadata: { made },
  })
  return true
}
