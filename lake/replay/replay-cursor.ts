/** How far a replay has come, and who is at it: the one object that makes it durable. Pure transitions, and its JSON. */

import { TickerlakeError } from '../errors.ts'
import { toIso } from '../instant.ts'
import { parsedJson } from '../json.ts'
import { LAYOUT } from '../layout.ts'
import type { ReplayPosition } from './replay-order.ts'
import { placeInParts, type ReplayPart } from './replay-part.ts'
import type { ReplaySelection } from './replay-request.ts'

export interface ReplayCursor {
  /** Of the pass: the scheduled replay has a new one each time it begins again. */
  readonly runId: string
  readonly selection: ReplaySelection
  /** The last row whose sending was acknowledged; null before the first, of the part if there is one. */
  readonly position: ReplayPosition | null
  /** The files that are replayed now, and `position` is of them; undefined: all. */
  readonly part?: ReplayPart | undefined
  /** Bars and markers acknowledged in this pass. */
  readonly bars: number
  readonly markers: number
  /** Bars acknowledged of files that changed or came after the pass began; undefined: none. */
  readonly followed?: number
  /** Whether the pass has come to its end, its marker included. */
  readonly ended: boolean
  /** When the last batch was due (epoch milliseconds): the next one is reckoned from here. */
  readonly dueAt: number | null
  readonly lease: Lease | null
  /** Fresh in every version: S3's ETag is a hash, and two versions that are equal could not be told apart. */
  readonly nonce: string
}

/** Who may advance the cursor, until when (epoch milliseconds). */
interface Lease {
  readonly holder: string
  readonly expires: number
}

/** Where the cursor of a run by hand is kept; the scheduled replay has one of its own. */
export function runCursorKey(runId: string): string {
  return `${LAYOUT.replayRuns}/${runId}.json`
}

/** The cursor of a run that has sent nothing yet. */
export function newCursor(runId: string, selection: ReplaySelection): ReplayCursor {
  const nothing = { position: null, bars: 0, markers: 0, ended: false, dueAt: null, lease: null, nonce: '' }
  return { runId, selection, ...nothing }
}

/** The name of a pass of the scheduled replay that begins at `now`. */
export function scheduledRunId(now: number): string {
  return `scheduled-${toIso(now)}`
}

/** A pass from the beginning, after one that ended. */
export function nextPass(cursor: ReplayCursor, now: number): ReplayCursor {
  const nothing = { position: null, part: undefined, bars: 0, markers: 0, ended: false }
  return { ...cursor, runId: scheduledRunId(now), ...nothing }
}

/** Whether nothing at all was sent yet: then every file is the replay's to send. */
export function isUntouched({ position, part, followed }: ReplayCursor): boolean {
  return position === null && (part?.after ?? null) === null && !followed
}

/** How much of a file the replay has sent: nothing, all, or what lies before its position. */
export function progressIn({ position, part }: ReplayCursor, file: string): 'none' | 'some' | 'all' {
  const place = part ? placeInParts(part, file) : 'here'
  if (place === 'before') return 'all'
  return place === 'behind' || position === null ? 'none' : 'some'
}

/** The name under which bars are sent that came, or changed, after the past was replayed. */
export function followRunId(now: number): string {
  return `follow-${toIso(now)}`
}

/** Whether another invocation has the lease at `now`, epoch milliseconds. */
export function isHeldByOther({ lease }: ReplayCursor, holder: string, now: number): boolean {
  return lease !== null && lease.holder !== holder && lease.expires > now
}

const FORMAT = 1

export function encodeCursor(cursor: ReplayCursor): string {
  return JSON.stringify({ format: FORMAT, ...cursor }, null, 1)
}

/** Reads a cursor's JSON; throws where it is not one, saying what to do. */
export function parseCursor(text: string, key: string): ReplayCursor {
  const cursor = parsedJson(text)
  if (isCursor(cursor)) return cursor
  throw new TickerlakeError(
    'bad-cursor',
    `The object ${key} is not a replay cursor of this version. Nothing was sent. Delete it to begin from the start of history.`,
  )
}

/** The parts that a replay would go wrong without; the rest was written by the same program with them. */
function isCursor(value: unknown): value is ReplayCursor {
  if (typeof value !== 'object' || value === null) return false
  const cursor: Partial<Record<keyof ReplayCursor | 'format', unknown>> = value
  return (
    cursor.format === FORMAT &&
    typeof cursor.runId === 'string' &&
    typeof cursor.nonce === 'string' &&
    typeof cursor.bars === 'number' &&
    typeof cursor.markers === 'number' &&
    typeof cursor.ended === 'boolean' &&
    typeof cursor.selection === 'object' &&
    cursor.position !== undefined
  )
}
