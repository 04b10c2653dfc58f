/**
 * The tables of forecasts and of what they were worth. A score is a row for each forecast, its losses divided by the
 * symbol's scale and the random walk's beside it, so that every mean is SQL and nobody has to trust one. Both tables
 * are cut by the month of as_of: a partition a day would cost Athena a LIST for each of 250 days a year. A live forecast
 * is scored by the first run after its target bar, which follows from the stored runs alone: a repeated run scores alike.
 */
import { LAYOUT } from '../layout.ts'
import type { RowOf, Table } from './table.ts'

const PRICE = 'the quote currency of the symbol, as Yahoo Finance gives it'
const LOG_RETURN = 'log return of adj_close from origin to target'

/** What was forecast: for every run, symbol and horizon the distribution of the return to come. */
export const FORECASTS = {
  name: 'forecasts',
  doc: 'The distribution of the return over the next h bars, by run, symbol and horizon; or why a symbol was skipped.',
  prefix: LAYOUT.forecasts,
  partitionKey: { name: 'month', grain: 'month', doc: 'Month of as_of (UTC).' },
  sortedBy: ['as_of', 'symbol', 'horizon'],
  columns: [
    { name: 'symbol', type: 'string', nullable: false, doc: 'Yahoo symbol.' },
    { name: 'as_of', type: 'timestamp', nullable: false, doc: 'The day of the run: no bar after it was used.' },
    { name: 'horizon', type: 'int', nullable: false, unit: 'bars', doc: 'How many bars ahead: 1, 5, 10, 20.' },
    { name: 'ts_origin', type: 'timestamp', nullable: true, doc: 'The last bar used; null where the symbol has none.' },
    {
      name: 'ts_target',
      type: 'timestamp',
      nullable: true,
      doc: 'The weekday on which the bar will come that is forecast; holidays on the way make it later.',
    },
    { name: 'q025', type: 'double', nullable: true, unit: LOG_RETURN, doc: 'Quantile 0.025.' },
    { name: 'q05', type: 'double', nullable: true, unit: LOG_RETURN, doc: 'Quantile 0.05.' },
    { name: 'q10', type: 'double', nullable: true, unit: LOG_RETURN, doc: 'Quantile 0.1.' },
    { name: 'q25', type: 'double', nullable: true, unit: LOG_RETURN, doc: 'Quantile 0.25.' },
    { name: 'q50', type: 'double', nullable: true, unit: LOG_RETURN, doc: 'Median, which is also the point forecast.' },
    { name: 'q75', type: 'double', nullable: true, unit: LOG_RETURN, doc: 'Quantile 0.75.' },
    { name: 'q90', type: 'double', nullable: true, unit: LOG_RETURN, doc: 'Quantile 0.9.' },
    { name: 'q95', type: 'double', nullable: true, unit: LOG_RETURN, doc: 'Quantile 0.95.' },
    { name: 'q975', type: 'double', nullable: true, unit: LOG_RETURN, doc: 'Quantile 0.975.' },
    { name: 'sigma', type: 'double', nullable: true, unit: LOG_RETURN, doc: 'Standard deviation over the horizon.' },
    { name: 'point', type: 'double', nullable: true, unit: LOG_RETURN, doc: 'Point forecast: the median.' },
    { name: 'last_close', type: 'double', nullable: true, unit: PRICE, doc: 'Close of the last bar used.' },
    {
      name: 'p025',
      type: 'double',
      nullable: true,
      unit: PRICE,
      doc: 'Price at quantile 0.025: last_close × exp(q025).',
    },
    { name: 'p05', type: 'double', nullable: true, unit: PRICE, doc: 'Price at quantile 0.05.' },
    { name: 'p10', type: 'double', nullable: true, unit: PRICE, doc: 'Price at quantile 0.1.' },
    { name: 'p25', type: 'double', nullable: true, unit: PRICE, doc: 'Price at quantile 0.25.' },
    { name: 'p50', type: 'double', nullable: true, unit: PRICE, doc: 'Price at the median.' },
    { name: 'p75', type: 'double', nullable: true, unit: PRICE, doc: 'Price at quantile 0.75.' },
    { name: 'p90', type: 'double', nullable: true, unit: PRICE, doc: 'Price at quantile 0.9.' },
    { name: 'p95', type: 'double', nullable: true, unit: PRICE, doc: 'Price at quantile 0.95.' },
    { name: 'p975', type: 'double', nullable: true, unit: PRICE, doc: 'Price at quantile 0.975.' },
    {
      name: 'model_version',
      type: 'string',
      nullable: false,
      doc: 'The artefact under models/ that it was made with.',
    },
    { name: 'skip_reason', type: 'string', nullable: true, doc: 'Why there is no forecast; null where there is one.' },
  ],
} as const satisfies Table

