/** What the chart says in words: the last price, the bar under the crosshair, the whole in a sentence. */
import type { BarsAnswer, Finding } from '../api.ts'
import { h } from './dom.ts'
import type { Fan } from './fan.ts'
import { barTime, change, count, day, isoDay, price, short } from './format.ts'

interface Around {
  readonly findings: readonly Finding[]
  readonly fan: Fan | undefined
}

export const readingOf = { whole, bar, returns }

function whole(
  { symbol, bars, found, each, step, basis }: BarsAnswer,
  { fan, findings, reason }: Around & { readonly reason: string | null },
) {
  const { t, c, h: highs, l: lows } = bars
  const [first, last] = [t[0] ?? 0, t.at(-1) ?? 0]
  const close = c.at(-1) ?? 0
  const head = [
    price(close),
    ...changeOf(close, c.at(-2), { tag: 'small', isMarked: true }),
    h('small', { class: 'dim' }, barTime(last)),
  ]
  const [high, low] = [Math.max(...highs), Math.min(...lows)]
  const sentence =
    `${symbol}, ${count(t.length)} bars (${step}, ${basis === 'adjusted' ? 'adjusted for splits and dividends' : 'as traded'}) from ${day(first)} to ${day(last)}: ` +
    `last ${price(close)}, lowest ${price(low)}, highest ${price(high)}. ${fanSentence(fan)} Arrow keys go from bar to bar.`
  const notes = notesOf({ found, each }, { fan, findings, reason })
  return { head, sentence, notes }
}

function notesOf(
  { found, each }: Pick<BarsAnswer, 'found' | 'each'>,
  { fan, findings, reason }: Around & { readonly reason: string | null },
): readonly HTMLElement[] {
  const newest = findings.slice(-6).map(({ t, finding }) => `${isoDay(t)} ${finding.replaceAll('_', ' ')}`)
  const more = findings.length > newest.length ? ', and older ones' : ''
  const sentences = [
    each > 1 ? `${count(found)} bars are more than a chart holds: each one here is ${each} of them.` : '',
    newest.length > 0 ? `Findings: ${newest.join(', ')}${more}.` : '',
    reason ?? '',
    fanSentence(fan),
  ]
  return sentences.filter((sentence) => sentence !== '').map((sentence) => h('p', { class: 'dim' }, sentence))
}

/** What the fan says of its longest horizon. */
function fanSentence(fan: Fan | undefined): string {
  const last = fan?.knots.at(-1)
  const [low, high] = [last?.prices.at(0) ?? null, last?.prices.at(-1) ?? null]
  if (!fan || !last || low === null || high === null) return ''
  const realised = last.realised === null ? '' : ` It came to ${price(last.realised)}.`
  const word = fan.kind === 'forecast' ? 'Forecast' : 'Walk-forward forecast'
  return `${word} after the close of ${day(fan.origin)}: in ${last.horizon} sessions, 19 times in 20 between ${price(low)} and ${price(high)}.${realised}`
}

/** The bar at a time, or the last one; always in the same place. */
function bar({ bars }: BarsAnswer, { t, findings, fan }: Around & { readonly t: number | undefined }) {
  const exact = t === undefined ? bars.t.length - 1 : bars.t.lastIndexOf(t)
  const slice = t !== undefined && exact < 0 ? fan?.knots.find((knot) => knot.t === t) : undefined
  if (slice)
    return [
      part('Forecast', day(slice.t)),
      part('2.5 %', priceOrNone(slice.prices[0])),
      part('Median', priceOrNone(slice.prices[4])),
      part('97.5 %', priceOrNone(slice.prices[8])),
    ]
  if (exact < 0) return [part('', t === undefined ? '' : barTime(t))]
  const at = (values: readonly number[]): number => values[exact] ?? 0
  const time = at(bars.t)
  const next = bars.t[exact + 1] ?? Number.POSITIVE_INFINITY
  const here = findings.filter((finding) => finding.t >= time && finding.t < next)
  return [
    part('', barTime(time)),
    part('O', price(at(bars.o))),
    part('H', price(at(bars.h))),
    part('L', price(at(bars.l))),
    part('C', price(at(bars.c))),
    ...changeOf(at(bars.c), bars.c[exact - 1]),
    part('Vol', short(at(bars.v))),
    ...here.map(({ finding, size }) =>
      part('Finding', `${finding.replaceAll('_', ' ')}${size === null ? '' : ` ${change(Math.expm1(size))}`}`),
    ),
  ]
}

/** From one close to the next; nothing where none is before it. */
function changeOf(
  close: number,
  before: number | undefined,
  { tag, isMarked }: { readonly tag: 'span' | 'small'; readonly isMarked?: boolean } = { tag: 'span' },
): readonly HTMLElement[] {
  if (before === undefined || before === 0) return []
  const moved = (close - before) / Math.abs(before)
  const [kind, mark] = moved === 0 ? ['', ''] : moved > 0 ? ['up', '▲ '] : ['down', '▼ ']
  return [h(tag, { class: kind }, isMarked && mark, change(moved))]
}

/** What each of several symbols has returned from the first bar that is seen up to a time, or to its last one. */
function returns(all: readonly BarsAnswer[], { t, from }: { readonly t: number | undefined; readonly from: number }) {
  const last = t ?? Math.max(...all.map(({ bars }) => bars.t.at(-1) ?? 0))
  const each = all.map(({ symbol, bars }) => {
    const first = bars.c[bars.t.findIndex((time) => time >= from)]
    const close = bars.c[bars.t.findLastIndex((time) => time <= last)]
    const isKnown = first !== undefined && close !== undefined && first !== 0
    return part(symbol, isKnown ? `${price(close)} ${change(close / first - 1)}` : '–')
  })
  return [part('', barTime(last)), ...each]
}

function part(name: string, value: string): HTMLElement {
  return h('span', {}, name !== '' && h('b', {}, name), value)
}

function priceOrNone(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : price(value)
}
