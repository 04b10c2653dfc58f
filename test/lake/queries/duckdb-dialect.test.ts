import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type LocalSchema, toDuckdb } from '../../../lake/queries/duckdb-dialect.ts'
import type { Table } from '../../../lake/tables/table.ts'
import { askDuckdb } from '../../support/duckdb-lake.ts'

const TICKS: Table = {
  name: 'ticks',
  doc: 'Ticks.',
  prefix: 'ticks',
  partitionKey: { name: 'dt', grain: 'day', doc: 'Day.' },
  sortedBy: [],
  columns: [
    { name: 'symbol', type: 'string', nullable: false, doc: 'Symbol.' },
    { name: 'ts', type: 'timestamp', nullable: false, doc: 'Time.' },
  ],
}
const SCHEMA: LocalSchema = {
  tables: [TICKS],
  views: [
    { name: 'firsts', doc: 'First.', columns: [], sql: 'SELECT symbol, min(ts) AS ts FROM ticks GROUP BY symbol' },
    { name: 'letters', doc: 'Letters.', columns: [], sql: 'SELECT substr(symbol, 1, 1) AS letter FROM firsts' },
  ],
  relationOf: () => `(SELECT 'A' AS symbol, TIMESTAMPTZ '2020-01-01 00:00:00+00' AS ts, '2020-01-01' AS dt)`,
}

async function answer(sql: string): Promise<unknown[]> {
  const rows = await askDuckdb(toDuckdb(sql, SCHEMA))
  return rows.flatMap((row) => Object.values(row))
}

describe('for DuckDB', () => {
  test('sequence becomes generate_series', async () => {
    assert.deepEqual(await answer('SELECT CAST(n AS integer) AS n FROM UNNEST(sequence(1, 3)) AS t (n)'), [1, 2, 3])
  })

  test('from_utf8 becomes decode, json_extract_scalar json_extract_string', async () => {
    assert.deepEqual(await answer(`SELECT json_extract_scalar(from_utf8(CAST('{"a":"b"}' AS blob)), '$.a') AS a`), [
      'b',
    ])
  })

  test('approx_distinct becomes approx_count_distinct', async () => {
    assert.deepEqual(
      await answer('SELECT CAST(approx_distinct(n) AS integer) AS n FROM (VALUES (1), (1)) AS t (n)'),
      [1],
    )
  })

  test('day_of_week becomes isodow', async () => {
    assert.deepEqual(await answer(`SELECT CAST(day_of_week(DATE '2026-11-22') AS integer) AS n`), [7])
  })

  test('to_unixtime becomes epoch', async () => {
    assert.deepEqual(await answer(`SELECT to_unixtime(TIMESTAMP '1970-01-01 00:01:00') AS n`), [60])
  })

  test('UTC timestamps of Parquet lose their time zone', async () => {
    assert.deepEqual(await answer(`SELECT typeof(ts) AS t FROM ticks`), ['TIMESTAMP'])
  })

  test('views become definitions in WITH, each after those that it reads', async () => {
    assert.deepEqual(await answer('SELECT letter FROM letters'), ['A'])
  })

  test('a statement with its own WITH keeps it', async () => {
    const sql = '-- why\nWITH own AS (SELECT letter FROM letters) SELECT own.letter FROM own JOIN ticks ON true'
    assert.deepEqual(await answer(sql), ['A'])
  })

  test('names inside texts and comments are left alone', async () => {
    assert.deepEqual(await answer(`SELECT 'sequence(1) FROM ticks' AS t /* sequence( */ -- FROM letters`), [
      'sequence(1) FROM ticks',
    ])
  })

  test('what is no query stays as it is', () => {
    assert.equal(toDuckdb('SHOW TABLES', SCHEMA), 'SHOW TABLES')
  })
})
