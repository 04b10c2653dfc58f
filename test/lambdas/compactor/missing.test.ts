import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { LAYOUT } from '../../../lake/layout.ts'
import type { ObjectSummary } from '../../../lake/store/object-store.ts'
import { PLAN_DEFAULTS } from '../../../lambdas/compactor/plan.ts'
import { type PlanRequest, planRequestIn } from '../../../lambdas/compactor/plan-request.ts'
import { runCompaction } from '../../../lambdas/compactor/run.ts'
import { compactionOn } from '../../support/compaction.ts'
import { land, landed, putLedger, readBars } from '../../support/lake-builder.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'

const DAY = 86_400_000
const NOW = Date.UTC(2026, 10, 22, 12)
const MANY = 60_000

/** Landing with many objects more in it, from a day that runs no longer begin at. */
class LargeLanding extends MemoryObjectStore {
  listed = 0

  override async *list(
    ...[prefix, options = {}]: Parameters<MemoryObjectStore['list']>
  ): AsyncGenerator<ObjectSummary> {
    const { startAfter = '' } = options
    for await (const object of super.list(prefix, options)) {
      this.listed++
      yield object
    }
    if (!prefix.startsWith(`${LAYOUT.landing}/`)) return
    for (let i = 0; i < MANY; i++) {
      const key = `${LAYOUT.landing}/dt=2026-10-30/note-${String(i).padStart(6, '0')}.txt`
      if (key <= startAfter) continue
      this.listed++
      yield { key, size: 1, etag: '"note"' }
    }
  }

  /** Objects listed since the last time. */
  take(): number {
    const { listed } = this
    this.listed = 0
    return listed
  }
}

/** Three files, of which the second is taken away: the row that it had is missing from the first run on. */
async function landingWithoutOne() {
  const store = new LargeLanding()
  for (const [i, symbol] of ['A', 'B', 'C'].entries()) await land(store, [landed({ symbol, kafka_offset: i })], symbol)
  await putLedger(store, { next: 3 })
  const [key = ''] = [...store.objects.keys()].filter((one) => one.includes('@1-1@'))
  const gone = store.objects.get(key)
  store.objects.delete(key)
  const run = (now: number, request: PlanRequest = {}) =>
    runCompaction(compactionOn(store, now), PLAN_DEFAULTS, request)
  await assert.rejects(run(NOW), /1 of market.bars-0 of test-cluster \(1\)/)
  return { store, run, bringBack: () => void (gone && store.objects.set(key, gone)) }
}

const symbolsOf = async (store: MemoryObjectStore) => (await readBars(store)).map(({ symbol }) => symbol).sort()

describe('offsets that are missing from a large landing', () => {
  test('are named by every run, and searched for in all of landing by the first', async () => {
    const { store, run } = await landingWithoutOne()
    assert.ok(store.take() > MANY)

    await assert.rejects(run(NOW + 1), /1 of market.bars-0 of test-cluster \(1\)/)

    assert.ok(store.take() < 100)
    assert.deepEqual(await symbolsOf(store), ['A', 'C'])
  })

  test('are searched for again after a day', async () => {
    const { store, run, bringBack } = await landingWithoutOne()
    bringBack()

    await run(NOW + DAY)

    assert.deepEqual(await symbolsOf(store), ['A', 'B', 'C'])
  })

  test('are searched for again when somebody asks', async () => {
    const { store, run, bringBack } = await landingWithoutOne()
    bringBack()

    await run(NOW + 1, planRequestIn({ lookAgain: true }))

    assert.deepEqual(await symbolsOf(store), ['A', 'B', 'C'])
  })

  test('are searched for again when more are missing', async () => {
    const { store, run, bringBack } = await landingWithoutOne()
    bringBack()
    await putLedger(store, { next: 4 })

    await assert.rejects(run(NOW + 1), /1 of market.bars-0 of test-cluster \(3\)/)

    assert.deepEqual(await symbolsOf(store), ['A', 'B', 'C'])
  })

  test('are not searched for once they may be missing', async () => {
    const { store, run } = await landingWithoutOne()
    await run(NOW + 1, { acceptMissing: true })
    store.take()

    await run(NOW + 2)

    assert.ok(store.take() < 100)
  })
})
