import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Asset } from '../../../dashboard/server/assets.ts'
import { dashboardHandler } from '../../../dashboard/server/handler.ts'
import { TickerlakeError, UsageError } from '../../../lake/errors.ts'
import { SqlError } from '../../../lake/queries/athena-sql/sql-error.ts'

const HOST = '127.0.0.1:4580'

const PAGE: Asset = { type: 'text/html', body: '<p>The page.', etag: '"page"', isOfRun: true }

async function answerTo(error: unknown): Promise<{ readonly status: number; readonly defects: readonly unknown[] }> {
  const defects: unknown[] = []
  const handler = dashboardHandler({
    door: { hosts: [HOST], token: 'the-token-of-this-run' },
    assets: new Map(),
    routes: { 'GET /api/bars': () => Promise.reject(error) },
    onDefect: (defect) => defects.push(defect),
  })
  const { status } = await handler(new Request(`http://${HOST}/api/bars`, { headers: { host: HOST } }))
  return { status, defects }
}

test('the status of a failure says whose it is: the asker’s, the lake’s or the dashboard’s own', async () => {
  const asked = [new UsageError('A day is meant.'), new SqlError('Column x is not known', { line: 1, column: 8 })]
  for (const error of asked) assert.deepEqual(await answerTo(error), { status: 400, defects: [] })
  assert.deepEqual(await answerTo(new TickerlakeError('s3', 'The bucket did not answer.')), {
    status: 502,
    defects: [],
  })

  const defect = new TypeError('x is not a function')
  assert.deepEqual(await answerTo(defect), { status: 500, defects: [defect] })
})

test('an unknown address is the page, which says so; an unknown question is answered as questions are', async () => {
  const handler = dashboardHandler({
    door: { hosts: [HOST], token: 'the-token-of-this-run' },
    assets: new Map([['/index.html', PAGE]]),
    routes: {},
    onDefect: (defect) => assert.fail(String(defect)),
  })
  const asked = (path: string, init: RequestInit = {}): Promise<Response> =>
    handler(new Request(`http://${HOST}${path}`, { ...init, headers: { host: HOST, ...init.headers } }))

  for (const path of ['/markt', '/market/AAPL', '/main.css', '/apis']) {
    const response = await asked(path)
    assert.deepEqual([response.status, response.headers.get('content-type')], [404, 'text/html'], path)
    assert.match(response.headers.get('content-security-policy') ?? '', /default-src 'none'/)
    assert.equal(response.headers.get('cache-control'), 'no-store')
    assert.equal(await response.text(), PAGE.body)
  }
  const token = { 'content-type': 'application/json', 'x-tickerlake-token': 'the-token-of-this-run' }
  for (const response of [
    await asked('/api/bar'),
    await asked('/api'),
    await asked('/markt', { method: 'POST', headers: token, body: '{}' }),
  ]) {
    assert.equal(response.status, 404)
    assert.match(((await response.json()) as { error: string }).error, /^There is nothing at \//)
  }
})
