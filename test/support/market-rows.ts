/** Rows of a query over the market, and whether they say what the market says. */
import type { Row } from './lake-engine.ts'
import { type BarVersion, type Closes, closesOf } from './market.ts'
import type { StandInSymbol } from './yahoo-stand-in.ts'

/** `2026-11-20 21:00:00.000`, as Athena prints an instant. */
export function instantOf(text: string | null | undefined): number {
  return Date.parse(`${text?.replace(' ', 'T')}Z`)
}

/** A row of `bars_versions`. */
export function versionOf(row: Row): BarVersion {
  return {
    symbol: row['symbol'] ?? '',
    interval: row['interval'] ?? '',
    ts_event: instantOf(row['ts_event']),
    known_from: instantOf(row['known_from']),
    open: Number(row['open']),
    high: Number(row['high']),
    low: Number(row['low']),
    close: Number(row['close']),
    adj_close: row['adj_close'] === null ? null : Number(row['adj_close']),
    volume: Number(row['volume']),
  }
}

/** Rows of `bars_bases` of a symbol, or of what is like it, that are not on the three bases as they stood at `now`. */
export function basesUnlikeMarket(rows: readonly Row[], symbol: StandInSymbol, now: number): readonly string[] {
  return rows.flatMap((row) => {
    const interval = row['interval'] ?? '1d'
    const bar = { symbol: symbol.symbol, interval, ts_event: instantOf(row['ts_event']), close: 0, volume: 0 }
    const [traded = 0, split = 0, total = 0] = [row['close_traded'], row['close_split'], row['close_return']].map(
      Number,
    )
    const isRight = isAlike({ traded, split, total }, closesOf(symbol, bar, now))
    return isRight ? [] : [`not on its bases: ${interval} ${symbol.symbol} ${row['ts_event']}`]
  })
}

function isAlike(a: Closes, b: Closes): boolean {
  return (['traded', 'split', 'total'] as const).every((name) => Math.abs(a[name] / b[name] - 1) < 3e-6)
}
