import type { Clock } from '../../lake/clock.ts'
import { TickerlakeError } from '../../lake/errors.ts'
import type { HistoryRequest, HistoryRow, HistorySource, HistoryWindow } from '../../lake/history/history-source.ts'
import { toIso } from '../../lake/instant.ts'
import type { RecordSender } from '../../lake/kafka/kafkajs-sender.ts'
import type { Metrics } from '../../lake/metrics.ts'
import { encodeBar, encodeEndOfReplay } from '../../lake/records/wire.ts'
import type { ReplayAnswer, SkippedFile } from '../../lake/replay/replay-answer.ts'
import { nextPass, type ReplayCursor } from '../../lake/replay/replay-cursor.ts'
import { batchEnd, dueAt, type Pace } from '../../lake/replay/replay-pace.ts'
import type { CursorHold } from './cursor-hold.ts'

export interface ReplayEffects {
  readonly history: HistorySource
  readonly sender: RecordSender
  readonly clock: Clock
  readonly metrics: Metrics
}

export interface ReplayPlan {
  readonly pace: Pace
  /** Epoch milliseconds: when the invocation began. */
  readonly startedAt: number
  /** Epoch milliseconds: no batch that is due later is sent. */
  readonly stopAt: number
  /** Epoch milliseconds: nothing is begun from here on, due or not. */
  readonly deadline: number
  /** Whether the end of history is the beginning of the next pass. */
  readonly isLooping: boolean
  /** The files to replay, and the version of each. @default - all, as they are */
  readonly versions?: ReadonlyMap<string, string> | undefined
}

/** What one invocation did. */
export type ReplayOutcome = Pick<ReplayAnswer, 'sent' | 'markers' | 'done' | 'next' | 'skipped'> & {
  /** Whether it stopped because a file is no longer of the version that it was to replay. */
  readonly isStale: boolean
}

/** Rows that are read ahead: with their cells some 50 MB, of the 512 that the function has. */
const WINDOW_ROWS = 131_072

/** One invocation's part of a replay: reads ahead, waits until a batch is due, sends it, writes the cursor down. */
export class Replay {
  readonly #hold: CursorHold
  readonly #plan: ReplayPlan
  readonly #effects: ReplayEffects
  #rows: readonly HistoryRow[] = []
  #isLastWindow = false
  #isStale = false
  #isCutOff = false
  #skipped: readonly SkippedFile[] = []
  #bars = 0
  #markers = 0
  #isDone = false

  constructor(hold: CursorHold, plan: ReplayPlan, effects: ReplayEffects) {
    this.#hold = hold
    this.#plan = plan
    this.#effects = effects
    this.#isDone = hold.cursor.ended
  }

