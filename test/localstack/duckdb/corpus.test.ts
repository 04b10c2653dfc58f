/** The corpus on the local engine beside what Trino answered, which stands in a file: none may be different. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inParallel } from '../../../lake/in-parallel.ts'
import { readSavedQueries } from '../../../lake/queries/saved-query-files.ts'
import { lakeEngine } from '../../support/lake-engine.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'
import { sampleForecasts, sampleLake, sampleRows } from '../../support/sample-lake.ts'
import { outcomeOf } from '../../trino/compare.ts'
import { corpus } from '../../trino/corpus.ts'
import { readGolden } from '../../trino/golden.ts'

const AT_ONCE = 4

test('what the local engine answers, Trino answers too; nine of ten it answers', async (t) => {
  const store = new MemoryObjectStore()
  await sampleLake(await sampleRows(), store)
  await sampleForecasts(store)
  const engine = lakeEngine(store)
  const golden = readGolden()
  assert.deepEqual(
    golden.map(({ sql }) => sql),
    corpus().map(({ sql }) => sql),
  )

  const outcomes = { equal: 0, refused: 0, different: 0 }
  const different: string[] = []
  await inParallel(golden, AT_ONCE, async (one) => {
    const local = await engine.run(one.sql).catch((error: Error) => error.message)
    const outcome = outcomeOf(one, local)
    outcomes[outcome] += 1
    if (outcome === 'different') different.push(one.sql)
  })

  t.diagnostic(JSON.stringify(outcomes))
  assert.deepEqual(different, [])
  assert.ok(outcomes.equal >= golden.length * 0.9)
})

test('no saved query is refused', async () => {
  const store = new MemoryObjectStore()
  await sampleLake(await sampleRows(), store)
  await sampleForecasts(store)
  const engine = lakeEngine(store)

  for (const { name, sql } of readSavedQueries()) await assert.doesNotReject(engine.run(sql), name)
})
