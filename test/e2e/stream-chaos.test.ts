/** Five weeks of a market in half a minute, its fetchers, producers and consumers killed anywhere: processes, a broker, an S3. */
import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { isRightStream, streamChaos, streamText } from '../chaos/stream/stream-chaos.ts'
import { SHARED_DIR, sharedState } from '../support/engine.ts'

const { endpoint, brokers } = sharedState()

test('every final bar is there with its final values, every version that was sent beside it, and none was sent twice for nothing', async () => {
  const dir = join(SHARED_DIR, 'stream-chaos')
  const load = { minutes: 0.5, seed: 7, rate: 0, consumers: 2, partitions: 2 }
  const ground = { endpoint, brokers: brokers.split(','), restartBroker: undefined, close: async () => undefined }

  const outcome = await streamChaos({ ...load, port: 0, dir, format: 'text' }, ground)

  rmSync(dir, { recursive: true, force: true })
  assert.ok(isRightStream(outcome), streamText(outcome))
  assert.ok(outcome.versions > outcome.bars)
  for (const { kills } of [outcome.fetchers, outcome.producers]) assert.ok(kills > 0, streamText(outcome))
})
