import type { SourceBar } from '../records/wire.ts'
import type { SkippedFile } from '../replay/replay-answer.ts'
import type { ReplayPosition } from '../replay/replay-order.ts'
import type { ReplayPart } from '../replay/replay-part.ts'
import type { ReplaySelection } from '../replay/replay-request.ts'

/** The stored history, read in the order of its replay, a bounded piece at a time. */
export interface HistorySource {
  /**
   * The next rows behind a position, at most `limit` of them. Files that cannot be read are left out and named;
   * an unreachable store throws `TickerlakeError`.
   */
  read(request: HistoryRequest): Promise<HistoryWindow>
  /** The part of the files that begins behind one, or with the first. */
  partBehind(after: string | null, versions: HistoryRequest['versions']): Promise<ReplayPart>
}

/** Which bars are meant, however many. */
export type HistorySelection = Omit<ReplaySelection, 'limit'>

export interface HistoryRequest {
  readonly selection: HistorySelection
  /** Null: from the beginning. */
  readonly after: ReplayPosition | null
  readonly limit: number
  /** The files to read and the version of each (`fileVersion`). @default - all, as they are now */
  readonly versions?: ReadonlyMap<string, string> | undefined
  /** The files to read of those. @default - all */
  readonly part?: ReplayPart | undefined
  /** Whether the time is up; then the read throws. @default - it takes the time that it takes */
  readonly isTimeUp?: () => boolean
}

export interface HistoryWindow {
  readonly rows: readonly HistoryRow[]
  /** Whether history ends with these rows. */
  readonly last: boolean
  readonly skipped: readonly SkippedFile[]
  /** Whether a version that was asked for is no more; then nothing is read. */
  readonly isStale: boolean
}

export interface HistoryRow {
  readonly position: ReplayPosition
  readonly bar: SourceBar
  /** The name of the file, for people. */
  readonly source: string
}
