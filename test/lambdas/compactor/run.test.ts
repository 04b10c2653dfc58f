import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { LogFields } from '../../../lake/log.ts'
import type { ObjectStore } from '../../../lake/store/object-store.ts'
import { plan } from '../../../lambdas/compactor/plan.ts'
import { type RunDeps, runCompaction } from '../../../lambdas/compactor/run.ts'
import { compactionOn, liveFilesOn } from '../../support/compaction.ts'
import { land, landed, landVoid, putLedger, readBars, rejected, TOPIC } from '../../support/lake-builder.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'
import { silentLog } from '../../support/silent-log.ts'

const NOW = Date.UTC(2026, 10, 22, 12)
const MARCH = Date.UTC(2013, 2, 1)
const APRIL = Date.UTC(2013, 3, 1)

const depsOn = (store: ObjectStore, now = NOW): RunDeps => compactionOn(store, now)

describe('a compaction', () => {
  test('makes one file a month with the newest version of each bar, in the order of symbol and time', async () => {
    const store = new MemoryObjectStore()
    await land(
      store,
      [
        landed({ symbol: 'MSFT', ts_event: MARCH, kafka_offset: 0 }),
        landed({ symbol: 'AAPL', ts_event: APRIL, kafka_offset: 1 }),
        landed({ symbol: 'AAPL', ts_event: MARCH, close: 11, kafka_offset: 2 }),
        landed({ symbol: 'AAPL', ts_event: MARCH, close: 11.5, ts_sent: NOW + 5, kafka_offset: 3 }),
        landed({ symbol: 'AAPL', ts_event: MARCH, interval: '1h', kafka_offset: 4 }),
      ],
      'a',
    )
    await putLedger(store, { next: 5 })

    const report = await runCompaction(depsOn(store))

    assert.deepEqual(report, { files: 1, rows: 5, months: 2, added: 4, replaced: 0, crossed: 0 })
    const months = (await liveFilesOn(store)).map(({ month, rows }) => [month, rows])
    assert.deepEqual(months, [
      ['2013-03', 3],
      ['2013-04', 1],
    ])
    const bars = await readBars(store)
    assert.deepEqual(
      bars.map(({ symbol, interval, ts_event, close }) => [symbol, interval, ts_event, close]),
      [
        ['AAPL', '1d', MARCH, 11.5],
        ['AAPL', '1h', MARCH, 11],
        ['MSFT', '1d', MARCH, 11],
        ['AAPL', '1d', APRIL, 11],
      ],
    )
  })

  test('lets a newer version replace the row that stands, and keeps it against an older one', async () => {
    const store = new MemoryObjectStore()
    await land(store, [landed({ close: 11, ts_sent: NOW, kafka_offset: 0 })], 'a')
    await runCompaction(depsOn(store))

    await land(store, [landed({ close: 11.9, ts_sent: NOW + 1, kafka_offset: 1 })], 'b')
    const newer = await runCompaction(depsOn(store))
    await land(store, [landed({ close: 1, high: 12, low: 1, ts_sent: NOW - 1, kafka_offset: 2 })], 'c')
    const older = await runCompaction(depsOn(store))

    assert.equal(newer.replaced, 1)
    assert.equal(older.replaced, 0)
    const bars = await readBars(store)
    assert.deepEqual(
      bars.map(({ close }) => close),
      [11.9],
    )
  })

  test('warns where a bar of one source now stands as another has it, not where a split was taken out', async () => {
    const store = new MemoryObjectStore()
    const warned: unknown[] = []
    const keep = (_: string, fields?: LogFields) => void warned.push(fields)
    const run = () => runCompaction({ ...depsOn(store), log: { ...silentLog, warn: keep } })
    const bar = (source: string, n: number) => landed({ source, ts_sent: NOW + n, kafka_offset: n, close: 11 + n / 10 })
    await land(store, [bar('AAPL.csv', 0)], 'a')
    await run()
    await land(store, [bar('yahoo', 1)], 'b')
    await run()
    assert.deepEqual(warned, [{ bars: 1 }])

    await land(store, [bar('yahoo@2013-05-01', 2)], 'c')
    await run()

    assert.deepEqual(warned, [{ bars: 1 }])
  })

  test('warns and counts where two sources of a bar have landed since the last run', async () => {
    const store = new MemoryObjectStore()
    const warned: unknown[] = []
    const keep = (_: string, fields?: LogFields) => void warned.push(fields)
    const bar = (source: string, n: number) => landed({ source, ts_sent: NOW + n, kafka_offset: n, close: 11 + n / 10 })
    await land(store, [bar('AAPL.csv', 0), bar('yahoo', 1), bar('yahoo@2013-05-01', 2)], 'a')

    const { crossed } = await runCompaction({ ...depsOn(store), log: { ...silentLog, warn: keep } })

    assert.equal(crossed, 1)
    assert.deepEqual(warned, [{ bars: 1 }])
    assert.deepEqual(
      (await readBars(store)).map(({ source }) => source),
      ['yahoo@2013-05-01'],
    )
  })

  test('leaves out what is no bar: rejected records, voids, objects that no consumer wrote', async () => {
    const store = new MemoryObjectStore()
    await land(store, [rejected({ kafka_offset: 0 }), landed({ kafka_offset: 1 })], 'a')
    await landVoid(store, 'landing/bars/dt=2026-11-22/market.bars-0@2-9@test-cluster@0@v.parquet', 'v')
    await store.put('landing/bars/dt=2026-11-22/readme.txt', new TextEncoder().encode('hello'))

    const report = await runCompaction(depsOn(store))

    assert.equal(report.added, 1)
  })

  test('keeps text and numbers as they landed, nulls too, and flags what is odd', async () => {
    const store = new MemoryObjectStore()
    const odd = landed({ adj_close: null, source: null, run_id: null, open: 12.001, volume: 0 })
    await land(store, [odd], 'a')

    await runCompaction(depsOn(store))

    const [bar] = await readBars(store)
    const { schema_version: _, reject_reason: __, raw_key: ___, raw_value: ____, ...same } = odd
    assert.deepEqual(
      { ...bar, adj_close: Number.isNaN(bar?.adj_close) ? null : bar?.adj_close },
      { ...same, flags: 'outside_range,zero_volume' },
    )
  })

  test('says in each month file which offsets it contains', async () => {
    const store = new MemoryObjectStore()
    await land(store, [landed({ kafka_offset: 7 }), landed({ symbol: 'B', kafka_offset: 9 })], 'a')

    await runCompaction(depsOn(store))

    const [file] = await liveFilesOn(store)
    const body = Buffer.from(store.objects.get(file?.key ?? '')?.body ?? [])
    assert.ok(body.includes(`{"${TOPIC}/0":{"rows":2,"first":7,"last":9}}`))
  })
})

