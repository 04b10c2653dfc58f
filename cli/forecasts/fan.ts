/** The forecast of one symbol for eyes: the fan, what its model was worth, and what it means. */

import { type AnswerFormat, answerText } from '../../command/answer-text.ts'
import type { ForecastRow } from '../../lake/tables/forecast-tables.ts'
import type { ArtefactScore } from '../../lambdas/forecast/artefact.ts'

export interface Fan {
  readonly symbol: string
  /** One a horizon, ascending. */
  readonly rows: readonly ForecastRow[]
  readonly skipReason: string | null
  readonly scores: readonly ArtefactScore[]
}

export function fanOf(rows: readonly ForecastRow[], scores: readonly ArtefactScore[]): Fan {
  const [first] = rows
  return {
    symbol: first?.symbol ?? '',
    rows: rows.toSorted((a, b) => a.horizon - b.horizon),
    skipReason: first?.skip_reason ?? null,
    scores,
  }
}

const PRICES = ['p025', 'p10', 'p25', 'p50', 'p75', 'p90', 'p975'] as const
const TITLES = ['95 % from', '80 % from', '50 % from', 'median', '50 % to', '80 % to', '95 % to'] as const

export function fanText(fan: Fan, format: AnswerFormat): string {
  if (format !== 'table') return answerText(dataGrid(fan), format)
  const [first] = fan.rows
  const asOf = dayText(first?.as_of ?? null)
  if (fan.skipReason !== null) return `${fan.symbol} is not forecast as of ${asOf}: ${fan.skipReason}.`
  const head = `${fan.symbol} after the close of ${dayText(first?.ts_origin ?? null)}, ${priceText(first?.last_close ?? null)}; model ${first?.model_version}`
  return [head, '', answerText(eyesGrid(fan), 'table'), '', worthText(fan.scores), meaningText(fan)].join('\n')
}

/** What programs get: names as in the table `forecasts`. */
function dataGrid({ rows }: Fan) {
  const names = [
    'symbol',
    'as_of',
    'horizon',
    'ts_origin',
    'ts_target',
    'last_close',
    ...PRICES,
    'sigma',
    'skip_reason',
    'model_version',
  ] as const
  const texts: ReadonlySet<string> = new Set(['symbol', 'skip_reason', 'model_version'])
  const times: ReadonlySet<string> = new Set(['as_of', 'ts_origin', 'ts_target'])
  return {
    columns: names.map((name) => ({ name, type: texts.has(name) || times.has(name) ? 'varchar' : 'double' })),
    rows: rows.map((row) => names.map((name) => cellText(row[name], times.has(name)))),
  }
}

function cellText(value: string | number | null, isTime: boolean): string | null {
  if (value === null) return null
  return isTime ? dayText(Number(value)) : String(value)
}

/** What eyes get. */
function eyesGrid({ rows }: Fan) {
  const names = ['bars', 'about', ...TITLES, 'volatility a year']
  return {
    columns: names.map((name) => ({ name, type: name === 'about' ? 'date' : 'double' })),
    rows: rows.map((row) => [
      String(row.horizon),
      dayText(row.ts_target),
      ...PRICES.map((name) => (row[name] === null ? null : priceText(row[name]))),
      row.sigma === null ? null : (row.sigma * Math.sqrt(SESSIONS_A_YEAR / row.horizon)).toFixed(3),
    ]),
  }
}

const SESSIONS_A_YEAR = 252

function dayText(epochMs: number | null): string {
  return epochMs === null ? '' : new Date(epochMs).toISOString().slice(0, 10)
}

/** Cents for shares, more digits for what trades below one. */
function priceText(price: number | null): string {
  if (price === null) return ''
  return price >= 10 ? price.toFixed(2) : price.toPrecision(4)
}

function worthText(scores: readonly ArtefactScore[]): string {
  if (scores.length === 0) return 'The model has no scores: no symbol had 81 bars to test it on.'
  const forecasts = scores.reduce((sum, { n }) => sum + n, 0)
  const mean = (value: (score: ArtefactScore) => number) =>
    scores.reduce((sum, score) => sum + value(score) * score.n, 0) / forecasts
  const ratios = scores
    .map(({ horizon, pinballToRandomWalk }) => `${pinballToRandomWalk.toFixed(3)} at ${horizon}`)
    .join(', ')
  const held = `its 80 % intervals held ${percent(mean(({ coverage80 }) => coverage80))}, its 95 % intervals ${percent(mean(({ coverage95 }) => coverage95))}`
  return `Worth: on ${forecasts} past forecasts its loss over the random walk's was ${ratios} bars (below 1 is better); ${held}.`
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}

function meaningText({ symbol, rows }: Fan): string {
  const last = rows.at(-1)
  if (!last) return ''
  const range = (from: number | null, to: number | null) => `${priceText(from)} and ${priceText(to)}`
  return (
    `Meaning: after ${last.horizon} bars ${symbol} stands as likely as not between ${range(last.p25, last.p75)}, ` +
    `and 19 times in 20 between ${range(last.p025, last.p975)}; how wide is forecast, the direction is not.`
  )
}
