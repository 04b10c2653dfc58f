import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { describe, test } from 'node:test'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { systemClock } from '../../lake/clock.ts'
import { land } from '../../lake/ledger/land.ts'
import { S3ObjectStore } from '../../lake/store/s3-object-store.ts'
import { localClientConfig } from '../../localstack/aws/local-aws.ts'
import { isExactlyOnce, killsOf, reportText } from '../chaos/report.ts'
import { runChaos } from '../chaos/run.ts'
import { batchOf, landDeps, landedOffsets, span } from '../support/lake.ts'

export interface ExactlyOnceGround {
  readonly endpoint: string
  readonly brokers: readonly string[]
  /** Scratch of its own, removed afterwards. */
  readonly dir: string
}

/** What the landing keeps on every S3 that it is said to run on, over HTTP and with a real broker. */
export function exactlyOnceContract(name: string, { endpoint, brokers, dir }: ExactlyOnceGround): void {
  describe(`exactly once: ${name}`, () => {
    test('two consumers that are fed one partition at the same time, with other borders, land each offset once', async () => {
      const s3 = new S3Client({ ...localClientConfig(endpoint), forcePathStyle: true })
      const bucket = `two-consumers-${randomUUID()}`
      await s3.send(new CreateBucketCommand({ Bucket: bucket }))
      const store = new S3ObjectStore(s3, bucket)
      const offsets = span(0, 239)
      const landInStepsOf = async (step: number): Promise<void> => {
        const deps = landDeps(store, { clock: systemClock, random: Math.random })
        for (let at = 0; at < offsets.length; at += step) {
          const { failure } = await land(batchOf(...offsets.slice(at, at + step)), deps)
          assert.equal(failure, undefined)
        }
      }

      await Promise.all([landInStepsOf(20), landInStepsOf(17)])

      assert.deepEqual(await landedOffsets(store), offsets)
    })

    test('half a minute of chaos: whatever is killed, paused, lost or doubled, each record is there once', async () => {
      const ground = { endpoint, brokers, restartBroker: undefined, close: async () => undefined }
      const load = { minutes: 0.4, seed: 7, rate: 500, consumers: 3, partitions: 4 }
      const options = { ...load, port: 0, dir, format: 'text' } as const

      const outcome = await runChaos(options, { ground, say: () => undefined })

      rmSync(dir, { recursive: true, force: true })
      assert.ok(isExactlyOnce(outcome), reportText(outcome))
      assert.equal(outcome.count.records, 12_000)
      assert.ok(killsOf(outcome) > 0)
    })
  })
}
