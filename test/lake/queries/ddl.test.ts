import assert from 'node:assert/strict'
import { test } from 'node:test'
import { athenaDdl, type DdlTarget, trinoDdl, viewDdl } from '../../../lake/queries/ddl.ts'
import { BARS, BARS_LANDING } from '../../../lake/tables/tables.ts'

const TARGET: DdlTarget = {
  database: 'lake',
  bucket: 'b',
  rangeOf: ({ partitionKey: { grain } }) => (grain === 'day' ? '2026-01-01,NOW+1DAYS' : '2000-01,NOW+1MONTHS'),
}

test("Athena's statement quotes names that are words of SQL and projects the partition key", () => {
  const ddl = athenaDdl(BARS, TARGET)

  assert.match(ddl, /^CREATE EXTERNAL TABLE IF NOT EXISTS `lake`\.`bars` \(/)
  assert.match(ddl, /`interval` string/)
  assert.match(ddl, /LOCATION 's3:\/\/b\/bars\/'/)
  assert.match(ddl, /'projection\.month\.range' = '2000-01,NOW\+1MONTHS'/)
  assert.match(ddl, /'storage\.location\.template' = 's3:\/\/b\/bars\/month=\$\{month\}\/'/)
})

test("Trino's statements project days, and register months", () => {
  const [landing] = trinoDdl(BARS_LANDING, TARGET)
  const [bars, sync] = trinoDdl(BARS, TARGET)

  assert.match(landing ?? '', /partition_projection_range = ARRAY\['2026-01-01', 'NOW\+1DAYS'\]/)
  assert.match(landing ?? '', /"raw_value" varbinary/)
  assert.doesNotMatch(bars ?? '', /projection/)
  assert.equal(sync, "CALL system.sync_partition_metadata('lake', 'bars', 'FULL')")
})

test('a view is made by its own SQL', () => {
  const view = { name: 'v', doc: 'A view.', columns: [], sql: 'SELECT 1' }

  assert.equal(viewDdl(view, 'lake'), 'CREATE OR REPLACE VIEW "lake"."v" AS\nSELECT 1')
})
