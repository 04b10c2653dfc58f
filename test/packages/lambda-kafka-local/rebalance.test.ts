import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import fc from 'fast-check'
import type { InvokeAnswer } from '../../../packages/lambda-kafka-local/src/core/answer.ts'
import { MemoryCluster } from '../../support/memory-cluster.ts'
import { answering, type GivenEvent, HANDLED, RecordingFunction, THROWN } from '../../support/recording-function.ts'
import { type Running, runMapping } from '../../support/run-mapping.ts'
import { until } from '../../support/until.ts'

const PARTITIONS = 3

/** What was handled, by partition; and what was committed too early, if anything. */
class Ledger {
  readonly handled = Array.from({ length: PARTITIONS }, () => new Set<number>())
  readonly firstTimes = Array.from({ length: PARTITIONS }, () => [] as number[])
  readonly tooEarly: string[] = []

  take({ records }: GivenEvent, failed: ReadonlySet<string> = new Set()): void {
    for (const { partition, offset } of Object.values(records).flat()) {
      if (failed.has(`${partition}@${offset}`) || this.handled[partition]?.has(offset)) continue
      this.handled[partition]?.add(offset)
      this.firstTimes[partition]?.push(offset)
    }
  }

  watch(cluster: MemoryCluster): void {
    cluster.onCommit = ({ partition, offset }) => {
      for (let i = 0; i < offset; i++) if (!this.handled[partition]?.has(i)) this.tooEarly.push(`${partition}@${i}`)
    }
  }
}

test('a second poller takes over its share while the first has records with the function, and none is lost', async () => {
  const cluster = new MemoryCluster(PARTITIONS)
  for (let i = 0; i < 300; i++) cluster.produce(i % PARTITIONS)
  const ledger = new Ledger()
  ledger.watch(cluster)
  const invoker = new RecordingFunction(async (event) => {
    await delay(3)
    ledger.take(event)
    return HANDLED
  })

  const first = runMapping({ cluster, invoker, mapping: { batchSize: 5 } })
  await until('four events', () => invoker.events.length >= 4, { everyMs: 1 })
  const second = runMapping({ cluster, invoker, mapping: { batchSize: 7 } })
  await until('a record for the second poller', () => second.run.status().handled > 0, { everyMs: 1 })
  await first.stop()
  await second.drained()
  await second.stop()

  assert.deepEqual(ledger.tooEarly, [])
  assert.deepEqual(
    ledger.handled.map(({ size }) => size),
    [100, 100, 100],
  )
})

const anyTrouble = fc.record({
  seed: fc.nat(),
  redeliver: fc.constantFrom(0, 0.2),
  kill: fc.constantFrom(0, 0.1),
  double: fc.constantFrom(0, 0.2),
  recut: fc.constantFrom(0, 0.7),
  failures: fc.infiniteStream(fc.constantFrom('handled', 'handled', 'thrown', 'unreachable', 'partly', 'after-work')),
  bisect: fc.boolean(),
  batchSize: fc.integer({ min: 1, max: 40 }),
  /** After how many invocations a second poller joins, and how many more the first one stays. */
  joins: fc.nat(12),
  leaves: fc.nat(12),
})

test('whatever goes wrong, every record is handled, first times are in order, and nothing is committed unhandled', async () => {
  await fc.assert(
    fc.asyncProperty(anyTrouble, async ({ failures, bisect, batchSize, joins, leaves, ...chaos }) => {
      const cluster = new MemoryCluster(PARTITIONS)
      for (let i = 0; i < 120; i++) cluster.produce(i % PARTITIONS)
      const ledger = new Ledger()
      ledger.watch(cluster)
      const invoker = new RecordingFunction((event) => answerTo(event, failures.next().value, ledger))
      const fixture = {
        cluster,
        invoker,
        mapping: { batchSize, bisect, reportBatchItemFailures: true },
        options: { chaos },
      }

      const first = runMapping(fixture)
      await invocations(invoker, joins, first)
      const second = runMapping({ ...fixture, options: { chaos: { ...chaos, seed: chaos.seed + 1 } } })
      await invocations(invoker, joins + leaves, first)
      await first.stop()
      await second.drained()
      await second.stop()

      assert.deepEqual(ledger.tooEarly, [])
      for (const offsets of ledger.firstTimes) assert.deepEqual(offsets, [...offsets.keys()])
      assert.ok(ledger.handled.every(({ size }) => size === 40))
    }),
    { numRuns: 30 },
  )
})

async function invocations(invoker: RecordingFunction, count: number, { run }: Running): Promise<void> {
  const isThere = () => invoker.events.length >= count || run.status().lag === 0
  await until(`${count} invocations`, isThere, { everyMs: 1 })
}

function answerTo(event: GivenEvent, kind: string, ledger: Ledger): InvokeAnswer {
  const records = Object.values(event.records).flat()
  switch (kind) {
    case 'thrown':
      return THROWN
    case 'unreachable':
      return { kind: 'unavailable', message: 'throttled' }
    case 'after-work':
      ledger.take(event)
      return THROWN
    case 'partly': {
      // The last of each partition fails, so that what is handled stays a prefix.
      const failed = Object.values(event.records).flatMap((group) => group.slice(-1))
      ledger.take(event, new Set(failed.map(({ partition, offset }) => `${partition}@${offset}`)))
      return records.length === failed.length ? THROWN : answering(failureOf(failed))
    }
    default:
      ledger.take(event)
      return HANDLED
  }
}

function failureOf(records: readonly { readonly partition: number; readonly offset: number }[]) {
  return {
    batchItemFailures: records.map(({ partition, offset }) => {
      return { itemIdentifier: { partition: `orders-${partition}`, offset } }
    }),
  }
}
