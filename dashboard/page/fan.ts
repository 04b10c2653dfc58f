/** A forecast's knots as a fan over every session: between two horizons the quantiles grow with the root of time. Pure. */
import type { BarsAnswer, FanAnswer } from '../api.ts'

export type Fan = NonNullable<FanAnswer['fan']>

export interface FanSlice {
  /** Epoch milliseconds. */
  readonly t: number
  /** Prices at the levels that every knot has, the lowest level first. */
  readonly prices: readonly number[]
  readonly isKnot: boolean
}

/** The fan where the days of a chart are sessions, on the chart's own basis. */
export function fanOn(chart: BarsAnswer | undefined, fan: Fan | null | undefined): Fan | undefined {
  const { bars, step, interval } = chart ?? {}
  if (!fan || !bars || step !== '1d' || interval !== '1d') return undefined
  const at = bars.t.indexOf(fan.origin)
  const factor = at < 0 ? 1 : (bars.c[at] as number) / fan.lastClose
  const times = (value: number | null): number | null => (value === null ? null : value * factor)
  const knots = fan.knots.map((knot) => ({ ...knot, prices: knot.prices.map(times), realised: times(knot.realised) }))
  return { ...fan, lastClose: fan.lastClose * factor, knots }
}

/** A slice a session, from the origin on, where all quantiles are the last close. */
export function slicesOf({ lastClose, sessions, knots }: Fan): readonly FanSlice[] {
  const levels = levelsOf(knots)
  const at = [
    { horizon: 0, logs: levels.map(() => 0) },
    ...knots.map(({ horizon, prices }) => ({
      horizon,
      logs: levels.map((i) => Math.log((prices[i] as number) / lastClose)),
    })),
  ]
  return sessions.slice(0, (knots.at(-1)?.horizon ?? 0) + 1).map((t, h) => {
    const after = at.findIndex(({ horizon }) => horizon >= h)
    const [low, high] = [at[Math.max(after - 1, 0)], at[after]] as const
    if (!low || !high) return { t, prices: [], isKnot: false }
    const share =
      high.horizon === low.horizon
        ? 1
        : (Math.sqrt(h) - Math.sqrt(low.horizon)) / (Math.sqrt(high.horizon) - Math.sqrt(low.horizon))
    const prices = levels.map(
      (_, i) =>
        lastClose * Math.exp((low.logs[i] as number) + share * ((high.logs[i] as number) - (low.logs[i] as number))),
    )
    return { t, prices, isKnot: knots.some(({ horizon }) => horizon === h) }
  })
}

/** The places of the levels that every knot has a price at. */
export function levelsOf(knots: Fan['knots']): readonly number[] {
  const [first] = knots
  return (first?.prices ?? []).flatMap((_, i) => (knots.every(({ prices }) => prices[i] !== null) ? [i] : []))
}
