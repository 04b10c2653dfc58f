import type { SkippedFile } from '../core/replay/replay-answer.ts'
import type { ReplayPosition } from '../core/replay/replay-order.ts'
import type { ReplaySelection } from '../core/replay/replay-request.ts'
import type { SourceBar } from '../core/wire.ts'

/** The stored history, read in the order of its replay, a bounded piece at a time. */
export interface HistorySource {
  /**
   * The next rows behind a position, at most `limit` of them. Files that cannot be read are left out and named;
   * an unreachable store throws `TickerlakeError`.
   */
  read(request: HistoryRequest): Promise<HistoryWindow>
}

/** Which bars are meant, however many. */
export type HistorySelection = Omit<ReplaySelection, 'limit'>

export interface HistoryRequest {
  readonly selection: HistorySelection
  /** Null: from the beginning. */
  readonly after: ReplayPosition | null
  readonly limit: number
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
