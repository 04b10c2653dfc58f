/** What the page Stream shows: elements that stay, and whose texts change. */
import type { LandedBar, Shell, StreamNow } from '../api.ts'
import { npmRun } from './command-text.ts'
import { h } from './dom.ts'
import { FactsTable } from './facts-table.ts'
import { barTime, bytes, count, duration, moment, price, rate, short } from './format.ts'
import { KeptList, type Shown, setText } from './kept-list.ts'
import { type LiveRow, LiveTable } from './live-table.ts'
import { nothingLanded } from './notes.ts'
import { Sparkline } from './sparkline.ts'
import { cloudFacts, mappingFacts } from './stream-facts.ts'
import { partitionSentence, type StreamState, stateOf } from './stream-state.ts'

/** Points of a lag's trend: two minutes at four looks a second is more than a line of 96 pixels shows. */
const TREND_POINTS = 96

type Figure = readonly [name: string, value: string, unit: string]

export class StreamView {
  readonly #shell: Shell
  readonly #sentence = h('p', {})
  readonly #list = h('dl', { class: 'figures' })
  readonly #figures = new KeptList<Figure>(this.#list, figureOf)
  readonly #partitions = new LiveTable('Partitions', [
    { name: 'Partition', isNumber: false },
    { name: 'Behind, records', isNumber: true },
    { name: 'Behind, time', isNumber: true },
    { name: 'Trend', isNumber: false },
    { name: 'Next offset', isNumber: true },
    { name: 'Given up', isNumber: true },
  ])
  readonly #noPartitions = h(
    'p',
    { class: 'dim' },
    'No partition is known: neither the broker nor the bucket tells of one.',
  )
  readonly #trends = new Map<number, { readonly lags: number[]; readonly line: Sparkline }>()
  readonly #mapping = new FactsTable('The mapping')
  readonly #mappingNote = h('p', { class: 'dim' })
  readonly #bars = new LiveTable(
    'Newest bars',
    ['Symbol', 'Interval', 'Bar', 'Open', 'High', 'Low', 'Close', 'Volume', 'Landed'].map((name, i) => ({
      name,
      isNumber: i >= 3 && i <= 7,
    })),
  )
  readonly #noBars: HTMLElement
  readonly root: HTMLElement

  constructor(shell: Shell) {
    this.#shell = shell
    this.#noBars = nothingLanded(shell)
    const mapping = [this.#mapping.element, this.#mappingNote]
    this.root = h(
      'div',
      { class: 'stack' },
      this.#sentence,
      this.#list,
      h(
        'div',
        { class: 'columns' },
        h('section', {}, h('h2', {}, 'Lag by partition'), this.#partitions.element, this.#noPartitions),
        h('section', {}, h('h2', {}, 'The mapping'), mapping),
      ),
      h('section', {}, h('h2', {}, 'Newest bars'), this.#bars.element, this.#noBars),
    )
  }

  show(now: StreamNow): void {
    this.tell(stateOf(now, this.#shell))
    this.#figures.show(figuresOf(now, this.#shell))
    this.#partitions.show(now.partitions.map((partition) => this.#partitionRow(partition)))
    this.#partitions.element.hidden = now.partitions.length === 0
    this.#noPartitions.hidden = now.partitions.length > 0
    this.#showMapping(now)
    this.#bars.show(now.newest.toReversed().map((bar) => barRow(bar, now.at)))
    this.#bars.element.hidden = now.newest.length === 0
    this.#noBars.hidden = now.newest.length > 0
  }

  tell({ kind, word, sentence }: StreamState): void {
    this.#sentence.className = kind === 'broken' ? 'failed' : ''
    setText(this.#sentence, `${word}. ${sentence}`)
  }

  #showMapping({ cloud, mapping }: StreamNow): void {
    this.#mapping.element.hidden = !cloud && !mapping
    this.#mapping.show(cloud ? cloudFacts(cloud) : mapping ? mappingFacts(mapping) : [])
    const none = 'No mapping tells of itself here. On this machine it runs with npm run local.'
    const told = `From CloudWatch and Lambda, the last ${cloud?.minutes} minutes that are told; once a minute.`
    setText(this.#mappingNote, cloud ? told : mapping ? '' : none)
  }

  #partitionRow(partition: StreamNow['partitions'][number]): LiveRow {
    const { partition: number, lag, lagSeconds, next, gaps } = partition
    const title = partitionSentence(partition)
    const behind = lagSeconds === null ? '?' : lagSeconds === 0 ? '–' : duration(lagSeconds * 1000)
    const trend = this.#trendOf(number)
    trend.lags.push(lag ?? 0)
    trend.lags.splice(0, trend.lags.length - TREND_POINTS)
    trend.line.show(trend.lags, title)
    const line = trend.line.element
    return { title, cells: [String(number), lag === null ? '?' : count(lag), behind, line, count(next), count(gaps)] }
  }

  #trendOf(partition: number) {
    const known = this.#trends.get(partition) ?? { lags: [], line: new Sparkline() }
    this.#trends.set(partition, known)
    return known
  }
}

function figureOf(): Shown<Figure> {
  const [name, value, unit] = [h('dt'), h('span'), h('small', { class: 'dim' })]
  return {
    element: h('div', {}, name, h('dd', {}, value, unit)),
    show(figure) {
      setText(name, figure[0])
      value.dataset['figure'] = figure[0]
      setText(value, figure[1])
      setText(unit, figure[2])
    },
  }
}

function figuresOf(now: StreamNow, shell: Shell): readonly Figure[] {
  const { sent, landed, latency, givenUp } = now
  const lasting = (ms: number | undefined): string => (ms === undefined ? '–' : duration(ms))
  const perSecond = (value: number | null): string => (value === null ? '' : `${rate(value)} / s`)
  return [
    ['Sent', sent === null ? '?' : count(sent), perSecond(now.sentPerSecond)],
    ['Landed', count(landed), perSecond(now.landedPerSecond)],
    ['Rejected', count(now.rejected), landed === 0 ? '' : 'kept'],
    ['Given up', count(givenUp), givenUp === 0 ? '' : npmRun(shell, 'redrive')],
    ['Compacted', count(now.compacted), 'bars'],
    ['Landing files', count(now.files), bytes(now.bytes)],
    ['Latency p50', lasting(latency?.p50), 'sent → landed'],
    ['Latency p95', lasting(latency?.p95), latency === null ? '' : `of ${short(latency.of)} records`],
    ['Latency p99', lasting(latency?.p99), ''],
  ]
}

function barRow({ symbol, interval, t, o, h: high, l, c, v, received }: LandedBar, now: number): LiveRow {
  const series = new URLSearchParams({ symbol, ...(interval === '1d' ? {} : { interval }) })
  const link = { text: symbol, href: `/market?${series}` }
  const prices = [o, high, l, c].map(price)
  return { cells: [link, interval, barTime(t), ...prices, short(v), moment(received, now)] }
}
