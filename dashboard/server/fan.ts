/** The forecast of a symbol as a fan: the newest, or the one that was made after an earlier day, with what came true. */
import { DAY_MS } from '../../lake/instant.ts'
import { isSession } from '../../lake/queries/calendar.ts'
import { renderQuery, type SavedQuery } from '../../lake/queries/saved-query.ts'
import { FORECAST_SCORES, FORECASTS } from '../../lake/tables/forecast-tables.ts'
import { BARS } from '../../lake/tables/tables.ts'
import type { FanAnswer, FanKnot } from '../api.ts'
import type { Answer } from './handler.ts'
import { dayOf, symbolOf } from './parameters.ts'
import type { Reader } from './reader.ts'
import type { SeriesRow } from './symbol-bars.ts'

/** A forecast before it is placed on sessions: log returns at the nine levels, where they were kept. */
interface MadeForecast {
  readonly origin: number
  readonly kind: 'forecast' | 'walk-forward'
  readonly model: string
  readonly horizon: number
  readonly quantiles: readonly (number | null)[]
}

/** How many sessions the longest horizon is ahead. */
const LONGEST = 20

/** Both tables with the same columns; what a score did not keep is null. The symbol is rendered as a literal. */
const OF_SYMBOL: SavedQuery = {
  name: 'fan',
  doc: 'The forecasts of a symbol.',
  params: [{ name: 'symbol', type: 'string', default: 'AAPL', doc: 'Yahoo symbol' }],
  sql: `
SELECT CAST(CAST(ts_origin AS date) AS varchar), 'forecast', model_version, horizon, q025, q05, q10, q25, q50, q75, q90, q95, q975
FROM forecasts
WHERE symbol = /* symbol */ 'AAPL' AND skip_reason IS NULL
UNION ALL
SELECT CAST(CAST(ts_origin AS date) AS varchar), 'walk-forward', model_version, horizon,
  q025, NULL, q10, NULL, q50, NULL, q90, NULL, q975
FROM forecast_scores
WHERE symbol = /* symbol */ 'AAPL' AND kind = 'walk-forward'`,
}

export async function fanAnswer(url: URL, reader: Reader): Promise<Answer> {
  const symbol = symbolOf(url)
  const asOf = dayOf(url, 'asof')
  const version = await reader.version([FORECASTS, FORECAST_SCORES, BARS])
  const forecasts = await reader.kept.of(`forecasts ${symbol}`, version, async () =>
    (await reader.ask(renderQuery(OF_SYMBOL, { symbol }))).map(madeOf),
  )
  const { rows } = await reader.series(symbol, '1d')
  return { data: fanOf({ symbol, asOf, forecasts, rows }), version: `${version}-${rows.length}` }
}

function madeOf([origin, kind, model, horizon, ...quantiles]: readonly (string | null)[]): MadeForecast {
  return {
    origin: Date.parse(`${origin}T00:00:00Z`),
    kind: kind === 'forecast' ? 'forecast' : 'walk-forward',
    model: model ?? '',
    horizon: Number(horizon),
    quantiles: quantiles.map((cell) => (cell === null ? null : Number(cell))),
  }
}

export interface FanFacts {
  readonly symbol: string
  /** The newest forecast of this day or before it; the newest of all where it is not given. */
  readonly asOf: number | undefined
  readonly forecasts: readonly MadeForecast[]
  readonly rows: readonly SeriesRow[]
}

/** A forecast that was made goes before one that would have been. */
export function fanOf({ symbol, asOf, forecasts, rows }: FanFacts): FanAnswer {
  const origins = [...new Set(forecasts.map(({ origin }) => origin))].sort((a, b) => b - a)
  const origin = origins.find((one) => asOf === undefined || one <= asOf)
  if (origin === undefined) return { symbol, origins, fan: null, reason: reasonOf(symbol, asOf, origins) }
  const of = forecasts.filter((one) => one.origin === origin)
  const kind = of.some((one) => one.kind === 'forecast') ? 'forecast' : 'walk-forward'
  const made = of.filter((one) => one.kind === kind).toSorted((a, b) => a.horizon - b.horizon)
  const at = rows.findIndex(({ ts_event }) => ts_event === origin)
  const last = rows[at]
  if (!last)
    return {
      symbol,
      origins,
      fan: null,
      reason: `The bar of the day of ${symbol}'s forecast is not in the lake any more.`,
    }
  const sessions = sessionsFrom(
    origin,
    rows.slice(at + 1).map(({ ts_event }) => ts_event),
  )
  const knots = made.map((one) =>
    knotOf(one, { last, after: rows[at + one.horizon], t: sessions[one.horizon] ?? origin }),
  )
  return {
    symbol,
    origins,
    fan: { origin, kind, lastClose: last.close, model: made[0]?.model ?? '', sessions, knots },
    reason: null,
  }
}

function reasonOf(symbol: string, asOf: number | undefined, origins: readonly number[]): string {
  if (origins.length > 0 && asOf !== undefined) return `There is no forecast of ${symbol} as early as that.`
  return `${symbol} is not forecast: the forecaster runs after each compaction and needs 60 daily bars of a symbol.`
}

function knotOf(
  { horizon, quantiles }: MadeForecast,
  { last, after, t }: { readonly last: SeriesRow; readonly after: SeriesRow | undefined; readonly t: number },
): FanKnot {
  const priceAt = (log: number | null): number | null => (log === null ? null : last.close * Math.exp(log))
  const [then, now] = [last.adj_close ?? last.close, after && (after.adj_close ?? after.close)]
  return { horizon, t, prices: quantiles.map(priceAt), realised: now === undefined ? null : (last.close * now) / then }
}

/** Days on which the symbol did trade, then the days on which New York will. */
function sessionsFrom(origin: number, traded: readonly number[]): readonly number[] {
  const sessions = [origin, ...traded.slice(0, LONGEST)]
  for (let day = (sessions.at(-1) ?? origin) + DAY_MS; sessions.length <= LONGEST; day += DAY_MS)
    if (isSession(day)) sessions.push(day)
  return sessions
}
