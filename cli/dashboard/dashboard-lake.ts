/** The lake of a target as the dashboard reads it. */
import { join } from 'node:path'
import type { MappingStatus } from 'lambda-kafka-local'
import type { MappingNow } from '../../dashboard/api.ts'
import { type DashboardLake, readOnly } from '../../dashboard/server/lake.ts'
import { markOf } from '../../lake/compaction/table-mark.ts'
import { UsageError } from '../../lake/errors.ts'
import { KafkaTopicLog } from '../../lake/ledger/kafka-topic-log.ts'
import { clusterOfLake } from '../../lake/ledger/ownership.ts'
import type { TopicLog } from '../../lake/ledger/topic-log.ts'
import { brokersOf, ledgersOf } from '../lake/lake-cluster.ts'
import { type Lake, openLake } from '../lake/open-lake.ts'
import { ownEngine, queryEngineOf } from '../lake/query-engine.ts'
import type { Target } from '../lake/target.ts'
import { cloudNumbers } from './cloud-numbers.ts'

/** A look costs a local engine nothing; on AWS each is some requests to S3. */
const LOCAL_LOOK_MS = 500
const AWS_LOOK_MS = 60_000

export async function dashboardLakeOf(target: Target, mapping: DashboardLake['mapping']) {
  const { deployment, store, bars } = await openLake(target)
  const opened: Lake = { deployment, store: readOnly(store), bars }
  const isLocal = target.clients.endpoint !== undefined
  const topicLog = onceOpened(async () => new KafkaTopicLog(await brokersOf(target, deployment)))
  const lake: DashboardLake = {
    stage: target.stage,
    where: target.where,
    topic: deployment.topic,
    bucket: deployment.bucket,
    files: opened.store,
    // The page's own questions share the copies of npm run query.
    ownEngine: (files, copies) =>
      ownEngine(copies === 'page' ? target : { ...target, copies: join(target.copies, copies) }, files, deployment),
    compacted: () => markOf(bars, store),
    engine: await queryEngineOf(target),
    ledgers: () => ledgersOrNone(opened),
    topicLog: topicLog.open,
    mapping,
    ...(isLocal ? {} : { cloud: cloudNumbers(target.clients, deployment, Date.now) }),
    lookMs: isLocal ? LOCAL_LOOK_MS : AWS_LOOK_MS,
  }
  return { lake, close: topicLog.close }
}

/** What the page shows of a mapping's account of itself. */
export function mappingNowOf(status: MappingStatus): MappingNow {
  const { state, invocations, handled, failures, discarded, inFlight, bufferedBytes, lastProcessingResult } = status
  const lastMilliseconds = status.lastInvocation?.milliseconds ?? null
  return {
    ...{ state, invocations, handled, failures, discarded, inFlight, bufferedBytes },
    ...{ lastProcessingResult, lastMilliseconds },
  }
}

/** The broker is asked when somebody wants to see its numbers, and by one client from then on. */
function onceOpened(open: () => Promise<TopicLog>) {
  let log: Promise<TopicLog> | undefined
  return {
    open(): Promise<TopicLog> {
      log ??= open()
      log.catch(() => {
        log = undefined
      })
      return log
    },
    async close(): Promise<void> {
      await (await log?.catch(() => undefined))?.close()
    },
  }
}

async function ledgersOrNone(lake: Lake) {
  try {
    return ledgersOf(lake, await clusterOfLake(lake, undefined))
  } catch (error) {
    if (error instanceof UsageError) return undefined
    throw error
  }
}
