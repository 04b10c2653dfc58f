/** The forecaster: bars of the lake in; forecasts, their scores and, now and then, a new model out. */

import { DAY_MS } from '../../lake/instant.ts'
import type { Log } from '../../lake/log.ts'
import type { ColumnCells, ParquetEncoder } from '../../lake/parquet/encoder.ts'
import { FORECAST_SCORES, FORECASTS } from '../../lake/tables/forecast-tables.ts'
import { type Table, tablePartitionOf, tablePartitionPrefix } from '../../lake/tables/table.ts'
import { type Artefact, trainedOf } from '../forecast/artefact.ts'
import { REFIT_EVERY } from '../forecast/backtest.ts'
import { type Panel, panelOf } from '../forecast/panel.ts'
import { forecastLatest } from '../forecast/training.ts'
import { isoDay } from '../forecast/weekdays.ts'
import { type LakeDeps, newestDay, readDailyBars } from './daily-bars.ts'
import { fitOn } from './fit.ts'
import { forecastColumns, forecastRows } from './forecast-rows.ts'
import { newestArtefact, writeArtefact } from './model-store.ts'
import type { ForecastRequest } from './request.ts'
import { forecastKey, scoreLive } from './score-live.ts'
import { type ScoreKind, type ScorePair, scoreColumns } from './score-rows.ts'

export interface ForecasterDeps extends LakeDeps {
  readonly encoder: ParquetEncoder
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

/** Forecasts as of a day, the newest one where none is asked for. Running it again writes the same bytes. */
export async function forecast(request: ForecastRequest, deps: ForecasterDeps): Promise<ForecastReport> {
  const asOf = request.asOf ?? (await newestDay(deps))
  if (asOf === undefined) return { kind: 'no-bars', asOf: null }
  const span = { from: asOf - TAIL_DAYS, to: asOf, pointInTime: request.asOf !== undefined }
  const panel = panelOf(await readDailyBars(span, deps))
  if (panel.day.length === 0) return { kind: 'no-bars', asOf: isoDay(asOf) }
  const known = request.refit ? undefined : await newestArtefact(isoDay(asOf), deps.store)
  const fit = known && !isDue(known, panel) ? undefined : await refit({ ...span, from: Number.NEGATIVE_INFINITY }, deps)
  const artefact = fit?.artefact ?? (known as Artefact)
  const rows = forecastRows(panel, forecastLatest(panel, trainedOf(artefact)), { asOf, modelVersion: artefact.version })
  const live = await scoreLive(panel, asOf, deps)
  await writeScores(live, 'live', { asOf, deps })
  await put(forecastKey(asOf), FORECASTS, forecastColumns(rows), deps)
  const skipped = new Set(rows.filter(({ skip_reason }) => skip_reason !== null).map(({ symbol }) => symbol)).size
  const report = {
    kind: 'forecast',
    asOf: isoDay(asOf),
    modelVersion: artefact.version,
    refitted: fit !== undefined,
    forecast: panel.symbols.length - skipped,
    skipped,
    liveScores: live.length,
    walkForwardScores: fit?.scores.length ?? 0,
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

async function refit(span: Parameters<typeof readDailyBars>[0], deps: ForecasterDeps) {
  const fit = fitOn(panelOf(await readDailyBars(span, deps)))
  await writeArtefact(fit.artefact, deps.store)
  await writeScores(fit.scores, 'walk-forward', { asOf: span.to, deps })
  return fit
}

interface ScoreWriting {
  readonly asOf: number
  readonly deps: ForecasterDeps
}

async function writeScores(scores: readonly ScorePair[], kind: ScoreKind, { asOf, deps }: ScoreWriting): Promise<void> {
  if (scores.length === 0) return
  const folder = tablePartitionPrefix(FORECAST_SCORES, tablePartitionOf(FORECAST_SCORES, asOf * DAY_MS))
  await put(`${folder}${isoDay(asOf)}-${kind}.parquet`, FORECAST_SCORES, scoreColumns(scores, kind, asOf), deps)
}

async function put(
  key: string,
  table: Table,
  columns: readonly ColumnCells[],
  { store, encoder }: ForecasterDeps,
): Promise<void> {
  await store.put(key, encoder.encode(table, columns), { contentType: 'application/vnd.apache.parquet' })
}
