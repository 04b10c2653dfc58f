import type { ReplayPosition } from '../core/replay-order.ts'
import type { SourceBar } from '../core/wire.ts'

/** The stored history, read in the order of its replay, a bounded piece at a time. */
export interface HistorySource {
  /**
   * The next rows behind a position, at most `limit` of them. Files that cannot be read are left out and named;
   * an unreachable store throws `TickerlakeError`.
   */
  read(request: HistoryRequest): Promise<HistoryWindow>
}

export interface HistoryRequest {
  readonly selection: HistorySelection
  /** Null: from the beginning. */
  readonly after: ReplayPosition | null
  readonly limit: number
}

/** Which bars are meant; null: all. */
export interface HistorySelection {
  readonly symbols: readonly string[] | null
  /** Epoch milliseconds, both inclusive. With either, rows whose time cannot be read are left out. */
  readonly from: number | null
  readonly to: number | null
}

export interface HistoryWindow {
  readonly rows: readonly HistoryRow[]
  /** Whether history ends with these rows. */
  readonly last: boolean
  readonly skipped: readonly SkippedFile[]
}

export interface HistoryRow {
  readonly position: ReplayPosition
  readonly bar: SourceBar
}

export interface SkippedFile {
  readonly file: string
  readonly reason: string
}
