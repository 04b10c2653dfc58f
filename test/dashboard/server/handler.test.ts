import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dashboardHandler } from '../../../dashboard/server/handler.ts'
import { TickerlakeError, UsageError } from '../../../lake/errors.ts'
import { SqlError } from '../../../lake/queries/athena-sql/sql-error.ts'

const HOST = '127.0.0.1:4580'

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
