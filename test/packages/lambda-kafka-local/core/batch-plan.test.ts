import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type BatchPlan, planBatch } from '../../../../packages/lambda-kafka-local/src/core/batch-plan.ts'
import {
  eventHeadBytes,
  eventJson,
  MAX_PAYLOAD_BYTES,
} from '../../../../packages/lambda-kafka-local/src/core/event-json.ts'
import { PartitionQueue } from '../../../../packages/lambda-kafka-local/src/core/partition-queue.ts'
import { aMapping, anEncodedRecord } from '../../../support/mapping.ts'

const LIMITS = { batchSize: 10, windowMs: 500, headBytes: eventHeadBytes(aMapping()) }

/** A queue of records with values of these many bytes, arrived at `arrivedAt`. */
function queueOf(partition: number, sizes: readonly number[], arrivedAt = 0): PartitionQueue {
  const queue = new PartitionQueue({ topic: 'orders', partition }, 0)
  const records = sizes.map((size, offset) =>
    anEncodedRecord({ partition, offset, key: null, value: Buffer.alloc(size) }, arrivedAt),
  )
  queue.append(records, sizes.length)
  return queue
}

function slicesOf(plan: BatchPlan): readonly (readonly [string, number])[] {
  return plan.kind === 'wait' ? [] : plan.slices.map(({ key, count }) => [key, count] as const)
}

test('nothing waits: there is nothing to do until records arrive', () => {
  assert.deepEqual(planBatch([queueOf(0, [])], LIMITS, 0), { kind: 'wait', at: Number.POSITIVE_INFINITY })
})

test('a batch that is not full waits for its window, counted from the first arrival', () => {
  const queues = [queueOf(0, [1, 1], 100), queueOf(1, [1], 40)]

  assert.deepEqual(planBatch(queues, LIMITS, 539), { kind: 'wait', at: 540 })
  assert.equal(planBatch(queues, LIMITS, 540).kind, 'send')
})

test('a full batch goes at once, the partition that waits longest first', () => {
  const queues = [queueOf(0, new Array(8).fill(1), 100), queueOf(1, new Array(5).fill(1), 40)]

  assert.deepEqual(slicesOf(planBatch(queues, LIMITS, 100)), [
    ['orders-1', 5],
    ['orders-0', 5],
  ])
})

test('a long backlog fills a batch alone, so that other partitions can be sent beside it', () => {
  const queues = [queueOf(0, new Array(25).fill(1), 0), queueOf(1, new Array(25).fill(1), 1)]

  assert.deepEqual(slicesOf(planBatch(queues, LIMITS, 1)), [['orders-0', 10]])
})

test('a batch of a window of nothing goes with what is there', () => {
  assert.deepEqual(slicesOf(planBatch([queueOf(0, [1], 7)], { ...LIMITS, windowMs: 0 }, 7)), [['orders-0', 1]])
})

test('a record that no event can hold is set apart, and holds up nothing behind it', () => {
  const queue = queueOf(0, [MAX_PAYLOAD_BYTES, 1], 0)

  assert.deepEqual(planBatch([queue], LIMITS, 0), { kind: 'oversize', slices: [{ key: 'orders-0', count: 1 }] })
  queue.take(1)
  assert.deepEqual(slicesOf(planBatch([queue], LIMITS, 500)), [['orders-0', 1]])
})

test('a record that just fits is sent', () => {
  // Found by bisection below: the largest value whose event has at most 6 MB.
  let [fits, fails] = [0, MAX_PAYLOAD_BYTES]
  while (fails - fits > 1) {
    const middle = Math.floor((fits + fails) / 2)
    const records = [anEncodedRecord({ key: null, value: Buffer.alloc(middle) })]
    if (Buffer.byteLength(eventJson(records, aMapping())) <= MAX_PAYLOAD_BYTES) fits = middle
    else fails = middle
  }

  assert.equal(planBatch([queueOf(0, [fits - 3])], LIMITS, 500).kind, 'send')
  assert.equal(planBatch([queueOf(0, [fails])], LIMITS, 500).kind, 'oversize')
})

test('whatever waits, an event is never larger than 6 MB nor a batch than BatchSize, and everything is planned in the end', () => {
  const anySize = fc.oneof(fc.nat(100), fc.nat(3_000_000), fc.constant(MAX_PAYLOAD_BYTES))
  const anyQueues = fc.array(fc.array(anySize, { maxLength: 6 }), { minLength: 1, maxLength: 3 })
  fc.assert(
    fc.property(anyQueues, fc.integer({ min: 1, max: 8 }), (sizes, batchSize) => {
      const queues = sizes.map((list, partition) => queueOf(partition, list))
      let left = sizes.flat().length
      while (left > 0) {
        const plan = planBatch(queues, { ...LIMITS, batchSize }, 500)
        assert.notEqual(plan.kind, 'wait')
        const slices = plan.kind === 'wait' ? [] : plan.slices
        const records = slices.flatMap(({ key, count }) => queues.find((queue) => queue.key === key)?.take(count) ?? [])
        left -= records.length
        assert.ok(records.length > 0 && records.length <= batchSize)
        const bytes = Buffer.byteLength(eventJson(records, aMapping()))
        assert.equal(bytes > MAX_PAYLOAD_BYTES, plan.kind === 'oversize')
      }
    }),
    { numRuns: 40 },
  )
})
