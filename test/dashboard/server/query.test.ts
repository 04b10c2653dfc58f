import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sqlAnswer } from '../../../dashboard/server/query.ts'
import { UsageError } from '../../../lake/errors.ts'

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
