import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { asOfStatement } from '../../../../lake/queries/athena-sql/as-of.ts'
import { guardedStatement } from '../../../../lake/queries/athena-sql/guard.ts'
import { SqlError } from '../../../../lake/queries/athena-sql/sql-error.ts'
import { type Relation, relationsOf } from '../../../../lake/queries/relations.ts'
import { renderQuery, type SavedView } from '../../../../lake/queries/saved-query.ts'
import { readSavedQueries, readSavedViews } from '../../../../lake/queries/saved-query-files.ts'
import { FOLDER_TABLES } from '../../../../lake/tables/tables.ts'

const VIEWS: readonly SavedView[] = [
  { name: 'closes', doc: '', columns: [], sql: 'WITH b AS (SELECT close FROM bars) SELECT close FROM b' },
  { name: 'twice', doc: '', columns: [], sql: 'SELECT c.close FROM closes AS c JOIN bars ON bars.close = c.close' },
  { name: 'live', doc: '', columns: [], sql: 'SELECT close FROM bars UNION ALL SELECT close FROM bars_landing' },
  { name: 'days', doc: '', columns: [], sql: 'SELECT 1 AS day' },
]
const PAST = '"tickerlake"."bars" FOR VERSION AS OF 42'

function past(sql: string, relations: ReadonlyMap<string, Relation> = relationsOf(VIEWS)): string {
  return asOfStatement(sql, { relations, database: 'tickerlake', table: 'bars', version: '42' })
}

const PAIRS = [
  ['SELECT * FROM bars', `SELECT * FROM ${PAST}`],
  ['SELECT bars.close FROM Bars WHERE close > 1', `SELECT bars.close FROM ${PAST} WHERE close > 1`],
  ['SELECT b.close FROM tickerlake.bars AS b', `SELECT b.close FROM ${PAST} AS b`],
  ["SELECT '𝄞 bars', x.close FROM bars x", `SELECT '𝄞 bars', x.close FROM ${PAST} x`],
  ['SELECT 1 WHERE EXISTS (SELECT 1 FROM bars)', `SELECT 1 WHERE EXISTS (SELECT 1 FROM ${PAST})`],
  ['WITH bars AS (SELECT 1 AS one) SELECT one FROM bars', 'WITH bars AS (SELECT 1 AS one) SELECT one FROM bars'],
  [
    'WITH bars AS (SELECT * FROM bars) SELECT * FROM bars, tickerlake.bars AS t',
    `WITH bars AS (SELECT * FROM ${PAST}) SELECT * FROM bars, ${PAST} AS t`,
  ],
  [
    'SELECT closes.close FROM closes',
    `SELECT closes.close FROM (WITH b AS (SELECT close FROM ${PAST}) SELECT close FROM b) AS "closes"`,
  ],
  [
    'WITH bars AS (SELECT 1 AS one) SELECT * FROM bars, twice t',
    `WITH bars AS (SELECT 1 AS one) SELECT * FROM bars, (SELECT c.close FROM (WITH b AS (SELECT close FROM ${PAST}) SELECT close FROM b) AS c JOIN ${PAST} ON bars.close = c.close) t`,
  ],
  ['SELECT * FROM days', 'SELECT * FROM (SELECT 1 AS day) AS "days"'],
] as const

describe('a statement as of a snapshot', () => {
  for (const [sql, wanted] of PAIRS) {
    test(sql, () => {
      const text = past(sql)

      assert.equal(text, wanted)
      guardedStatement(text, { relations: ['bars', 'bars_landing'], database: 'tickerlake', withPast: ['bars'] })
    })
  }
})

const REFUSED = [
  ['SELECT * FROM bars_landing', /^Line 1, column 15: .*reads bars_landing, which would be of now/],
  ['SELECT * FROM bars JOIN forecasts USING (symbol)', /reads forecasts, which/],
  ['SELECT * FROM live', /^--as-of knows the past of bars alone.* reads bars_landing through the view live, /],
  ['SELECT table_name FROM information_schema.tables', /reads information_schema.tables, which/],
  ['TABLE bars', /write SELECT \* FROM bars/],
  ['SHOW TABLES', /takes a query; SHOW/],
  ['EXPLAIN SELECT * FROM bars', /takes a query; SHOW/],
  ['SELECT * FROM bars FOR VERSION AS OF 7', /FOR … AS OF is read by Athena/],
  ['DROP TABLE bars', /is no query/],
] as const

describe('what has no past is refused, never read as it is now:', () => {
  for (const [sql, sentence] of REFUSED) {
    test(sql, () => {
      assert.throws(
        () => past(sql),
        (error) => error instanceof SqlError && sentence.test(error.message),
      )
    })
  }
})

test('every saved query and view is put into the past, or refused by the name of what has none', () => {
  const views = readSavedViews()
  const relations = relationsOf(views)
  const statements = [...readSavedQueries().map((query) => renderQuery(query)), ...views.map(({ sql }) => sql)]

  const others = new RegExp(`reads (${FOLDER_TABLES.map(({ name }) => name).join('|')})[ ,]`)

  const outcomes = statements.map((sql) => {
    try {
      const text = past(sql, relations)
      guardedStatement(text, { relations: relations.keys(), database: 'tickerlake', withPast: ['bars'] })
      return [...text.matchAll(/"bars"/g)].length === [...text.matchAll(/"bars" FOR VERSION AS OF 42/g)].length
    } catch (error) {
      return error instanceof SqlError && others.test(error.message)
    }
  })

  assert.deepEqual(
    statements.filter((_, i) => !outcomes[i]),
    [],
  )
})

test('Athena is let read the past of bars by its own words, and of nothing else', () => {
  const guard = (sql: string) =>
    guardedStatement(sql, { relations: ['bars', 'forecasts'], database: 'tickerlake', withPast: ['bars'] })

  guard("SELECT * FROM bars FOR TIMESTAMP AS OF TIMESTAMP '2026-11-20 00:00:00 UTC'")
  guard('SELECT * FROM "tickerlake"."bars" FOR VERSION AS OF 42')
  assert.throws(() => guard('SELECT * FROM forecasts FOR VERSION AS OF 42'), SqlError)
  assert.throws(() => guard('SELECT * FROM bars FOR VERSION AS OF (SELECT "$path" FROM bars)'), SqlError)
})
