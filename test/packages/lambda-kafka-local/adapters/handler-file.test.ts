import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { handlerFile } from '../../../../packages/lambda-kafka-local/src/adapters/handler-file.ts'
import { UsageError } from '../../../../packages/lambda-kafka-local/src/errors.ts'

const folder = mkdtempSync(join(tmpdir(), 'handler-file-'))
const file = join(folder, 'orders.mjs')
writeFileSync(
  file,
  `export const handler = async ({ name }, context) => ({ hello: name, time: context.getRemainingTimeInMillis() > 0 })
   export const thrower = () => { throw new TypeError('no such order') }
   export const sleeper = () => new Promise(() => setInterval(() => {}, 1e9).unref())`,
)
after(() => rmSync(folder, { recursive: true }))

const GOES_ON = new AbortController().signal

test('a handler gets the event and a context, and its answer comes back as JSON', async () => {
  const answer = await (await handlerFile(file, 1000)).invoke('orders', '{"name":"you"}', GOES_ON)

  assert.equal(answer.kind === 'returned' && answer.payload, '{"hello":"you","time":true}')
})

test('what a handler throws is a function error in Lambda’s words', async () => {
  const answer = await (await handlerFile(`${file}#thrower`, 1000)).invoke('orders', '{}', GOES_ON)

  assert.equal(answer.kind, 'function-error')
  assert.match(
    answer.kind === 'function-error' ? answer.message : '',
    /"errorType":"TypeError","errorMessage":"no such order"/,
  )
})

test('a handler that takes too long has failed', async () => {
  const answer = await (await handlerFile(`${file}#sleeper`, 5)).invoke('orders', '{}', GOES_ON)

  assert.match(answer.kind === 'function-error' ? answer.message : '', /Task timed out/)
})

test('an invocation that is given up rejects', async () => {
  const stop = new AbortController()
  const running = (await handlerFile(`${file}#sleeper`, 60_000)).invoke('orders', '{}', stop.signal)

  stop.abort(new Error('given up'))

  await assert.rejects(running, /given up/)
})

test('a file or an export that is not there is refused with what there is', async () => {
  await assert.rejects(handlerFile(join(folder, 'none.mjs'), 1000), UsageError)
  await assert.rejects(
    handlerFile(`${file}#main`, 1000),
    /exports no function "main"; it exports: handler, sleeper, thrower/,
  )
})
