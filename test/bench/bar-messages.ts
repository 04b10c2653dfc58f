/** Minute bars of 500 symbols whose prices walk, as our producer would send them: what benchmarks of the stream are fed with. */
import { aMessage } from '../support/bars.ts'

const SYMBOLS = 500

export interface BarMessage {
  readonly key: string
  readonly value: string
}

/**
 * The messages one after another, the first bar at `first` (epoch milliseconds); `random` is in [0, 1), `tsSent` their time
 * of sending where it is not a fixed one.
 */
export function barMessages(random: () => number, first: number): (index: number, tsSent?: number) => BarMessage {
  const prices = Array.from({ length: SYMBOLS }, () => 20 + 180 * random())
  return (index, tsSent) => {
    const which = index % SYMBOLS
    const before = prices[which] ?? 100
    const after = before * (1 + 0.002 * (random() - 0.5))
    prices[which] = after
    const [open, close] = [cents(before), cents(after)]
    const value = aMessage({
      symbol: `S${which}`,
      interval: '1m',
      ts_event: new Date(first + index * 60).toISOString(),
      open,
      close,
      high: cents(Math.max(open, close) * 1.001),
      low: cents(Math.min(open, close) * 0.999),
      adj_close: close,
      volume: Math.floor(random() * 1e6),
      ...(tsSent === undefined ? {} : { ts_sent: new Date(tsSent).toISOString() }),
    })
    return { key: `S${which}`, value }
  }
}

function cents(price: number): number {
  return Math.round(price * 100) / 100
}
