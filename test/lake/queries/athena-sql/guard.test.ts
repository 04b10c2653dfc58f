import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { guardedStatement } from '../../../../lake/queries/athena-sql/guard.ts'
import { SqlError } from '../../../../lake/queries/athena-sql/sql-error.ts'
import { relationsOf } from '../../../../lake/queries/relations.ts'
import { renderQuery } from '../../../../lake/queries/saved-query.ts'
import { readSavedQueries, readSavedViews } from '../../../../lake/queries/saved-query-files.ts'

const relations = [...relationsOf(readSavedViews()).keys()]
const guard = (sql: string) => guardedStatement(sql, { relations, database: 'tickerlake' })

function refusal(sql: string): SqlError {
  try {
    guard(sql)
  } catch (error) {
    assert.ok(error instanceof SqlError, `${sql}\n${error}`)
    return error
  }
  assert.fail(`It passed: ${sql}`)
}

describe('what reads the lake passes:', () => {
  const passing = [
    ...readSavedQueries().map((query) => renderQuery(query)),
    ...readSavedViews().map(({ sql }) => sql),
    "VALUES (1, 'a'), (2, 'b')",
    'TABLE bars',
    'SHOW TABLES',
    "SHOW TABLES LIKE 'b%'",
    'SHOW COLUMNS FROM bars',
    'SHOW CREATE TABLE bars',
    'DESCRIBE bars_quality',
    'EXPLAIN SELECT * FROM bars',
    'SELECT * FROM tickerlake.bars JOIN awsdatacatalog.tickerlake.forecasts USING (symbol)',
    'SELECT table_name FROM information_schema.tables',
    'WITH a AS (SELECT 1 AS x), b AS (SELECT x FROM a) SELECT * FROM a, b',
    'WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3) SELECT * FROM n',
    'SELECT * FROM UNNEST(ARRAY[1, 2]) AS t (x)',
    'SELECT * FROM bars; -- a last semicolon and a comment',
  ]
  for (const sql of passing) test(sql.slice(0, 60).replaceAll('\n', ' '), () => void guard(sql))
})

describe('what does more is refused, with its place:', () => {
  const refused: readonly (readonly [sql: string, place: string])[] = [
    ['DROP TABLE bars', '1:1'],
    ['EXPLAIN ANALYZE DELETE FROM bars', '1:1'],
    ['EXPLAIN INSERT INTO bars SELECT * FROM bars', '1:9'],
    ['CREATE VIEW v AS SELECT 1', '1:1'],
    ['SET SESSION query_max_run_time = 1', '1:1'],
    ["EXECUTE IMMEDIATE 'DROP TABLE bars'", '1:1'],
    ['PREPARE p FROM DROP TABLE bars', '1:1'],
    ["CALL system.sync_partition_metadata('a', 'b', 'FULL')", '1:1'],
    ['SELECT 1; DROP TABLE bars', '1:11'],
    ["SELECT * FROM read_text('/etc/hostname')", '1:24'],
    ["SELECT * FROM '/etc/hostname'", '1:15'],
    ["COPY bars TO 'x.csv'", '1:1'],
    ['SELECT "$path" FROM bars', '1:8'],
    ['SELECT\n  b."$file_modified_time" FROM bars b', '2:5'],
    ['SELECT * FROM TABLE(system.query(query => 1))', '1:15'],
    ['SELECT * FROM bars FOR VERSION AS OF 1', '1:20'],
    ['WITH FUNCTION f() RETURNS int RETURN 1 SELECT f()', '1:1'],
    ['SELECT * FROM other.bars', '1:15'],
    ['SELECT * FROM hive.tickerlake.bars', '1:15'],
    ['SELECT * FROM information_schema.roles', '1:15'],
    ['SELECT * FROM duckdb_settings', '1:15'],
    ['WITH a AS (SELECT * FROM b), b AS (SELECT 1) SELECT * FROM a', '1:26'],
  ]
  for (const [sql, place] of refused) {
    test(sql, () => {
      const { position } = refusal(sql)

      assert.equal(`${position?.line}:${position?.column}`, place)
    })
  }
})

