/** What the producer answers to whoever invoked it; docs/producer.md has it as a table. */
export interface ReplayAnswer {
  readonly runId: string
  /** Records that this invocation sent, markers included. */
  readonly sent: number
  readonly markers: number
  /** Whether there is nothing left to send; else the same call goes on. */
  readonly done: boolean
  /** The time of the bar that comes next (ISO 8601), where it is known. */
  readonly next: string | null
  /** Files of the history that cannot be read. */
  readonly skipped: readonly SkippedFile[]
  /** Records of the whole run or pass so far, by all its invocations. */
  readonly total: { readonly sent: number; readonly markers: number }
  /** Whether another invocation is at the same replay; then this one did nothing. */
  readonly busy: boolean
}

export interface SkippedFile {
  readonly file: string
  readonly reason: string
}
