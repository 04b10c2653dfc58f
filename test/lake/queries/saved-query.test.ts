import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parseSavedQuery, parseSavedView, renderQuery } from '../../../lake/queries/saved-query.ts'

const YEAR = `-- doc: One symbol's bars of a year.
-- param symbol: string, Yahoo symbol
-- param since: date, first session
-- param rows: int, how many
SELECT * FROM bars
WHERE symbol = /* symbol */ 'AAPL' AND ts_event >= DATE /* since */ '2020-01-01'
LIMIT /* rows */ 10;
`

describe('a saved query', () => {
  test('tells its name, its doc and its parameters with the defaults that stand in the SQL', () => {
    const query = parseSavedQuery('year', YEAR)

    assert.equal(query.doc, "One symbol's bars of a year.")
    assert.deepEqual(query.params, [
      { name: 'symbol', type: 'string', default: 'AAPL', doc: 'Yahoo symbol' },
      { name: 'since', type: 'date', default: '2020-01-01', doc: 'first session' },
      { name: 'rows', type: 'int', default: '10', doc: 'how many' },
    ])
  })

  test('without values is the SQL of its file', () => {
    const query = parseSavedQuery('year', YEAR)

    assert.equal(renderQuery(query), query.sql)
    assert.match(query.sql, /^SELECT/)
    assert.doesNotMatch(query.sql, /;$/)
  })

  test('takes values in the places of its defaults, quotes kept harmless', () => {
    const sql = renderQuery(parseSavedQuery('year', YEAR), { symbol: "O'NEIL", rows: '3' })

    assert.match(sql, /symbol = \/\* symbol \*\/ 'O''NEIL' AND/)
    assert.match(sql, /LIMIT \/\* rows \*\/ 3$/)
    assert.match(sql, /since \*\/ '2020-01-01'/)
  })

  test('refuses a value of another type, and a parameter that it does not have', () => {
    const query = parseSavedQuery('year', YEAR)

    assert.throws(() => renderQuery(query, { since: 'yesterday' }), /takes a date like 2020-01-31; got "yesterday"/)
    assert.throws(() => renderQuery(query, { rows: '1; DROP TABLE bars' }), /takes a whole number/)
    assert.throws(() => renderQuery(query, { ticker: 'A' }), /no parameter "ticker"; it has: symbol, since, rows/)
  })

  test('whose header and SQL disagree is refused with the line that is missing', () => {
    assert.throws(() => parseSavedQuery('q', '-- doc: x\nSELECT /* a */ 1'), /"\/\* a \*\/" has no "-- param" line/)
    assert.throws(() => parseSavedQuery('q', '-- doc: x\n-- param a: int, n\nSELECT 1'), /no place/)
    assert.throws(() => parseSavedQuery('q', 'SELECT 1'), /needs a line "-- doc/)
    assert.throws(() => parseSavedQuery('q', '-- hello\nSELECT 1'), /got "-- hello"/)
    assert.throws(() => parseSavedQuery('q', '-- doc: x\n'), /has no SQL/)
  })
})

test('a saved view says the columns that it has', () => {
  const view = parseSavedView('v', '-- doc: A view.\n-- column price: decimal(18,9), in USD\nSELECT price FROM bars')

  assert.deepEqual(view.columns, [{ name: 'price', type: 'decimal(18,9)', doc: 'in USD' }])
  assert.throws(() => parseSavedView('v', '-- doc: A view.\nSELECT 1'), /needs a "-- column/)
})
