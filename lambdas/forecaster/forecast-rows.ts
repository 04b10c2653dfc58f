/** Forecasts as rows of `forecasts`, and back. */

import { DAY_MS } from '../../lake/instant.ts'
import type { RowGroup } from '../../lake/parquet/table-file.ts'
import { type ColumnCells, cellAt } from '../../lake/tables/cells.ts'
import { FORECASTS, type ForecastRow } from '../../lake/tables/forecast-tables.ts'
import { skipReasonOf } from '../forecast/eligibility.ts'
import { HORIZONS } from '../forecast/horizons.ts'
import type { Panel } from '../forecast/panel.ts'
import type { Forecast } from '../forecast/scores.ts'
import { barsAfter, isoDay, weekdaysTraded } from '../forecast/weekdays.ts'

const QUANTILE_COLUMNS = ['q025', 'q05', 'q10', 'q25', 'q50', 'q75', 'q90', 'q95', 'q975'] as const
const PRICE_COLUMNS = ['p025', 'p05', 'p10', 'p25', 'p50', 'p75', 'p90', 'p95', 'p975'] as const

type Named<Names extends readonly string[]> = { readonly [N in Names[number]]: number | null }
function named<const Names extends readonly string[]>(
  names: Names,
  values: readonly number[] | undefined,
): Named<Names> {
  return Object.fromEntries(names.map((name, i) => [name, values?.[i] ?? null])) as Named<Names>
}

export interface Run {
  readonly asOf: number
  readonly modelVersion: string
}

/** A row for every symbol and horizon: the forecast, or the reason why there is none. */
export function forecastRows(panel: Panel, forecasts: readonly Forecast[], run: Run): ForecastRow[] {
  const made = new Map(forecasts.map((forecast) => [`${forecast.symbol} ${forecast.horizon}`, forecast]))
  return panel.symbols.flatMap((symbol, s) => {
    const skipReason = skipReasonOf(panel, s, run.asOf)
    const lastRow = (panel.starts[s + 1] as number) - 1
    const origin = {
      symbol,
      day: panel.day[lastRow] as number,
      close: panel.close[lastRow] as number,
      weekdays: weekdaysTraded(panel.day.subarray(panel.starts[s] as number, lastRow + 1)),
    }
    return HORIZONS.map((horizon) => {
      const forecast = skipReason === undefined ? made.get(`${symbol} ${horizon}`) : undefined
      return rowOf(run, origin, { horizon, forecast, skipReason: skipReason ?? null })
    })
  })
}

/** The symbols that the lake knows beside those of the panel. */
export interface KnownSymbols {
  /** With daily bars that the model has seen. */
  readonly daily: Iterable<string>
  /** With bars of other intervals. */
  readonly intraday: Iterable<string>
}

/** A row with the reason for every known symbol that the panel lacks, whose two years end at the run's day. */
export function absentRows(panel: Panel, { daily, intraday }: KnownSymbols, run: Run): ForecastRow[] {
  const reasons = new Map<string, string>()
  for (const symbol of intraday) reasons.set(symbol, 'intraday_only: there are no daily bars to forecast from')
  const oldest = isoDay(panel.dates[0] as number)
  for (const symbol of daily) reasons.set(symbol, `stale: the last bar is older than ${oldest}`)
  for (const symbol of panel.symbols) reasons.delete(symbol)
  return [...reasons].flatMap(([symbol, skipReason]) =>
    HORIZONS.map((horizon) =>
      rowOf(run, { symbol, day: undefined, close: Number.NaN }, { horizon, forecast: undefined, skipReason }),
    ),
  )
}

interface Origin {
  readonly symbol: string
  /** Undefined where the symbol has no bar. */
  readonly day: number | undefined
  readonly close: number
  readonly weekdays?: ReadonlySet<number>
}

interface Made {
  readonly horizon: number
  readonly forecast: Forecast | undefined
  readonly skipReason: string | null
}

function rowOf(
  { asOf, modelVersion }: Run,
  { symbol, day, close, weekdays }: Origin,
  { horizon, forecast, skipReason }: Made,
): ForecastRow {
  const lastClose = Number.isFinite(close) ? close : null
  const prices = lastClose === null ? undefined : forecast?.quantiles.map((q) => lastClose * Math.exp(q))
  return {
    symbol,
    as_of: asOf * DAY_MS,
    horizon,
    ts_origin: day === undefined ? null : day * DAY_MS,
    ts_target: forecast && day !== undefined ? barsAfter(day, horizon, weekdays) * DAY_MS : null,
    ...named(QUANTILE_COLUMNS, forecast?.quantiles),
    sigma: forecast?.sigma ?? null,
    point: forecast?.point ?? null,
    last_close: lastClose,
    ...named(PRICE_COLUMNS, prices),
    model_version: modelVersion,
    skip_reason: skipReason,
  }
}

export function forecastColumns(rows: readonly ForecastRow[]): ColumnCells[] {
  return FORECASTS.columns.map(({ name }) => rows.map((row) => row[name]))
}

/** The columns that `madeForecasts` needs. */
export const MADE_COLUMNS: readonly string[] = [
  'symbol',
  'horizon',
  'ts_origin',
  'sigma',
  'model_version',
  ...QUANTILE_COLUMNS,
]

export interface MadeForecast extends Forecast {
  readonly modelVersion: string
}

/** The forecasts of a row group, skipped symbols left out. */
export function madeForecasts({ rows, cells }: RowGroup): MadeForecast[] {
  const made: MadeForecast[] = []
  const number = (name: string, row: number) => Number(cellAt(cells[name], row) ?? Number.NaN)
  for (let row = 0; row < rows; row++) {
    const quantiles = QUANTILE_COLUMNS.map((name) => number(name, row))
    if (!quantiles.every(Number.isFinite)) continue
    made.push({
      symbol: String(cellAt(cells['symbol'], row)),
      originDay: number('ts_origin', row) / DAY_MS,
      horizon: number('horizon', row),
      quantiles,
      sigma: number('sigma', row),
      point: quantiles[4] as number,
      modelVersion: String(cellAt(cells['model_version'], row)),
    })
  }
  return made
}
