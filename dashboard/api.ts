/** What the dashboard's server and its page say to each other. */
import type { CloudNow } from './cloud-now.ts'

export const PAGE_NAMES = ['stream', 'market', 'variety', 'quality', 'forecasts', 'query'] as const
export type PageName = (typeof PAGE_NAMES)[number]

/** Whose lake it is: stands in the page itself, so that it has to ask nothing before it is drawn. */
export interface Shell {
  readonly stage: string
  readonly where: string
  /** Whether commands want the stage's name before they change it. */
  readonly isOnAws: boolean
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
  /** Undefined where the lake is not on AWS. */
  readonly cloud?: CloudNow | undefined
  readonly newest: readonly LandedBar[]
  /** Landed bars that no chart has until they are compacted: too many to keep in the dashboard's memory. */
  readonly unshown: number
  /** What could not be asked, a sentence each. */
  readonly troubles: readonly string[]
}

/** An engine's answer, as it prints it. */
export interface GridAnswer {
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  readonly rows: readonly (readonly (string | null)[])[]
  readonly notes?: readonly string[] | undefined
  /** Cells of which only the beginning is here. */
  readonly cut: number
  readonly stats: {
    readonly bytesScanned: number
    readonly milliseconds: number
    readonly isOfWholeFiles?: boolean | undefined
  }
}

export interface SavedQueryEntry {
  readonly name: string
  readonly doc: string
  readonly params: readonly {
    readonly name: string
    readonly type: string
    readonly default: string
    readonly doc: string
  }[]
  readonly sql: string
}

export interface RelationEntry {
  readonly name: string
  readonly doc: string
  readonly columns: readonly { readonly name: string; readonly type: string; readonly doc: string }[]
}

/** What the page Query knows before anything is asked. */
export interface QueriesAnswer {
  readonly queries: readonly SavedQueryEntry[]
  readonly relations: readonly RelationEntry[]
}

/** Either a statement, or a saved query with values for its parameters. */
export type QueryRequest =
  | { readonly sql: string }
  | { readonly name: string; readonly params: Readonly<Record<string, string>> }

/** The statement that a request would run. */
export interface SqlAnswer {
  readonly sql: string
}

export interface PartitionQuality {
  readonly partition: number
  readonly epoch: number
  readonly landed: number
  readonly rejected: number
  readonly duplicates: number
  readonly gaps: number
  readonly lost: number
  readonly lag: number | null
  readonly newestArrival: number | null
}

export interface RunQuality {
  readonly run: string
  readonly sent: number | null
  readonly landed: number
  readonly rejected: number
  readonly isComplete: boolean
}

export interface RejectedRecord {
  readonly partition: number
  readonly offset: number
  readonly received: string
  readonly code: string
  readonly detail: string
  readonly key: RejectedBytes | null
  readonly value: RejectedBytes | null
}

export interface RejectedBytes {
  /** The first of them, as hex of two digits each: a record may have a megabyte. */
  readonly hex: string
  /** How many there are. */
  readonly length: number
}

export interface QualityAnswer {
  readonly partitions: readonly PartitionQuality[]
  readonly runs: readonly RunQuality[]
  readonly rejected: readonly RejectedRecord[]
  /** Objects below the on-failure destination: what the mapping gave up. */
  readonly givenUpObjects: number
  readonly findings: readonly { readonly finding: string; readonly bars: number }[]
}

export type ScoreKind = 'live' | 'walk-forward'

export interface HorizonScore {
  readonly kind: ScoreKind
  readonly horizon: number
  readonly forecasts: number
  /** Shares that came true inside the 50, 80, 90 and 95 % interval. */
  readonly inside: readonly number[]
  /** Shares in the ten cells between the quantiles, the lowest first; `PIT_EXPECTED` is what they should be. */
  readonly pit: readonly number[]
  /** Pinball loss over the random walk's; below 1 is better. Null where none is known. */
  readonly ratio: number | null
}

export const PIT_EXPECTED = [0.025, 0.025, 0.05, 0.15, 0.25, 0.25, 0.15, 0.05, 0.025, 0.025] as const
export const INSIDE_LEVELS = [0.5, 0.8, 0.9, 0.95] as const

export interface ForecastsAnswer {
  readonly horizons: readonly HorizonScore[]
  readonly months: readonly {
    readonly kind: ScoreKind
    readonly horizon: number
    readonly t: number
    readonly ratio: number | null
    readonly forecasts: number
  }[]
  readonly symbols: readonly {
    readonly kind: ScoreKind
    readonly symbol: string
    readonly horizon: number
    readonly forecasts: number
    readonly inside80: number
    readonly ratio: number | null
  }[]
  readonly misses: readonly {
    readonly kind: ScoreKind
    readonly symbol: string
    readonly horizon: number
    readonly origin: string
    readonly target: string
    readonly sigmas: number
    readonly percent: number
  }[]
}

export interface ColumnProfile {
  readonly name: string
  readonly type: string
  readonly doc: string
  readonly nulls: number
  readonly distinct: number | null
  readonly least: string | null
  readonly most: string | null
  /** Rows in twelve equal steps from the least to the most; null for what has no distance. */
  readonly steps: readonly number[] | null
}

export interface TableProfile {
  readonly name: string
  readonly doc: string
  readonly rows: number
  readonly files: number
  readonly bytes: number
  readonly columns: readonly ColumnProfile[]
}

export interface VarietyAnswer {
  readonly tables: readonly TableProfile[]
  readonly days: readonly { readonly day: string; readonly rows: number; readonly bytes: number }[]
  readonly minutes: readonly { readonly t: number; readonly rows: number }[]
  readonly shares: Readonly<
    Record<'symbol' | 'source' | 'interval', readonly { readonly name: string; readonly rows: number }[]>
  >
  readonly rejected: readonly { readonly name: string; readonly rows: number }[]
  readonly findings: readonly { readonly name: string; readonly rows: number }[]
}
