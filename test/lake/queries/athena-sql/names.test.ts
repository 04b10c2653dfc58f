import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ReadOptions, readStatement } from '../../../../lake/queries/athena-sql/translate.ts'
import { relationsOf } from '../../../../lake/queries/relations.ts'

const OPTIONS: ReadOptions = {
  relations: relationsOf([]),
  database: 'tickerlake',
  kept: { view: (_name, make) => make() },
}

/** Names in quotes may hold dots and quotes of their own. */
const STATEMENTS = [
  'WITH "a.b" AS (SELECT 1 AS x) SELECT "a.b".* FROM "a.b"',
  'WITH "a.b" AS (SELECT 1 AS x), c AS (SELECT 1 AS "x.y") SELECT 1 FROM "a.b" JOIN c ON "a.b"."x" = c."x.y"',
  'SELECT 1 AS "a""b" ORDER BY "a""b"',
  'SELECT 1 AS "7" ORDER BY "7"',
  'WITH a AS (SELECT 1 AS "x.y") SELECT "x.y", count(*) FROM a GROUP BY "x.y" ORDER BY a."x.y"',
]

for (const sql of STATEMENTS)
  test(`names in quotes are read whole: ${sql}`, () => {
    assert.equal(readStatement(sql, OPTIONS).kind, 'query')
  })
