import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commit } from '../../../lake/iceberg/commit.ts'
import { dataFileOf } from '../../../lake/iceberg/data-file.ts'
import { runCompaction } from '../../../lambdas/compactor/run.ts'
import { compactionOn, freshId, lakeOn, liveFilesOn, RETENTION, tableOn } from '../../support/compaction.ts'
import { land, landed, putLedger } from '../../support/lake-builder.ts'
import { lakeEngine } from '../../support/lake-engine.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'

const NOW = Date.UTC(2026, 10, 22)
const MONTH = '2013-03'

async function lakeOf(symbol: string): Promise<MemoryObjectStore> {
  const store = new MemoryObjectStore()
  await land(store, [landed({ symbol })], 'a')
  await putLedger(store, { next: 1 })
  await runCompaction(compactionOn(store, NOW))
  return store
}

/** Commits a file as Trino does: without an order, in folders that name both partition fields. */
async function insert(store: MemoryObjectStore, body: Uint8Array, format = 'PARQUET'): Promise<void> {
  const table = tableOn(store)
  const path = table.files.pathOf(`bars/data/month=${MONTH}/ts_event_month=${MONTH}/20261122_x.parquet`)
  await table.files.write(path, body, 'application/octet-stream')
  const added = [{ ...dataFileOf({ path, body, month: MONTH }, table.shape), sort_order_id: 0, file_format: format }]
  const seen = (await liveFilesOn(store)).map(({ dataFile }) => dataFile.file_path)
  const changes = [{ month: MONTH, seen, replaced: [], added }]
  const change = { id: 'insert', base: undefined, changes, summaryOn: async () => ({}) }
  const outcome = await commit(table, change, { now: NOW, freshId, retention: RETENTION })
  assert.equal(outcome.kind, 'committed')
}

test('rows that another engine inserts into folders of its own are read, and merged by the next compaction', async () => {
  const store = await lakeOf('AAPL')
  const other = await lakeOf('MSFT')
  const [file] = await liveFilesOn(other)
  await insert(store, other.objects.get(file?.key ?? '')?.body ?? new Uint8Array())
  const symbols = async () => (await lakeEngine(lakeOn(store)).run('SELECT symbol, month FROM bars ORDER BY 1')).rows

  assert.deepEqual(await symbols(), [
    ['AAPL', MONTH],
    ['MSFT', MONTH],
  ])

  await land(store, [landed({ symbol: 'IBM', kafka_offset: 1 })], 'b')
  await putLedger(store, { next: 2 })
  await runCompaction(compactionOn(store, NOW + 1))

  assert.deepEqual(
    (await symbols()).flat().filter((cell) => cell !== MONTH),
    ['AAPL', 'IBM', 'MSFT'],
  )
  assert.equal((await liveFilesOn(store)).length, 1)
})

for (const format of ['ORC', 'AVRO', 'orc']) {
  test(`a file that another engine wrote as ${format} is refused by its name, by readers and by compaction alike`, async () => {
    const store = await lakeOf('AAPL')
    const [file] = await liveFilesOn(store)
    await insert(store, store.objects.get(file?.key ?? '')?.body ?? new Uint8Array(), format)
    const refusal = {
      code: 'other-file-format',
      message: new RegExp(`20261122_x.parquet as ${format}, and tickerlake`),
    }

    await assert.rejects(lakeEngine(lakeOn(store)).run('SELECT * FROM bars'), refusal)
    await land(store, [landed({ symbol: 'IBM', ts_event: Date.UTC(2020, 0, 6), kafka_offset: 1 })], 'b')
    await putLedger(store, { next: 2 })
    const before = await tableOn(store).current()
    await assert.rejects(runCompaction(compactionOn(store, NOW + 1)), refusal)

    // Nothing was marked as compacted: the row comes once the file is gone.
    assert.deepEqual(await tableOn(store).current(), before)
  })
}
