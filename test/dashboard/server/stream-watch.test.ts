import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { RateHistory } from '../../../dashboard/server/rate-history.ts'
import { Reader } from '../../../dashboard/server/reader.ts'
import { latencyOf, StreamWatch } from '../../../dashboard/server/stream-watch.ts'
import { markOf } from '../../../lake/compaction/table-mark.ts'
import { BARS_LANDING } from '../../../lake/tables/tables.ts'
import { runCompaction } from '../../../lambdas/compactor/run.ts'
import { compactionOn, lakeOn, tableOn } from '../../support/compaction.ts'
import { land, landed, putLedger } from '../../support/lake-builder.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'

describe('what is told of the stream', () => {
  test('percentiles of the latency are exact, by the nearest rank', () => {
    const latencies = Array.from({ length: 100 }, (_, i) => 100 - i)

    assert.deepEqual(latencyOf(latencies), { p50: 50, p95: 95, p99: 99, of: 100 })
    assert.deepEqual(latencyOf([7]), { p50: 7, p95: 7, p99: 7, of: 1 })
    assert.equal(latencyOf([]), null)
  })

  test('a rate is over the last ten seconds, and nought after a stop', () => {
    const rates = new RateHistory()
    const at = (seconds: number, landed: number) => rates.add(seconds * 1000, { sent: landed, landed })

    at(0, 0)
    assert.deepEqual(at(5, 500), { sentPerSecond: 100, landedPerSecond: 100 })
    at(10, 1000)
    at(20, 1000)
    assert.deepEqual(at(30, 1000), { sentPerSecond: 0, landedPerSecond: 0 })
  })

  test('files that expired are no negative rate; a broker that does not say is no rate', () => {
    const rates = new RateHistory()
    rates.add(0, { sent: null, landed: 500 })

    assert.deepEqual(rates.add(1000, { sent: null, landed: 100 }), { sentPerSecond: null, landedPerSecond: 0 })
  })
})

const NOW = Date.UTC(2026, 10, 22, 12)

/** A lake that is looked at for the first time, and the landing files that were read since. */
function lookedAt() {
  const reads: string[] = []
  const outage = { of: '' }
  const store = new MemoryObjectStore({
    before: async (verb, key) => {
      if (verb === outage.of) throw new Error('The bucket does not answer.')
      if (verb === 'getRange' && key.startsWith(BARS_LANDING.prefix)) reads.push(key)
    },
  })
  const engine = { name: 'none', run: () => assert.fail('the stream asks no engine') }
  const lake = {
    ...{ stage: 'local', where: 'memory', topic: 'market.bars', bucket: 'lake', lookMs: 0 },
    files: lakeOn(store),
    ownEngine: () => engine,
    engine,
    compacted: () => markOf(tableOn(store), store),
    ledgers: async () => undefined,
    topicLog: undefined,
    mapping: () => undefined,
  }
  const reader = new Reader(lake, () => NOW)
  return { store, reads, outage, reader, watch: new StreamWatch(reader, () => NOW) }
}

describe('the first look at a lake', () => {
  const barOf = (day: number, offset: number) =>
    landed({ ts_event: Date.UTC(2026, 0, day), kafka_offset: offset, ts_sent: NOW, ts_recv: NOW + day })

  test('reads of what is compacted the newest alone, and lays nothing of it over the bars', async () => {
    const { store, reads, reader, watch } = lookedAt()
    for (let day = 1; day <= 20; day++) await land(store, [barOf(day, day - 1)], `d${day}`)
    await putLedger(store, { next: 20 })
    await runCompaction(compactionOn(store, NOW))
    reads.length = 0

    const { stream, changed } = await watch.look()

    const counted = 20
    assert.equal(stream.landed, counted)
    assert.equal(stream.newest.at(-1)?.t, Date.UTC(2026, 0, 20))
    assert.deepEqual(stream.latency, { p50: 18, p95: 20, p99: 20, of: 4 })
    assert.ok(reads.length < 2 * counted, `${reads.length} reads`)
    assert.deepEqual(changed, [])
    assert.deepEqual(reader.overlay.series(), [])
  })

  test('lays over the bars what no compaction has taken yet', async () => {
    const { store, reader, watch } = lookedAt()
    for (let day = 1; day <= 10; day++) await land(store, [barOf(day, day - 1)], `d${day}`)
    await putLedger(store, { next: 10 })
    await runCompaction(compactionOn(store, NOW))
    for (const day of [11, 12]) await land(store, [barOf(day, day - 1)], `d${day}`)

    const { stream, changed } = await watch.look()

    assert.deepEqual(changed, ['AAPL 1d'])
    assert.deepEqual(
      reader.overlay.of('AAPL', '1d').rows.map(({ ts_event }) => ts_event),
      [11, 12].map((day) => Date.UTC(2026, 0, day)),
    )
    assert.equal(stream.newest.at(-1)?.t, Date.UTC(2026, 0, 12))
  })
})

describe('a look while the bucket does not answer', () => {
  test('says so beside what was known, and what landed meanwhile is there when it answers again', async () => {
    const { store, reader, outage, watch } = lookedAt()
    await land(store, [landed({ kafka_offset: 0 })], 'a')
    const before = await watch.look()
    await land(store, [landed({ kafka_offset: 1, symbol: 'IBM' })], 'b')

    for (const verb of ['list', 'getRange']) {
      outage.of = verb
      const { stream, changed } = await watch.look()
      assert.match(stream.troubles[0] ?? '', /The bucket does not answer/, verb)
      assert.deepEqual([stream.landed, stream.newest], [before.stream.landed, before.stream.newest], verb)
      assert.deepEqual(changed, [], verb)
    }
    outage.of = ''
    const { stream, changed } = await watch.look()

    assert.deepEqual([stream.troubles, stream.landed, changed], [[], 2, ['IBM 1d']])
    assert.equal(reader.overlay.of('IBM', '1d').rows.length, 1)
  })

  test('says so where it never answered', async () => {
    const { outage, watch } = lookedAt()
    outage.of = 'list'

    const { stream } = await watch.look()

    assert.match(stream.troubles[0] ?? '', /The bucket does not answer/)
    assert.deepEqual([stream.landed, stream.files, stream.compacted], [0, 0, 0])
  })
})
