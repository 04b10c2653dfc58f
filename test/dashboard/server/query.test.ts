import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { GridAnswer } from '../../../dashboard/api.ts'
import { queryAnswer, sqlAnswer } from '../../../dashboard/server/query.ts'
import type { Reader } from '../../../dashboard/server/reader.ts'
import { UsageError } from '../../../lake/errors.ts'
import type { QueryEngine } from '../../../lake/queries/query-engine.ts'

function engineOf(run: QueryEngine['run']): Reader['lake'] {
  return { engine: { name: 'a fake', run } } as unknown as Reader['lake']
}

async function sqlOf(body: unknown): Promise<string> {
  const request = new Request('http://127.0.0.1/api/sql', { method: 'POST', body: JSON.stringify(body) })
  const { data } = (await sqlAnswer(request)) as { readonly data: { readonly sql: string } }
  return data.sql
}

test('the text of a saved query has what was typed, as SQL writes it, and the file’s own where nothing was', async () => {
  const sql = await sqlOf({ name: 'daily-returns', params: { symbol: "O'S" } })

  assert.match(sql, /symbol = \/\* symbol \*\/ 'O''S'/)
  assert.match(sql, /month >= \/\* since \*\/ '2012-01'/)
})

test('a value that the parameter does not take is refused in a sentence', async () => {
  await assert.rejects(sqlOf({ name: 'daily-returns', params: { since: 'May' } }), (error) => {
    assert.ok(error instanceof UsageError)
    assert.match(error.message, /since of daily-returns takes a month like 2020-01; got "May"/)
    return true
  })
})

test('an answer of more rows than a page can hold has the first of them, says so, and fetches no more', async () => {
  const columns = [{ name: 'n', type: 'bigint' }]
  const answerOf = async (count: number) => {
    const rows = Array.from({ length: count }, (_, i) => [String(i)])
    let enough: number | undefined
    const lake = engineOf(async (_, options) => {
      enough = options?.enoughRows
      return { columns, rows, stats: { bytesScanned: 0, milliseconds: 0 } }
    })
    const request = new Request('http://127.0.0.1/api/query', { method: 'POST', body: '{"sql":"SELECT 1"}' })
    const { data } = (await queryAnswer(request, { lake })) as { readonly data: GridAnswer }
    return { rows: data.rows.length, notes: data.notes ?? [], enough }
  }

  assert.deepEqual(await answerOf(100_000), { rows: 100_000, notes: [], enough: 100_001 })
  const { rows, notes } = await answerOf(100_500)
  assert.equal(rows, 100_000)
  assert.match(notes.join(), /There are more rows/)
})

test('an answer has of a long cell its beginning and its length, and the whole of it where that is asked for', async () => {
  const bytes = Array.from({ length: 65_536 }, () => '7b').join(' ')
  const rows = [
    [bytes, 'x'.repeat(10_000), null],
    ['7b 22', 'short', '1'],
  ]
  const columns = ['varbinary', 'varchar', 'bigint'].map((type, i) => ({ name: `c${i}`, type }))
  const answer = { columns, rows, stats: { bytesScanned: 0, milliseconds: 0 } }
  const lake = engineOf(async () => answer)
  const ask = async (whole: boolean) => {
    const body = JSON.stringify({ sql: 'SELECT 1', ...(whole && { whole }) })
    const request = new Request('http://127.0.0.1/api/query', { method: 'POST', body })
    const { data } = (await queryAnswer(request, { lake })) as { readonly data: GridAnswer }
    return data
  }

  const shown = await ask(false)

  assert.equal(shown.cut, 2)
  assert.match(shown.rows[0]?.[0] ?? '', /^(7b ){2047}7b … \(65,536 bytes\)$/)
  assert.match(shown.rows[0]?.[1] ?? '', /^x{6144} … \(10,000 characters\)$/)
  assert.deepEqual(shown.rows[1], rows[1])
  assert.deepEqual(await ask(true), { ...answer, cut: 0 })
})
