import { randomUUID } from 'node:crypto'
import { systemClock as clock } from '../../lake/clock.ts'
import { required } from '../../lake/environment.ts'
import { ParquetHistory } from '../../lake/history/history-window.ts'
import { kafkaAccess } from '../../lake/kafka/brokers.ts'
import { kafkaClient } from '../../lake/kafka/kafka-access.ts'
import { KafkajsSender } from '../../lake/kafka/kafkajs-sender.ts'
import { jsonLog } from '../../lake/log.ts'
import { embeddedMetrics } from '../../lake/metrics.ts'
import { objectCursors } from '../../lake/replay/cursors.ts'
import type { ReplayAnswer } from '../../lake/replay/replay-answer.ts'
import { parseReplayRequest } from '../../lake/replay/replay-request.ts'
import { replaySettings } from '../../lake/replay/replay-settings.ts'
import { deployedLake, endOf, type InvocationContext } from '../../lake/store/deployed-lake.ts'
import { produce } from './producer.ts'

const REQUEST_TIMEOUT_MS = 10_000

const env = process.env
const write = (line: string): void => void process.stdout.write(line)
const log = jsonLog(write)
let end = 0
const store = deployedLake(env, { requestTimeoutMs: REQUEST_TIMEOUT_MS })(() => end)
const access = await kafkaAccess(env)
const settings = replaySettings(env)
const historyPrefix = `${required(env, 'HISTORY_PREFIX').replace(/\/*$/, '')}/`
const effects = {
  history: new ParquetHistory(store, historyPrefix),
  historyPrefix,
  store,
  cursors: objectCursors(store, randomUUID),
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
