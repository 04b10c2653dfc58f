import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import { ask, footer } from '../../../cli/query/ask.ts'
import type { QueryAnswer, QueryEngine } from '../../../lake/queries/query-engine.ts'

const ANSWER: QueryAnswer = { columns: [], rows: [], stats: { bytesScanned: 0, milliseconds: 0 } }

function seenOf(isTTY: boolean, milliseconds: number): Promise<string> {
  mock.timers.enable({ apis: ['setInterval', 'setTimeout'] })
  let seen = ''
  const stream = { isTTY, write: (text: string) => (seen += text) }
  const engine: QueryEngine = {
    name: 'Athena',
    run: () => new Promise((resolve) => setTimeout(() => resolve(ANSWER), milliseconds)),
  }
  const asked = ask(engine, 'SELECT 1', { stream })
  mock.timers.tick(milliseconds)
  return asked.then(() => seen).finally(() => mock.timers.reset())
}

test('a terminal is told that a query runs after a second, and the line goes with the answer', async () => {
  assert.equal(await seenOf(true, 900), '')
  const seen = await seenOf(true, 1_500)
  assert.match(seen, /Athena has been asked for 1 s; Ctrl-C cancels the query/)
  assert.ok(seen.endsWith('\r\u001b[K'))
})

test('a pipe is told nothing', async () => {
  assert.equal(await seenOf(false, 5_000), '')
})

test('what a reader must know of an answer stands below it', () => {
  const engine: QueryEngine = { name: 'DuckDB', run: async () => ANSWER }

  assert.equal(footer(ANSWER, engine, 'here'), '0 rows, 0 bytes scanned, 0 ms, DuckDB, here')
  assert.equal(
    footer({ ...ANSWER, notes: ['x is exact here.'] }, engine, 'here'),
    '0 rows, 0 bytes scanned, 0 ms, DuckDB, here\nx is exact here.',
  )
})

test('bytes are called scanned only where the engine counts what it scans', () => {
  const engine: QueryEngine = { name: 'DuckDB', run: async () => ANSWER }
  const ofFiles = { ...ANSWER, stats: { bytesScanned: 9, milliseconds: 0, isOfWholeFiles: true } }

  assert.equal(footer(ofFiles, engine, 'here'), '0 rows, 9 bytes of files, 0 ms, DuckDB, here')
})