export type ForecastRow = RowOf<typeof FORECASTS>

/** What forecasts were worth: each one beside what came true. */
export const FORECAST_SCORES = {
  name: 'forecast_scores',
  doc: 'One row per forecast whose target has come: made live, or walk-forward over the past when a model was fitted.',
  prefix: LAYOUT.forecastScores,
  partitionKey: { name: 'month', grain: 'month', doc: 'Month of as_of (UTC).' },
  sortedBy: ['as_of', 'kind', 'symbol', 'horizon', 'ts_origin'],
  columns: [
    {
      name: 'kind',
      type: 'string',
      nullable: false,
      doc: 'live: forecast before it came true; walk-forward: as it would have been.',
    },
    { name: 'as_of', type: 'timestamp', nullable: false, doc: 'The day of the run that scored it.' },
    { name: 'symbol', type: 'string', nullable: false, doc: 'Yahoo symbol.' },
    { name: 'horizon', type: 'int', nullable: false, unit: 'bars', doc: 'How many bars ahead.' },
    { name: 'ts_origin', type: 'timestamp', nullable: false, doc: 'The last bar that the forecast used.' },
    { name: 'ts_target', type: 'timestamp', nullable: false, doc: 'The bar that it was about.' },
    { name: 'realised', type: 'double', nullable: false, unit: LOG_RETURN, doc: 'What came true.' },
    { name: 'q025', type: 'double', nullable: false, unit: LOG_RETURN, doc: 'Forecast quantile 0.025.' },
    { name: 'q10', type: 'double', nullable: false, unit: LOG_RETURN, doc: 'Forecast quantile 0.1.' },
    { name: 'q50', type: 'double', nullable: false, unit: LOG_RETURN, doc: 'Forecast median.' },
    { name: 'q90', type: 'double', nullable: false, unit: LOG_RETURN, doc: 'Forecast quantile 0.9.' },
    { name: 'q975', type: 'double', nullable: false, unit: LOG_RETURN, doc: 'Forecast quantile 0.975.' },
    { name: 'inside_50', type: 'boolean', nullable: false, doc: 'Whether it came true inside the 50 % interval.' },
    { name: 'inside_80', type: 'boolean', nullable: false, doc: 'Inside the 80 % interval.' },
    { name: 'inside_90', type: 'boolean', nullable: false, doc: 'Inside the 90 % interval.' },
    { name: 'inside_95', type: 'boolean', nullable: false, doc: 'Inside the 95 % interval.' },
    {
      name: 'pinball',
      type: 'double',
      nullable: false,
      doc: 'Mean pinball loss of the levels 0.05 to 0.95, over the scale.',
    },
    {
      name: 'pinball_random_walk',
      type: 'double',
      nullable: true,
      doc: "The same of the random walk with the symbol's past quantiles.",
    },
    { name: 'crps', type: 'double', nullable: false, doc: 'Continuous ranked probability score, over the scale.' },
    {
      name: 'scale',
      type: 'double',
      nullable: false,
      unit: LOG_RETURN,
      doc: "√h times the symbol's usual daily |return| before.",
    },
    { name: 'sigma', type: 'double', nullable: false, unit: LOG_RETURN, doc: 'Forecast standard deviation.' },
    {
      name: 'realised_volatility',
      type: 'double',
      nullable: false,
      unit: LOG_RETURN,
      doc: 'Root of the sum of squared daily returns.',
    },
    {
      name: 'qlike',
      type: 'double',
      nullable: false,
      doc: 'Loss of the variance forecast: x − ln x − 1, x realised over forecast.',
    },
    { name: 'model_version', type: 'string', nullable: false, doc: 'The artefact that the forecast was made with.' },
  ],
} as const satisfies Table

export type ForecastScoreRow = RowOf<typeof FORECAST_SCORES>
