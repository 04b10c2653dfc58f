/** The page Stream: what flows, how far behind it is, and the newest bars as they land. */
import type { LandedBar, MappingNow, StreamNow } from '../api.ts'
import { cloudTable } from './cloud-table.ts'
import { h, replace } from './dom.ts'
import { factsTable } from './facts-table.ts'
import { barTime, bytes, count, duration, moment, price, rate, short } from './format.ts'
import { onKeys } from './keys.ts'
import { emptyNote, waitingNote } from './notes.ts'
import type { Page } from './page.ts'
import { scroller } from './scroller.ts'
import { sparkline } from './sparkline.ts'
import { partitionSentence, stateOf } from './stream-state.ts'

/** Points of a lag's trend: two minutes at four looks a second is more than a line of 96 pixels shows. */
const TREND_POINTS = 96

export const stream: Page = {
  title: 'Stream',
  keys: { p: 'pause, and go on' },
  open(place, { live, shell, signal }) {
    const lags = new Map<number, number[]>()
    const view = new StreamView(lags)
    const pause = h('button', { type: 'button', class: 'toggle', 'aria-pressed': 'false' }, 'Pause')
    let isPaused = false
    pause.addEventListener('click', () => {
      isPaused = !isPaused
      pause.setAttribute('aria-pressed', String(isPaused))
    })
    const head = h(
      'div',
      { class: 'bar' },
      h('h1', {}, 'Stream'),
      h('span', { class: 'dim' }, `topic ${shell.topic}`),
      h('span', { class: 'spread' }, pause),
    )
    const body = h('div', {}, waitingNote('Looking at the broker and the bucket …'))
    replace(place, head, body)
    onKeys({ p: () => pause.click() }, signal)
    live.listen(({ stream: now }) => {
      if (!now || isPaused) return
      for (const { partition, lag } of now.partitions) {
        const trend = lags.get(partition) ?? []
        lags.set(partition, [...trend, lag ?? 0].slice(-TREND_POINTS))
      }
      if (!view.root.isConnected) replace(body, view.root)
      view.show(now)
    }, signal)
  },
}

/** Elements that stay, and whose texts change: nothing jumps, and a reader's focus is left where it is. */
class StreamView {
  readonly #lags: ReadonlyMap<number, readonly number[]>
  readonly #sentence = h('p', {})
  readonly #figures = new Map<string, { readonly value: HTMLElement; readonly unit: HTMLElement }>()
  readonly #list = h('dl', { class: 'figures' })
  readonly #partitions = h('tbody')
  readonly #mapping = h('div')
  readonly #bars = h('div')
  readonly root: HTMLElement

