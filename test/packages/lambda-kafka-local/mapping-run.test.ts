import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import type { InvokeAnswer } from '../../../packages/lambda-kafka-local/src/core/answer.ts'
import { MAX_PAYLOAD_BYTES } from '../../../packages/lambda-kafka-local/src/core/event-json.ts'
import { parseFilters } from '../../../packages/lambda-kafka-local/src/core/filter-pattern.ts'
import type { Discard } from '../../../packages/lambda-kafka-local/src/core/retry-policy.ts'
import { Undeliverable } from '../../../packages/lambda-kafka-local/src/ports.ts'
import { MemoryCluster } from '../../support/memory-cluster.ts'
import { answering, HANDLED, RecordingFunction, THROWN } from '../../support/recording-function.ts'
import { runMapping } from '../../support/run-mapping.ts'
import { until } from '../../support/until.ts'

function clusterOf(...lengths: readonly number[]): MemoryCluster {
  const cluster = new MemoryCluster(lengths.length)
  lengths.forEach((length, partition) => {
    for (let i = 0; i < length; i++) cluster.produce(partition)
  })
  return cluster
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from }, (_, i) => from + i)
}

test('records are handled in each partition’s order, in batches, and committed when they are handled', async () => {
  const cluster = clusterOf(120, 45)
  const invoker = new RecordingFunction()

  const { drained, stop, run } = runMapping({ cluster, invoker, mapping: { batchSize: 50 } })
  await drained()
  await stop()

  assert.deepEqual(invoker.offsets(0).flat(), range(0, 120))
  assert.deepEqual(invoker.offsets(1).flat(), range(0, 45))
  assert.ok(invoker.events.every(({ records }) => Object.values(records).flat().length <= 50))
  assert.deepEqual(invoker.overlaps, [])
  assert.equal(run.status().lastProcessingResult, 'OK')
  assert.equal(run.status().handled, 165)
})

test('nothing is committed before the function has answered', async () => {
  const cluster = clusterOf(10)
  const gate = Promise.withResolvers<void>()
  const invoker = new RecordingFunction(async () => {
    await gate.promise
    return HANDLED
  })

  const { drained, stop } = runMapping({ cluster, invoker })
  await delay(30)
  assert.equal(cluster.committed[0], -1)
  gate.resolve()
  await drained()
  await stop()

  assert.equal(cluster.committed[0], 10)
})

test('a function that throws gets the same records again until it takes them', async () => {
  const cluster = clusterOf(5)
  const invoker = new RecordingFunction((_, invocation) => (invocation < 4 ? THROWN : HANDLED))

  const { drained, stop, run } = runMapping({ cluster, invoker })
  await drained()
  await stop()

  assert.deepEqual(invoker.offsets(0), new Array(4).fill(range(0, 5)))
  assert.equal(run.status().failures, 3)
})

test('one poison record is found by splitting, goes to the destination alone, and all others are handled', async () => {
  const cluster = clusterOf(32)
  const poisoned = new RecordingFunction(({ records }) =>
    records['orders-0']?.some(({ offset }) => offset === 13) ? THROWN : HANDLED,
  )
  const discards: Discard[] = []

  const { drained, stop } = runMapping({
    cluster,
    invoker: poisoned,
    mapping: { bisect: true, maxRetries: 1, onFailure: { kind: 'sqs', arn: 'arn' } },
    deliver: async (discard) => {
      discards.push(discard)
    },
  })
  await drained()
  await stop()

  assert.deepEqual(
    discards.map(({ condition, records }) => [condition, records.map(({ offset }) => offset)]),
    [['RetryAttemptsExhausted', [13]]],
  )
  const handled = poisoned.offsets(0).filter((offsets) => !offsets.includes(13))
  assert.deepEqual(
    handled.flat().toSorted((a, b) => a - b),
    range(0, 32).filter((offset) => offset !== 13),
  )
})

