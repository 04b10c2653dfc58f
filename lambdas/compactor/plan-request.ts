/** What a plan is asked for: nothing at the beginning of a run, and what the plan before has left at its next turn. */
import { UsageError } from '../../lake/errors.ts'

export interface PlanRequest {
  /** Where a run goes on. */
  readonly cursor?: Cursor
  /** What ledgers call landed and no file has counts as compacted from here on. */
  readonly acceptMissing?: boolean
}

export interface Cursor {
  /** The last key that was taken. */
  readonly after: string
  /** When the run began, epoch milliseconds. */
  readonly since: number
}

/** The request in what a state machine hands over; the rest of its state is for others. */
export function planRequestIn(state: unknown): PlanRequest {
  const { cursor, acceptMissing } = (state ?? {}) as {
    readonly cursor?: Partial<Cursor>
    readonly acceptMissing?: unknown
  }
  if (acceptMissing !== undefined && typeof acceptMissing !== 'boolean') {
    throw new UsageError(`acceptMissing takes true or false; got ${JSON.stringify(acceptMissing)}.`)
  }
  const { after, since } = cursor ?? {}
  const isCursor = typeof after === 'string' && typeof since === 'number'
  return { ...(acceptMissing ? { acceptMissing } : {}), ...(isCursor ? { cursor: { after, since } } : {}) }
}
