import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SqlError } from '../../../lake/queries/athena-sql/sql-error.ts'
import { lakeEngine, rowsOf } from '../../support/lake-engine.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'

const engine = lakeEngine(new MemoryObjectStore())

test('what a statement meets in its rows is said in Athena’s words', async () => {
  const said = {
    'SELECT abs(CAST(-128 AS tinyint))': 'Value -128 is out of range for abs(tinyint).',
    'SELECT abs(CAST(-32768 AS smallint))': 'Value -32768 is out of range for abs(smallint).',
    'SELECT abs(-2147483647 - 1)': 'Value -2147483648 is out of range for abs(integer).',
    'SELECT abs(-9223372036854775807 - 1)': 'Value -9223372036854775808 is out of range for abs(bigint).',
    'SELECT array_sort(ARRAY[3, 1], (x, y) -> 2)': 'Lambda comparator must return either -1, 0, or 1.',
    'SELECT array_sort(ARRAY[3, 1], (x, y) -> CAST(NULL AS integer))':
      'Lambda comparator must return either -1, 0, or 1.',
  }
  for (const [sql, sentence] of Object.entries(said))
    await assert.rejects(engine.run(sql), (error) => error instanceof SqlError && error.message === sentence, sql)
})

test('elements that a comparator calls equal stay in their order', async () => {
  const rows = await rowsOf(
    engine,
    `SELECT array_sort(ARRAY['b', 'aa', 'a', 'bb'], (x, y) -> IF(length(x) < length(y), -1, IF(length(x) = length(y), 0, 1))) AS a,
    array_sort(CAST(NULL AS array(integer)), (x, y) -> 0) AS b, array_sort(CAST(ARRAY[] AS array(integer)), (x, y) -> 2) AS c`,
  )

  assert.deepEqual(rows, [{ a: '[b, a, aa, bb]', b: null, c: '[]' }])
})

test('a fold may have a state of another type than the elements', async () => {
  const rows = await rowsOf(
    engine,
    `SELECT reduce(ARRAY['a', NULL, 'bb'], 0, (s, x) -> s + coalesce(CAST(length(x) AS integer), 10), s -> s) AS a,
    reduce(CAST(NULL AS array(varchar)), 0, (s, x) -> s + 1, s -> s) AS b,
    reduce(CAST(ARRAY[] AS array(varchar)), 7, (s, x) -> s + 1, s -> s * 2) AS c`,
  )

  assert.deepEqual(rows, [{ a: '13', b: null, c: '14' }])
})

test('ties are of the last row, by groups and by what is different too', async () => {
  const counted = `SELECT x, count(*) AS n FROM (VALUES 1, 1, 2, 2, 3) AS t (x) GROUP BY x`
  const different = `SELECT DISTINCT x % 2 AS y FROM (VALUES 1, 2, 3, 4) AS t (x)`

  assert.deepEqual((await engine.run(`${counted} ORDER BY n DESC FETCH FIRST ROW WITH TIES`)).rows.toSorted(), [
    ['1', '2'],
    ['2', '2'],
  ])
  assert.deepEqual((await engine.run(`${different} ORDER BY y DESC FETCH FIRST ROW WITH TIES`)).rows, [['1']])
})
