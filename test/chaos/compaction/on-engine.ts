/** The chaos of compaction on an AWS emulator: real requests, real processes, SIGKILL. */
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { CreateDatabaseCommand, GlueClient } from '@aws-sdk/client-glue'
import { barsTable } from '../../../lake/iceberg/bars-table.ts'
import { barsInGlue } from '../../../lake/iceberg/glue-pointer.ts'
import { S3ObjectStore } from '../../../lake/store/s3-object-store.ts'
import { localClientConfig, localEnvironment } from '../../../localstack/aws/local-aws.ts'
import { Dice } from '../dice.ts'
import { makeBucket } from '../ground.ts'
import type { ChaosRunOptions } from '../options.ts'
import { rollBackOnce } from './compaction-actor.ts'
import { type CompactionCount, compactionChaos, orLeft } from './compaction-chaos.ts'
import { compactorUntil, type ProcessCounts } from './compactor-processes.ts'
import { World } from './world.ts'

export interface CompactionOutcome {
  readonly seed: number
  readonly count: CompactionCount
  readonly alarms: readonly string[]
  readonly rollbacks: number
  /** Snapshots that the table has had. */
  readonly snapshots: number
  readonly processes: ProcessCounts
}

const COMPACTORS = 2
const ROLLBACK_EVERY_MS = 9_000

export async function compactionOnEngine(
  { minutes, seed, rate }: ChaosRunOptions,
  endpoint: string,
): Promise<CompactionOutcome> {
  const bucket = `chaos-${Date.now().toString(36)}`
  const database = bucket.replace('-', '_')
  const store = new S3ObjectStore(await makeBucket(endpoint, bucket), bucket)
  const config = localClientConfig(endpoint)
  await new GlueClient(config).send(new CreateDatabaseCommand({ DatabaseInput: { Name: database } }))
  const world = new World({
    dice: new Dice(seed),
    freshId: randomUUID,
    stepMs: 0,
    storeOf: () => store,
    tableOn: (lake) =>
      barsTable({ store: lake, bucket, freshId: randomUUID, glue: barsInGlue({ config, database, bucket }) }),
  })
  const env = { ...localEnvironment(endpoint), LAKE_BUCKET: bucket, CATALOG_DATABASE: database }
  const all: ProcessCounts[] = []
  const half = (minutes * 60_000) / 2
  const count = await compactionChaos(world, () => {
    const end = Date.now() + half
    return {
      isSending: (sent) => Date.now() < end && sent < (rate * half) / 1_000,
      async compacting() {
        const dice = Array.from({ length: COMPACTORS }, () => new Dice(world.dice.integer(0, 1e9)))
        const ended = Promise.all(dice.map((each) => compactorUntil(end, env, each)))
        all.push(...(await Promise.all([ended, rollingBackUntil(end, world)]))[0])
      },
    }
  })
  const { alarms, counts } = world
  const loaded = await world.depsOn(store).table.load()
  const snapshots = loaded?.metadata['last-sequence-number'] ?? 0
  return { seed, count, alarms, rollbacks: counts.rollbacks, snapshots, processes: together(all) }
}

async function rollingBackUntil(end: number, world: World): Promise<void> {
  while (Date.now() < end) {
    await delay(Math.min(ROLLBACK_EVERY_MS, Math.max(0, end - Date.now())))
    await orLeft(world, () => rollBackOnce(world))
  }
}

function together(all: readonly ProcessCounts[]): ProcessCounts {
  return {
    kills: all.reduce((sum, { kills }) => sum + kills, 0),
    runs: all.reduce((sum, { runs }) => sum + runs, 0),
    failures: all.flatMap(({ failures }) => failures),
  }
}

export function isRight({ count, alarms, processes }: CompactionOutcome): boolean {
  return count.wrongCount === 0 && alarms.length === 0 && processes.failures.length === 0
}

export function compactionText(outcome: CompactionOutcome): string {
  const { seed, count, rollbacks, snapshots, processes } = outcome
  const lines = [
    `Chaos of compaction, seed ${seed}: ${processes.kills} compactors killed, ${processes.runs} runs ended, ${snapshots} snapshots, ${rollbacks} rollbacks.`,
    `${count.bars} bars in the topics, ${count.wrongCount} of them wrong in the table.`,
    ...count.wrong,
    ...outcome.alarms,
    ...processes.failures,
  ]
  return lines.join('\n')
}
