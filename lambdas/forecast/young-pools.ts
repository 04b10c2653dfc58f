/** Pools of few symbols and little history, cut out of a panel: what a lake knows in its first years. */
import { seededRandom } from './block-bootstrap.ts'
import { endsAt, type Panel, panelOf } from './panel.ts'

/** A year has about so many bars; one, two and a half, and five years. */
export const YOUNG_BARS = [250, 625, 1_250] as const
export const YOUNG_SYMBOLS = [1, 2, 5, 20] as const

export interface YoungPools {
  readonly symbols: number
  readonly bars: number
  readonly pools: number
  readonly seed: number
}

/** A pool is drawn so often in vain before it is given up. */
const TRIES = 50
/** A symbol whose last bar is older does not trade any more. */
const STALE_DATES = 10

/** Random pools, each of random symbols with so many bars up to a random date; fewer where the panel has no more. */
export function youngPools(panel: Panel, { symbols, bars, pools, seed }: YoungPools): Panel[] {
  const random = seededRandom(seed)
  const drawn: Panel[] = []
  for (let tries = 0; drawn.length < pools && tries < pools * TRIES; tries++) {
    const newest = panel.dates.length - 1
    const last = newest - Math.floor(random() * Math.max(1, panel.dates.length - bars))
    const ends = endsAt(panel, last)
    const old = Array.from(panel.symbols.keys()).filter((s) =>
      reaches(panel, s, { end: ends[s] as number, bars, last }),
    )
    if (old.length < symbols) continue
    const order = old.map((s) => [random(), s] as const).sort(([a], [b]) => a - b)
    drawn.push(cutOut(panel, { chosen: order.slice(0, symbols).map(([, s]) => s), ends, bars }))
  }
  return drawn
}

interface Reach {
  readonly end: number
  readonly bars: number
  readonly last: number
}

function reaches({ starts, dateOf }: Panel, s: number, { end, bars, last }: Reach): boolean {
  return end - (starts[s] as number) >= bars && (dateOf[end - 1] as number) > last - STALE_DATES
}

interface Cut {
  readonly chosen: readonly number[]
  readonly ends: Int32Array
  readonly bars: number
}

function cutOut(panel: Panel, { chosen, ends, bars }: Cut): Panel {
  const rows = chosen.flatMap((s) => Array.from({ length: bars }, (_, i) => (ends[s] as number) - bars + i))
  const column = (values: Float64Array) => Float64Array.from(rows, (row) => values[row] as number)
  return panelOf({
    symbol: chosen.flatMap((s) => new Array<string>(bars).fill(panel.symbols[s] as string)),
    day: Int32Array.from(rows, (row) => panel.day[row] as number),
    open: column(panel.open),
    high: column(panel.high),
    low: column(panel.low),
    close: column(panel.close),
    adjClose: column(panel.logPrice).map(Math.exp),
    volume: column(panel.volume),
  })
}
