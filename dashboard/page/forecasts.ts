/** The page Forecasts: whether they hold what they promise, and are worth more than a random walk. */
import {
  type ForecastsAnswer,
  type HorizonScore,
  INSIDE_LEVELS,
  PIT_EXPECTED,
  type ScoreKind,
  type Shell,
} from '../api.ts'
import { asked, say } from './address.ts'
import { ask } from './ask.ts'
import { choice } from './choice.ts'
import { npmRun } from './command-text.ts'
import { dataTable } from './data-table.ts'
import { h, replace } from './dom.ts'
import { change, count, decimals, isoDay, number, share } from './format.ts'
import { emptyNote, errorNote, waitingNote } from './notes.ts'
import type { Page } from './page.ts'
import { barPlot, dotPlot, figure, linePlot, type Scale } from './plot.ts'

const KINDS: readonly ScoreKind[] = ['live', 'walk-forward']
const CELLS = ['<2.5', '2.5–5', '5–10', '10–25', '25–50', '50–75', '75–90', '90–95', '95–97.5', '>97.5']
/** Two standard errors of a share: where nineteen in twenty would lie if the promise were kept. */
const errorOf = (p: number, n: number): number => 2 * Math.sqrt((p * (1 - p)) / Math.max(n, 1))

export const forecasts: Page = {
  title: 'Forecasts',
  open(place, { shell, signal }) {
    replace(place, h('h1', {}, 'Forecasts'), waitingNote())
    ask<ForecastsAnswer>('/api/forecasts', signal)
      .then((answer) => draw(place, answer, shell))
      .catch((error: unknown) => signal.aborted || replace(place, h('h1', {}, 'Forecasts'), errorNote(error)))
  },
}

function draw(place: HTMLElement, answer: ForecastsAnswer, shell: Shell): void {
  const there = KINDS.filter((kind) => answer.horizons.some((one) => one.kind === kind))
  const wanted = asked('kind')
  const kind = there.find((one) => one === wanted) ?? there[0]
  const body = h('div', { class: 'stack' })
  const head = h('div', { class: 'bar' }, h('h1', {}, 'Forecasts'))
  replace(place, head, body)
  if (!kind) {
    replace(
      body,
      emptyNote(
        'No forecast has been scored yet: the forecaster runs after each compaction and needs 60 daily bars of a symbol.',
        npmRun(shell, 'compact'),
      ),
    )
    return
  }
  const show = (next: ScoreKind): void => replace(body, partsOf(answer, next))
  head.append(
    choice<ScoreKind>({
      label: 'Which scores',
      options: there.map((value) => ({
        value,
        text: value === 'live' ? 'Live' : 'Walk-forward',
        title: value === 'live' ? 'Made before it came true' : 'As it would have been, over the past',
      })),
      chosen: kind,
      choose: (next) => {
        say({ kind: next })
        show(next)
      },
    }),
  )
  if (there.length === 1)
    head.append(
      h(
        'span',
        { class: 'dim' },
        kind === 'live' ? 'There is no walk-forward yet.' : 'No live forecast has come true yet.',
      ),
    )
  show(kind)
}

function partsOf(answer: ForecastsAnswer, kind: ScoreKind): readonly HTMLElement[] {
  const horizons = answer.horizons.filter((one) => one.kind === kind)
  return [
    h('p', {}, verdict(horizons)),
    h('div', { class: 'columns' }, reliability(horizons), ratios(horizons), pit(horizons), overTime(answer, kind)),
    h('div', { class: 'columns' }, misses(answer, kind), bySymbol(answer, kind)),
  ]
}

function verdict(horizons: readonly HorizonScore[]): string {
  const forecasts = horizons.reduce((sum, one) => sum + one.forecasts, 0)
  const kept = horizons.filter(({ inside, forecasts: n }) =>
    INSIDE_LEVELS.every((p, i) => Math.abs((inside[i] ?? 0) - p) <= errorOf(p, n)),
  )
  const better = horizons.filter(({ ratio }) => ratio !== null && ratio < 1)
  return `Of ${count(forecasts)} forecasts, the intervals hold what they promise at ${kept.length} of ${horizons.length} horizons, and the loss is below the random walk’s at ${better.length}.`
}

const percentAxis = { min: 0.4, max: 1, format: (value: number) => share(value), ticks: [0.4, 0.6, 0.8, 1] }

/** Down to the lowest that is drawn: few forecasts have long error bars. */
function shareAxis(lowest: number): Scale {
  const min = Math.max(0, Math.min(0.4, Math.floor(lowest * 5) / 5))
  const ticks = [0, 0.2, 0.4, 0.6, 0.8, 1].filter((tick) => tick >= min - 1e-9)
  return { ...percentAxis, min, ticks }
}

function reliability(horizons: readonly HorizonScore[]): HTMLElement {
  const groups = horizons.map(({ horizon, inside, forecasts }) => ({
    name: `${horizon} d`,
    points: INSIDE_LEVELS.map((p, i) => [p, inside[i] ?? 0, errorOf(p, forecasts)] as const),
  }))
  const least = groups.flatMap(({ points }) => points.map(([, kept, error]) => kept - error))
  const axes = { x: { ...percentAxis, ticks: INSIDE_LEVELS }, y: shareAxis(Math.min(...least)) }
  return figure({
    title: 'Promised and kept',
    says: 'Of each interval, the share of outcomes inside it; on the dashed line both agree. Bars are two standard errors.',
    drawing: dotPlot('Coverage by promised level and horizon', axes, groups),
    columns: [
      { name: 'Sessions ahead', isNumber: true },
      ...INSIDE_LEVELS.map((p) => ({ name: `Inside ${100 * p} %`, isNumber: true })),
      { name: 'Forecasts', isNumber: true },
    ],
    rows: horizons.map(({ horizon, inside, forecasts }) => [String(horizon), ...inside.map(share), count(forecasts)]),
  })
}

