/** A line of the last values, as tall as a row. */
import { s } from './dom.ts'
import { setAttribute } from './kept-list.ts'

const WIDTH = 96
const HEIGHT = 20

export class Sparkline {
  readonly #line = s('polyline', { class: 'stroke line-1' })
  readonly element = s(
    'svg',
    { class: 'spark', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', preserveAspectRatio: 'none' },
    this.#line,
  )

  show(values: readonly number[], label: string): void {
    const most = Math.max(...values, 1)
    const across = WIDTH / Math.max(values.length - 1, 1)
    const up = (value: number): number => HEIGHT - 2 - (value / most) * (HEIGHT - 4)
    const points = values.map((value, i) => `${(i * across).toFixed(1)},${up(value).toFixed(1)}`)
    setAttribute(this.#line, 'points', points.join(' '))
    setAttribute(this.element, 'aria-label', label)
  }
}
