/** A made-up history: every symbol on every session, prices that wander, from one seed. */
import { sessionsBetween } from '../../lake/queries/calendar.ts'
import type { LandingRow } from '../../lake/tables/tables.ts'
import { landed } from './lake-builder.ts'

/** Park and Miller's generator: the same history on every machine. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}

const cents = (price: number): number => Math.round(price * 100) / 100

export interface HistorySize {
  readonly symbols: number
  readonly from: number
  readonly to: number
}

/** Symbol by symbol in the order of time, as a backfill sends it; offsets count from nought. */
export function longHistory({ symbols, from, to }: HistorySize): LandingRow[] {
  const random = randomFrom(20_130_301)
  const days = sessionsBetween(from, to)
  const rows: LandingRow[] = []
  for (let s = 0; s < symbols; s++) {
    let price = 20 + 200 * random()
    for (const ts_event of days) {
      const open = cents(price)
      price *= 1 + 0.03 * (random() - 0.5)
      const close = cents(price)
      rows.push(
        landed({
          symbol: `SYM${String(s).padStart(3, '0')}`,
          ts_event,
          open,
          close,
          high: cents(Math.max(open, close) * (1 + 0.01 * random())),
          low: cents(Math.min(open, close) * (1 - 0.01 * random())),
          adj_close: Math.round(close * 0.93 * 1e6) / 1e6,
          volume: Math.floor(1e6 + 1e7 * random()),
          ts_sent: Date.UTC(2026, 10, 1) + rows.length,
          ts_recv: Date.UTC(2026, 10, 1) + rows.length + 120,
          kafka_partition: s % 4,
          kafka_offset: rows.length,
        }),
      )
    }
  }
  return rows
}
