import { randomUUID } from 'node:crypto'
import { systemClock as clock } from '../../lake/clock.ts'
import { required } from '../../lake/environment.ts'
import { clusterOf } from '../../lake/ledger/cluster.ts'
import { type LedgerVersion, ObjectLedgers } from '../../lake/ledger/ledgers.ts'
import { jsonLog } from '../../lake/log.ts'
import { embeddedMetrics } from '../../lake/metrics.ts'
import { parquetEncoder } from '../../lake/parquet/encoder.ts'
import { partitionBatches } from '../../lake/records/kafka-event.ts'
import { deployedLake, endOf, type InvocationContext } from '../../lake/store/deployed-lake.ts'
import { type ConsumeAnswer, consume, landedOrThrow } from './consumer.ts'

/** Kept of the invocation's time, so that a slow S3 still leaves time to say which partitions are not landed. */
const RESERVE_MS = 3_000
/** A put of some hundred kB takes tens of milliseconds; what takes this long is tried again. */
const REQUEST_TIMEOUT_MS = 10_000

const write = (line: string): void => void process.stdout.write(line)
const encoder = parquetEncoder()
const warm = new Map<string, LedgerVersion>()
const cluster = clusterOf(process.env)
const lake = deployedLake(process.env, { requestTimeoutMs: REQUEST_TIMEOUT_MS })
/** Whether the mapping reads which items failed; if it does not, naming them would lose them. */
const partial = process.env['PARTIAL_RESPONSES'] === 'true'
const stage = required(process.env, 'STAGE')
const effects = {
  warm,
  encoder,
  clock,
  random: Math.random,
  freshId: randomUUID,
  log: jsonLog(write),
  metrics: embeddedMetrics(write, clock.now, { Stage: stage }),
}

export async function handler(event: unknown, context: InvocationContext): Promise<ConsumeAnswer> {
  const end = endOf(context) - RESERVE_MS
  const ledgers = new ObjectLedgers({
    store: lake(() => end),
    cluster,
    stage,
    encoder,
    nonce: randomUUID,
  })
  const answer = await consume(partitionBatches(event), { ...effects, ledgers })
  return partial ? answer : landedOrThrow(answer)
}