test('only behind a semicolon does a second statement begin', () => {
  assert.match(refusal('SELECT 1; SELECT 2').message, /One statement at a time; a second one begins here\./)
  assert.match(refusal("SELECT * FROM read_csv('x')").message, /Athena's SQL has no meaning for "\(" here\./)
})

test('a name that is nearly right is named', () => {
  assert.match(refusal('SELECT * FROM barz').message, /no table or view "barz"\. Did you mean "bars"\?/)
})

const FORBIDDEN = [
  'DROP TABLE bars',
  'DELETE FROM bars',
  'INSERT INTO bars SELECT * FROM bars',
  'UPDATE bars SET open = 1',
  'CREATE TABLE t AS SELECT * FROM bars',
  'ALTER TABLE bars RENAME TO b',
  'TRUNCATE TABLE bars',
  "COPY bars TO '/tmp/x'",
  "ATTACH '/tmp/x.db'",
  "INSTALL 'httpfs'",
  'SET memory_limit = 1',
  'PRAGMA database_list',
  'UNLOAD (SELECT 1) TO s3',
  'MSCK REPAIR TABLE bars',
  'GRANT SELECT ON bars TO x',
]
const SOURCES = [
  "read_text('/etc/hostname')",
  "read_csv_auto('x.csv')",
  "read_parquet('s3://b/k')",
  "'/etc/hostname'",
  '"/etc/hostname"',
  '"x.parquet"',
  'duckdb_secrets()',
  'sqlite_master',
  'pg_catalog.pg_class',
  'information_schema.role_authorization_descriptors',
  'TABLE(read_text(1))',
]

/** Spaces and comments as people and attackers write them; what is quoted inside them means nothing. */
const gap = fc.constantFrom(' ', '\n', '\t ', ' /* x */ ', " /* ' */ ", ' -- "\n', ' /* SELECT */\n')
const recased = (text: string) =>
  fc.array(fc.boolean(), { minLength: text.length, maxLength: text.length }).map((upper) =>
    // A text keeps its case: it is a value, not a word.
    [...text].map((letter, i) => (upper[i] ? letter.toUpperCase() : letter.toLowerCase())).join(''),
  )
const spaced = (text: string) =>
  fc
    .array(gap, { minLength: text.length, maxLength: text.length })
    .map((gaps) => text.replace(/ /g, (_, at: number) => gaps[at] ?? ' '))

test('whatever its case, spaces and comments, what writes or sets is refused', () => {
  const statement = fc
    .constantFrom(...FORBIDDEN)
    .chain(spaced)
    .chain((text) => fc.tuple(gap, recased(text), gap))

  fc.assert(fc.property(statement, (parts) => void refusal(parts.join(''))))
})

test('a second statement is refused wherever it hides', () => {
  const first = fc.constantFrom('SELECT 1', 'SHOW TABLES', "SELECT ';'", 'VALUES 1')
  const text = fc.tuple(first, gap, gap, fc.constantFrom(...FORBIDDEN, 'SELECT 2'))

  fc.assert(fc.property(text, ([one, before, after, two]) => void refusal(`${one}${before};${after}${two}`)))
})

test('however deep it is nested, a source outside the lake is refused', () => {
  const nest = fc.constantFrom<(inner: string) => string>(
    (inner) => `SELECT * FROM (${inner}) AS t`,
    (inner) => `SELECT (${inner})`,
    (inner) => `WITH bars AS (${inner}) SELECT * FROM bars`,
    (inner) => `SELECT 1 UNION ALL (${inner})`,
    (inner) => `SELECT * FROM bars WHERE symbol IN (${inner})`,
    (inner) => `SELECT * FROM bars WHERE EXISTS (${inner})`,
    (inner) => `SELECT CASE WHEN true THEN (${inner}) END`,
    (inner) => `SELECT * FROM bars CROSS JOIN LATERAL (${inner}) AS t`,
    (inner) => `EXPLAIN ${inner.startsWith('EXPLAIN') ? 'SELECT 1 FROM nowhere' : inner}`,
  )
  const statement = fc.tuple(fc.constantFrom(...SOURCES), fc.array(nest, { maxLength: 4 }))

  fc.assert(
    fc.property(statement, ([source, nests]) => {
      const inner = nests.reduce(
        (sql, wrap) => (sql.startsWith('EXPLAIN') ? sql : wrap(sql)),
        `SELECT * FROM ${source}`,
      )
      refusal(inner)
    }),
  )
})

test('no text at all makes it fail otherwise than by its own error', () => {
  const piece = fc.constantFrom(
    'SELECT',
    '*',
    'FROM',
    'bars',
    '(',
    ')',
    ',',
    "'",
    '"',
    ';',
    '--',
    '/*',
    '*/',
    '$',
    '`',
    '\u0000',
    'é',
  )
  const text = fc.oneof(
    fc.string(),
    fc.array(piece).map((pieces) => pieces.join(' ')),
  )

  fc.assert(
    fc.property(text, (sql) => {
      try {
        guard(sql)
      } catch (error) {
        assert.ok(error instanceof SqlError, String(error))
      }
    }),
  )
})

test('a table that Athena hides behind another is said to tell of files, with the command that lists snapshots', () => {
  const { message } = refusal('SELECT * FROM "bars$snapshots"')
  assert.match(message, /"bars\$snapshots" tells of files.*npm run lake -- snapshots/)
})
