/** Draws a forecast fan into a chart: bands of one hue, the median as a line, the true knots as ticks. */
import {
  type CustomData,
  type CustomSeriesOptions,
  customSeriesDefaultOptions,
  type ICustomSeriesPaneView,
  type PaneRendererCustomData,
  type PriceToCoordinateConverter,
  type Time,
} from 'lightweight-charts'
import type { Theme } from './theme.ts'

export interface FanPoint extends CustomData<Time> {
  readonly prices: readonly number[]
  readonly isKnot: boolean
}

type Target = Parameters<ReturnType<ICustomSeriesPaneView<Time, FanPoint>['renderer']>['draw']>[0]

interface Seen {
  readonly x: number
  readonly y: readonly number[]
  readonly isKnot: boolean
}

export function fanSeries(theme: Theme): ICustomSeriesPaneView<Time, FanPoint, CustomSeriesOptions> {
  let data: PaneRendererCustomData<Time, FanPoint> | undefined
  return {
    renderer: () => ({ draw: (target, toY) => draw(target, seenOf(data, toY), theme) }),
    update(next) {
      data = next
    },
    priceValueBuilder: ({ prices }) => [prices.at(0) ?? 0, prices.at(-1) ?? 0, prices[(prices.length - 1) / 2] ?? 0],
    isWhitespace: (point): point is never => !('prices' in point),
    defaultOptions: () => ({ ...customSeriesDefaultOptions, lastValueVisible: false, priceLineVisible: false }),
  }
}

function seenOf(data: PaneRendererCustomData<Time, FanPoint> | undefined, toY: PriceToCoordinateConverter): Seen[] {
  return (data?.bars ?? []).map(({ x, originalData: { prices, isKnot } }) => ({
    x,
    isKnot,
    y: prices.map((price) => toY(price) ?? 0),
  }))
}

function draw(target: Target, points: readonly Seen[], theme: Theme): void {
  target.useMediaCoordinateSpace(({ context }) => {
    const levels = points[0]?.y.length ?? 0
    const pairs = Math.floor(levels / 2)
    for (let pair = 0; pair < pairs; pair++) {
      context.fillStyle = theme.bands[Math.min(theme.bands.length - 1, pair + theme.bands.length - pairs)] ?? theme.dim
      band(context, points, pair, levels - 1 - pair)
    }
    context.strokeStyle = theme.median
    context.lineWidth = 2
    context.beginPath()
    for (const { x, y } of points) context.lineTo(x, y[pairs] ?? 0)
    context.stroke()
    context.lineWidth = 1
    for (const { x, y } of points.filter(({ isKnot }) => isKnot)) {
      context.beginPath()
      context.moveTo(x, y[0] ?? 0)
      context.lineTo(x, y.at(-1) ?? 0)
      context.stroke()
    }
  })
}

function band(context: CanvasRenderingContext2D, points: readonly Seen[], low: number, high: number): void {
  context.beginPath()
  for (const { x, y } of points) context.lineTo(x, y[low] ?? 0)
  for (const { x, y } of points.toReversed()) context.lineTo(x, y[high] ?? 0)
  context.closePath()
  context.fill()
}
