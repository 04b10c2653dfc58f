import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { claimKey } from '../../../lake/ledger/landing-key.ts'
import type { ObjectSummary } from '../../../lake/store/object-store.ts'
import { PLAN_DEFAULTS, plan } from '../../../lambdas/compactor/plan.ts'
import { runCompaction } from '../../../lambdas/compactor/run.ts'
import { compactionOn } from '../../support/compaction.ts'
import { CLUSTER, land, landed, putLedger, readBars, TOPIC } from '../../support/lake-builder.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'

const DAY = 86_400_000
const NOW = Date.UTC(2026, 10, 22, 12)
const FEW = { ...PLAN_DEFAULTS, maxFiles: 2 }

/** One file a record, the i-th at offset i. */
async function landEach(
  store: MemoryObjectStore,
  symbols: readonly string[],
  of: { readonly cluster?: string; readonly epoch?: number; readonly first?: number } = {},
): Promise<void> {
  for (const [i, symbol] of symbols.entries()) {
    const row = landed({ symbol, kafka_offset: (of.first ?? 0) + i })
    await land(store, [row], `${of.cluster ?? ''}${of.epoch ?? ''}-${symbol}`, of)
  }
}

async function symbolsOf(store: MemoryObjectStore): Promise<string[]> {
  return (await readBars(store)).map(({ symbol }) => symbol).sort()
}

