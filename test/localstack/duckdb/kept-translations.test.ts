import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { Translation } from '../../../lake/queries/athena-sql/translate.ts'
import { relationsOf } from '../../../lake/queries/relations.ts'
import { BARS } from '../../../lake/tables/tables.ts'
import { keptTranslations } from '../../../localstack/duckdb/kept-translations.ts'

const folder = mkdtempSync(join(tmpdir(), 'tickerlake-kept-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const TRANSLATION: Translation = {
  sql: 'SELECT 1',
  views: ['CREATE TEMP VIEW v AS SELECT 1'],
  tables: new Set([BARS]),
  columns: [{ name: 'x', type: { kind: 'decimal', precision: 3, scale: 1 } }],
  notes: ['exact here.'],
}

test('a statement that was asked before has its translation, whole, in the next process', () => {
  keptTranslations(folder, relationsOf([])).keep('SELECT 1', TRANSLATION)
  const next = keptTranslations(folder, relationsOf([]))

  assert.deepEqual(next.statement('SELECT 1'), TRANSLATION)
  assert.equal(next.statement('SELECT  1'), undefined)
})

test('a lake with other views has none of it', () => {
  const view = { name: 'v', doc: 'A view.', columns: [], sql: 'SELECT 1' }

  assert.equal(keptTranslations(folder, relationsOf([view])).statement('SELECT 1'), undefined)
})

test('no more are kept than two hundred', () => {
  const kept = keptTranslations(folder, relationsOf([]))
  for (let i = 0; i < 220; i += 1) kept.keep(`SELECT ${i}`, TRANSLATION)

  assert.equal(readdirSync(join(folder, 'statements')).length, 200)
  assert.ok(kept.statement('SELECT 219'))
})
