import assert from 'node:assert/strict'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { brokersOf } from '../../../cli/lake/lake-cluster.ts'
import { targetToChange } from '../../../cli/lake/lake-to-change.ts'
import { targetOf } from '../../../cli/lake/target.ts'

/** A machine on which no local engine runs. */
const bare = { TICKERLAKE_LOCAL_DIR: mkdtempSync(join(tmpdir(), 'tickerlake-no-engine-')) }

describe('a command that changes something', () => {
  test('does not reach AWS where no stage was named, with or without one in the environment', async () => {
    for (const env of [bare, { ...bare, TICKERLAKE_STAGE: 'prod' }]) {
      await assert.rejects(
        targetToChange(env, undefined, () => assert.fail('nothing is to be said')),
        /No local engine runs here, .*"npm run local".*--stage NAME/,
      )
    }
  })
})

test('an endpoint that is no address is refused', () => {
  for (const text of ['localhost:4566', 'nonsense', 'http://']) {
    assert.throws(() => targetOf({ ...bare, AWS_ENDPOINT_URL: text }), {
      message: `AWS_ENDPOINT_URL takes an address like http://127.0.0.1:4566; got "${text}".`,
    })
  }
})

describe('brokers of the environment', () => {
  const env = { ...bare, KAFKA_BROKERS: '127.0.0.1:9092' }
  const deployment = { brokers: 'b-1.example:9092', clusterArn: undefined }

  test('do not leak into a stage on AWS, which says where its own are', async () => {
    const { brokers } = await brokersOf(targetOf(env, 'dev'), deployment as never)

    assert.deepEqual(brokers, ['b-1.example:9092'])
  })

  test('are those of an emulator', async () => {
    const target = targetOf({ ...env, AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' })

    assert.deepEqual((await brokersOf(target, deployment as never)).brokers, ['127.0.0.1:9092'])
  })
})
