/** The page Market: one symbol's candles, volume, findings and forecast; or several symbols as returns. */
import type { BarsAnswer, FanAnswer, Finding, SymbolEntry } from '../api.ts'
import { asked, say } from './address.ts'
import { ask } from './ask.ts'
import { choice, stepChoice, toggle } from './choice.ts'
import { h, replace } from './dom.ts'
import { isoDay } from './format.ts'
import { onKeys } from './keys.ts'
import { type MarketChart, marketChart } from './market-chart.ts'
import { barsTable, readingOf } from './market-reading.ts'
import { emptyNote, errorNote, waitingNote } from './notes.ts'
import type { Page, PageContext } from './page.ts'
import { searchSymbol } from './symbol-search.ts'
import { onThemeChange, themeNow } from './theme.ts'

const RANGES = { '1m': 31, '6m': 183, '1y': 366, '5y': 1827, max: Number.POSITIVE_INFINITY } as const
type Range = keyof typeof RANGES
const DAY_MS = 86_400_000
/** A burst of new bars asks for the series once. */
const SETTLE_MS = 1_000
const MOST_COMPARED = 5

export const market: Page = {
  title: 'Market',
  keys: {
    '/': 'search a symbol',
    '[ ]': 'shorter, longer range',
    a: 'adjusted or as traded',
    l: 'linear or log',
    t: 'the table behind the chart',
    '← →': 'bar by bar, in the chart; with Shift ten',
  },
  open(place, context) {
    replace(place, waitingNote())
    ask<readonly SymbolEntry[]>('/api/symbols', context.signal)
      .then((entries) => openMarket(place, entries, context))
      .catch((error: unknown) => context.signal.aborted || replace(place, errorNote(error)))
  },
}

function openMarket(place: HTMLElement, entries: readonly SymbolEntry[], context: PageContext): void {
  const wanted = asked('symbol')
  const entry = entries.find(({ symbol }) => symbol === wanted) ?? (wanted === '' ? entries[0] : undefined)
  if (!entry && wanted !== '') say({ symbol: '' })
  if (!entry && entries.length > 0) replace(place, emptyNote(`The lake has no bars of ${wanted}. Press / to search.`))
  else if (!entry)
    replace(
      place,
      h('h1', {}, 'Market'),
      emptyNote('Nothing has landed yet. This sends something:', 'npm run produce -- --symbols AAPL --speed max'),
    )
  if (entry) new MarketView(place, { entries, entry, context })
  else
    onKeys(
      {
        '/': () =>
          searchSymbol(entries, 'Search a symbol', ({ symbol }) => {
            say({ symbol })
            openMarket(place, entries, context)
          }),
      },
      context.signal,
    )
}

interface ViewProps {
  readonly entries: readonly SymbolEntry[]
  readonly entry: SymbolEntry
  readonly context: PageContext
}

class MarketView {
  readonly #props: ViewProps
  #entry: SymbolEntry
  readonly #name = h('button', { type: 'button', class: 'plain', title: 'Search a symbol ( / )' })
  readonly #last = h('span', { class: 'last' })
  readonly #reading = h('p', { class: 'reading' })
  readonly #spoken = h('p', { class: 'unseen', role: 'status' })
  readonly #compared = h('span', { class: 'bar' })
  readonly #notes = h('div')
  readonly #table = h('div', { hidden: true })
  readonly #asOf = h('select', { 'aria-label': 'Forecast as of' })
  readonly #place = h('div', { class: 'chart', role: 'img', tabindex: 0 })
  readonly #tableToggle = toggle('Table', asked('view') === 'table', () => this.#showTable())
  readonly #logToggle = toggle('Log', asked('scale') === 'log', (isLog) => this.#set({ scale: isLog ? 'log' : '' }))
  readonly #ranges: HTMLElement
  readonly #basis: HTMLElement
  #chart: MarketChart
  #bars: BarsAnswer | undefined
  #others: readonly BarsAnswer[] = []
  #findings: readonly Finding[] = []
  #forecast: FanAnswer | undefined
  #at: number | undefined
  #asking = new AbortController()

