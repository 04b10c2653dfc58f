/** Small charts of our own in SVG: lines, bars, dots with error bars; a table stands behind each. */
import { dataTable, type TableColumn } from './data-table.ts'
import { h, s } from './dom.ts'

/** A figure with its title, its drawing and the table behind it. */
export interface FigureProps {
  readonly title: string
  /** One sentence that says what to see. */
  readonly says: string
  readonly drawing: SVGElement
  readonly columns: readonly TableColumn[]
  readonly rows: readonly (readonly (string | null)[])[]
}

export function figure({ title, says, drawing, columns, rows }: FigureProps): HTMLElement {
  const details = h('details', {}, h('summary', {}, 'As a table'))
  // Built when it is opened: most never are.
  details.addEventListener(
    'toggle',
    () =>
      details.open &&
      details.children.length === 1 &&
      details.append(dataTable({ label: title, columns, rows, lines: 8 })),
  )
  return h('section', { class: 'figure' }, h('h2', {}, title), h('p', { class: 'dim' }, says), drawing, details)
}

const WIDTH = 560
const HEIGHT = 240
const LEFT = 48
const RIGHT = 72
const TOP = 8
const BOTTOM = 28
/** A bar that is alone need not fill the frame. */
const MOST_THICK = 64

export interface Scale {
  readonly min: number
  readonly max: number
  readonly format: (value: number) => string
  readonly ticks?: readonly number[]
}

interface Axes {
  readonly x: Scale
  readonly y: Scale
}

/** Three to five round steps. */
function ticksOf({ min, max, ticks }: Pick<Scale, 'min' | 'max' | 'ticks'>): readonly number[] {
  if (ticks) return ticks
  const rough = (max - min) / 4 || 1
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 2.5, 5, 10].map((one) => one * power).find((one) => one >= rough) ?? rough
  const first = Math.ceil(min / step) * step
  return Array.from({ length: Math.floor((max - first) / step + 1e-9) + 1 }, (_, i) => first + i * step)
}

function placeIn({ min, max }: Scale, from: number, to: number) {
  return (value: number): number => from + ((value - min) / (max - min || 1)) * (to - from)
}

