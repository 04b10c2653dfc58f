import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { markOf } from '../../../lake/compaction/table-mark.ts'
import { IcebergTable } from '../../../lake/iceberg/iceberg-table.ts'
import { currentOf, snapshotsOf } from '../../../lake/iceberg/metadata.ts'
import type { Pointer } from '../../../lake/iceberg/pointer.ts'
import { expire, rollBack, standingOf } from '../../../lake/iceberg/upkeep.ts'
import { DAY_MS } from '../../../lake/instant.ts'
import { BARS } from '../../../lake/tables/tables.ts'
import { runCompaction } from '../../../lambdas/compactor/run.ts'
import { compactionOn, freshId, RETENTION, tableOn } from '../../support/compaction.ts'
import { land, landed, putLedger, readBars } from '../../support/lake-builder.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'

const START = Date.UTC(2026, 10, 22)

/** One more version of a bar, and one more bar, each a run of its own a day later. */
async function state(store: MemoryObjectStore, run: number): Promise<void> {
  const ts_sent = START + run
  const rows = [
    landed({ close: run, ts_sent, kafka_offset: 2 * run }),
    landed({ close: run, ts_sent, symbol: `S${run}`, kafka_offset: 2 * run + 1 }),
  ]
  await land(store, rows, `run${run}`)
  await putLedger(store, { next: 2 * run + 2 })
  await runCompaction(compactionOn(store, START + run * DAY_MS))
}

async function lakeOfRuns(runs: number): Promise<MemoryObjectStore> {
  const store = new MemoryObjectStore()
  for (let run = 0; run < runs; run++) await state(store, run)
  return store
}

async function seenOf(table: IcebergTable) {
  const seen = await table.load()
  assert.ok(seen)
  const [first, ...others] = snapshotsOf(seen.metadata)
  assert.ok(first)
  return { seen, first, others }
}

async function closes(store: MemoryObjectStore): Promise<string[]> {
  return (await readBars(store)).map(({ symbol, close }) => `${symbol} ${close}`).sort()
}

const at = (now: number) => ({ now, freshId, retention: RETENTION })

describe('a rollback', () => {
  test('gives back the rows of then and the mark of then, and the next compaction merges again what landed since', async () => {
    const store = await lakeOfRuns(1)
    const [before, mark] = [await closes(store), await markOf(tableOn(store), store)]
    await state(store, 1)
    await state(store, 2)
    const after = await closes(store)
    const table = tableOn(store)
    const { seen, first, others } = await seenOf(table)

    await rollBack(table, { ...at(START + 3 * DAY_MS), seen, to: first })

    assert.deepEqual(await closes(store), before)
    assert.deepEqual(await markOf(tableOn(store), store), mark)
    const { metadata } = (await seenOf(tableOn(store))).seen
    assert.deepEqual(
      [first, ...others].map((one) => standingOf(metadata, one)),
      ['current', 'rolled back', 'rolled back'],
    )
    const report = await runCompaction(compactionOn(store, START + 3 * DAY_MS))
    assert.equal(report.rows, 4)
    assert.deepEqual(await closes(store), after)
  })

  test('can be taken back', async () => {
    const store = await lakeOfRuns(2)
    const [after, mark] = [await closes(store), await markOf(tableOn(store), store)]
    const table = tableOn(store)
    const { seen, first, others } = await seenOf(table)
    await rollBack(table, { ...at(START + 2 * DAY_MS), seen, to: first })
    const again = await seenOf(table)

    await rollBack(table, { ...at(START + 2 * DAY_MS), seen: again.seen, to: others[0] ?? first })

    assert.deepEqual(await closes(store), after)
    assert.deepEqual(await markOf(tableOn(store), store), mark)
  })

  test('of a table that was changed since it was looked at does nothing', async () => {
    const store = await lakeOfRuns(2)
    const table = tableOn(store)
    const { seen, first } = await seenOf(table)
    await state(store, 2)
    const objects = store.objects.size

    await assert.rejects(rollBack(table, { ...at(START + 3 * DAY_MS), seen, to: first }), /changed by others meanwhile/)

    assert.equal(store.objects.size, objects)
    assert.equal((await closes(store)).length, 4)
  })

  test('whose answer was lost has been done', async () => {
    const store = await lakeOfRuns(2)
    const { pointer } = tableOn(store)
    const deaf: Pointer = { ...pointer, move: (...args) => pointer.move(...args).then(() => 'lost') }
    const table = new IcebergTable({ store, bucket: 'lake', pointer: deaf, table: BARS, time: 'ts_event' })
    const { seen, first } = await seenOf(table)

    await rollBack(table, { ...at(START + 2 * DAY_MS), seen, to: first })

    assert.equal((await tableOn(store).current())?.['snapshot-id'], first['snapshot-id'])
  })
})

describe('expiring', () => {
  test('lets go what is older than the days say, and leaves the newest', async () => {
    const store = await lakeOfRuns(4)
    const table = tableOn(store)
    const after = await closes(store)
    const retention = { snapshotDays: 2, keepLast: 1 }
    const { seen } = await seenOf(table)

    const gone = await expire(table, { ...at(START + 4 * DAY_MS), retention, seen })

    assert.equal(gone.length, 2)
    const left = (await seenOf(table)).seen.metadata
    assert.equal(snapshotsOf(left).length, 2)
    assert.deepEqual(await closes(store), after)

    const all = await expire(table, { ...at(START + 90 * DAY_MS), retention, seen: (await seenOf(table)).seen })
    const last = (await seenOf(table)).seen.metadata
    assert.equal(all.length, 1)
    assert.deepEqual(snapshotsOf(last), [currentOf(last)])
    assert.deepEqual(await closes(store), after)
    for (const { key } of await table.liveFiles(currentOf(last))) assert.ok(store.objects.has(key))
  })

  test('with none kept for their number alone leaves the current one, also after a rollback', async () => {
    const store = await lakeOfRuns(3)
    const table = tableOn(store)
    const { seen, first } = await seenOf(table)
    await rollBack(table, { ...at(START + 3 * DAY_MS), seen, to: first })
    const rows = await closes(store)

    const retention = { snapshotDays: 0, keepLast: 0 }
    const gone = await expire(table, { ...at(START + 9 * DAY_MS), retention, seen: (await seenOf(table)).seen })

    assert.equal(gone.length, 2)
    assert.deepEqual(
      snapshotsOf((await seenOf(table)).seen.metadata).map((one) => one['snapshot-id']),
      [first['snapshot-id']],
    )
    assert.deepEqual(await closes(store), rows)
    assert.equal((await runCompaction(compactionOn(store, START + 9 * DAY_MS))).rows, 4)
  })

  test('where nothing is old changes nothing', async () => {
    const store = await lakeOfRuns(2)
    const table = tableOn(store)
    const { seen } = await seenOf(table)
    const objects = store.objects.size

    assert.deepEqual(await expire(table, { ...at(START + 2 * DAY_MS), seen }), [])
    assert.equal(store.objects.size, objects)
  })
})