  constructor(lags: ReadonlyMap<number, readonly number[]>) {
    this.#lags = lags
    const heads = [
      ['Partition', false],
      ['Behind, records', true],
      ['Behind, time', true],
      ['Trend', false],
      ['Next offset', true],
      ['Given up', true],
    ] as const
    const partitions = h(
      'table',
      { class: 'grid', 'aria-label': 'Partitions' },
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          heads.map(([name, isNumber]) => h('th', { scope: 'col', class: isNumber ? 'number' : '' }, name)),
        ),
      ),
      this.#partitions,
    )
    this.root = h(
      'div',
      { class: 'stack' },
      this.#sentence,
      this.#list,
      h(
        'div',
        { class: 'columns' },
        h('section', {}, h('h2', {}, 'Lag by partition'), scroller('Partitions', partitions)),
        h('section', {}, h('h2', {}, 'The mapping'), this.#mapping),
      ),
      h('section', {}, h('h2', {}, 'Newest bars'), this.#bars),
    )
  }

  show(now: StreamNow): void {
    const { kind, word, sentence } = stateOf(now)
    this.#sentence.className = kind === 'broken' ? 'failed' : ''
    setText(this.#sentence, `${word}. ${sentence}`)
    for (const [name, value, unit] of figuresOf(now)) this.#figure(name, value, unit)
    replace(
      this.#partitions,
      now.partitions.map((partition) => this.#row(partition)),
    )
    replace(this.#mapping, now.cloud ? cloudTable(now.cloud) : mappingOf(now.mapping))
    replace(
      this.#bars,
      now.newest.length > 0
        ? newestTable(now.newest, now.at)
        : emptyNote('Nothing has landed yet. This sends something:', 'npm run produce -- --symbols AAPL --speed max'),
    )
  }

  #figure(name: string, value: string, unit: string): void {
    const known = this.#figures.get(name) ?? this.#newFigure(name)
    setText(known.value, value)
    setText(known.unit, unit)
  }

  #newFigure(name: string) {
    const figure = { value: h('span', { 'data-figure': name }), unit: h('small', { class: 'dim' }) }
    this.#figures.set(name, figure)
    this.#list.append(h('div', {}, h('dt', {}, name), h('dd', {}, figure.value, figure.unit)))
    return figure
  }

  #row(partition: StreamNow['partitions'][number]): HTMLElement {
    const { lag, lagSeconds, next, gaps } = partition
    const cells = [
      lag === null ? '?' : count(lag),
      lagSeconds === null ? '?' : lagSeconds === 0 ? '–' : duration(lagSeconds * 1000),
    ]
    return h(
      'tr',
      { title: partitionSentence(partition) },
      h('td', {}, String(partition.partition)),
      cells.map((cell) => h('td', { class: 'number' }, cell)),
      h('td', {}, sparkline(this.#lags.get(partition.partition) ?? [], partitionSentence(partition))),
      h('td', { class: 'number' }, count(next)),
      h('td', { class: 'number' }, count(gaps)),
    )
  }
}

/** A text is touched only where it is another: assistive technology would say it again. */
function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text
}

function figuresOf(now: StreamNow): readonly (readonly [string, string, string])[] {
  const { latency } = now
  return [
    [
      'Sent',
      now.sent === null ? '?' : count(now.sent),
      now.sentPerSecond === null ? '' : `${rate(now.sentPerSecond)} / s`,
    ],
    ['Landed', count(now.landed), `${rate(now.landedPerSecond)} / s`],
    ['Rejected', count(now.rejected), now.landed === 0 ? '' : 'kept'],
    ['Given up', count(now.givenUp), now.givenUp === 0 ? '' : 'npm run redrive'],
    ['Compacted', count(now.compacted), 'bars'],
    ['Landing files', count(now.files), bytes(now.bytes)],
    [
      'Sent → landed p50',
      latency === null ? '–' : duration(latency.p50),
      latency === null ? '' : `of ${short(latency.of)}`,
    ],
    ['p95', latency === null ? '–' : duration(latency.p95), ''],
    ['p99', latency === null ? '–' : duration(latency.p99), ''],
  ]
}

function mappingOf(mapping: MappingNow | null): HTMLElement {
  if (!mapping)
    return h('p', { class: 'dim' }, 'No mapping tells of itself here. On this machine it runs with npm run local.')
  const {
    state,
    invocations,
    handled,
    failures,
    discarded,
    inFlight,
    bufferedBytes,
    lastProcessingResult,
    lastMilliseconds,
  } = mapping
  const facts: readonly (readonly [string, string])[] = [
    ['State', state],
    ['Last result', lastProcessingResult],
    ['Last invocation', lastMilliseconds === null ? '–' : duration(lastMilliseconds)],
    ['Invocations', count(invocations)],
    ['Records handled', count(handled)],
    ['Failures', count(failures)],
    ['Records given up', count(discarded)],
    ['With the function now', `${count(inFlight)} batches`],
    ['Buffered', bytes(bufferedBytes)],
  ]
  return factsTable('The mapping', facts)
}

function newestTable(bars: readonly LandedBar[], now: number): HTMLElement {
  const heads = ['Symbol', 'Interval', 'Bar', 'Open', 'High', 'Low', 'Close', 'Volume', 'Landed']
  const isNumber = (i: number): boolean => i >= 3 && i <= 7
  const rows = bars
    .toReversed()
    .map(({ symbol, interval, t, o, h: high, l, c, v, received }) => [
      symbol,
      interval,
      barTime(t),
      price(o),
      price(high),
      price(l),
      price(c),
      short(v),
      moment(received, now),
    ])
  const head = h(
    'thead',
    {},
    h(
      'tr',
      {},
      heads.map((name, i) => h('th', { scope: 'col', class: isNumber(i) ? 'number' : '' }, name)),
    ),
  )
  const body = h(
    'tbody',
    {},
    rows.map((cells) =>
      h(
        'tr',
        {},
        cells.map((cell, i) =>
          h(
            'td',
            { class: isNumber(i) ? 'number' : '' },
            i === 0 ? h('a', { href: `/market?symbol=${encodeURIComponent(cell)}` }, cell) : cell,
          ),
        ),
      ),
    ),
  )
  return scroller('Newest bars', h('table', { class: 'grid', 'aria-label': 'Newest bars' }, head, body))
}
