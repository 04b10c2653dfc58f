/** The chart of the page Market: candles and volume, or several symbols as returns; a fan over them. */
import {
  CandlestickSeries,
  createChart,
  createSeriesMarkers,
  type DeepPartial,
  HistogramSeries,
  type IChartApi,
  type ISeriesApi,
  LineSeries,
  LineStyle,
  type Logical,
  type LogicalRange,
  PriceScaleMode,
  TickMarkType,
  type Time,
  type TimeChartOptions,
  type UTCTimestamp,
} from 'lightweight-charts'
import type { BarArrays, BarsAnswer, Finding } from '../api.ts'
import { remPx } from './dom.ts'
import { type Fan, levelsOf, slicesOf } from './fan.ts'
import { fanSeries } from './fan-series.ts'
import { barTime, change, DAY_MS, day, price as priceText, short } from './format.ts'
import type { Theme } from './theme.ts'

export interface ChartContent {
  readonly main: BarsAnswer
  /** Others to compare with; then all are lines of returns. */
  readonly others: readonly BarsAnswer[]
  readonly isLog: boolean
  readonly findings: readonly Finding[]
  readonly fan: Fan | undefined
}

export interface MarketChart {
  draw(content: ChartContent): void
  /** Shows the bars from an instant to an instant. */
  show(from: number, to: number): void
  /** Puts the crosshair on a bar. */
  point(index: number): void
  close(): void
}

const DASHES = [LineStyle.Solid, LineStyle.Dashed, LineStyle.Dotted, LineStyle.LargeDashed, LineStyle.SparseDotted]
/** No step of the axis is finer than the last digit that is written of a price: two labels would be the same. */
function priceFormat({ c }: BarArrays) {
  const last = Math.abs(c.at(-1) || 1)
  const minMove = last >= 10 ? 0.01 : Math.min(0.0001, 10 ** (Math.floor(Math.log10(last)) - 3))
  return { type: 'custom', formatter: priceText, minMove } as const
}
const VOLUMES = { type: 'custom', formatter: short, minMove: 1 } as const
/** Room before the first bar and behind the last, so that their labels on the axis are not cut. */
const LABEL_PX = 16
const secondsOf = (t: number): UTCTimestamp => (t / 1000) as UTCTimestamp

/** A bar that is alone has nothing before it to tell a new day by: the library would write its midnight. */
function tickText(time: Time, type: TickMarkType): string | null {
  const t = Number(time) * 1000
  return type >= TickMarkType.Time && t % DAY_MS === 0 ? day(t) : null
}

export interface ChartEvents {
  /** The time under the crosshair, or undefined when it leaves. */
  readonly look: (t: number | undefined) => void
  /** The first and the last bar that are seen now. */
  readonly shown: (from: number, to: number) => void
}

export function marketChart(place: HTMLElement, theme: Theme, { look, shown }: ChartEvents): MarketChart {
  const chart = createChart(place, optionsOf(theme))
  chart.subscribeCrosshairMove(({ time }) => look(time === undefined ? undefined : Number(time) * 1000))
  const scale = chart.timeScale()
  scale.subscribeVisibleTimeRangeChange((range) => range && shown(Number(range.from) * 1000, Number(range.to) * 1000))
  let first: ISeriesApi<'Candlestick' | 'Line'> | undefined
  let bars: BarArrays | undefined
  /** Asked for, and seen with the next frame only. */
  let wanted: LogicalRange | undefined
  const see = ({ from, to }: { readonly from: number; readonly to: number }): void => {
    const range = { from: from as Logical, to: to as Logical }
    wanted = range
    scale.setVisibleLogicalRange(range)
    requestAnimationFrame(() => {
      wanted = undefined
    })
  }
  return {
    draw(content) {
      const seen = bars && (wanted ?? scale.getVisibleLogicalRange())
      clear(chart)
      bars = content.main.bars
      // The fan first: candles that came true stand before it.
      drawFan(chart, content, theme)
      first = content.others.length > 0 ? drawReturns(chart, content, theme) : drawCandles(chart, content, theme)
      if (seen) see(seen)
    },
    show(from, to) {
      const [left, right] = [from, to].map((t) => scale.timeToIndex(secondsOf(t), true))
      if (left === null || left === undefined || right === null || right === undefined) return
      const room = ((right - left + 1) * LABEL_PX) / Math.max(scale.width(), 4 * LABEL_PX)
      // Before the first bar of all: before any other there are bars that were not asked for.
      see({ from: left === 0 ? -room : left, to: right + room })
    },
    point(index) {
      const [t, close] = [bars?.t[index], bars?.c[index]]
      if (first && t !== undefined && close !== undefined) chart.setCrosshairPosition(close, secondsOf(t), first)
    },
    close: () => chart.remove(),
  }
}

function optionsOf(theme: Theme): DeepPartial<TimeChartOptions> {
  return {
    autoSize: true,
    layout: {
      background: { color: theme.ground },
      textColor: theme.dim,
      fontSize: 0.75 * remPx(),
      fontFamily: 'system-ui, sans-serif',
      attributionLogo: false,
      panes: { separatorColor: theme.line },
    },
    grid: { vertLines: { visible: false }, horzLines: { color: theme.line } },
    // A label that the edge would cut is left out.
    rightPriceScale: { borderVisible: false, entireTextOnly: true },
    timeScale: {
      borderColor: theme.line,
      rightOffset: 2,
      minBarSpacing: 0.05,
      timeVisible: true,
      tickMarkFormatter: tickText,
      lockVisibleTimeRangeOnResize: true,
    },
    localization: {
      timeFormatter: (t: Time) => barTime(Number(t) * 1000),
      percentageFormatter: (percent: number) => change(percent / 100),
    },
    kineticScroll: { touch: !matchMedia('(prefers-reduced-motion: reduce)').matches },
  }
}

