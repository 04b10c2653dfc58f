import type { BarsAnswer, FanAnswer, Finding, SymbolEntry } from '../api.ts'
import { asked, goOn, say } from './address.ts'
import { ask, Refused } from './ask.ts'
import { barAfter } from './bar-walk.ts'
import { BarsTable } from './bars-table.ts'
import { daysShown } from './chart-range.ts'
import { ChartReading } from './chart-reading.ts'
import { h, nextFrame, replace } from './dom.ts'
import { fanOn } from './fan.ts'
import { isoDay } from './format.ts'
import { onKeys } from './keys.ts'
import { type MarketChart, marketChart } from './market-chart.ts'
import { marketControls, rangeAsked } from './market-controls.ts'
import { readingOf } from './market-reading.ts'
import { errorNote } from './notes.ts'
import type { PageContext } from './page.ts'
import { searchSymbol } from './symbol-search.ts'
import { onThemeChange, themeNow } from './theme.ts'

/** A burst of new bars asks for the series once. */
const SETTLE_MS = 1_000
const MOST_COMPARED = 5

type Series = Pick<SymbolEntry, 'symbol' | 'interval'>

export interface ViewProps {
  /** The list of all symbols, asked for once. */
  readonly entries: () => Promise<readonly SymbolEntry[]>
  readonly series: Series
  readonly context: PageContext
}

export class MarketView {
  readonly #props: ViewProps
  readonly #controls: ReturnType<typeof marketControls>
  readonly #reading = new ChartReading()
  readonly #notes = h('div')
  readonly #table = new BarsTable()
  readonly #place = h('div', { class: 'chart', role: 'img', tabindex: 0, 'aria-label': 'Chart' })
  #series: Series
  #chart: MarketChart
  #bars: BarsAnswer | undefined
  #others: readonly BarsAnswer[] = []
  #findings: readonly Finding[] = []
  #forecast: FanAnswer | undefined
  /** The bar that the arrow keys stand on. */
  #at: number | undefined
  /** The first bar that is seen. */
  #seenFrom = 0
  /** What could not be had, told until something else is asked for. */
  #failed: HTMLElement | undefined
  #asking = new AbortController()

