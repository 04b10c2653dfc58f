/** What the dashboard's server and its page say to each other. */

export const PAGE_NAMES = ['stream', 'market', 'variety', 'quality', 'forecasts', 'query'] as const
export type PageName = (typeof PAGE_NAMES)[number]

/** Whose lake it is. */
export interface ShellAnswer {
  readonly stage: string
  readonly where: string
  readonly topic: string
  readonly bucket: string
  /** Whether numbers of the stream come by themselves every moment, or once a minute. */
  readonly lookMs: number
}

export interface SymbolEntry {
  readonly symbol: string
  readonly interval: string
  readonly bars: number
  /** Epoch milliseconds. */
  readonly first: number
  readonly last: number
}

/** Bars as columns: epoch milliseconds, prices, volume. */
export interface BarArrays {
  readonly t: readonly number[]
  readonly o: readonly number[]
  readonly h: readonly number[]
  readonly l: readonly number[]
  readonly c: readonly number[]
  readonly v: readonly number[]
}

export interface BarsAnswer {
  readonly symbol: string
  readonly interval: string
  readonly step: string
  readonly basis: 'adjusted' | 'traded'
  /** Bars of the interval in the lake, before they were folded. */
  readonly found: number
  /** How many of them one bar of the answer is where they are too many for a chart; else 1. */
  readonly each: number
  readonly bars: BarArrays
}

export interface Finding {
  readonly t: number
  readonly finding: string
  /** Log return of a spike, jump or adjustment. */
  readonly size: number | null
}

export interface FanKnot {
  readonly horizon: number
  /** The session that the forecast is about, epoch milliseconds. */
  readonly t: number
  /** Prices at the levels 2.5, 5, 10, 25, 50, 75, 90, 95 and 97.5 %; null where a level was not kept. */
  readonly prices: readonly (number | null)[]
  /** What came true, as a price; null while it has not. */
  readonly realised: number | null
}

export interface FanAnswer {
  readonly symbol: string
  /** Days that a forecast was made after, newest first. */
  readonly origins: readonly number[]
  readonly fan: {
    readonly origin: number
    readonly kind: 'forecast' | 'walk-forward'
    readonly lastClose: number
    readonly model: string
    /** The sessions from the origin to the last horizon, both included. */
    readonly sessions: readonly number[]
    readonly knots: readonly FanKnot[]
  } | null
  /** Why there is none. */
  readonly reason: string | null
}

/** What the local mapping does, as it says itself. */
export interface MappingNow {
  readonly state: string
  readonly invocations: number
  readonly handled: number
  readonly failures: number
  readonly discarded: number
  readonly inFlight: number
  readonly bufferedBytes: number
  readonly lastProcessingResult: string
  readonly lastMilliseconds: number | null
}

export interface PartitionNow {
  readonly partition: number
  /** The offset that the next record gets; null where the broker is out of reach. */
  readonly high: number | null
  readonly next: number
  readonly lag: number | null
  /** How long the oldest record that is not landed has waited; 0 where all are. */
  readonly lagSeconds: number | null
  /** Records a second that the lag changed by over the last ten seconds. */
  readonly trend: number | null
  readonly gaps: number
}

export interface LandedBar {
  readonly symbol: string
  readonly interval: string
  readonly t: number
  readonly o: number
  readonly h: number
  readonly l: number
  readonly c: number
  readonly v: number
  readonly received: number
}

/** One look at the stream. */
export interface StreamNow {
  readonly at: number
  readonly sent: number | null
  readonly landed: number
  readonly rejected: number
  readonly givenUp: number
  readonly compacted: number
  readonly files: number
  readonly bytes: number
  readonly sentPerSecond: number | null
  readonly landedPerSecond: number
  readonly partitions: readonly PartitionNow[]
  /** Milliseconds from sent to landed of what landed in the last minutes. */
  readonly latency: { readonly p50: number; readonly p95: number; readonly p99: number; readonly of: number } | null
  readonly mapping: MappingNow | null
  readonly newest: readonly LandedBar[]
  /** What could not be asked, a sentence each. */
  readonly troubles: readonly string[]
}
