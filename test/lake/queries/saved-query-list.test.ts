import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { parseSavedQuery } from '../../../lake/queries/saved-query.ts'
import { queryList, savedSql } from '../../../lake/queries/saved-query-list.ts'

const QUERIES = [
  parseSavedQuery(
    'bars-of',
    "-- doc: Bars of a symbol.\n-- param symbol: string, Yahoo symbol\nSELECT /* symbol */ 'AAPL'",
  ),
  parseSavedQuery('one', '-- doc: One.\nSELECT 1'),
]

test('the list tells each query with its parameters and defaults', () => {
  const list = queryList(QUERIES, 'table')

  assert.match(list, /^bars-of {2}Bars of a symbol\.\n\s+--param symbol=AAPL {2}Yahoo symbol \(string\)\none {6}One\.$/)
})

test('the list as JSON has name, doc, params and sql', () => {
  const [first] = JSON.parse(queryList(QUERIES, 'json'))

  assert.deepEqual(Object.keys(first), ['name', 'doc', 'params', 'sql'])
})

test('a saved query takes its parameters as name=value, and a value may have an equals sign', () => {
  assert.equal(savedSql(QUERIES, 'bars-of', ['symbol=EURUSD=X']), "SELECT /* symbol */ 'EURUSD=X'")
})

test('a name or a pair that is none is refused in one sentence', () => {
  assert.throws(() => savedSql(QUERIES, 'two', []), /no saved query "two"; there are: bars-of, one/)
  assert.throws(() => savedSql(QUERIES, 'one', ['x']), /takes name=value; got "x"/)
})

test('query --list needs no engine and no AWS', () => {
  const { status, stdout } = spawnSync(process.execPath, ['cli/query.ts', '--list', '--format', 'json'], {
    encoding: 'utf8',
  })

  assert.equal(status, 0)
  assert.ok(JSON.parse(stdout).some(({ name }: { name: string }) => name === 'latest-bars'))
})
