/** The route of the page Forecasts: whether the forecasts hold what they promise. */
import { FORECAST_SCORES } from '../../lake/tables/forecast-tables.ts'
import type { ForecastsAnswer, HorizonScore, ScoreKind } from '../api.ts'
import type { Answer } from './handler.ts'
import type { Reader } from './reader.ts'

/** Live scores all count; of the walk-forwards, which each fit makes again over the same past, the newest. */
const SCORES = `
WITH newest AS (SELECT kind, max(as_of) AS as_of FROM forecast_scores GROUP BY kind),
scores AS (
  SELECT forecast_scores.*
  FROM forecast_scores
  INNER JOIN newest ON forecast_scores.kind = newest.kind AND (forecast_scores.kind = 'live' OR forecast_scores.as_of = newest.as_of)
)`

/** The side of the median, and the intervals around it, put each outcome into one of ten cells. */
const CELL = `
  CASE WHEN realised < q50 THEN 1 ELSE -1 END
    * (CASE WHEN inside_50 THEN 1 WHEN inside_80 THEN 2 WHEN inside_90 THEN 3 WHEN inside_95 THEN 4 ELSE 5 END)`

const BY_CELL = `${SCORES}
SELECT kind, horizon, ${CELL} AS cell, count(*), sum(pinball), sum(pinball_random_walk),
  sum(CASE WHEN pinball_random_walk IS NOT NULL THEN pinball END)
FROM scores GROUP BY kind, horizon, ${CELL}`
const BY_MONTH = `${SCORES}
SELECT kind, horizon, CAST(CAST(date_trunc('month', ts_origin) AS date) AS varchar), count(*),
  sum(CASE WHEN pinball_random_walk IS NOT NULL THEN pinball END) / sum(pinball_random_walk)
FROM scores GROUP BY kind, horizon, date_trunc('month', ts_origin) ORDER BY 1, 2, 3`
const BY_SYMBOL = `${SCORES}
SELECT kind, symbol, horizon, count(*), avg(CASE WHEN inside_80 THEN 1e0 ELSE 0e0 END),
  sum(CASE WHEN pinball_random_walk IS NOT NULL THEN pinball END) / sum(pinball_random_walk)
FROM scores GROUP BY kind, symbol, horizon ORDER BY 1, 2, 3`
/** Of each kind its own: the walk-forwards are many more. */
const MISSES = `${SCORES},
missed AS (
  SELECT kind, symbol, horizon, ts_origin, ts_target, realised, (realised - q50) / sigma AS sigmas,
    row_number() OVER (PARTITION BY kind ORDER BY abs((realised - q50) / sigma) DESC, symbol, ts_origin) AS place
  FROM scores
)
SELECT kind, symbol, horizon, CAST(CAST(ts_origin AS date) AS varchar), CAST(CAST(ts_target AS date) AS varchar),
  round(sigmas, 2), round(100 * (exp(realised) - 1), 2)
FROM missed WHERE place <= 40 ORDER BY kind, place`

export async function forecastsAnswer(reader: Reader): Promise<Answer> {
  const version = await reader.version([FORECAST_SCORES])
  const data = await reader.kept.of('scores', version, async (): Promise<ForecastsAnswer> => {
    const [cells, months] = [await reader.ask(BY_CELL), await reader.ask(BY_MONTH)]
    const [symbols, misses] = [await reader.ask(BY_SYMBOL), await reader.ask(MISSES)]
    return {
      horizons: horizonsOf(cells),
      months: months.map(([kind, horizon, month, forecasts, ratio]) => ({
        kind: kindOf(kind),
        horizon: Number(horizon),
        t: Date.parse(`${month}T00:00:00Z`),
        ratio: numberOrNull(ratio),
        forecasts: Number(forecasts),
      })),
      symbols: symbols.map(([kind, symbol, horizon, forecasts, inside80, ratio]) => ({
        kind: kindOf(kind),
        symbol: symbol ?? '',
        horizon: Number(horizon),
        forecasts: Number(forecasts),
        inside80: Number(inside80),
        ratio: numberOrNull(ratio),
      })),
      misses: misses.map(([kind, symbol, horizon, origin, target, sigmas, percent]) => ({
        kind: kindOf(kind),
        symbol: symbol ?? '',
        horizon: Number(horizon),
        origin: origin ?? '',
        target: target ?? '',
        sigmas: Number(sigmas),
        percent: Number(percent),
      })),
    }
  })
  return { data, version }
}

type Row = readonly (string | null)[]

/** From counts by cell, −5 the highest to 5 the lowest, to shares: what is inside an interval is in its cells on both sides. */
export function horizonsOf(rows: readonly Row[]): readonly HorizonScore[] {
  const groups = Map.groupBy(rows, ([kind, horizon]) => `${kind} ${horizon}`)
  return [...groups.values()]
    .map((group): HorizonScore => {
      const counts = new Map(group.map(([, , cell, count]) => [Number(cell), Number(count)]))
      const forecasts = sum([...counts.values()])
      const within = (depth: number): number =>
        sum([...counts].filter(([cell]) => Math.abs(cell) <= depth).map(([, count]) => count)) / forecasts
      const randomWalk = sum(group.map((row) => Number(row[5] ?? 0)))
      return {
        kind: kindOf(group[0]?.[0]),
        horizon: Number(group[0]?.[1]),
        forecasts,
        inside: [1, 2, 3, 4].map(within),
        pit: [5, 4, 3, 2, 1, -1, -2, -3, -4, -5].map((cell) => (counts.get(cell) ?? 0) / forecasts),
        ratio: randomWalk === 0 ? null : sum(group.map((row) => Number(row[6] ?? 0))) / randomWalk,
      }
    })
    .sort((a, b) => a.kind.localeCompare(b.kind) || a.horizon - b.horizon)
}

function kindOf(text: string | null | undefined): ScoreKind {
  return text === 'live' ? 'live' : 'walk-forward'
}

function numberOrNull(text: string | null | undefined): number | null {
  return text === null || text === undefined ? null : Number(text)
}

function sum(values: readonly number[]): number {
  return values.reduce((so, value) => so + value, 0)
}
