import assert from 'node:assert/strict'
import { test } from 'node:test'
import { snapshotAsOf } from '../../../lake/iceberg/as-of.ts'
import { pinnedLake } from '../../../lake/iceberg/snapshot-store.ts'
import { asOfQueryEngine } from '../../../lake/queries/query-engine.ts'
import { relationsOf } from '../../../lake/queries/relations.ts'
import { readSavedViews } from '../../../lake/queries/saved-query-files.ts'
import { runCompaction } from '../../../lambdas/compactor/run.ts'
import { compactionOn, lakeOn, tableOn } from '../../support/compaction.ts'
import { land, landed, putLedger } from '../../support/lake-builder.ts'
import { lakeEngine } from '../../support/lake-engine.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'

const FIRST = Date.UTC(2026, 10, 20)
const SECOND = FIRST + 86_400_000

/** A lake of two runs: one bar, then another version of it and a second bar. */
async function twoRuns(): Promise<MemoryObjectStore> {
  const store = new MemoryObjectStore()
  await land(store, [landed({ close: 10 })], 'a')
  await putLedger(store, { next: 1 })
  await runCompaction(compactionOn(store, FIRST))
  const later = { ts_sent: Date.UTC(2026, 11, 1) }
  await land(store, [landed({ ...later, close: 11, kafka_offset: 1 })], 'b')
  await land(store, [landed({ ...later, close: 12, symbol: 'MSFT', kafka_offset: 2 })], 'c')
  await putLedger(store, { next: 3 })
  await runCompaction(compactionOn(store, SECOND))
  return store
}

test('a lake is read as it was at a time, and as a snapshot has it', async () => {
  const store = await twoRuns()
  const table = tableOn(store)
  const closes = async (instant: number) => {
    const snapshot = await snapshotAsOf(table, { kind: 'instant', instant })
    assert.equal(await snapshotAsOf(table, { kind: 'snapshot', id: String(snapshot['snapshot-id']) }), snapshot)
    const { rows } = await lakeEngine(await pinnedLake(lakeOn(store), table, snapshot)).run(
      'SELECT close FROM bars ORDER BY close',
    )
    return rows.flat()
  }

  assert.deepEqual(await closes(FIRST), ['10.0'])
  assert.deepEqual(await closes(SECOND - 1), ['10.0'])
  assert.deepEqual(await closes(SECOND), ['11.0', '12.0'])
})

test('a statement that reads more than bars is refused as of a time, also through a view', async () => {
  const store = await twoRuns()
  const table = tableOn(store)
  const snapshot = await snapshotAsOf(table, { kind: 'instant', instant: FIRST })
  const engine = asOfQueryEngine(lakeEngine(await pinnedLake(lakeOn(store), table, snapshot)), {
    relations: relationsOf(readSavedViews()),
    database: 'tickerlake',
    snapshot: { id: '42', since: '2026-11-20T00:00:00.000Z' },
    isPinned: true,
  })

  assert.equal(engine.name, 'DuckDB as of snapshot 42 (2026-11-20T00:00:00.000Z)')
  assert.deepEqual((await engine.run('SELECT symbol, close FROM bars')).rows, [['AAPL', '10.0']])
  await assert.rejects(engine.run('SELECT count(*) FROM bars_live'), /reads bars_landing through the view bars_live/)
})

test('a time before the oldest snapshot, or a snapshot that is not kept, is refused and the oldest is named', async () => {
  const table = tableOn(await twoRuns())
  const { 'snapshot-id': id } = await snapshotAsOf(table, { kind: 'instant', instant: FIRST })
  const oldest = `the oldest that is kept is ${id}, current from 2026-11-20T00:00:00.000Z on.`

  await assert.rejects(snapshotAsOf(table, { kind: 'instant', instant: FIRST - 1 }), {
    message: `bars has no snapshot as of 2026-11-19T23:59:59.999Z: ${oldest}`,
  })
  await assert.rejects(snapshotAsOf(table, { kind: 'snapshot', id: '12345' }), {
    message: `bars has no snapshot 12345: ${oldest}`,
  })
})

test('a lake that nothing was compacted in has no past', async () => {
  await assert.rejects(snapshotAsOf(tableOn(new MemoryObjectStore()), { kind: 'snapshot', id: '12345' }), {
    message: 'bars has no snapshot 12345: none is kept; the first is made by the first compaction.',
  })
})