test('a run comes to its end although another cluster’s ledger stands beside the one that lands', async () => {
  const store = new MemoryObjectStore()
  await land(
    store,
    [0, 1, 2].map((i) => landed({ kafka_offset: i })),
    'old',
    { cluster: 'old-cluster' },
  )
  await putLedger(store, { next: 3 }, 'old-cluster')
  for (let i = 0; i < 10; i++)
    await land(store, [landed({ kafka_offset: i, ts_event: Date.UTC(2013, 2, 1 + i) })], `f${i}`)
  await putLedger(store, { next: 10 })
  await runCompaction(depsOn(store), { maxFiles: 4, maxTaskRows: 1_000 })

  const again = await plan(depsOn(store))

  assert.deepEqual([(await readBars(store)).length, again.files], [10, 0])
})

test('a landing file that cannot be read stops the run and is named', async () => {
  const store = new MemoryObjectStore()
  const key = await land(store, [landed({ kafka_offset: 0 })], 'torn')
  const body = store.objects.get(key)?.body ?? new Uint8Array()
  await store.put(key, body.subarray(0, body.length - 9))

  await assert.rejects(runCompaction(depsOn(store)), (error: Error) => error.message.includes(`${key} cannot be read`))
})

test('what a run that failed for good has left, its plan and notes, goes after some days', async () => {
  let now = NOW
  const store = new MemoryObjectStore({}, () => now)
  await land(store, [landed({ kafka_offset: 0 })], 'a')
  await plan(depsOn(store, now))
  const plans = () => [...store.objects.keys()].filter((key) => key.startsWith('compaction/plans/'))
  assert.equal(plans().length, 1)

  now += 4 * 86_400_000
  await runCompaction(depsOn(store, now))

  assert.deepEqual(plans(), [])
})
