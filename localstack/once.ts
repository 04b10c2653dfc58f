/** `--once`: replays everything, waits until it has landed, and asks Athena whether each record is there once. */
import { setTimeout as delay } from 'node:timers/promises'
import type { QueryAnswer } from '../lambdas/ports/query-engine.ts'
import { askLanded, type LandedAnswer, type OffsetWindow } from './aws/landed-check.ts'
import { LandingFiles } from './aws/landing-files.ts'
import { type ReplayAnswer, replayEverything } from './aws/replay.ts'
import { highWatermarks } from './broker-admin.ts'
import type { EngineDeps } from './engine.ts'
import type { Pipeline } from './pipeline.ts'
import { count } from './words.ts'

/** What a run has done, before it is judged. */
export interface RunFacts {
  readonly runId: string
  /** Records that the producer says it sent: bars and markers. */
  readonly sent: number
  /** History files that the producer could not read. */
  readonly skipped: ReplayAnswer['skipped']
  /** Records that the broker took meanwhile. */
  readonly arrived: number
  readonly landed: LandedAnswer
  readonly files: number
  readonly bytes: number
  /** From the first record sent until the last was found landed. */
  readonly seconds: number
  readonly query: { readonly sql: string; readonly answer: QueryAnswer }
}

const POLL_MS = 300
/** Landing that does not move for this long will not move any more: the consumer or the mapping is in trouble. */
const STALLED_MS = 90_000

/** What a person may want to see first: which symbols have landed; of one run, or of all. */
export function shownSql(runId?: string): string {
  const ofRun = runId === undefined ? '' : ` AND run_id = '${runId}'`
  return `SELECT symbol, count(*) AS bars, min(ts_event) AS first, max(ts_event) AS last, round(max(high), 2) AS highest
FROM bars_landing
WHERE reject_reason IS NULL AND symbol IS NOT NULL${ofRun}
GROUP BY symbol
ORDER BY symbol
LIMIT 20`
}

export async function replayOnce(pipeline: Pipeline, deps: EngineDeps): Promise<RunFacts> {
  const { state, deployment, lake, athena, lambda } = pipeline
  const { progress, signal } = deps
  const files = new LandingFiles(lake)
  const [before, first] = await Promise.all([files.count(), highWatermarks(state.brokers, state.topic)])
  const started = Date.now()
  const tell = (sent: number) => progress.doing(`Replaying at full speed: ${count(sent)} records sent …`)

  const answer = await replayEverything(
    { lambda, functionName: deployment.producerFunction },
    { runId: `once-${new Date(started).toISOString()}`, signal, tell: (so) => tell(so.total.sent) },
  )
  const windows = offsetWindows(first, await highWatermarks(state.brokers, state.topic))
  const arrived = windows.reduce((sum, window) => sum + window.end - window.first, 0)
  await untilLanded(files, before.rows + arrived, deps)
  const landed = await askLanded(athena, { topic: state.topic, windows })
  const seconds = (Date.now() - started) / 1_000
  const after = await files.count()
  const sql = shownSql(answer.runId)
  return {
    runId: answer.runId,
    sent: answer.total.sent,
    skipped: answer.skipped,
    arrived,
    landed,
    files: after.files - before.files,
    bytes: after.bytes - before.bytes,
    seconds,
    query: { sql, answer: await athena.run(sql) },
  }
}

function offsetWindows(first: ReadonlyMap<number, number>, end: ReadonlyMap<number, number>): readonly OffsetWindow[] {
  return [...end].map(([partition, high]) => ({ partition, first: first.get(partition) ?? 0, end: high }))
}

/** Returns when so many rows stand in the lake, or when nothing has moved for too long; Athena judges afterwards. */
async function untilLanded(files: LandingFiles, wanted: number, { progress, signal }: EngineDeps): Promise<void> {
  let rows = -1
  let movedAt = Date.now()
  while (Date.now() - movedAt < STALLED_MS) {
    const landed = await files.count()
    if (landed.rows >= wanted) return
    if (landed.rows > rows) movedAt = Date.now()
    rows = landed.rows
    progress.doing(`Landing: ${count(wanted - rows)} records to go, ${count(landed.files)} files …`)
    await delay(POLL_MS, undefined, { signal })
  }
}
