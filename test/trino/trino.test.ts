/** Opt-in (`npm run test:trino`): every saved query on a real Trino server and on the local engine, with equal answers. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import fc from 'fast-check'
import { progressOn } from '../../command/progress.ts'
import { renderQuery } from '../../lake/queries/saved-query.ts'
import { readSavedQueries, readSavedViews } from '../../lake/queries/saved-query-files.ts'
import { ProcessRegistry } from '../../localstack/process/process-registry.ts'
import { compactionOn } from '../support/compaction.ts'
import { SAMPLE_SENT, sampleForecasts, sampleLake, sampleRows } from '../support/sample-lake.ts'
import { barsTableTests } from './bars-table.ts'
import { type Golden, outcomeOf } from './compare.ts'
import { corpus } from './corpus.ts'
import { type Engines, startEngines } from './engines.ts'
import { goldenOf, writeGolden } from './golden.ts'
import { randomStatement } from './random-statements.ts'

const FOLDER = join(import.meta.dirname, '../../.local')
const PORTS = {
  aws: Number(process.env['TRINO_TEST_AWS_PORT'] ?? 27_000),
  trino: Number(process.env['TRINO_TEST_PORT'] ?? 27_080),
}

const registry = new ProcessRegistry(join(FOLDER, 'trino', 'processes.json'), join(FOLDER, 'trino', 'log'))
const abort = new AbortController()
let engines: Engines

before(async () => {
  rmSync(join(FOLDER, 'trino'), { recursive: true, force: true })
  const progress = progressOn(process.stderr)
  engines = await startEngines(FOLDER, PORTS, { registry, progress, signal: abort.signal, env: process.env })
  const { store, table, lake } = engines
  await sampleLake(await sampleRows(), store, { ...compactionOn(store, SAMPLE_SENT, table), freshId: randomUUID })
  await sampleForecasts(store, lake)
  await engines.register()
})

after(async () => {
  abort.abort()
  await registry.endAll()
})

describe('on Trino and on the local engine, equal answers:', () => {
  for (const query of readSavedQueries()) {
    test(query.name, async () => {
      const [trino, local] = await Promise.all([
        engines.trino(renderQuery(query)),
        engines.local.run(renderQuery(query)),
      ])

      assert.deepEqual(
        local.columns.map(({ name }) => name),
        trino.columns.map(({ name }) => name),
      )
      assert.equal(local.rows.length, trino.rows.length)
      for (const [i, row] of trino.rows.entries()) assertSameRow(local.rows[i] ?? [], row)
    })
  }
})

test('"npm run query" asks Trino as it asks DuckDB, and is answered in the same words', async () => {
  const statements = [
    'SELECT symbol, count(*) AS bars, max(close) AS high FROM bars GROUP BY symbol ORDER BY symbol; -- all',
    "SELECT ts_event, close, volume FROM tickerlake.bars WHERE symbol = 'IBM' ORDER BY ts_event LIMIT 3",
    'SELECT symbol, bars FROM bars_quality ORDER BY symbol',
    'SELECT count(*) FROM bars_landing',
    'SELECT count(*) FROM awsdatacatalog.tickerlake.forecasts',
    "SELECT ARRAY[1e0, NULL], MAP(ARRAY['a'], ARRAY[1]), X'4142', DATE '2020-01-01', 9223372036854775807",
  ]

  for (const sql of statements) {
    const [asked, local] = [await engines.asked.run(sql), await engines.local.run(sql)]
    assert.deepEqual(asked.rows, local.rows, sql)
    assert.deepEqual(
      asked.columns.map(({ name }) => name),
      local.columns.map(({ name }) => name),
    )
  }
  await assert.rejects(engines.asked.run('SELECT nothing FROM bars'), /Line 1, column 8: Column 'nothing' cannot/)
})

describe('the corpus on both engines', () => {
  test('is answered alike, or refused by the local one', async (t) => {
    const outcomes = { equal: 0, near: 0, refused: 0, different: 0 }
    const answers: Golden[] = []
    for (const { chapter, sql } of corpus()) {
      const golden = await goldenOf(sql, engines.trino)
      answers.push(golden)
      const outcome = outcomeOf(golden, await engines.local.run(sql).catch((error: Error) => error.message))
      outcomes[outcome] += 1
      if (outcome !== 'equal') t.diagnostic(`${outcome} (${chapter}): ${sql}`)
    }
    if (process.env['WRITE_GOLDEN']) writeGolden(answers)

    t.diagnostic(JSON.stringify(outcomes))
    assert.equal(outcomes.different, 0)
    assert.ok(outcomes.equal >= answers.length * 0.9)
  })
})

test('statements made at random are answered alike, or refused by the local engine', async () => {
  const statements = Number(process.env['TRINO_STATEMENTS'] ?? 500)
  await fc.assert(
    fc.asyncProperty(randomStatement, async (sql) => {
      const golden = await goldenOf(sql, engines.trino)
      // What fails while it runs fails or not by what an engine looks at first.
      if (golden.error?.startsWith('Trino:')) return
      const local = await engines.local.run(sql).catch((error: Error) => error.message)
      assert.notEqual(outcomeOf(golden, local), 'different', `${sql}\n${JSON.stringify({ golden, local })}`)
    }),
    { numRuns: statements },
  )
})

describe('in Trino, a view has the columns and types that its header says:', () => {
  for (const view of readSavedViews()) {
    test(view.name, async () => {
      const { rows } = await engines.trino(`DESCRIBE ${view.name}`)

      assert.deepEqual(
        rows.map(([name, type]) => `${name} ${type}`),
        view.columns.map(({ name, type }) => `${name} ${type}`),
      )
    })
  }
})

test('Trino prunes by statistics and page index to the right rows', async () => {
  const one = await engines.trino(
    `SELECT count(*), min(symbol), max(symbol) FROM bars WHERE symbol = 'IBM' AND close > 0`,
  )
  const days = await engines.trino(
    `SELECT count(*) FROM bars_landing WHERE kafka_offset BETWEEN 4000 AND 4099 AND ts_event >= TIMESTAMP '1990-01-01 00:00:00'`,
  )

  assert.deepEqual(one.rows, [[3270, 'IBM', 'IBM']])
  assert.deepEqual(days.rows, [[100]])
})

barsTableTests(() => engines)

/** Floats to 1e-9 of their size; everything else as it is printed. */
function assertSameRow(local: readonly (string | null)[], trino: readonly unknown[]): void {
  for (const [i, want] of trino.entries()) {
    const got = local[i] ?? null
    if (typeof want !== 'number') assert.equal(got, want === null ? null : String(want))
    else assert.ok(Math.abs(Number(got) - want) <= 1e-9 * Math.max(1, Math.abs(want)), `${got} is not ${want}`)
  }
}
