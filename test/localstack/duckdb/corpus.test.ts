/** The corpus on the local engine beside what Trino answered, which stands in a file: none may be different. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inParallel } from '../../../lake/in-parallel.ts'
import { readSavedQueries } from '../../../lake/queries/saved-query-files.ts'
import { lakeEngine } from '../../support/lake-engine.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'
import { sampleForecasts, sampleLake, sampleRows } from '../../support/sample-lake.ts'
import { type Outcome, outcomeOf } from '../../trino/compare.ts'
import { corpus } from '../../trino/corpus.ts'
import { readGolden } from '../../trino/golden.ts'
import { type LocalAnswers, readLocalAnswers, writeLocalAnswers } from '../../trino/local-answers.ts'

const AT_ONCE = 4

test('what the local engine answers, Trino answers too; nine of ten it answers; the rest is what the list names', async (t) => {
  const store = new MemoryObjectStore()
  await sampleLake(await sampleRows(), store)
  await sampleForecasts(store)
  const engine = lakeEngine(store)
  const golden = readGolden()
  assert.deepEqual(
    golden.map(({ sql }) => sql),
    corpus().map(({ sql }) => sql),
  )

  const answers = await inParallel(golden, AT_ONCE, async (one) => {
    const local = await engine.run(one.sql).catch((error: Error) => error.message)
    return { sql: one.sql, local, outcome: outcomeOf(one, local) }
  })
  const of = (outcome: Outcome) => answers.filter((answer) => answer.outcome === outcome)
  const found: LocalAnswers = {
    refused: Object.fromEntries(of('refused').map(({ sql, local }) => [sql, String(local)])),
    near: of('near').map(({ sql }) => sql),
  }
  if (process.env['WRITE_GOLDEN']) writeLocalAnswers(found)

  t.diagnostic(`${of('equal').length} equal, ${of('near').length} near, ${of('refused').length} refused`)
  assert.deepEqual(of('different'), [])
  assert.deepEqual(found, readLocalAnswers())
  assert.ok(of('equal').length >= golden.length * 0.9)
})

test('no saved query is refused', async () => {
  const store = new MemoryObjectStore()
  await sampleLake(await sampleRows(), store)
  await sampleForecasts(store)
  const engine = lakeEngine(store)

  for (const { name, sql } of readSavedQueries()) await assert.doesNotReject(engine.run(sql), name)
})
