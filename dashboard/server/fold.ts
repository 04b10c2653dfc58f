/** Bars folded into longer ones: first open, highest high, lowest low, last close, volume summed. Pure. */
import { DAY_MS } from '../../lake/instant.ts'
import type { BarArrays } from '../api.ts'

/** The most bars that are ever sent: more than a screen has columns, and what the chart holds at 60 frames a second. */
export const MOST_BARS = 5_000

export type Step = '1d' | '1wk' | '1mo'

/** The time of the longer bar that a bar belongs to. */
const STARTS: Readonly<Record<Step, (t: number) => number>> = {
  '1d': (t) => t,
  // 1970-01-01 was a Thursday; weeks begin on Monday.
  '1wk': (t) => Math.floor((t / DAY_MS + 3) / 7) * 7 * DAY_MS - 3 * DAY_MS,
  '1mo': (t) => {
    const date = new Date(t)
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1)
  },
}

/** Bars by time, oldest first, folded by the calendar. */
export function foldedBy(step: Step, bars: BarArrays): BarArrays {
  return step === '1d' ? bars : folded(bars, (i) => STARTS[step](bars.t[i] as number))
}

/** At most `most` bars: of more, so many neighbours become one as are needed. Gives how many. */
export function foldedTo(most: number, bars: BarArrays): { readonly bars: BarArrays; readonly each: number } {
  const each = Math.max(1, Math.ceil(bars.t.length / most))
  return { bars: each === 1 ? bars : folded(bars, (i) => Math.floor(i / each)), each }
}

function folded(bars: BarArrays, groupOf: (i: number) => number): BarArrays {
  const out = {
    t: [] as number[],
    o: [] as number[],
    h: [] as number[],
    l: [] as number[],
    c: [] as number[],
    v: [] as number[],
  }
  let group = Number.NaN
  for (let i = 0; i < bars.t.length; i++) {
    const next = groupOf(i)
    const at = out.t.length - 1
    if (next === group) {
      out.h[at] = Math.max(out.h[at] as number, bars.h[i] as number)
      out.l[at] = Math.min(out.l[at] as number, bars.l[i] as number)
      out.c[at] = bars.c[i] as number
      out.v[at] = (out.v[at] as number) + (bars.v[i] as number)
      continue
    }
    group = next
    for (const name of ['t', 'o', 'h', 'l', 'c', 'v'] as const) out[name].push(bars[name][i] as number)
  }
  return out
}

/** Prices as if every split and dividend had always been: each bar times adj_close over close. */
export function adjusted(bars: BarArrays, adjClose: readonly (number | null)[]): BarArrays {
  const factor = (i: number): number => {
    const [adj, close] = [adjClose[i] ?? null, bars.c[i] as number]
    return adj === null || close === 0 ? 1 : adj / close
  }
  const times = (prices: readonly number[]): number[] => prices.map((price, i) => price * factor(i))
  // adj_close itself, not close × adj/close: the two differ in the last digit.
  const c = bars.c.map((close, i) => adjClose[i] ?? close)
  return { ...bars, o: times(bars.o), h: times(bars.h), l: times(bars.l), c }
}
