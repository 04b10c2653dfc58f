import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ClusterMetadata } from '@platformatic/kafka'
import fc from 'fast-check'
import { rangeAssigner } from '../../../../packages/lambda-kafka-local/src/adapters/range-assigner.ts'

function assign(members: Readonly<Record<string, readonly string[]>>, topics: Readonly<Record<string, number>>) {
  const subscriptions = new Map(
    Object.entries(members).map(([memberId, names]) => [memberId, { memberId, version: 0, topics: [...names] }]),
  )
  const counts = Object.entries(topics).map(([name, partitionsCount]) => [name, { partitionsCount }] as const)
  const metadata = { topics: new Map(counts) } as unknown as ClusterMetadata
  const shares = rangeAssigner('a', subscriptions, new Set(Object.keys(topics)), metadata)
  return Object.fromEntries(
    shares.map(({ memberId, assignments }) => [
      memberId,
      Object.fromEntries([...assignments].map(([topic, { partitions }]) => [topic, partitions])),
    ]),
  )
}

test('ranges are those of Java’s assigner: the first members, by their ids, have one more', () => {
  assert.deepEqual(assign({ b: ['orders'], a: ['orders'], c: ['orders'] }, { orders: 7 }), {
    a: { orders: [0, 1, 2] },
    b: { orders: [3, 4] },
    c: { orders: [5, 6] },
  })
})

test('who does not subscribe a topic gets none of it', () => {
  assert.deepEqual(assign({ a: ['bills'], b: ['orders', 'bills'] }, { orders: 2, bills: 1 }), {
    a: { bills: [0] },
    b: { orders: [0, 1] },
  })
})

test('every partition has one owner', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 40 }), (members, partitions) => {
      const ids = Array.from({ length: members }, (_, i) => [`m${i}`, ['orders']] as const)
      const owned = Object.values(assign(Object.fromEntries(ids), { orders: partitions })).flatMap(
        (topics) => topics['orders'] ?? [],
      )

      assert.deepEqual(
        owned.toSorted((a, b) => a - b),
        Array.from({ length: partitions }, (_, i) => i),
      )
    }),
  )
})