  async run(): Promise<ReplayOutcome> {
    while (!this.#isDone && this.#effects.clock.now() < this.#plan.deadline) {
      const batch = await this.#nextBatch()
      if (this.#isStale || this.#isCutOff) break
      if (batch.length === 0) await this.#endPart()
      else if (!(await this.#sendWhenDue(batch))) break
    }
    const [next] = this.#rows
    return {
      sent: this.#bars + this.#markers,
      markers: this.#markers,
      done: this.#isDone,
      next: this.#isDone || !next || next.position.tsEvent === null ? null : toIso(next.position.tsEvent),
      skipped: this.#skipped,
      isStale: this.#isStale,
    }
  }

  /** Bars that the run's limit still leaves. */
  get #left(): number {
    const { selection, bars } = this.#hold.cursor
    return selection.limit === null ? Number.POSITIVE_INFINITY : selection.limit - bars
  }

  async #nextBatch(): Promise<readonly HistoryRow[]> {
    if (this.#left <= 0) return []
    if (this.#rows.length === 0 && !this.#isLastWindow) await this.#readOn()
    return this.#rows.slice(0, batchEnd(this.#rows, { pace: this.#plan.pace, most: this.#left }))
  }

  async #readOn(): Promise<void> {
    await this.#beginPart()
    const { selection, position, part } = this.#hold.cursor
    const limit = Math.min(WINDOW_ROWS, this.#left)
    const { versions, deadline } = this.#plan
    const isTimeUp = (): boolean => this.#effects.clock.now() >= deadline
    const window = await this.#readInTime({ selection, after: position, limit, versions, part, isTimeUp })
    this.#isCutOff = window === undefined
    if (!window) return
    this.#isStale = window.isStale
    this.#rows = window.rows
    this.#isLastWindow = window.last
    this.#skipped = window.skipped
  }

  /** Undefined where the time was up first, of a window that the next invocation can read: it has more time for it. */
  async #readInTime(request: HistoryRequest): Promise<HistoryWindow | undefined> {
    const { startedAt, deadline } = this.#plan
    const isLate = this.#bars > 0 || this.#effects.clock.now() - startedAt > (deadline - startedAt) / 2
    try {
      return await this.#effects.history.read(request)
    } catch (error) {
      if (isLate && error instanceof TickerlakeError && error.code === 'history-too-wide') return undefined
      throw error
    }
  }

  /** A session is all symbols' bars of a date, and so many bars are those that come first: both need all files at once. */
  async #beginPart(): Promise<void> {
    const { cursor } = this.#hold
    const isWhole = this.#plan.pace.intervalMs > 0 || cursor.selection.limit !== null
    if (isWhole || cursor.part || cursor.position !== null) return
    const part = await this.#effects.history.partBehind(null, this.#plan.versions)
    if (part.upTo !== null) await this.#hold.save({ ...cursor, part })
  }

  async #endPart(): Promise<void> {
    const { cursor } = this.#hold
    const upTo = cursor.part?.upTo ?? null
    if (upTo === null || this.#left <= 0) return this.#endPass()
    const part = await this.#effects.history.partBehind(upTo, this.#plan.versions)
    await this.#hold.save({ ...cursor, part, position: null })
    this.#isLastWindow = false
  }

  async #sendWhenDue(batch: readonly HistoryRow[]): Promise<boolean> {
    const { clock } = this.#effects
    const { pace, stopAt, deadline } = this.#plan
    const [first] = batch
    const last = batch.at(-1)
    if (!first || !last) return false
    const due = dueAt(this.#hold.cursor, first.position, { pace, now: clock.now() })
    if (due >= stopAt || due >= deadline) return false

    if (due > clock.now()) await clock.sleep(due - clock.now())
    await this.#send(batch)
    this.#rows = this.#rows.slice(batch.length)
    const { cursor } = this.#hold
    const bars = cursor.bars + batch.length
    await this.#hold.save({ ...cursor, position: last.position, bars, dueAt: due }, pace.intervalMs)
    return true
  }

  async #send(batch: readonly HistoryRow[]): Promise<void> {
    await this.#hold.renewIfOld()
    const { clock, sender, metrics } = this.#effects
    const provenance = { runId: this.#hold.cursor.runId, tsSent: clock.now() }
    await sender.send(
      batch.map(({ bar, source }) => ({ key: bar.symbol, value: encodeBar(bar, { ...provenance, source }) })),
    )
    this.#bars += batch.length
    metrics.record('BarsSent', batch.length, 'Count')
  }

  /** A pass that sent nothing has no end to tell of: its history is empty, or all of it was sent before. */
  async #endPass(): Promise<void> {
    const { cursor } = this.#hold
    const isLoop = this.#plan.isLooping && cursor.bars > 0
    if (cursor.bars > 0) await this.#sendMarker(cursor)
    const markers = cursor.markers + (cursor.bars > 0 ? 1 : 0)
    const ended: ReplayCursor = { ...cursor, markers, ended: true }
    await this.#hold.save(isLoop ? nextPass(ended, this.#effects.clock.now()) : ended)
    this.#isDone = !isLoop
    this.#isLastWindow = false
  }

  async #sendMarker({ runId, bars }: ReplayCursor): Promise<void> {
    await this.#hold.renewIfOld()
    const value = encodeEndOfReplay({ runId, sent: bars }, this.#effects.clock.now())
    await this.#effects.sender.send([{ key: runId, value }])
    this.#markers += 1
  }
}
