/** What a plan is asked for: nothing at the beginning of a run, and what the plan before has left at its next turn. */
import { UsageError } from '../../lake/errors.ts'

export interface PlanRequest {
  /** Where a run goes on. */
  readonly cursor?: Cursor
  /** What ledgers call landed and no file has counts as compacted from here on. */
  readonly acceptMissing?: boolean
  /** All of landing is searched for what is missing, though it was lately. */
  readonly lookAgain?: boolean
}

export interface Cursor {
  /** The last key that was taken. */
  readonly after: string
  /** When the run began, epoch milliseconds. */
  readonly since: number
}

/** The request in what a state machine hands over; the rest of its state is for others. */
export function planRequestIn(state: unknown): PlanRequest {
  const asked = (state ?? {}) as Readonly<Partial<Record<string, unknown>>> & { readonly cursor?: Partial<Cursor> }
  const { cursor } = asked
  const [acceptMissing, lookAgain] = ['acceptMissing', 'lookAgain'].map((name) => switchIn(asked, name))
  const { after, since } = cursor ?? {}
  const isCursor = typeof after === 'string' && typeof since === 'number'
  return {
    ...(acceptMissing && { acceptMissing }),
    ...(lookAgain && { lookAgain }),
    ...(isCursor && { cursor: { after, since } }),
  }
}

function switchIn(asked: Readonly<Partial<Record<string, unknown>>>, name: string): boolean {
  const value = asked[name] ?? false
  if (typeof value === 'boolean') return value
  throw new UsageError(`${name} takes true or false; got ${JSON.stringify(value)}.`)
}