  constructor(place: HTMLElement, props: ViewProps) {
    this.#props = props
    this.#entry = props.entry
    const { signal } = props.context
    this.#ranges = choice<Range>({
      label: 'Range',
      options: (Object.keys(RANGES) as Range[]).map((value) => ({
        value,
        text: value === 'max' ? 'Max' : value.toUpperCase(),
      })),
      chosen: this.#range(),
      choose: (range) => {
        say({ range })
        this.#showRange()
      },
    })
    this.#basis = choice({
      label: 'Basis',
      options: [
        { value: 'adjusted', text: 'Adjusted', title: 'For splits and dividends' },
        { value: 'traded', text: 'As traded' },
      ],
      chosen: asked('basis', 'adjusted'),
      choose: (basis) => this.#set({ basis }),
    })
    replace(place, ...this.#frame())
    this.#chart = this.#newChart()
    signal.addEventListener('abort', () => this.#chart.close(), { once: true })
    onThemeChange(() => this.#redraw(), signal)
    this.#listen()
    this.#load()
  }

  #frame(): HTMLElement[] {
    this.#name.addEventListener('click', () => this.#search())
    this.#asOf.addEventListener('change', () => {
      say({ asof: this.#asOf.value })
      this.#loadForecast()
    })
    const step = choice({
      label: 'One bar is',
      options: [
        { value: '1d', text: 'Day' },
        { value: '1wk', text: 'Week' },
        { value: '1mo', text: 'Month' },
      ],
      chosen: asked('step', '1d'),
      choose: (next) => this.#set({ step: next }),
    })
    const compare = h('button', { type: 'button', class: 'quiet', onclick: () => this.#addCompared() }, 'Compare …')
    return [
      h(
        'div',
        { class: 'bar' },
        h('h1', { class: 'unseen' }, 'Market'),
        this.#name,
        this.#last,
        h('span', { class: 'spread bar' }, this.#compared, compare),
      ),
      h(
        'div',
        { class: 'bar' },
        this.#ranges,
        step,
        this.#basis,
        this.#logToggle,
        h('label', { class: 'field' }, 'Forecast', this.#asOf),
        this.#tableToggle,
      ),
      h('div', {}, this.#reading, this.#place, this.#spoken),
      this.#notes,
      this.#table,
    ]
  }

  #newChart(): MarketChart {
    return marketChart(this.#place, themeNow(), (t) => this.#read(t))
  }

  #redraw(): void {
    this.#chart.close()
    this.#chart = this.#newChart()
    this.#draw()
    this.#showRange()
  }

  #listen(): void {
    const { live, signal } = this.#props.context
    onKeys(
      {
        '/': () => this.#search(),
        '[': () => stepChoice(this.#ranges, -1),
        ']': () => stepChoice(this.#ranges, 1),
        a: () => stepChoice(this.#basis, asked('basis', 'adjusted') === 'adjusted' ? 1 : -1),
        l: () => this.#logToggle.click(),
        t: () => this.#tableToggle.click(),
      },
      signal,
    )
    this.#place.addEventListener('keydown', (event) => this.#walk(event))
    let settling: ReturnType<typeof setTimeout> | undefined
    live.listen(({ changed }) => {
      if (!changed?.includes(`${this.#entry.symbol} ${this.#entry.interval}`) || settling) return
      settling = setTimeout(() => {
        settling = undefined
        if (!signal.aborted) this.#load()
      }, SETTLE_MS)
    }, signal)
  }

  #range(): Range {
    const range = asked('range', '1y')
    return range in RANGES ? (range as Range) : '1y'
  }

  #set(parts: Readonly<Record<string, string>>): void {
    say(parts)
    this.#load()
  }

  #search(): void {
    searchSymbol(this.#props.entries, 'Search a symbol', (entry) => {
      this.#entry = entry
      this.#bars = undefined
      say({ symbol: entry.symbol, interval: entry.interval === '1d' ? '' : entry.interval, asof: '' })
      this.#load()
    })
  }

  #withSymbols(): readonly string[] {
    return asked('with')
      .split(',')
      .filter((symbol) => symbol !== '' && symbol !== this.#entry.symbol)
      .slice(0, MOST_COMPARED)
  }

  #addCompared(): void {
    const entries = this.#props.entries.filter(({ interval }) => interval === this.#entry.interval)
    searchSymbol(entries, 'Compare with', ({ symbol }) =>
      this.#set({ with: [...new Set([...this.#withSymbols(), symbol])].join(',') }),
    )
  }

  #pathOf(symbol: string): string {
    const { interval } = this.#entry
    const params = new URLSearchParams({
      symbol,
      interval,
      step: asked('step', '1d'),
      basis: asked('basis', 'adjusted'),
    })
    return `/api/bars?${params}`
  }

  async #load(): Promise<void> {
    this.#asking.abort()
    this.#asking = new AbortController()
    const signal = AbortSignal.any([this.#asking.signal, this.#props.context.signal])
    const isFirst = this.#bars === undefined
    try {
      const [main, ...others] = await Promise.all(
        [this.#entry.symbol, ...this.#withSymbols()].map((symbol) => ask<BarsAnswer>(this.#pathOf(symbol), signal)),
      )
      if (!main) return
      this.#bars = main
      this.#others = others
      this.#findings = isFirst ? [] : this.#findings
      this.#draw()
      if (isFirst) {
        this.#showRange()
        this.#loadFindings(signal)
        this.#loadForecast()
      }
    } catch (error) {
      if (!signal.aborted) replace(this.#notes, errorNote(error))
    }
  }

  async #loadFindings(signal: AbortSignal): Promise<void> {
    try {
      this.#findings = await ask<readonly Finding[]>(
        `/api/findings?symbol=${encodeURIComponent(this.#entry.symbol)}`,
        signal,
      )
      if (this.#findings.length > 0) this.#draw()
    } catch (error) {
      if (!signal.aborted) replace(this.#notes, errorNote(error))
    }
  }

  async #loadForecast(): Promise<void> {
    const { signal } = this.#props.context
    const params = new URLSearchParams({ symbol: this.#entry.symbol, asof: asked('asof') })
    try {
      const answer = await ask<FanAnswer>(`/api/forecast?${params}`, signal)
      if (answer.symbol !== this.#entry.symbol) return
      this.#forecast = answer
      this.#offerOrigins(answer)
      this.#draw()
      this.#showRange()
    } catch (error) {
      if (!signal.aborted) replace(this.#notes, errorNote(error))
    }
  }

  #offerOrigins({ origins, fan }: FanAnswer): void {
    const options = origins.map((t, i) =>
      h('option', { value: i === 0 ? '' : isoDay(t), selected: t === fan?.origin }, isoDay(t)),
    )
    replace(this.#asOf, options.length > 0 ? options : h('option', {}, 'none'))
    this.#asOf.disabled = options.length === 0
  }

  /** The fan where the days of the chart are sessions, on the chart's own basis. */
  #fan() {
    const fan = this.#forecast?.fan
    const { bars, step, interval } = this.#bars ?? {}
    if (!fan || !bars || step !== '1d' || interval !== '1d') return undefined
    const at = bars.t.indexOf(fan.origin)
    const factor = at < 0 ? 1 : (bars.c[at] as number) / fan.lastClose
    const times = (value: number | null): number | null => (value === null ? null : value * factor)
    const knots = fan.knots.map((knot) => ({ ...knot, prices: knot.prices.map(times), realised: times(knot.realised) }))
    return { ...fan, lastClose: fan.lastClose * factor, knots }
  }

  #draw(): void {
    const main = this.#bars
    if (!main) return
    const { symbol, interval } = this.#entry
    this.#name.textContent = `${symbol}${interval === '1d' ? '' : ` ${interval}`} ▾`
    this.#chart.draw({
      main,
      others: this.#others,
      isLog: asked('scale') === 'log',
      findings: this.#findings,
      fan: this.#fan(),
    })
    const removers = this.#withSymbols().map((other) =>
      h(
        'button',
        {
          type: 'button',
          class: 'quiet',
          'aria-label': `Compare no more with ${other}`,
          onclick: () =>
            this.#set({
              with: this.#withSymbols()
                .filter((one) => one !== other)
                .join(','),
            }),
        },
        `${other} ×`,
      ),
    )
    replace(this.#compared, removers)
    const { head, sentence, notes } = readingOf.whole(main, {
      fan: this.#fan(),
      findings: this.#findings,
      reason: this.#forecast?.reason ?? null,
    })
    replace(this.#last, head)
    this.#place.setAttribute('aria-label', sentence)
    replace(this.#notes, notes)
    this.#read(undefined)
    this.#showTable()
  }

  #showRange(): void {
    const times = this.#bars?.bars.t ?? []
    const [first, last] = [times[0], times.at(-1)]
    if (first === undefined || last === undefined) return
    const fan = this.#fan()
    const end =
      fan && this.#others.length === 0 ? Math.max(fan.sessions.at(-1) ?? last, asked('asof') === '' ? last : 0) : last
    const days = RANGES[this.#range()]
    this.#chart.show(
      Math.max(first, days === Number.POSITIVE_INFINITY ? first : Math.min(last, end) - days * DAY_MS),
      end,
    )
  }

  #showTable(): void {
    const isShown = this.#tableToggle.getAttribute('aria-pressed') === 'true'
    say({ view: isShown ? 'table' : '' })
    this.#table.hidden = !isShown
    if (isShown && this.#bars) replace(this.#table, barsTable(this.#bars, this.#others))
  }

  #read(t: number | undefined): void {
    if (this.#bars) replace(this.#reading, readingOf.bar(this.#bars, { t, findings: this.#findings, fan: this.#fan() }))
  }

  /** Arrows go bar by bar; what is spoken waits for the last one. */
  #walk(event: KeyboardEvent): void {
    const by = { ArrowLeft: -1, ArrowRight: 1, Home: Number.NEGATIVE_INFINITY, End: Number.POSITIVE_INFINITY }[
      event.key
    ]
    const times = this.#bars?.bars.t ?? []
    if (by === undefined || times.length === 0) return
    event.preventDefault()
    const from = this.#at ?? times.length - (by < 0 ? 0 : 1)
    const at = Math.min(Math.max(from + by * (event.shiftKey ? 10 : 1), 0), times.length - 1)
    this.#at = at
    this.#chart.point(at)
    this.#read(times[at])
    setTimeout(() => {
      if (this.#at === at) this.#spoken.textContent = this.#reading.textContent
    }, 300)
  }
}