function ratios(horizons: readonly HorizonScore[]): HTMLElement {
  const points = horizons.flatMap(({ horizon, ratio }) => (ratio === null ? [] : [[horizon, ratio] as const]))
  const values = points.map(([, ratio]) => ratio)
  const axes = {
    x: { min: 0, max: 21, format: number, ticks: horizons.map(({ horizon }) => horizon) },
    y: { min: Math.min(0.9, ...values), max: Math.max(1.05, ...values), format: number },
  }
  return figure({
    title: 'Loss over the random walk’s, by horizon',
    says: 'Pinball loss, sessions ahead; below 1 is better than the symbol’s own past.',
    drawing: linePlot('Pinball ratio by horizon', axes, { lines: [{ name: 'ratio', points }], rule: 1 }),
    columns: [
      { name: 'Sessions ahead', isNumber: true },
      { name: 'Ratio', isNumber: true },
    ],
    rows: horizons.map(({ horizon, ratio }) => [String(horizon), ratio === null ? null : decimals(ratio, 3)]),
  })
}

/** All horizons together: their shares weighed by their forecasts. */
function pit(horizons: readonly HorizonScore[]): HTMLElement {
  const forecasts = horizons.reduce((sum, one) => sum + one.forecasts, 0)
  const shares = PIT_EXPECTED.map(
    (_, i) => horizons.reduce((sum, one) => sum + (one.pit[i] ?? 0) * one.forecasts, 0) / Math.max(forecasts, 1),
  )
  const bars = shares.map((value, i) => ({ name: CELLS[i] ?? '', value, expected: PIT_EXPECTED[i] ?? 0 }))
  return figure({
    title: 'Where outcomes fell',
    says: 'Share of outcomes between two quantiles, in percent; the line is where each bar should end.',
    drawing: barPlot('Outcomes by cell of the forecast distribution', bars, share),
    columns: [
      { name: 'Quantiles, %', isNumber: false },
      { name: 'Share', isNumber: true },
      { name: 'Expected', isNumber: true },
    ],
    rows: bars.map(({ name, value, expected }) => [name, share(value), share(expected)]),
  })
}

function overTime({ months }: ForecastsAnswer, kind: ScoreKind): HTMLElement {
  const known = months.filter((one) => one.kind === kind && one.ratio !== null)
  const lines = [...Map.groupBy(known, ({ horizon }) => horizon)].map(([horizon, of]) => ({
    name: `${horizon} d`,
    points: of.map(({ t, ratio }) => [t, ratio ?? 0] as const),
  }))
  const times = known.map(({ t }) => t)
  const values = known.map(({ ratio }) => ratio ?? 1)
  const axes = {
    x: {
      min: Math.min(...times),
      max: Math.max(...times),
      format: (t: number) => isoDay(t).slice(0, 7),
      ticks: thirds(times),
    },
    y: { min: Math.min(0.8, ...values), max: Math.max(1.2, ...values), format: number },
  }
  return figure({
    title: 'Loss over the random walk’s, by month',
    says: 'Of the month that a forecast was made in; below 1 is better.',
    drawing: linePlot('Pinball ratio by month', axes, { lines, rule: 1 }),
    columns: ['Month', 'Sessions ahead', 'Ratio', 'Forecasts'].map((name, i) => ({ name, isNumber: i > 0 })),
    rows: known.map(({ t, horizon, ratio, forecasts: n }) => [
      isoDay(t).slice(0, 7),
      String(horizon),
      decimals(ratio ?? 0, 3),
      count(n),
    ]),
  })
}

function thirds(times: readonly number[]): readonly number[] {
  const sorted = [...new Set(times)].sort((a, b) => a - b)
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? 0
  return [...new Set([at(0.05), at(0.35), at(0.65), at(0.95)])]
}

function misses({ misses: all }: ForecastsAnswer, kind: ScoreKind): HTMLElement {
  const rows = all
    .filter((one) => one.kind === kind)
    .map(({ symbol, horizon, origin, target, sigmas, percent }) => [
      symbol,
      String(horizon),
      origin,
      target,
      decimals(sigmas, 2),
      change(percent / 100),
    ])
  const columns = ['Symbol', 'Sessions ahead', 'Made after', 'About', 'Sigmas off', 'Return'].map((name, i) => ({
    name,
    isNumber: i === 1 || i > 3,
  }))
  return h(
    'section',
    {},
    h('h2', {}, 'Worst misses'),
    h('p', { class: 'dim' }, 'The outcomes that were expected least.'),
    rows.length > 0 ? dataTable({ label: 'Worst misses', columns, rows, lines: 10 }) : h('p', {}, 'None so far.'),
  )
}

function bySymbol({ symbols }: ForecastsAnswer, kind: ScoreKind): HTMLElement {
  const rows = symbols
    .filter((one) => one.kind === kind)
    .map(({ symbol, horizon, forecasts: n, inside80, ratio }) => [
      symbol,
      String(horizon),
      count(n),
      share(inside80),
      ratio === null ? '–' : decimals(ratio, 3),
    ])
  const columns = ['Symbol', 'Sessions ahead', 'Forecasts', 'Inside 80 %', 'Ratio'].map((name, i) => ({
    name,
    isNumber: i > 0,
  }))
  return h(
    'section',
    {},
    h('h2', {}, 'By symbol'),
    h(
      'p',
      { class: 'dim' },
      'How many of each came true inside the 80 % interval, and the loss over the random walk’s.',
    ),
    dataTable({ label: 'Scores by symbol', columns, rows, lines: 10 }),
  )
}
