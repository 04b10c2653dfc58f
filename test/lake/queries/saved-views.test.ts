import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SavedView } from '../../../lake/queries/saved-query.ts'
import { glueViewOf, viewsInOrder } from '../../../lake/queries/saved-views.ts'

function view(name: string, sql: string): SavedView {
  return { name, sql, doc: 'A view.', columns: [{ name: 'ts', type: 'timestamp(3)', doc: 'time' }] }
}

test('views come after the views that they read', () => {
  const views = viewsInOrder([view('a', 'SELECT * FROM b'), view('b', 'SELECT * FROM us_sessions JOIN bars ON true')])

  assert.deepEqual(
    views.map(({ name }) => name),
    ['us_sessions', 'b', 'a'],
  )
})

test('views that read each other in a circle are refused', () => {
  assert.throws(() => viewsInOrder([view('a', 'SELECT * FROM b'), view('b', 'SELECT * FROM a')]), /in a circle/)
})

test('a view stands in Glue as Athena writes it', () => {
  const glue = glueViewOf(view('a', "SELECT '…'"), 'tickerlake')

  const [, encoded = ''] = /^\/\* Presto View: (.+) \*\/$/.exec(glue.originalText) ?? []
  assert.deepEqual(JSON.parse(Buffer.from(encoded, 'base64').toString('utf8')), {
    originalSql: "SELECT '…'",
    catalog: 'awsdatacatalog',
    schema: 'tickerlake',
    columns: [{ name: 'ts', type: 'timestamp(3)' }],
  })
  assert.deepEqual(glue.columns, [{ name: 'ts', type: 'timestamp', comment: 'time' }])
})
