/** The forecast of one symbol for eyes: the fan, what its model was worth, and what it means. */

import { type AnswerFormat, answerText } from '../../command/answer-text.ts'
import { percent } from '../../command/text-table.ts'
import { DAY_MS } from '../../lake/instant.ts'
import type { ForecastRow } from '../../lake/tables/forecast-tables.ts'
import type { ArtefactScore, SymbolScore } from '../../lambdas/forecast/artefact.ts'

export interface Fan {
  readonly symbol: string
  /** One a horizon, ascending. */
  readonly rows: readonly ForecastRow[]
  readonly skipReason: string | null
  readonly worth: Worth
}

/** What the model earned walk-forward. */
export interface Worth {
  /** By horizon, on all symbols together. */
  readonly all: readonly ArtefactScore[]
  readonly symbols: number
  /** On the one symbol; undefined where it was too young to be scored. */
  readonly own: SymbolScore | undefined
  /** How far the centre leans, by horizon: 0 where the direction is not forecast. */
  readonly gates: readonly Gate[]
  /** How far the model was drawn toward the prior that ships with the code, at most, from 0 to 1. */
  readonly pull: number
}

interface Gate {
  readonly horizon: number
  readonly gate: number
}

export function fanOf(rows: readonly ForecastRow[], worth: Worth): Fan {
  const [first] = rows
  return {
    symbol: first?.symbol ?? '',
    rows: rows.toSorted((a, b) => a.horizon - b.horizon),
    skipReason: first?.skip_reason ?? null,
    worth,
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
  return [head, '', answerText(eyesGrid(fan), 'table'), '', worthText(fan), meaningText(fan)].join('\n')
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
  const year = barsAYear(rows)
  return {
    columns: names.map((name) => ({ name, type: name === 'about' ? 'date' : 'double' })),
    rows: rows.map((row) => [
      String(row.horizon),
      dayText(row.ts_target),
      ...PRICES.map((name) => (row[name] === null ? null : priceText(row[name]))),
      row.sigma === null ? null : (row.sigma * Math.sqrt(year / row.horizon)).toFixed(3),
    ]),
  }
}

/** Of five days a week; holidays left out. */
const SESSIONS_A_YEAR = 252

/** A coin's bars come on 365 days a year, a share's on 252: as many days a week as the forecast's targets show. */
function barsAYear(rows: readonly ForecastRow[]): number {
  const last = rows.at(-1)
  if (!last || last.ts_origin === null || last.ts_target === null) return SESSIONS_A_YEAR
  const daysAWeek = Math.round((7 * last.horizon * DAY_MS) / (last.ts_target - last.ts_origin))
  return daysAWeek >= 7 ? 365 : (SESSIONS_A_YEAR / 5) * daysAWeek
}

function dayText(epochMs: number | null): string {
  return epochMs === null ? '' : new Date(epochMs).toISOString().slice(0, 10)
}

/** Cents for shares, more digits for what trades below one. */
function priceText(price: number | null): string {
  if (price === null) return ''
  return price >= 10 ? price.toFixed(2) : price.toPrecision(4)
}

function worthText({ symbol, worth }: Fan): string {
  const { all, own, symbols, pull } = worth
  if (all.length === 0) return 'The model has no scores: no symbol had 81 bars to test it on.'
  const forecasts = all.reduce((sum, { n }) => sum + n, 0)
  const mean = (value: (score: ArtefactScore) => number) =>
    all.reduce((sum, score) => sum + value(score) * score.n, 0) / forecasts
  const ratios = all
    .map(({ horizon, pinballToRandomWalk }) => `${pinballToRandomWalk.toFixed(3)} at ${horizon}`)
    .join(', ')
  const pool =
    `on ${forecasts} past forecasts of ${symbols} ${symbols === 1 ? 'symbol' : 'symbols'} the loss over the random walk's ` +
    `was ${ratios} bars (below 1 is better); ` +
    heldText(
      mean(({ coverage80 }) => coverage80),
      mean(({ coverage95 }) => coverage95),
    )
  return `Worth: ${own ? ownText(symbol, own) : `${symbol} is too young to be scored alone`}.\n       All: ${pool}.${pullText(pull)}`
}

/** A large lake has learnt all from its own bars. */
function pullText(pull: number): string {
  if (pull === 0) return ''
  return `\n       The pool is young: its model is drawn, by ${percent(pull)} at most, toward one of four US stocks up to 2010.`
}

function ownText(symbol: string, { n, pinballToRandomWalk, coverage80, coverage95 }: SymbolScore): string {
  return (
    `on ${n} past forecasts of ${symbol} the loss over the random walk's was ${pinballToRandomWalk.toFixed(3)}; ` +
    heldText(coverage80, coverage95)
  )
}

function heldText(coverage80: number, coverage95: number): string {
  return `the 80 % intervals held ${percent(coverage80)}, the 95 % intervals ${percent(coverage95)}`
}

function meaningText({ symbol, rows, worth }: Fan): string {
  const last = rows.at(-1)
  if (!last) return ''
  const range = (from: number | null, to: number | null) => `${priceText(from)} and ${priceText(to)}`
  return (
    `Meaning: after ${last.horizon} bars ${symbol} stands as likely as not between ${range(last.p25, last.p75)}, ` +
    `and 19 times in 20 between ${range(last.p025, last.p975)}; ${directionText(worth.gates)}`
  )
}

/** Whether the past has shown that signed returns say anything here. */
function directionText(gates: readonly Gate[]): string {
  const open = gates.filter(({ gate }) => gate > 0)
  if (open.length === 0) return 'how wide is forecast, the direction is not.'
  const shares = open.map(({ horizon, gate }) => `${percent(gate)} at ${horizon}`).join(', ')
  const others = open.length === gates.length ? '' : ', at the other horizons the direction is not forecast'
  return `how wide is forecast; the centre leans as past moves say, as far as that held (${shares} bars)${others}.`
}
