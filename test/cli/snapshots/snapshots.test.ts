import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { planRollback, rollbackText } from '../../../cli/snapshots/rollback-plan.ts'
import { showSnapshots, snapshotsText } from '../../../cli/snapshots/snapshot-list.ts'
import { currentOf, snapshotsOf } from '../../../lake/iceberg/metadata.ts'
import { runCompaction } from '../../../lambdas/compactor/run.ts'
import { compactionOn, tableOn } from '../../support/compaction.ts'
import { land, landed, putLedger } from '../../support/lake-builder.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'

const START = Date.UTC(2026, 10, 22)

/** Two runs: of one record, and of two more, one of which states the first one's bar again. */
async function twoRuns() {
  const store = new MemoryObjectStore()
  await land(store, [landed({ close: 10, ts_sent: START })], 'a')
  await putLedger(store, { next: 1 })
  await runCompaction(compactionOn(store, START))
  const again = landed({ close: 11, ts_sent: START + 1, kafka_offset: 1 })
  const other = landed({ symbol: 'MSFT', kafka_offset: 2 })
  const key = await land(store, [again, other], 'b')
  await putLedger(store, { next: 3 })
  await runCompaction(compactionOn(store, START + 3_600_000))
  const metadata = (await tableOn(store).load())?.metadata
  assert.ok(metadata)
  const [first, second] = snapshotsOf(metadata)
  assert.ok(first && second)
  return { store, metadata, first, second, key }
}

test('the list has the newest first: rows, what the run did, and how much its mark says is compacted', async () => {
  const { store, metadata, first, second } = await twoRuns()

  const csv = snapshotsText(await showSnapshots(metadata, store), 'csv')

  assert.deepEqual(csv.split('\n'), [
    'snapshot,made_at,standing,rows,files,months_changed,rows_added,rows_removed,made_by,records_compacted',
    `${second['snapshot-id']},2026-11-22T01:00:00.000Z,current,2,1,1,2,1,compaction,3`,
    `${first['snapshot-id']},2026-11-22T00:00:00.000Z,past,1,1,1,1,0,compaction,1`,
  ])
})

test('a snapshot of another engine says whose it is, and has no mark', async () => {
  const { store, metadata, second } = await twoRuns()
  const of = (summary: Readonly<Record<string, string>>) => ({ ...second, summary })
  const snapshots = [of({ 'engine-name': 'spark' }), of({ trino_query_id: 'x' }), of({})]

  const shown = await showSnapshots({ ...metadata, snapshots }, store)

  assert.deepEqual(
    snapshotsText(shown, 'csv')
      .split('\n')
      .slice(1)
      .map((line) => line.split(',').slice(-2).join(',')),
    ['another engine,', 'trino,', 'spark,'],
  )
})

describe('a rollback says before anything is changed', () => {
  test('where it goes, and what the next compaction merges again', async () => {
    const { store, metadata, first, second } = await twoRuns()

    const plan = await planRollback({ metadata, to: first, store })

    assert.equal(
      rollbackText(plan),
      `bars goes to snapshot ${first['snapshot-id']} of 2026-11-22T00:00:00.000Z (rows: 1). It is at snapshot ${second['snapshot-id']} now (rows: 2). Records landed since, which the next compaction merges again: 2.`,
    )
    assert.equal(plan.kind === 'move' && plan.lost, 0)
  })

  test('which records would be gone, their landing files having expired', async () => {
    const { store, metadata, first, key } = await twoRuns()
    await store.delete(key)

    const plan = await planRollback({ metadata, to: first, store })

    assert.equal(plan.kind === 'move' && plan.lost, 2)
    assert.match(rollbackText(plan), /in no landing file any more, so that their bars would be gone for good: 2\.$/)
  })

  test('that there is nothing to do', async () => {
    const { store, metadata, second } = await twoRuns()
    assert.equal(currentOf(metadata), second)

    assert.match(
      rollbackText(await planRollback({ metadata, to: second, store })),
      /^bars is at snapshot \d+ .* already/,
    )
  })
})
