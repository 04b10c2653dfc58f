/** `--once`: replays everything, waits until it has landed, and asks by SQL whether each record is there once. */
import { setTimeout as delay } from 'node:timers/promises'
import { askCompacted, type CompactedAnswer, runCompaction } from '../../lake/compaction/start-compaction.ts'
import { CountedFiles } from '../../lake/parquet/counted-files.ts'
import type { QueryAnswer } from '../../lake/queries/query-engine.ts'
import type { ReplayAnswer } from '../../lake/replay/replay-answer.ts'
import { BARS_LANDING } from '../../lake/tables/tables.ts'
import { replayEverything } from '../aws/replay.ts'
import { highWatermarks } from '../engine/broker-admin.ts'
import type { EngineDeps } from '../engine/engine.ts'
import { askLanded, type LandedAnswer, type OffsetWindow } from './landed-check.ts'
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
  readonly landSeconds: number
  readonly compacted: CompactedAnswer
  readonly compactSeconds: number
  readonly query: { readonly sql: string; readonly answer: QueryAnswer }
}

const POLL_MS = 300
/** Landing that does not move for this long will not move any more: the consumer or the mapping is in trouble. */
const STALLED_MS = 120_000

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
  const started = Date.now()
  const landed = await replayAndLand(pipeline, deps)
  const landedAt = Date.now()
  const compacted = await compact(landed, pipeline, deps)
  const compactedAt = Date.now()
  const sql = shownSql(landed.runId)
  return {
    ...landed,
    landSeconds: (landedAt - started) / 1_000,
    compacted,
    compactSeconds: (compactedAt - landedAt) / 1_000,
    query: { sql, answer: await pipeline.queries.run(sql) },
  }
}

type LandFacts = Pick<RunFacts, 'runId' | 'sent' | 'skipped' | 'arrived' | 'landed' | 'files' | 'bytes'>

async function replayAndLand(pipeline: Pipeline, deps: EngineDeps): Promise<LandFacts> {
  const { state, deployment, lake, queries, lambda } = pipeline
  const files = new CountedFiles(lake, BARS_LANDING)
  const [before, first] = await Promise.all([files.count(), highWatermarks(state.brokers, state.topic)])
  const answer = await replayEverything(
    { lambda, functionName: deployment.producerFunction },
    {
      runId: `once-${new Date().toISOString()}`,
      signal: deps.signal,
      tell: ({ total }) => deps.progress.doing(`Replaying at full speed: ${count(total.sent)} records sent …`),
    },
  )
  const windows = offsetWindows(first, await highWatermarks(state.brokers, state.topic))
  const arrived = windows.reduce((sum, window) => sum + window.end - window.first, 0)
  const ask = () => askLanded(queries, { topic: state.topic, windows })
  const landing = { files, wantedRows: before.rows + arrived, wantedRecords: arrived, ask }
  const landed = await untilLanded(landing, deps)
  const after = await files.count()
  return {
    runId: answer.runId,
    sent: answer.total.sent,
    skipped: answer.skipped,
    arrived,
    landed,
    files: after.files - before.files,
    bytes: after.bytes - before.bytes,
  }
}

async function compact({ runId, landed }: LandFacts, pipeline: Pipeline, deps: EngineDeps): Promise<CompactedAnswer> {
  const { deployment, queries, stepFunctions } = pipeline
  const tell = (seconds: number) =>
    deps.progress.doing(`Compacting ${count(landed.bars)} bars and forecasting: ${seconds} s …`)
  await runCompaction(stepFunctions, deployment.compactStateMachine, { signal: deps.signal, tell })
  return askCompacted(queries, runId)
}

function offsetWindows(first: ReadonlyMap<number, number>, end: ReadonlyMap<number, number>): readonly OffsetWindow[] {
  return [...end].map(([partition, high]) => ({ partition, first: first.get(partition) ?? 0, end: high }))
}

interface Landing {
  readonly files: CountedFiles
  /** Rows that stand in the lake when all has landed; more where an earlier run had left records behind. */
  readonly wantedRows: number
  readonly wantedRecords: number
  readonly ask: () => Promise<LandedAnswer>
}

/** What is found when the run's records have landed, or when nothing has moved for too long. */
async function untilLanded(landing: Landing, { progress, signal }: EngineDeps): Promise<LandedAnswer> {
  let rows = -1
  let movedAt = Date.now()
  while (Date.now() - movedAt < STALLED_MS) {
    const now = await landing.files.count()
    if (now.rows >= landing.wantedRows) {
      const answer = await landing.ask()
      if (answer.records >= landing.wantedRecords) return answer
    }
    if (now.rows > rows) movedAt = Date.now()
    rows = now.rows
    progress.doing(
      `Landing: ${count(Math.max(0, landing.wantedRows - rows))} records to go, ${count(now.files)} files …`,
    )
    await delay(POLL_MS, undefined, { signal })
  }
  return landing.ask()
}
