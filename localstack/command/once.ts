/** `--once`: replays everything, waits for the mapping, and counts file by file whether each record is there once. */
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { RunningMappings } from 'lambda-kafka-local'
import {
  askCompacted,
  askDifferent,
  type CompactedAnswer,
  runCompaction,
} from '../../lake/compaction/start-compaction.ts'
import { accessOfBrokerList } from '../../lake/kafka/kafka-access.ts'
import { checkCompleteness } from '../../lake/ledger/completeness-check.ts'
import { KafkaTopicLog } from '../../lake/ledger/kafka-topic-log.ts'
import { LandedFiles } from '../../lake/ledger/landed-files.ts'
import { ObjectLedgers } from '../../lake/ledger/ledgers.ts'
import { clusterOfLake } from '../../lake/ledger/ownership.ts'
import { CountedFiles } from '../../lake/parquet/counted-files.ts'
import { parquetEncoder } from '../../lake/parquet/encoder.ts'
import type { QueryAnswer } from '../../lake/queries/query-engine.ts'
import type { ReplayAnswer } from '../../lake/replay/replay-answer.ts'
import { BARS_LANDING } from '../../lake/tables/tables.ts'
import { replayEverything } from '../aws/replay.ts'
import { highWatermarks } from '../engine/broker-admin.ts'
import type { EngineDeps } from '../engine/engine.ts'
import { askReasons, type LandedRun, landedWithin, type OffsetWindow, stillOpen } from './landed.ts'
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
  readonly landed: LandedRun
  readonly files: number
  readonly bytes: number
  /** From the first record sent until the last had landed. */
  readonly landSeconds: number
  readonly compacted: CompactedAnswer & {
    /** Different bars among the landed. */
    readonly different: number
  }
  readonly compactSeconds: number
  readonly query: { readonly sql: string; readonly answer: QueryAnswer }
}

const POLL_MS = 100
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

/** `landed` is called when every record has its place and the stream has done its part; the run ends after it has. */
export async function replayOnce(
  pipeline: Pipeline,
  mappings: RunningMappings,
  { landed: whenLanded, ...deps }: EngineDeps & { readonly landed: () => Promise<void> },
): Promise<RunFacts> {
  const started = Date.now()
  const landed = await replayAndLand(pipeline, mappings, deps)
  const landedAt = Date.now()
  const sql = shownSql(landed.runId)
  const compacting = compact(landed, pipeline, deps).then((compacted) => {
    return { compacted, compactSeconds: (Date.now() - landedAt) / 1_000 }
  })
  // What has landed can be asked for meanwhile.
  const asking = pipeline.queries.run(sql, { signal: deps.signal })
  const counting = askDifferent(pipeline.queries, landed.runId)
  const outcome = await Promise.all([compacting, asking, counting, whenLanded()])
  const [{ compacted, compactSeconds }, answer, different] = outcome
  return {
    ...landed,
    landSeconds: (landedAt - started) / 1_000,
    compacted: { ...compacted, different },
    compactSeconds,
    query: { sql, answer },
  }
}

type LandFacts = Pick<RunFacts, 'runId' | 'sent' | 'skipped' | 'arrived' | 'landed' | 'files' | 'bytes'>

async function replayAndLand(pipeline: Pipeline, mappings: RunningMappings, deps: EngineDeps): Promise<LandFacts> {
  const { state, deployment, lake, lambda } = pipeline
  const files = new CountedFiles(lake, BARS_LANDING)
  const [first] = await Promise.all([highWatermarks(state.brokers, state.topic), files.passOver()])
  const answer = await replayEverything(
    { lambda, functionName: deployment.producerFunction },
    {
      runId: `once-${new Date().toISOString()}`,
      signal: deps.signal,
      tell: ({ total }) => deps.progress.doing(`Replaying at full speed: ${count(total.sent)} records sent …`),
    },
  )
  const windows = offsetWindows(first, await highWatermarks(state.brokers, state.topic))
  await untilHandled(() => stillOpen(mappings, state.topic, windows), deps)
  const [added, reports] = await Promise.all([files.count(), completeness(pipeline, windows, deps)])
  const { rejected } = added
  const records = landedWithin(reports, windows)
  const { markers } = answer.total
  return {
    runId: answer.runId,
    sent: answer.total.sent,
    skipped: answer.skipped,
    arrived: windows.reduce((sum, window) => sum + window.end - window.first, 0),
    landed: {
      records,
      duplicates: reports.reduce((sum, { duplicates }) => sum + duplicates, 0),
      bars: records - rejected - markers,
      markers,
      rejected,
      rejectedByReason: rejected > 0 ? await askReasons(pipeline.queries, state.topic, windows) : {},
    },
    files: added.files,
    bytes: added.bytes,
  }
}

/** The account that `npm run verify` gives, of the offsets of this run: however much has landed before, it is not read. */
async function completeness(
  { state, deployment, lake }: Pipeline,
  windows: readonly OffsetWindow[],
  { progress }: EngineDeps,
) {
  const log = new KafkaTopicLog(accessOfBrokerList(state.brokers))
  try {
    const cluster = await clusterOfLake({ deployment, store: lake }, undefined)
    const ledgers = new ObjectLedgers({ store: lake, cluster, encoder: parquetEncoder(), nonce: randomUUID })
    const since = new Map(windows.map(({ partition, first }) => [partition, first]))
    const deps = { store: lake, files: new LandedFiles(lake), ledgers, log, progress: progress.doing, since }
    return await checkCompleteness(state.topic, deps)
  } finally {
    await log.close()
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

/** Until the mapping is done with all records, landed or given up, or moves no more. */
async function untilHandled(stillOpen: () => number, { progress, signal }: EngineDeps): Promise<void> {
  let least = Number.POSITIVE_INFINITY
  let movedAt = Date.now()
  while (Date.now() - movedAt < STALLED_MS) {
    const open = stillOpen()
    if (open === 0) return
    if (open < least) movedAt = Date.now()
    least = Math.min(least, open)
    progress.doing(`Landing: ${count(open)} records to go …`)
    await delay(POLL_MS, undefined, { signal })
  }
}
