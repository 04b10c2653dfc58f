import { messageOf, UsageError } from '../../lake/errors.ts'
import { replayedVersions } from '../../lake/follow/taken-files.ts'
import { toIso } from '../../lake/instant.ts'
import { LAYOUT } from '../../lake/layout.ts'
import type { Log } from '../../lake/log.ts'
import type { ReplayAnswer, SkippedFile } from '../../lake/replay/replay-answer.ts'
import {
  isUntouched,
  newCursor,
  nextPass,
  type ReplayCursor,
  runCursorKey,
  scheduledRunId,
} from '../../lake/replay/replay-cursor.ts'
import { paceOf } from '../../lake/replay/replay-pace.ts'
import { EVERYTHING, type ReplayRequest } from '../../lake/replay/replay-request.ts'
import type { ReplaySettings } from '../../lake/replay/replay-settings.ts'
import { CursorHold, type HoldEffects, type HoldRequest } from './cursor-hold.ts'
import { type FollowEffects, Follower } from './follow.ts'
import { Replay, type ReplayEffects, type ReplayOutcome, type ReplayPlan } from './replay.ts'

export type ProducerEffects = HoldEffects &
  ReplayEffects &
  FollowEffects & {
    /** Where the history lies, with its slash. */
    readonly historyPrefix: string
    readonly log: Log
    /** Milliseconds until the invocation is ended from outside. */
    readonly remainingMs: () => number
  }

/** A scheduled minute is a minute: the next invocation takes over then. */
const SCHEDULED_MS = 60_000
/** An invocation that overlaps its predecessor's last moments waits for it; the replay would miss a minute. */
const PATIENCE_MS = 10_000
/** While a past is replayed, what is new may take this much of a minute: the sessions wait for it. */
const FOLLOW_MS = 20_000
/** Kept of the invocation's time for the send and the write of the cursor that may be under way. */
const RESERVE_MS = 5_000

/** Replays history from where its cursor stands until the time is up, the run is done, or the scheduled minute is over. */
export async function produce(
  request: ReplayRequest,
  settings: ReplaySettings,
  effects: ProducerEffects,
): Promise<ReplayAnswer> {
  const started = effects.clock.now()
  const wanted = holdOf(request, settings, effects)
  const hold = await CursorHold.take(wanted, effects)
  if (!hold) return answerOf((await effects.cursors.read(wanted.key))?.value, BUSY)
  try {
    const plan = planOf(request, settings, { started, ...effects })
    const isFollowing = request.kind === 'scheduled' && settings.atEnd === 'rest'
    const outcome = isFollowing
      ? await followAndReplay(hold, plan, effects)
      : await new Replay(hold, plan, effects).run()
    report(outcome, hold.cursor, effects)
    return answerOf(hold.cursor, outcome)
  } finally {
    await release(hold, effects)
  }
}

/**
 * Sends what is new of files that changed, then goes on with the past of those that did not. A file that changes in between
 * leaves the replay where the replay stands, and is followed from there.
 */
async function followAndReplay(hold: CursorHold, plan: ReplayPlan, effects: ProducerEffects): Promise<ReplayOutcome> {
  const { clock, historyPrefix: prefix } = effects
  let so = BUSY
  while (true) {
    const deadline = hold.cursor.ended ? plan.deadline : Math.min(plan.deadline, clock.now() + FOLLOW_MS)
    const followed = await new Follower(hold, { prefix, deadline }, effects).run()
    const versions = replayedVersions(followed.taken)
    const replayed = await new Replay(hold, { ...plan, versions }, effects).run()
    so = {
      ...replayed,
      sent: so.sent + followed.sent + replayed.sent,
      markers: so.markers + replayed.markers,
      done: replayed.done && followed.done,
      skipped: namedOnce([...followed.skipped, ...replayed.skipped]),
    }
    if (!replayed.isStale || !followed.done || clock.now() >= plan.stopAt) return so
  }
}

function namedOnce(skipped: readonly SkippedFile[]): readonly SkippedFile[] {
  return [...new Map(skipped.map((one) => [one.file, one])).values()]
}

/** Everything is written down already: a lease that stays behind only makes the next invocation wait for its end. */
async function release(hold: CursorHold, { log }: ProducerEffects): Promise<void> {
  try {
    await hold.release()
  } catch (error) {
    log.warn('lease not released', { error: messageOf(error) })
  }
}

const BUSY: ReplayOutcome = { sent: 0, markers: 0, done: false, next: null, skipped: [], isStale: false }

function holdOf(request: ReplayRequest, { atEnd }: ReplaySettings, { clock, freshId }: ProducerEffects): HoldRequest {
  if (request.kind === 'scheduled') {
    return {
      key: LAYOUT.replayCursor,
      patienceMs: PATIENCE_MS,
      begin: (found, now) => {
        // Where nothing was there to send yet, what comes first is a past to replay.
        if (!found || (found.ended && isUntouched(found))) return newCursor(scheduledRunId(now), EVERYTHING)
        return found.ended && atEnd === 'loop' ? nextPass(found, now) : found
      },
    }
  }
  const { selection } = request
  const runId = request.runId ?? `manual-${toIso(clock.now())}-${freshId().slice(0, 8)}`
  return {
    key: runCursorKey(runId),
    patienceMs: PATIENCE_MS,
    begin: (found) => {
      if (!found) return newCursor(runId, selection)
      if (JSON.stringify(found.selection) === JSON.stringify(selection)) return found
      throw new UsageError(
        `The run "${runId}" was begun with ${JSON.stringify(found.selection)}; ask for the same to go on with it, or take another runId.`,
      )
    },
  }
}

function planOf(
  request: ReplayRequest,
  settings: ReplaySettings,
  { started, clock, remainingMs }: Pick<ProducerEffects, 'clock' | 'remainingMs'> & { readonly started: number },
): ReplayPlan {
  const speed = request.kind === 'by-hand' ? (request.speed ?? settings.speed) : settings.speed
  return {
    pace: paceOf(speed, settings.everySeconds),
    startedAt: started,
    stopAt: request.kind === 'scheduled' ? started + SCHEDULED_MS : Number.POSITIVE_INFINITY,
    deadline: clock.now() + remainingMs() - RESERVE_MS,
    isLooping: request.kind === 'scheduled' && settings.atEnd === 'loop',
  }
}

function answerOf(cursor: ReplayCursor | undefined, outcome: ReplayOutcome): ReplayAnswer {
  const { runId = '', bars = 0, markers = 0, followed = 0 } = cursor ?? {}
  const { isStale: _, ...said } = outcome
  return { runId, ...said, total: { sent: bars + markers + followed, markers }, busy: outcome === BUSY }
}

function report(outcome: ReplayOutcome, { runId, position }: ReplayCursor, { log, metrics }: ProducerEffects): void {
  for (const { file, reason } of outcome.skipped) log.warn('history file skipped', { file, reason })
  metrics.record('HistoryFilesSkipped', outcome.skipped.length, 'Count')
  const { sent, markers, done, next } = outcome
  log.info('replay stopped', { runId, sent, markers, done, next, position })
}
