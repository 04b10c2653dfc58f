/** How fast a replay goes, and how many rows go together. A session is all bars of one date, of every symbol. */
import { startOfDay } from '../instant.ts'

import type { ReplayPosition } from './replay-order.ts'

/** How many times the normal pace; `max` is as fast as the broker takes it. */
export type Speed = number | 'max'

export interface Pace {
  /** Milliseconds between two batches. */
  readonly intervalMs: number
  /** Sessions of one batch. */
  readonly sessions: number
}

/** Below this pause sessions go together: each batch costs a write of the cursor. */
const LEAST_INTERVAL_MS = 250

/** Rows that are sent together at most: some 2.5 MB of JSON, a few requests to the broker. */
export const BATCH_ROWS = 10_000

/** The pace of one session every `everySeconds`, at a speed. */
export function paceOf(speed: Speed, everySeconds: number): Pace {
  if (speed === 'max') return { intervalMs: 0, sessions: Number.POSITIVE_INFINITY }
  const sessionMs = (everySeconds * 1_000) / speed
  const sessions = Math.max(1, Math.ceil(LEAST_INTERVAL_MS / sessionMs))
  return { intervalMs: sessionMs * sessions, sessions }
}

/** The session of a row: its date (epoch milliseconds), or null for rows whose time could not be read. */
function sessionOf({ tsEvent }: ReplayPosition): number | null {
  return tsEvent === null ? null : startOfDay(tsEvent)
}

/** How many of the rows go into the next batch: those of its sessions, at most `most`. */
export function batchEnd(
  rows: readonly { readonly position: ReplayPosition }[],
  { pace, most }: { readonly pace: Pace; readonly most: number },
): number {
  const last = Math.min(rows.length, BATCH_ROWS, most)
  let sessions = 0
  let session: number | null | undefined
  for (let i = 0; i < last; i++) {
    const row = rows[i]
    if (!row) break
    const own = sessionOf(row.position)
    if (own !== session) sessions += 1
    if (sessions > pace.sessions) return i
    session = own
  }
  return last
}

/** What was sent last, and when it was due. */
export interface LastBatch {
  readonly position: ReplayPosition | null
  /** Epoch milliseconds. */
  readonly dueAt: number | null
}

/** When the batch that begins with `first` is due. The rest of a session that was begun is due at once. */
export function dueAt(last: LastBatch, first: ReplayPosition, { pace, now }: { pace: Pace; now: number }): number {
  if (last.position === null || last.dueAt === null) return now
  if (sessionOf(last.position) === sessionOf(first)) return now
  const due = last.dueAt + pace.intervalMs
  // A little late is on time, or every wait would add to the last; what was missed for longer is not made up for.
  return now - due < pace.intervalMs ? due : now
}
