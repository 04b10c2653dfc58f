import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readSavedQueries, readSavedViews } from '../../../lake/queries/saved-query-files.ts'

test('every file of the queries folder is a saved query, every file of its views folder a view', () => {
  const queries = readSavedQueries()
  const views = readSavedViews()

  assert.ok(queries.some(({ name }) => name === 'latest-bars'))
  assert.ok(views.some(({ name }) => name === 'bars_quarantine'))
})