test('what a partial answer names comes again, the rest does not, and the commit stops before it', async () => {
  const cluster = clusterOf(6)
  const gate = Promise.withResolvers<void>()
  const invoker = new RecordingFunction(async (_, invocation) => {
    if (invocation === 1)
      return answering({ batchItemFailures: [{ itemIdentifier: { partition: 'orders-0', offset: 2 } }] })
    await gate.promise
    return HANDLED
  })

  const { drained, stop } = runMapping({ cluster, invoker, mapping: { reportBatchItemFailures: true } })
  await until('a commit of what was handled', () => invoker.events.length === 2 && (cluster.committed[0] ?? -1) > 0)
  await delay(10)
  assert.equal(cluster.committed[0], 2)
  gate.resolve()
  await drained()
  await stop()

  assert.deepEqual(invoker.offsets(0), [range(0, 6), [2]])
})

test('records wait for a destination that is down, and are committed when it has them', async () => {
  const cluster = clusterOf(3)
  let deliveries = 0

  const { drained, stop } = runMapping({
    cluster,
    invoker: new RecordingFunction(() => THROWN),
    mapping: { maxRetries: 0, onFailure: { kind: 'sqs', arn: 'arn' } },
    deliver: async () => {
      deliveries++
      assert.equal(cluster.committed[0], -1)
      if (deliveries < 3) throw new Error('the queue is away')
    },
  })
  await drained()
  await stop()

  assert.equal(deliveries, 3)
})

test('what a destination can never take is dropped and counted, and its partition goes on', async () => {
  const cluster = clusterOf(3)
  const invoker = new RecordingFunction((_, invocation) => (invocation === 1 ? THROWN : HANDLED))

  const { drained, stop, run } = runMapping({
    cluster,
    invoker,
    mapping: { maxRetries: 0, batchSize: 2, onFailure: { kind: 'sqs', arn: 'arn' } },
    deliver: async () => {
      throw new Undeliverable(new Error('no such queue'))
    },
  })
  await drained()
  await stop()

  const { metrics } = run.status()
  assert.deepEqual(invoker.offsets(0), [[0, 1], [2]])
  assert.equal(metrics.DroppedEventCount, 2)
  assert.equal(metrics.OnFailureDestinationDeliveredEventCount, 0)
  assert.equal(metrics.OnFailureDestinationDeliveryErrorCount, 1)
  assert.equal(metrics.CommittedEventCount, 3)
})

test('one record that a topic can never take costs none of the others', async () => {
  const cluster = clusterOf(3)
  const kept: number[] = []

  const { drained, stop, run } = runMapping({
    cluster,
    invoker: new RecordingFunction(() => THROWN),
    mapping: { maxRetries: 0, onFailure: { kind: 'kafka', topic: 'failed' } },
    deliver: async ({ records }) => {
      if (records.some(({ offset }) => offset === 1)) throw new Undeliverable(new Error('MESSAGE_TOO_LARGE'))
      kept.push(...records.map(({ offset }) => offset))
    },
  })
  await drained()
  await stop()

  assert.deepEqual(kept, [0, 2])
  assert.deepEqual([run.status().metrics.DroppedEventCount, run.status().delivered], [1, 2])
})

test('a function that cannot be invoked at all is told of until it can be', async () => {
  const cluster = clusterOf(1)
  const seen: (string | null)[] = []
  const invoker = new RecordingFunction((_, invocation): InvokeAnswer => {
    seen.push(running.run.status().refused)
    return invocation < 3 ? { kind: 'refused', message: 'no such function' } : HANDLED
  })

  const running = runMapping({ cluster, invoker })
  await running.drained()
  await running.stop()

  assert.deepEqual(seen, [null, 'no such function', 'no such function'])
  assert.equal(running.run.status().refused, null)
})

test('a record that no event can hold goes to the destination unseen by the function, and the stream goes on', async () => {
  const cluster = clusterOf(1)
  cluster.produce(0, { value: Buffer.alloc(MAX_PAYLOAD_BYTES) })
  cluster.produce(0)
  const invoker = new RecordingFunction()
  const discards: Discard[] = []

  const { drained, stop } = runMapping({
    cluster,
    invoker,
    mapping: { onFailure: { kind: 'sqs', arn: 'arn' } },
    deliver: async (discard) => {
      discards.push(discard)
    },
  })
  await drained()
  await stop()

  assert.deepEqual(invoker.offsets(0).flat(), [0, 2])
  assert.deepEqual(
    discards.map(({ condition, response }) => [condition, response]),
    [['MaximumPayloadSizeExceeded', null]],
  )
})

