/** Scored forecasts as rows of `forecast_scores`. */

import { DAY_MS } from '../../lake/instant.ts'
import { type ColumnCells, wordsOf } from '../../lake/tables/cells.ts'
import { FORECAST_SCORES, type ForecastScoreRow } from '../../lake/tables/forecast-tables.ts'
import { covers, type ScoredForecast } from '../forecast/scores.ts'

/** A forecast of ours with what came true, beside what the random walk lost on the same. */
export interface ScorePair extends ScoredForecast {
  /** Its mean pinball loss; undefined where it had nothing to say. */
  readonly randomWalk: number | undefined
  readonly modelVersion: string
}

export type ScoreKind = 'live' | 'walk-forward'

/** The columns of the table, of at most so many pairs; they are taken one after another, and none is kept. */
export function scoreColumns(
  pairs: Iterable<ScorePair>,
  { kind, asOf, most }: { readonly kind: ScoreKind; readonly asOf: number; readonly most: number },
): ColumnCells[] {
  const columns = FORECAST_SCORES.columns.map(({ name, type }) =>
    type === 'string' ? { name, texts: [] as string[] } : { name, numbers: new Float64Array(most) },
  )
  let rows = 0
  for (const pair of pairs) {
    const row = scoreRow(pair, kind, asOf)
    for (const { name, texts, numbers } of columns) {
      const cell = row[name]
      if (texts) texts.push(String(cell))
      else numbers[rows] = cell === null ? Number.NaN : Number(cell)
    }
    rows++
  }
  return columns.map(({ texts, numbers }) => (texts ? wordsOf(texts) : numbers.subarray(0, rows)))
}

function scoreRow(pair: ScorePair, kind: ScoreKind, asOf: number): ForecastScoreRow {
  const { outcome, forecast } = pair
  const quantile = (i: number) => forecast.quantiles[i] as number
  return {
    kind,
    as_of: asOf * DAY_MS,
    symbol: outcome.symbol,
    horizon: outcome.horizon,
    ts_origin: outcome.originDay * DAY_MS,
    ts_target: outcome.targetDay * DAY_MS,
    realised: outcome.y,
    q025: quantile(0),
    q10: quantile(2),
    q50: quantile(4),
    q90: quantile(6),
    q975: quantile(8),
    inside_50: covers(pair, 0) === 1,
    inside_80: covers(pair, 1) === 1,
    inside_90: covers(pair, 2) === 1,
    inside_95: covers(pair, 3) === 1,
    pinball: pair.pinball / outcome.scale,
    pinball_random_walk: pair.randomWalk === undefined ? null : pair.randomWalk / outcome.scale,
    crps: pair.crps / outcome.scale,
    scale: outcome.scale,
    sigma: forecast.sigma,
    realised_volatility: Math.sqrt(outcome.realisedVariance),
    qlike: pair.qlike,
    model_version: pair.modelVersion,
  }
}
