/** What AWS tells of a stage's last minutes; null where it tells nothing. */
export interface CloudNow {
  readonly at: number
  /** How many minutes a sum is of. */
  readonly minutes: number
  readonly sent: number | null
  readonly landed: number | null
  readonly rejected: number | null
  /** The longest from sent to landed. */
  readonly latencyMs: number | null
  /** Records of the topic that the consumer has not had, as the brokers count them. */
  readonly lag: number | null
  /** How long the oldest of them has waited, as the brokers estimate. */
  readonly lagSeconds: number | null
  readonly invocations: number | null
  readonly errors: number | null
  readonly throttles: number | null
  /** The state of the event source mapping. */
  readonly mapping: string | null
}