function clear(chart: IChartApi): void {
  for (const pane of chart.panes()) for (const series of pane.getSeries()) chart.removeSeries(series)
}

function drawCandles(chart: IChartApi, { main, isLog, findings }: ChartContent, theme: Theme) {
  const { t, o, h, l, c, v } = main.bars
  const candles = chart.addSeries(CandlestickSeries, {
    // Hollow where the price rose, so that the shape says it without the colour.
    upColor: theme.ground,
    borderUpColor: theme.up,
    wickUpColor: theme.up,
    downColor: theme.down,
    borderDownColor: theme.down,
    wickDownColor: theme.down,
    priceLineVisible: false,
    // A label in the colour of a hollow candle would have none.
    lastValueVisible: false,
    priceFormat: priceFormat(main.bars),
  })
  candles.setData(
    t.map((time, i) => ({
      time: secondsOf(time),
      open: o[i] as number,
      high: h[i] as number,
      low: l[i] as number,
      close: c[i] as number,
    })),
  )
  markLast(candles, main.bars, theme)
  const mode = isLog ? PriceScaleMode.Logarithmic : PriceScaleMode.Normal
  chart.priceScale('right').applyOptions({ mode, ensureEdgeTickMarksVisible: true })
  const volume = chart.addSeries(
    HistogramSeries,
    { color: theme.volume, priceFormat: VOLUMES, lastValueVisible: false, priceLineVisible: false },
    1,
  )
  volume.setData(t.map((time, i) => ({ time: secondsOf(time), value: v[i] as number })))
  chart
    .priceScale('right', 1)
    // Its own: a logarithm of volumes would make them look alike.
    .applyOptions({
      mode: PriceScaleMode.Normal,
      ensureEdgeTickMarksVisible: false,
      scaleMargins: { top: 0.2, bottom: 0 },
    })
  for (const [i, share] of [0.78, 0.22].entries()) chart.panes()[i]?.setStretchFactor(share)
  createSeriesMarkers(candles, markersOf(findings, main.bars.t, theme))
  return candles
}

/** The last price, on the axis. */
function markLast(candles: ISeriesApi<'Candlestick'>, { o, c }: BarArrays, { up, down, ground }: Theme): void {
  const [open, close] = [o.at(-1), c.at(-1)]
  if (open === undefined || close === undefined) return
  const color = close >= open ? up : down
  candles.createPriceLine({
    price: close,
    color,
    lineVisible: false,
    axisLabelVisible: true,
    axisLabelTextColor: ground,
  })
}

/** Each at the bar that holds its day. What bar after bar has is written where it begins: words over words cannot be read. */
function markersOf(findings: readonly Finding[], times: readonly number[], theme: Theme) {
  const places = findings.map(({ t }) => times.findLastIndex((time) => time <= t))
  return findings.flatMap(({ finding }, i) => {
    const [before = -1, at = -1] = [places[i - 1], places[i]]
    const time = times[at]
    if (time === undefined) return []
    const isWritten = i > 0 && findings[i - 1]?.finding === finding && at - before <= 1
    const marker = { time: secondsOf(time), position: 'aboveBar', shape: 'arrowDown', color: theme.text } as const
    return [isWritten ? marker : { ...marker, text: finding.replaceAll('_', ' ') }]
  })
}

function drawReturns(chart: IChartApi, { main, others }: ChartContent, theme: Theme) {
  const all = [main, ...others]
  const lines = all.map(({ symbol, bars }, i) => {
    const line = chart.addSeries(LineSeries, {
      color: theme.series[i % theme.series.length] ?? theme.text,
      lineWidth: 2,
      lineStyle: DASHES[i % DASHES.length] ?? LineStyle.Solid,
      title: symbol,
      priceLineVisible: false,
    })
    line.setData(bars.t.map((t, at) => ({ time: secondsOf(t), value: bars.c[at] as number })))
    return line
  })
  chart.priceScale('right').applyOptions({ mode: PriceScaleMode.Percentage, ensureEdgeTickMarksVisible: true })
  return lines[0]
}

function drawFan(chart: IChartApi, { main, others, fan }: ChartContent, theme: Theme): void {
  if (!fan || others.length > 0) return
  // The axis goes by the series that lies lowest.
  const format = priceFormat(main.bars)
  const series = chart.addCustomSeries(fanSeries(theme), { priceFormat: format })
  if (levelsOf(fan.knots).length >= 3)
    series.setData(slicesOf(fan).map(({ t, prices, isKnot }) => ({ time: secondsOf(t), prices, isKnot })))
  const realised = fan.knots.filter(({ realised }) => realised !== null)
  if (realised.length === 0) return
  const dots = chart.addSeries(LineSeries, {
    lineVisible: false,
    pointMarkersVisible: true,
    pointMarkersRadius: 5,
    color: theme.realised,
    priceFormat: format,
    lastValueVisible: false,
    priceLineVisible: false,
    crosshairMarkerVisible: false,
  })
  dots.setData(realised.map(({ t, realised: value }) => ({ time: secondsOf(t), value: value as number })))
}