function framed({ x, y }: Axes, label: string, marks: readonly SVGElement[]): SVGElement {
  const [toX, toY] = [placeIn(x, LEFT, WIDTH - RIGHT), placeIn(y, HEIGHT - BOTTOM, TOP)]
  const across = ticksOf(y).flatMap((tick) => [
    s('line', { class: 'axis', x1: LEFT, x2: WIDTH - RIGHT, y1: toY(tick), y2: toY(tick) }),
    s('text', { x: LEFT - 8, y: toY(tick) + 4, 'text-anchor': 'end' }, y.format(tick)),
  ])
  const below = ticksOf(x).map((tick) =>
    s('text', { x: toX(tick), y: HEIGHT - 8, 'text-anchor': 'middle' }, x.format(tick)),
  )
  return s(
    'svg',
    { class: 'figure', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': label },
    across,
    below,
    marks,
  )
}

export interface Line {
  readonly name: string
  readonly points: readonly (readonly [number, number])[]
}

/** Lines with their names at their ends; a rule where something is to be compared with. */
export function linePlot(
  label: string,
  axes: Axes,
  { lines, rule }: { readonly lines: readonly Line[]; readonly rule?: number },
): SVGElement {
  const [toX, toY] = [placeIn(axes.x, LEFT, WIDTH - RIGHT), placeIn(axes.y, HEIGHT - BOTTOM, TOP)]
  const ends = apart(lines.map(({ points }) => toY(points.at(-1)?.[1] ?? 0)))
  const marks = lines.flatMap(({ name, points }, i) => [
    s('polyline', {
      class: `stroke line-${(i % 6) + 1}`,
      points: points.map(([x, y]) => `${toX(x).toFixed(1)},${toY(y).toFixed(1)}`).join(' '),
    }),
    ...(points.length <= FEW_POINTS ? dots(points, i, { toX, toY }) : []),
    s(
      'text',
      {
        class: `label-${(i % 6) + 1}`,
        x: 8 + (lines.length === 1 ? toX(points.at(-1)?.[0] ?? 0) : WIDTH - RIGHT),
        y: (ends[i] ?? 0) + 4,
      },
      name,
    ),
  ])
  return framed(axes, label, [...(rule === undefined ? [] : [ruleAt(toY(rule))]), ...marks])
}

function ruleAt(y: number): SVGElement {
  return s('line', { class: 'rule', x1: LEFT, x2: WIDTH - RIGHT, y1: y, y2: y })
}

interface Places {
  readonly toX: (value: number) => number
  readonly toY: (value: number) => number
}

function dots(points: Line['points'], i: number, { toX, toY }: Places): SVGElement[] {
  return points.map(([x, y]) => s('circle', { class: `fill-${(i % 6) + 1}`, cx: toX(x), cy: toY(y), r: 4 }))
}

/** Up to so many, each point is a dot too. */
const FEW_POINTS = 6

/** Labels that would lie on each other move apart. */
function apart(places: readonly number[]): readonly number[] {
  const order = places.map((y, i) => ({ y, i })).sort((a, b) => a.y - b.y)
  let free = Number.NEGATIVE_INFINITY
  const moved = new Array<number>(places.length)
  for (const { y, i } of order) {
    moved[i] = Math.max(y, free)
    free = (moved[i] as number) + 14
  }
  return moved
}

export interface Dots {
  readonly name: string
  /** x, y, and how far the error bar goes each way. */
  readonly points: readonly (readonly [number, number, number])[]
}

/** Dots with error bars, and the diagonal on which promise and outcome agree. */
export function dotPlot(label: string, axes: Axes, groups: readonly Dots[]): SVGElement {
  const [toX, toY] = [placeIn(axes.x, LEFT, WIDTH - RIGHT), placeIn(axes.y, HEIGHT - BOTTOM, TOP)]
  const from = Math.max(axes.x.min, axes.y.min)
  const to = Math.min(axes.x.max, axes.y.max)
  const diagonal = s('line', { class: 'rule', x1: toX(from), x2: toX(to), y1: toY(from), y2: toY(to) })
  const inFrame = (y: number): number => toY(Math.min(axes.y.max, Math.max(axes.y.min, y)))
  const marks = groups.flatMap(({ name, points }, i) => [
    ...points.flatMap(([x, y, error]) => {
      // Groups stand a little apart, so that none hides another.
      const at = toX(x) + (i - (groups.length - 1) / 2) * 7
      return [
        s('line', {
          class: `line-${i + 1}`,
          'stroke-width': 1.5,
          x1: at,
          x2: at,
          y1: inFrame(y - error),
          y2: inFrame(y + error),
        }),
        mark(i, at, toY(y)),
      ]
    }),
    mark(i, WIDTH - RIGHT + 12, TOP + 12 + i * 18),
    s('text', { class: `label-${i + 1}`, x: WIDTH - RIGHT + 20, y: TOP + 16 + i * 18 }, name),
  ])
  return framed(axes, label, [diagonal, ...marks])
}

/** Of four shapes, so that groups are told apart without their colours. */
function mark(i: number, x: number, y: number): SVGElement {
  const name = `fill-${(i % 6) + 1}`
  if (i % 4 === 0) return s('circle', { class: name, cx: x, cy: y, r: 4 })
  const corners = [
    [],
    [-3.5, -3.5, 3.5, -3.5, 3.5, 3.5, -3.5, 3.5],
    [0, -5, 5, 0, 0, 5, -5, 0],
    [0, -5, 4.5, 3.5, -4.5, 3.5],
  ][i % 4]
  return s('polygon', { class: name, points: (corners ?? []).map((at, j) => at + (j % 2 === 0 ? x : y)).join(' ') })
}

export interface Bar {
  readonly name: string
  readonly value: number
  /** A rule across this bar alone: what it should be. */
  readonly expected?: number
}

/** Upright bars side by side, named below. */
export function barPlot(label: string, bars: readonly Bar[], format: (value: number) => string): SVGElement {
  const values = bars.flatMap(({ value, expected = 0 }) => [value, expected])
  const [least, most] = [Math.min(...values, 0), Math.max(...values, 0)]
  const y = { min: least * 1.05, max: most * 1.05 || (least < 0 ? 0 : 1), format }
  const [toY, width] = [placeIn(y, HEIGHT - BOTTOM, TOP), (WIDTH - LEFT - RIGHT) / bars.length]
  const every = Math.ceil(bars.length / (isNarrow() ? 4 : 10))
  const marks = bars.flatMap(({ name, value, expected }, i) => {
    const x = LEFT + i * width
    const thick = Math.min(width * 0.8, MOST_THICK)
    return [
      s(
        'rect',
        {
          class: 'fill-1',
          x: x + (width - thick) / 2,
          width: thick,
          // Below nought a bar hangs.
          y: Math.min(toY(value), toY(0)),
          height: Math.abs(toY(0) - toY(value)),
        },
        s('title', {}, `${name}: ${format(value)}`),
      ),
      ...(expected === undefined
        ? []
        : [
            s('line', {
              class: 'line-2',
              'stroke-width': 2,
              x1: x,
              x2: x + width,
              y1: toY(expected),
              y2: toY(expected),
            }),
          ]),
      ...(i % every === 0 ? [s('text', { x: x + width / 2, y: HEIGHT - 8, 'text-anchor': 'middle' }, name)] : []),
    ]
  })
  return framed({ x: { min: 0, max: 1, format: () => '', ticks: [] }, y }, label, marks)
}

/** Lying bars, a line each: a name, its bar, its number. */
export function shareBars(label: string, bars: readonly Bar[], format: (value: number) => string): SVGElement {
  const most = Math.max(...bars.map(({ value }) => value), 1)
  const letters = isNarrow() ? 17 : 24
  const marks = bars.flatMap(({ name, value }, i) => {
    const [y, width] = [i * 26, (value / most) * 260]
    return [
      s(
        'text',
        { class: 'strong', x: 176, y: y + 17, 'text-anchor': 'end' },
        name.length > letters ? `${name.slice(0, letters - 1)}…` : name,
        s('title', {}, name),
      ),
      s('rect', { class: 'fill-1', x: 184, y: y + 4, width: Math.max(width, 1), height: 18 }),
      s('text', { x: 192 + width, y: y + 17 }, format(value)),
    ]
  })
  return s(
    'svg',
    { class: 'figure', viewBox: `0 0 ${WIDTH} ${Math.max(bars.length, 1) * 26}`, role: 'img', 'aria-label': label },
    marks,
  )
}

/** Whether the letters of a figure are those of the style sheet's narrow page. */
function isNarrow(): boolean {
  return matchMedia('(max-width: 34em)').matches
}

/** A distribution as tall as a row of a table. */
export function stepsLine(steps: readonly number[], label: string): SVGElement {
  const most = Math.max(...steps, 1)
  const bars = steps.map((n, i) =>
    s('rect', { class: 'fill-1', x: i * 8, width: 7, y: 20 - (n / most) * 20, height: (n / most) * 20 }),
  )
  return s('svg', { class: 'spark', viewBox: '0 0 96 20', role: 'img', 'aria-label': label }, bars)
}
