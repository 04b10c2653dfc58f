import { randomUUID } from 'node:crypto'
import { deployedLake, endOf, type InvocationContext } from '../adapters/deployed-lake.ts'
import { embeddedMetrics } from '../adapters/embedded-metrics.ts'
import { jsonLog } from '../adapters/json-log.ts'
import { kafkaClient } from '../adapters/kafka-access.ts'
import { kafkaAccess } from '../adapters/kafka-environment.ts'
import { KafkajsSender } from '../adapters/kafkajs-sender.ts'
import { ObjectCursors } from '../adapters/object-cursors.ts'
import { ParquetHistory } from '../adapters/parquet-history.ts'
import { systemClock as clock } from '../adapters/system-clock.ts'
import { required } from '../core/environment.ts'
import type { ReplayAnswer } from '../core/replay/replay-answer.ts'
import { parseReplayRequest } from '../core/replay/replay-request.ts'
import { replaySettings } from '../core/replay/replay-settings.ts'
import { produce } from './producer.ts'

const REQUEST_TIMEOUT_MS = 10_000

const env = process.env
const write = (line: string): void => void process.stdout.write(line)
const log = jsonLog(write)
let end = 0
const store = deployedLake(env, { requestTimeoutMs: REQUEST_TIMEOUT_MS })(() => end)
const access = await kafkaAccess(env)
const settings = replaySettings(env)
const effects = {
  history: new ParquetHistory(store, `${required(env, 'HISTORY_PREFIX').replace(/\/*$/, '')}/`),
  cursors: new ObjectCursors({ store, nonce: randomUUID }),
  sender: new KafkajsSender(kafkaClient(access, log), required(env, 'TOPIC')),
  clock,
  freshId: randomUUID,
  log,
  metrics: embeddedMetrics(write, clock.now, { Stage: required(env, 'STAGE') }),
}

export async function handler(payload: unknown, context: InvocationContext): Promise<ReplayAnswer> {
  end = endOf(context)
  return produce(parseReplayRequest(payload), settings, {
    ...effects,
    remainingMs: () => context.getRemainingTimeInMillis(),
  })
}
