import assert from 'node:assert/strict'
import { pbkdf2 } from 'node:crypto'
import { test } from 'node:test'
import { askDuckdb, openDuckdb } from '../../../localstack/duckdb/ask-duckdb.ts'

/** Threads that Node works with beside its own, by default. */
const THREADS = 4
/** Minutes of work for a statement that nobody ends. */
const LONG = 'SELECT count(*) FROM range(300000) AS a (x), range(30000) AS b (y) WHERE x * y = 7'

test('of more rows than are enough no more is made than what they came with', async () => {
  const instance = await openDuckdb([])
  const billions = 'SELECT range FROM range(10000000000)'

  const rows = await askDuckdb(instance, billions, { preparation: [], enoughRows: 3_000 })

  assert.ok(rows.length >= 3_000 && rows.length < 10_000, `${rows.length} rows`)
  assert.deepEqual([rows[0], rows[2_999]], [[0n], [2_999n]])
})

test('a query that is given up before it has begun ends when its turn comes', async () => {
  const instance = await openDuckdb([])
  const connect = instance.connect.bind(instance)
  const abort = new AbortController()
  instance.connect = async () => {
    const connection = await connect()
    for (let i = 0; i < THREADS; i++) pbkdf2('all', 'busy', 200_000, 64, 'sha512', () => undefined)
    setImmediate(() => abort.abort())
    return connection
  }

  await assert.rejects(askDuckdb(instance, LONG, { preparation: [], signal: abort.signal }), { name: 'AbortError' })
})
