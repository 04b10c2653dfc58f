import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LagClock } from '../../../dashboard/server/lag-clock.ts'
import { emptyLedger } from '../../../lake/ledger/ledger.ts'
import { aRecord, NOW } from '../../support/bars.ts'
import { AT, recordsAt, span } from '../../support/lake.ts'
import { MemoryTopic } from '../../support/memory-topic.ts'

/** A clock over a topic of one partition, of which the ledger is done with the offsets below `next`. */
function aClock(topic: MemoryTopic) {
  const clock = new LagClock('market.bars', () => NOW + 5_000)
  return async (next: number) => {
    const bounds = await topic.bounds()
    const [partition] = await clock.partitions({ ledgers: [{ ...emptyLedger(AT), next }], bounds, log: topic })
    return [partition?.lag, partition?.lagSeconds]
  }
}

test('a partition is behind since its first record that waits was sent', async () => {
  const topic = new MemoryTopic()
  topic.append([...recordsAt(span(0, 4)), aRecord({ offset: 5, timestamp: NOW }), ...recordsAt([6, 7])])
  const look = aClock(topic)

  assert.deepEqual(await look(5), [3, 5])
  assert.deepEqual(await look(8), [0, 0])
})

test('what a transaction took back at the end of the log is nothing that waits', async () => {
  const topic = new MemoryTopic()
  topic.append(recordsAt(span(0, 4)))
  topic.high += 7
  const look = aClock(topic)

  assert.deepEqual(
    [await look(5), await look(5)],
    [
      [0, 0],
      [0, 0],
    ],
  )
  topic.append([aRecord({ offset: 12, timestamp: NOW })])
  assert.deepEqual(await look(5), [1, 5])
})
