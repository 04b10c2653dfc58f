/** A line of the last values, as tall as a row. */
import { s } from './dom.ts'

const WIDTH = 96
const HEIGHT = 20

export function sparkline(values: readonly number[], label: string): SVGElement {
  const most = Math.max(...values, 1)
  const points = values.map(
    (value, i) => `${(i * WIDTH) / Math.max(values.length - 1, 1)},${HEIGHT - 2 - (value / most) * (HEIGHT - 4)}`,
  )
  return s(
    'svg',
    {
      class: 'spark',
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      role: 'img',
      'aria-label': label,
      preserveAspectRatio: 'none',
    },
    s('polyline', { class: 'stroke line-1', points: points.join(' ') }),
  )
}