  constructor(place: HTMLElement, props: ViewProps) {
    this.#props = props
    this.#series = props.series
    const { signal } = props.context
    this.#controls = marketControls(
      {
        changed: () => this.#load(),
        rangeChanged: () => this.#showRange(),
        originChanged: () => this.#loadForecast(),
        tableToggled: () => this.#showTable(),
        search: () => this.#search('Search a symbol', (series) => this.#open(series)),
        compare: () => this.#searchOther(),
      },
      signal,
    )
    replace(
      place,
      this.#controls.bars,
      h('div', {}, this.#reading.element, this.#place, this.#reading.spoken),
      this.#notes,
      this.#table.element,
    )
    this.#chart = this.#newChart()
    signal.addEventListener('abort', () => this.#chart.close(), { once: true })
    onThemeChange(() => this.#redraw(), signal)
    this.#place.addEventListener('keydown', (event) => this.#walk(event))
    onKeys({ j: () => this.#step(1), k: () => this.#step(-1) }, signal)
    this.#followNews()
    this.#load()
  }

  #newChart(): MarketChart {
    return marketChart(this.#place, themeNow(), {
      look: (t) => this.#reading.look(t),
      shown: (from, to) => {
        this.#seenFrom = from
        Object.assign(this.#place.dataset, { from: isoDay(from), to: isoDay(to) })
        if (this.#others.length > 0) this.#read()
      },
    })
  }

  #redraw(): void {
    this.#chart.close()
    this.#chart = this.#newChart()
    this.#draw()
    this.#showRange()
  }

  #followNews(): void {
    const { live, signal } = this.#props.context
    let settling: ReturnType<typeof setTimeout> | undefined
    live.listen(({ changed }) => {
      const { symbol, interval } = this.#series
      const drawn = [symbol, ...this.#compared()].map((one) => `${one} ${interval}`)
      if (settling || !changed?.some((name) => drawn.includes(name))) return
      settling = setTimeout(() => {
        settling = undefined
        if (!signal.aborted) this.#load()
      }, SETTLE_MS)
    }, signal)
  }

  async #search(label: string, choose: (series: Series) => void): Promise<void> {
    try {
      await searchSymbol(this.#props.entries(), label, choose)
    } catch (error) {
      this.#fail(error)
    }
  }

  #open({ symbol, interval }: Series): void {
    this.#series = { symbol, interval }
    this.#bars = undefined
    this.#forecast = undefined
    this.#findings = []
    this.#at = undefined
    // What is told of the former beside the name of the next would be a lie.
    for (const place of [this.#controls.last, this.#notes]) replace(place)
    this.#reading.clear()
    this.#table.clear()
    goOn({ symbol, interval: interval === '1d' ? '' : interval, asof: '' })
    this.#load()
  }

  /** The series before or behind this one in the list. */
  async #step(by: 1 | -1): Promise<void> {
    try {
      const entries = await this.#props.entries()
      const { symbol, interval } = this.#series
      const next = entries[entries.findIndex((entry) => entry.symbol === symbol && entry.interval === interval) + by]
      if (next) this.#open(next)
    } catch (error) {
      this.#fail(error)
    }
  }

  #compared(): readonly string[] {
    const wanted = new Set(asked('with').split(','))
    return [...wanted].filter((symbol) => symbol !== '' && symbol !== this.#series.symbol).slice(0, MOST_COMPARED)
  }

  #searchOther(): void {
    if (this.#compared().length < MOST_COMPARED)
      this.#search('Compare with', ({ symbol }) => this.#compare([...this.#compared(), symbol]))
    else this.#fail(new Refused(`A chart compares with ${MOST_COMPARED} others at most: take one out first.`))
  }

  #compare(symbols: readonly string[]): void {
    say({ with: [...new Set(symbols)].join(',') })
    this.#load()
  }

  async #load(): Promise<void> {
    this.#asking.abort()
    this.#asking = new AbortController()
    const signal = AbortSignal.any([this.#asking.signal, this.#props.context.signal])
    const before = this.#bars
    const { symbol, interval } = this.#series
    this.#controls.name.textContent = `${symbol}${interval === '1d' ? '' : ` ${interval}`} ▾`
    this.#controls.steps.hidden = interval !== '1d'
    document.title = `${symbol} · Market · ${this.#props.context.shell.stage} · tickerlake`
    const basics = { interval, step: asked('step', '1d'), basis: asked('basis', 'adjusted') }
    const paths = [symbol, ...this.#compared()].map(
      (one) => `/api/bars?${new URLSearchParams({ symbol: one, ...basics })}`,
    )
    try {
      const asking = paths.map((path) => ask<BarsAnswer>(path, signal))
      const [main, ...compared] = await Promise.allSettled(asking)
      if (main?.status === 'rejected') throw main.reason
      this.#bars = main?.value
      this.#others = compared.flatMap((one) => (one.status === 'fulfilled' ? one.value : []))
      // A symbol that cannot be compared leaves the others as they are.
      const failed = compared.find((one) => one.status === 'rejected')
      this.#failed = failed && !signal.aborted ? errorNote(failed.reason) : undefined
      this.#draw()
    } catch (error) {
      if (signal.aborted) return
      this.#fail(error)
      this.#controls.offerOrigins([], undefined)
      return
    }
    // Bars of another length are counted otherwise: what was seen of the former says nothing.
    if (before?.step !== this.#bars?.step) {
      this.#at = undefined
      this.#showRange()
    }
    if (before) return
    // What comes over the chart draws it anew: it is seen first without.
    await nextFrame()
    await Promise.all([this.#loadFindings(signal), this.#loadForecast()])
    // So that the search opens at once.
    this.#props.entries().catch(() => undefined)
  }

  async #loadFindings(signal: AbortSignal): Promise<void> {
    try {
      this.#findings = await ask(`/api/findings?${new URLSearchParams({ symbol: this.#series.symbol })}`, signal)
      if (this.#findings.length > 0) this.#draw()
    } catch (error) {
      if (!signal.aborted) this.#fail(error)
    }
  }

  async #loadForecast(): Promise<void> {
    const { signal } = this.#props.context
    const { symbol } = this.#series
    try {
      const answer = await ask<FanAnswer>(
        `/api/forecast?${new URLSearchParams({ symbol, asof: asked('asof') })}`,
        signal,
      )
      if (symbol !== this.#series.symbol) return
      this.#forecast = answer
      this.#controls.offerOrigins(answer.origins, answer.fan?.origin)
      this.#draw()
      this.#showRange()
    } catch (error) {
      if (!signal.aborted && symbol === this.#series.symbol) this.#fail(error)
    }
  }

  #fail(error: unknown): void {
    this.#place.hidden = this.#bars === undefined
    this.#failed = errorNote(error)
    replace(this.#notes, this.#failed)
  }

  #draw(): void {
    const main = this.#bars
    if (!main) return
    // Beside others it is their returns that are drawn: no forecast stands there.
    const isAlone = this.#others.length === 0
    const around = { findings: this.#findings, fan: isAlone ? fanOn(this.#bars, this.#forecast?.fan) : undefined }
    const reason = isAlone ? (this.#forecast?.reason ?? null) : null
    this.#place.hidden = false
    this.#chart.draw({ main, others: this.#others, isLog: asked('scale') === 'log', ...around })
    replace(
      this.#controls.compared,
      this.#compared().map((other) => this.#remover(other)),
    )
    const { head, sentence, notes } = readingOf.whole(main, { ...around, reason })
    replace(this.#controls.last, head)
    this.#place.setAttribute('aria-label', sentence)
    replace(this.#notes, this.#failed, notes)
    this.#read()
    this.#showTable()
  }

  #remover(other: string): HTMLElement {
    const remove = (): void => this.#compare(this.#compared().filter((one) => one !== other))
    return h(
      'button',
      { type: 'button', class: 'quiet', 'aria-label': `Compare no more with ${other}`, onclick: remove },
      `${other} ×`,
    )
  }

  #showRange(): void {
    const fan = this.#others.length > 0 ? undefined : fanOn(this.#bars, this.#forecast?.fan)
    const times = this.#bars?.bars.t ?? []
    const days = daysShown({ times, range: rangeAsked(), fan, isEarlier: asked('asof') !== '' })
    if (days) this.#chart.show(...days)
  }

  #showTable(): void {
    if (this.#controls.isTableShown() && this.#bars) this.#table.show(this.#bars, this.#others)
    else this.#table.clear()
  }

  #read(): void {
    if (!this.#bars) return
    const all = [this.#bars, ...this.#others]
    const fan = fanOn(this.#bars, this.#forecast?.fan)
    this.#reading.show({ all, findings: this.#findings, fan, from: this.#seenFrom })
  }

  #walk(event: KeyboardEvent): void {
    const times = this.#bars?.bars.t ?? []
    const at = barAfter(event, this.#at, times.length)
    const t = at === undefined ? undefined : times[at]
    if (at === undefined || t === undefined) return
    event.preventDefault()
    this.#at = at
    this.#chart.point(at)
    this.#reading.say(t)
  }
}