describe('a run that takes few files at once comes to its end, and takes each file once', () => {
  const cases = {
    'of a cluster whose ledger is gone': { cluster: 'dead' },
    'of an epoch before a reset': { epoch: 5 },
  }
  for (const [what, of] of Object.entries(cases)) {
    test(`with more files ${what} than it takes`, async () => {
      const store = new MemoryObjectStore()
      await landEach(store, ['D', 'E', 'F', 'G', 'H'], of)
      await landEach(store, ['A', 'B', 'C'], { epoch: 9 })
      await putLedger(store, { next: 3, epoch: 9 })

      const report = await runCompaction(compactionOn(store, NOW), FEW)
      const again = await runCompaction(compactionOn(store, NOW), FEW)

      assert.deepEqual(await symbolsOf(store), ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'])
      assert.deepEqual([report.files, again.files], [8, 0])
    })
  }

  test('with more files that name no cluster than it takes', async () => {
    const store = new MemoryObjectStore()
    const row = (i: number) => landed({ symbol: `S${i}`, kafka_offset: i })
    for (let i = 0; i < 5; i++) {
      const key = await land(store, [row(i)], 'old')
      const id = `00000000-0000-4000-8000-00000000000${i}`
      const stored = store.objects.get(key)
      if (stored) store.objects.set(`landing/bars/dt=2026-11-22/${TOPIC}-0-${i}-${i}-${id}.parquet`, stored)
      store.objects.delete(key)
    }
    await land(store, [row(5)], 'new')
    await putLedger(store, { next: 6 })

    const report = await runCompaction(compactionOn(store, NOW), FEW)

    assert.deepEqual([report.files, (await symbolsOf(store)).length], [6, 6])
  })

  test('what a plan has committed is not taken again after the next one has failed', async () => {
    const store = new MemoryObjectStore()
    await landEach(store, ['A', 'B', 'C', 'D'])
    await putLedger(store, { next: 4 })
    const [, , third = ''] = [...store.objects.keys()].filter((key) => key.startsWith('landing/')).sort()
    const whole = store.objects.get(third)
    await store.put(third, new Uint8Array(9))

    await assert.rejects(runCompaction(compactionOn(store, NOW), FEW), /cannot be read/)
    if (whole) store.objects.set(third, whole)
    const report = await runCompaction(compactionOn(store, NOW), FEW)

    assert.equal(report.files, 2)
    assert.deepEqual(await symbolsOf(store), ['A', 'B', 'C', 'D'])
  })
})

describe('offsets that a ledger calls landed', () => {
  test('and whose file has gone are named, when all else is compacted, in every run until somebody lets them be missing', async () => {
    const store = new MemoryObjectStore()
    await landEach(store, ['A', 'B', 'C'])
    await putLedger(store, { next: 3 })
    const [, second = ''] = [...store.objects.keys()].filter((key) => key.startsWith('landing/'))
    store.objects.delete(second)
    const missing = /in no landing file: 1 of market.bars-0 of test-cluster \(1\)\. Everything else was compacted/

    await assert.rejects(runCompaction(compactionOn(store, NOW)), missing)
    await assert.rejects(runCompaction(compactionOn(store, NOW)), missing)
    assert.deepEqual(await symbolsOf(store), ['A', 'C'])

    await runCompaction(compactionOn(store, NOW), PLAN_DEFAULTS, { acceptMissing: true })
    await runCompaction(compactionOn(store, NOW))
  })

  test('and whose file comes back are compacted then', async () => {
    const store = new MemoryObjectStore()
    await landEach(store, ['A', 'B'])
    await putLedger(store, { next: 2 })
    const [key = ''] = [...store.objects.keys()].filter((one) => one.startsWith('landing/'))
    const gone = store.objects.get(key)
    store.objects.delete(key)
    await assert.rejects(runCompaction(compactionOn(store, NOW)), /in no landing file/)

    if (gone) store.objects.set(key, gone)
    await runCompaction(compactionOn(store, NOW))

    assert.deepEqual(await symbolsOf(store), ['A', 'B'])
  })

  for (const [what, days] of Object.entries({ ahead: 400, behind: -400 })) {
    test(`reach bars although the clock of the consumer went ${what}`, async () => {
      const store = new MemoryObjectStore()
      await landEach(store, ['A'])
      await putLedger(store, { next: 1 })
      await runCompaction(compactionOn(store, NOW))

      await land(store, [landed({ symbol: 'B', kafka_offset: 1, ts_recv: NOW + days * DAY })], 'astray')
      await landEach(store, ['C'], { first: 2 })
      await putLedger(store, { next: 3 })
      await runCompaction(compactionOn(store, NOW))

      assert.deepEqual(await symbolsOf(store), ['A', 'B', 'C'])
    })
  }

  test('reach bars although the clock of the run before went ahead', async () => {
    const store = new MemoryObjectStore()
    await landEach(store, ['A'])
    await putLedger(store, { next: 1 })
    await runCompaction(compactionOn(store, NOW + 100 * DAY))

    await landEach(store, ['B'], { first: 1 })
    await putLedger(store, { next: 2 })
    await runCompaction(compactionOn(store, NOW))

    assert.deepEqual(await symbolsOf(store), ['A', 'B'])
  })

  test('and which it may have given up are not missing', async () => {
    const store = new MemoryObjectStore()
    await landEach(store, ['B'], { first: 5 })
    await putLedger(store, { next: 6, givenUp: { offsets: 5, singles: 0, below: 5 } })

    await runCompaction(compactionOn(store, NOW))

    assert.deepEqual(await symbolsOf(store), ['B'])
  })
})

/** A landing folder that nobody could hold: its keys are made as they are asked for. */
class EndlessLanding extends MemoryObjectStore {
  listed = 0
  readonly #days: number
  readonly #filesADay: number

  constructor(days: number, filesADay: number) {
    super()
    this.#days = days
    this.#filesADay = filesADay
  }

  override async *list(prefix: string, options: { readonly startAfter?: string } = {}): AsyncGenerator<ObjectSummary> {
    if (!prefix.startsWith('landing/')) yield* super.list(prefix, options)
    else
      for (const key of this.#keys(options.startAfter ?? '')) {
        this.listed++
        yield { key, size: 1, etag: '"x"' }
      }
  }

  *#keys(startAfter: string): Generator<string> {
    const firstDay = NOW - (this.#days - 1) * DAY
    for (let day = 0; day < this.#days; day++) {
      const tsRecv = firstDay + day * DAY
      if (startAfter.slice(0, 26) > `landing/bars/dt=${new Date(tsRecv).toISOString().slice(0, 10)}`) continue
      for (let i = 0; i < this.#filesADay; i++) {
        const offset = day * this.#filesADay + i
        const key = claimKey({
          at: { topic: TOPIC, partition: 0 },
          cluster: CLUSTER,
          epoch: 0,
          // Of one width, so that their order as text is their order.
          offsets: [[1e9 + offset, 1e9 + offset]],
          id: 'x',
          tsRecv,
        })
        if (key > startAfter) yield key
      }
    }
  }
}

test('a landing folder of a year is planned without holding it: as many files as a plan takes are listed, and the next goes on behind them', async () => {
  const store = new EndlessLanding(365, 16_400)
  const body = await bodyOf(0)
  store.get = async (key) => (key.startsWith('landing/') ? body : MemoryObjectStore.prototype.get.call(store, key))
  const deps = compactionOn(store, NOW)

  const first = await plan(deps, { ...PLAN_DEFAULTS, maxFiles: 50 })
  const listed = store.listed
  const second = await plan(deps, { ...PLAN_DEFAULTS, maxFiles: 50 }, first)

  assert.deepEqual([first.files, listed, second.files, store.listed], [50, 51, 50, 102])
  assert.ok((second.cursor?.after ?? '') > (first.cursor?.after ?? ''))
})

/** A landed file of one row. */
async function bodyOf(offset: number) {
  const store = new MemoryObjectStore()
  const key = await land(store, [landed({ kafka_offset: offset })], 'x')
  return store.get(key)
}
