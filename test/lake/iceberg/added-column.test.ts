import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { commit } from '../../../lake/iceberg/commit.ts'
import { dataFileOf } from '../../../lake/iceberg/data-file.ts'
import { IcebergTable } from '../../../lake/iceberg/iceberg-table.ts'
import { schemaOf } from '../../../lake/iceberg/metadata.ts'
import { parquetEncoder } from '../../../lake/parquet/encoder.ts'
import { parquetGroups } from '../../../lake/parquet/row-groups.ts'
import { cellAt } from '../../../lake/tables/cells.ts'
import type { Table } from '../../../lake/tables/table.ts'
import { BARS } from '../../../lake/tables/tables.ts'
import { runCompaction } from '../../../lambdas/compactor/run.ts'
import { compactionOn, freshId, liveFilesOn, RETENTION, tableOn } from '../../support/compaction.ts'
import { askDuckdb, writeLake } from '../../support/duckdb-lake.ts'
import { land, landed, readBars } from '../../support/lake-builder.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'

const MARCH = Date.UTC(2013, 2, 1)
const APRIL = Date.UTC(2013, 3, 1)
const NOW = Date.UTC(2026, 10, 22)

/** `bars` as a later release may have it. */
const NOTED: Table = {
  ...BARS,
  columns: [...BARS.columns, { name: 'note', type: 'string', nullable: true, doc: 'What somebody says of the bar.' }],
}

/** March as today's code writes it, April with the column that is new. */
async function notedLake(): Promise<{ readonly store: MemoryObjectStore; readonly noted: IcebergTable }> {
  const store = new MemoryObjectStore()
  await land(store, [landed({ ts_event: MARCH, kafka_offset: 0 })], 'march')
  await runCompaction(compactionOn(store))
  const noted = new IcebergTable({
    store,
    bucket: 'lake',
    pointer: tableOn(store).pointer,
    table: NOTED,
    time: 'ts_event',
  })
  const row: Readonly<Record<string, unknown>> = {
    ...landed({ ts_event: APRIL }),
    flags: '',
    note: 'split',
    month: '2013-04',
  }
  const columns = noted.dataTable.columns.map(({ name }) => [row[name] as string])
  const path = `${noted.files.location}/data/month=2013-04/sorted-${freshId()}.parquet`
  const body = parquetEncoder().encode(noted.dataTable, columns)
  await noted.files.write(path, body, 'application/vnd.apache.parquet')
  const added = [dataFileOf({ path, body, month: '2013-04' }, noted.shape)]
  const change = { month: '2013-04', seen: [], replaced: [], added }
  const options = { now: NOW, freshId, retention: RETENTION }
  await commit(noted, { id: 'april', base: undefined, changes: [change], summaryOn: async () => ({}) }, options)
  return { store, noted }
}

test('a column can be added: older files lack it and newer ones have it, in one table that is read whole', async () => {
  const { store, noted } = await notedLake()
  const loaded = await noted.load()
  assert.ok(loaded)

  const fields = loaded.metadata.schemas.map((schema) => schema.fields.map(({ id, name }) => `${id} ${name}`))
  const notes: unknown[] = []
  for (const { key } of await noted.liveFiles(await noted.current())) {
    const body = store.objects.get(key)?.body ?? new Uint8Array()
    for await (const { cells } of parquetGroups.read(body, NOTED, ['symbol', 'note']))
      notes.push([cellAt(cells['symbol'], 0), cellAt(cells['note'], 0)])
  }

  const [before = [], now = []] = fields
  assert.deepEqual(now, [...before, `${before.length + 1} note`])
  assert.equal(schemaOf(loaded.metadata).fields.at(-1)?.required, false)
  assert.deepEqual(notes, [
    ['AAPL', null],
    ['AAPL', 'split'],
  ])
})

test('a reader that knows nothing of us finds both kinds of file by the names of their columns', async () => {
  const { store } = await notedLake()
  const folder = mkdtempSync(join(tmpdir(), 'tickerlake-column-'))
  try {
    writeLake(store, folder)
    const files = (await liveFilesOn(store)).map(({ key }) => `'${folder}/${key}'`)

    const rows = await askDuckdb(
      `SELECT month, note, close FROM read_parquet([${files}], union_by_name = true) ORDER BY month`,
    )

    assert.deepEqual(rows, [
      { month: '2013-03', note: null, close: 11 },
      { month: '2013-04', note: 'split', close: 11 },
    ])
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('code that does not know the column goes on with the months that lack it, and refuses by name to drop its values', async () => {
  const { store } = await notedLake()

  await land(store, [landed({ symbol: 'NEW', ts_event: MARCH, kafka_offset: 1 })], 'more')
  await runCompaction(compactionOn(store))
  assert.equal((await readBars(store)).length, 3)

  await land(store, [landed({ symbol: 'NEW', ts_event: APRIL, kafka_offset: 2 })], 'april')
  await assert.rejects(
    runCompaction(compactionOn(store)),
    /has values in the column number \d+, which this release does not know/,
  )
})
