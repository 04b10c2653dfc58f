/** Where the fan of one symbol comes from: the lake's tables, or a file of bars. */

import { dayOf } from '../../command/option-values.ts'
import { TickerlakeError, UsageError } from '../../lake/errors.ts'
import { DAY_MS } from '../../lake/instant.ts'
import { LAYOUT } from '../../lake/layout.ts'
import { parquetGroups } from '../../lake/parquet/row-groups.ts'
import type { RowGroup } from '../../lake/parquet/table-file.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'
import { cellAt, rowAt } from '../../lake/tables/cells.ts'
import { FORECASTS, type ForecastRow } from '../../lake/tables/forecast-tables.ts'
import { BARS } from '../../lake/tables/tables.ts'
import { type Artefact, parseArtefact, trainedOf } from '../../lambdas/forecast/artefact.ts'
import { type BarColumns, panelOf } from '../../lambdas/forecast/panel.ts'
import { forecastLatest } from '../../lambdas/forecast/training.ts'
import { isoDay } from '../../lambdas/forecast/weekdays.ts'
import { fitOn } from '../../lambdas/forecaster/fit.ts'
import { forecastRows } from '../../lambdas/forecaster/forecast-rows.ts'
import { barsUpTo } from './bars-file.ts'
import { type Fan, fanOf, type Worth } from './fan.ts'

export interface Asked {
  readonly symbol: string
  /** `2013-02-28`; the newest where it is not given. */
  readonly asOf: string | undefined
}

/** Trains on the file's bars up to the day and forecasts from them. */
export function fanFromBars(bars: BarColumns, { symbol, asOf }: Asked): Fan {
  const lastDay = asOf === undefined ? Number.POSITIVE_INFINITY : dayOption(asOf)
  const panel = panelOf(barsUpTo(bars, lastDay))
  if (!panel.symbols.includes(symbol))
    throw new UsageError(`The file has no bars of ${symbol}${asOf ? ` up to ${asOf}` : ''}.`)
  const day = panel.dates.at(-1) as number
  const { artefact } = fitOn(panel, day)
  const forecasts = forecastLatest(panel, trainedOf(artefact))
  const rows = forecastRows(panel, forecasts, { asOf: day, modelVersion: artefact.version })
  return fanOf(
    rows.filter((row) => row.symbol === symbol),
    worthOf(artefact, symbol),
  )
}

/** The day that `--as-of` says, counted from 1970. */
export function dayOption(text: string): number {
  return dayOf('--as-of', text) / DAY_MS
}

/** Reads the forecasts of a run and the scores of their model. */
export async function fanFromLake(store: ObjectStore, { symbol, asOf }: Asked): Promise<Fan> {
  const key = await forecastsKey(store, asOf === undefined ? undefined : isoDay(dayOption(asOf)))
  const rows = await rowsOf(store, key, symbol)
  const [first] = rows
  if (!first) throw new TickerlakeError('no-forecasts', `${await absenceOf(store, symbol)}. The run is ${key}.`)
  const found = await store.get(`${LAYOUT.models}/${first.model_version}.json`)
  const artefact = found && parseArtefact(new TextDecoder().decode(found.body))
  return fanOf(rows, worthOf(artefact, symbol))
}

function worthOf(artefact: Artefact | undefined, symbol: string): Worth {
  if (!artefact) return { all: [], symbols: 0, own: undefined, gates: [], pull: 0 }
  const gates = artefact.horizons.map(({ h, location }) => ({ horizon: h, gate: location.gate }))
  const pull = Math.max(...artefact.horizons.map((of) => of.pull))
  return { all: artefact.scores, symbols: artefact.symbols, own: artefact.symbolScores[symbol], gates, pull }
}

async function forecastsKey(store: ObjectStore, asOf: string | undefined): Promise<string> {
  let newest: string | undefined
  for await (const { key } of store.list(`${FORECASTS.prefix}/`)) {
    if (key.endsWith('.parquet') && (asOf === undefined || key.endsWith(`/${asOf}.parquet`))) newest = key
  }
  if (newest !== undefined) return newest
  const message = asOf
    ? `There is no run as of ${asOf}; ask without --as-of for the newest, or make it with "npm run forecast -- --run --as-of ${asOf}".`
    : 'There are no forecasts yet: the forecaster runs after each compaction and needs 60 daily bars of a symbol.'
  throw new TickerlakeError('no-forecasts', message)
}

/** The day of a run: the newest one, or the one that is asked for. */
export async function newestRun(store: ObjectStore, asOf: string | undefined): Promise<number> {
  const key = await forecastsKey(store, asOf === undefined ? undefined : isoDay(dayOption(asOf)))
  return dayOption(key.slice(key.lastIndexOf('/') + 1).replace('.parquet', ''))
}

async function rowsOf(store: ObjectStore, key: string, symbol: string): Promise<ForecastRow[]> {
  const found = await store.get(key)
  const names = FORECASTS.columns.map(({ name }) => name)
  const rows: ForecastRow[] = []
  if (!found) return rows
  for await (const { rows: count, cells } of parquetGroups.read(found.body, FORECASTS, names)) {
    for (let row = 0; row < count; row++) {
      if (cellAt(cells['symbol'], row) !== symbol) continue
      // The columns are the table's, so the cells are a row of it.
      rows.push(rowAt(cells, names, row) as ForecastRow)
    }
  }
  return rows
}

/** Why a run of the forecaster has no row of a symbol: what `bars` holds of it. */
async function absenceOf(store: ObjectStore, symbol: string): Promise<string> {
  const newest = await newestBarsOf(store, symbol)
  if (newest.size === 0) return `${symbol} is not forecast: there is no bar of it in the lake`
  const daily = newest.get('1d')
  if (daily !== undefined) return `${symbol} is not forecast: its last daily bar is of ${isoDay(daily)}`
  return `${symbol} is not forecast: the lake has its bars of ${[...newest.keys()].sort().join(', ')}, and no daily ones`
}

/** The day of the newest bar by interval, from the newest month that has any. */
async function newestBarsOf(store: ObjectStore, symbol: string): Promise<ReadonlyMap<string, number>> {
  const objects = await Array.fromAsync(store.list(`${BARS.prefix}/`))
  const newest = new Map<string, number>()
  for (const { key } of objects.toReversed()) {
    const found = key.endsWith('.parquet') ? await store.get(key) : undefined
    if (found) await takeNewest(newest, found.body, symbol)
    if (newest.has('1d')) break
  }
  return newest
}

async function takeNewest(newest: Map<string, number>, body: Uint8Array, symbol: string): Promise<void> {
  for await (const group of parquetGroups.read(body, BARS, ['symbol', 'interval', 'ts_event'])) {
    for (const { interval, day } of barsOf(group, symbol)) {
      newest.set(interval, Math.max(newest.get(interval) ?? day, day))
    }
  }
}

function* barsOf({ rows, cells }: RowGroup, symbol: string) {
  for (let row = 0; row < rows; row++) {
    if (cellAt(cells['symbol'], row) !== symbol) continue
    yield {
      interval: String(cellAt(cells['interval'], row)),
      day: Math.floor(Number(cellAt(cells['ts_event'], row)) / DAY_MS),
    }
  }
}