test('records that do not pass the filter are never sent, and committed all the same', async () => {
  const cluster = new MemoryCluster(1)
  for (const kind of ['a', 'b', 'a', 'b', 'b']) cluster.produce(0, { value: Buffer.from(`{"kind":"${kind}"}`) })
  const invoker = new RecordingFunction()
  const filters = parseFilters([{ Pattern: '{"value":{"kind":["a"]}}' }])

  const { drained, stop, run } = runMapping({ cluster, invoker, mapping: { filters } })
  await drained()
  await stop()

  assert.deepEqual(invoker.offsets(0).flat(), [0, 2])
  assert.equal(run.status().filtered, 3)
})

test('records that are too old are given up without an invocation', async () => {
  const cluster = clusterOf(2)
  cluster.produce(0, { timestamp: Date.now() })
  const invoker = new RecordingFunction()

  const { drained, stop, run } = runMapping({ cluster, invoker, mapping: { maxRecordAgeMs: 60_000 } })
  await drained()
  await stop()

  assert.deepEqual(invoker.offsets(0).flat(), [2])
  assert.equal(run.status().discarded, 2)
})

test('a slow function stops the fetching: what waits stays bounded', async () => {
  const cluster = new MemoryCluster(4)
  for (let i = 0; i < 400; i++) cluster.produce(i % 4, { value: Buffer.alloc(30_000) })
  const invoker = new RecordingFunction(async () => {
    await delay(4)
    return HANDLED
  })
  let most = 0

  const { drained, stop, run } = runMapping({
    cluster,
    invoker,
    mapping: { batchSize: 5 },
    options: { maxBufferedBytes: 1_000_000 },
  })
  const watch = setInterval(() => {
    most = Math.max(most, run.status().bufferedBytes)
  }, 1)
  await drained()
  clearInterval(watch)
  await stop()

  // One fetch of a cluster in memory brings up to 50 records of 40 kB (base64) from each of the partitions.
  assert.ok(most > 0 && most < 1_000_000 + 4 * 50 * 41_000, `${most}`)
  assert.deepEqual(invoker.overlaps, [])
})

test('a broker that goes away and comes back costs neither a record nor the order', async () => {
  const cluster = clusterOf(100)
  const invoker = new RecordingFunction(async (_, invocation) => {
    if (invocation === 2) cluster.outage = new Error('the broker is away')
    setTimeout(() => {
      cluster.outage = undefined
    }, 20)
    return HANDLED
  })

  const { drained, stop } = runMapping({ cluster, invoker, mapping: { batchSize: 10 } })
  await drained()
  await stop()

  assert.deepEqual([...new Set(invoker.offsets(0).flat())], range(0, 100))
})

test('a stop waits for the invocation that runs and commits it; nothing new is begun', async () => {
  const cluster = clusterOf(100)
  const invoker = new RecordingFunction(async () => {
    await delay(20)
    return HANDLED
  })

  const { stop } = runMapping({ cluster, invoker, mapping: { batchSize: 10 } })
  await until('an event', () => invoker.events.length > 0, { everyMs: 1 })
  await stop()

  assert.equal(invoker.events.length, 1)
  assert.equal(cluster.committed[0], 10)
})

test('a broker that hangs while the poller joins does not hold up a stop', async () => {
  const cluster = clusterOf(1)
  cluster.join = () => new Promise(() => {})

  const { stop, run } = runMapping({ cluster, invoker: new RecordingFunction() })
  await delay(5)
  await stop()

  assert.equal(run.status().state, 'stopped')
})

test('a function that keeps failing does not keep the poller from a broker that came back', async () => {
  const cluster = clusterOf(3)
  let fixed = false
  const invoker = new RecordingFunction(() => (fixed ? HANDLED : THROWN))

  const { drained, stop, run } = runMapping({ cluster, invoker })
  await until('three events', () => invoker.events.length >= 3, { everyMs: 1 })
  cluster.outage = new Error('the broker is away')
  await until('a poller that misses the broker', () => run.status().state === 'waiting', { everyMs: 1 })
  cluster.outage = undefined
  await until('a poller that joined again', () => cluster.joins >= 2, { everyMs: 1 })
  fixed = true
  await drained()
  await stop()

  assert.equal(cluster.committed[0], 3)
  assert.deepEqual(invoker.overlaps, [])
})
