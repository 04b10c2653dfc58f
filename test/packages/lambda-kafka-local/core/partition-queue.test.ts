import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { PartitionQueue } from '../../../../packages/lambda-kafka-local/src/core/partition-queue.ts'
import { anEncodedRecord, encodedRecords } from '../../../support/mapping.ts'

const ORDERS_0 = { topic: 'orders', partition: 0 }

test('records that were filtered are committed as soon as nothing before them is open', () => {
  const queue = new PartitionQueue(ORDERS_0, 0)
  queue.append([anEncodedRecord({ offset: 2 })], 10) // 0, 1 and 3 to 9 did not pass

  assert.equal(queue.committable, 2)
  queue.settle(2)
  assert.equal(queue.committable, 10)
})

test('a record that is settled out of turn is not committed before those ahead of it', () => {
  const queue = new PartitionQueue(ORDERS_0, 0)
  queue.append(encodedRecords(0, 3), 3)

  queue.settle(2)
  queue.settle(1)
  assert.equal(queue.committable, 0)
  queue.settle(0)
  assert.equal(queue.committable, 3)
})

test('records that were put back are taken again, in their order, before all others', () => {
  const queue = new PartitionQueue(ORDERS_0, 0)
  queue.append(encodedRecords(0, 5), 5)

  const taken = queue.take(3)
  queue.putBack(taken)

  assert.deepEqual(
    queue.take(5).map(({ offset }) => offset),
    [0, 1, 2, 3, 4],
  )
  assert.equal(queue.bytes, 0)
})

test('lag is what the group has not committed, and unknown before the broker told its end', () => {
  const queue = new PartitionQueue(ORDERS_0, 7)

  assert.equal(queue.lag, undefined)
  queue.highWatermark = 10
  assert.equal(queue.lag, 3)
})

/** The queue beside what it should know, said plainly. */
class Model {
  readonly queue = new PartitionQueue(ORDERS_0, 0)
  readonly #open = new Set<number>()
  #out: number[] = []

  append(count: number, skip: number): void {
    const first = this.queue.position + skip
    this.queue.append(encodedRecords(first, first + count), first + count)
    for (let offset = first; offset < first + count; offset++) this.#open.add(offset)
  }

  take(count: number): void {
    this.#out.push(...this.queue.take(count).map(({ offset }) => offset))
  }

  settle(which: number): void {
    const [offset] = this.#out.splice(which % Math.max(1, this.#out.length), 1)
    if (offset === undefined) return
    this.queue.settle(offset)
    this.#open.delete(offset)
  }

  putBack(): void {
    this.queue.putBack(this.#out.map((offset) => anEncodedRecord({ offset })))
    this.#out = []
  }

  check(): void {
    const committable = this.#open.size > 0 ? Math.min(...this.#open) : this.queue.position
    assert.equal(this.queue.committable, committable)
    const waiting = Array.from({ length: this.queue.length }, (_, i) => this.queue.at(i)?.offset ?? -1)
    assert.deepEqual(
      waiting,
      waiting.toSorted((a, b) => a - b),
    )
  }
}

test('whatever happens in whatever order, nothing open is ever committable and order is kept', () => {
  const anyStep: fc.Arbitrary<(model: Model) => void> = fc.oneof(
    fc.tuple(fc.nat(5), fc.nat(3)).map(
      ([count, skip]) =>
        (model: Model) =>
          model.append(count, skip),
    ),
    fc.nat(4).map((count) => (model: Model) => model.take(count)),
    fc.nat().map((which) => (model: Model) => model.settle(which)),
    fc.constant((model: Model) => model.putBack()),
  )
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 60 }), (steps) => {
      const model = new Model()
      for (const step of steps) {
        step(model)
        model.check()
      }
    }),
  )
})
