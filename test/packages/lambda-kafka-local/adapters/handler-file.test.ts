import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { handlerFile } from '../../../../packages/lambda-kafka-local/src/adapters/handler-file.ts'
import type { InvokeAnswer } from '../../../../packages/lambda-kafka-local/src/core/answer.ts'
import { UsageError } from '../../../../packages/lambda-kafka-local/src/errors.ts'
import type { FunctionInvoker } from '../../../../packages/lambda-kafka-local/src/ports.ts'
import { PATIENCE_MS } from '../../../support/until.ts'

const folder = mkdtempSync(join(tmpdir(), 'handler-file-'))
const file = join(folder, 'orders.mjs')
writeFileSync(
  file,
  `export const handler = async ({ name }, context) => ({ hello: name, time: context.getRemainingTimeInMillis() > 0 })
   export const thrower = () => { throw new TypeError('no such order') }
   export const byCallback = (event, context, callback) => { setTimeout(() => callback(null, { later: true }), 5) }
   export const badCallback = (event, context, callback) => { setTimeout(() => callback(new RangeError('too late')), 5) }
   export const whole = async (event, { getRemainingTimeInMillis, awsRequestId, ...context }) => ({ context, env: {
     name: process.env.AWS_LAMBDA_FUNCTION_NAME, handler: process.env._HANDLER, region: process.env.AWS_REGION } })
   let seen = 0
   export const counter = async () => { seen++; await new Promise((done) => setTimeout(done, 20)); return seen }
   export const leaver = () => process.exit(3)
   export const looper = () => { for (;;); }
   export const sleeper = () => new Promise(() => setInterval(() => {}, 1e9).unref())`,
)
const made: FunctionInvoker[] = []
after(async () => {
  await Promise.all(made.map((invoker) => invoker.close?.()))
  rmSync(folder, { recursive: true })
})

async function theHandler(path: string, timeoutMs: number): Promise<FunctionInvoker> {
  const invoker = await handlerFile(path, { functionName: 'orders', timeoutMs, memoryMb: 256, region: 'eu-central-1' })
  made.push(invoker)
  return invoker
}

const GOES_ON = new AbortController().signal

test('a handler gets the event and a context, and its answer comes back as JSON', async () => {
  const answer = await (await theHandler(file, PATIENCE_MS)).invoke('orders', '{"name":"you"}', GOES_ON)

  assert.equal(answer.kind === 'returned' && answer.payload, '{"hello":"you","time":true}')
})

test('what a handler throws is a function error in Lambda’s words', async () => {
  const answer = await (await theHandler(`${file}#thrower`, PATIENCE_MS)).invoke('orders', '{}', GOES_ON)

  assert.equal(answer.kind, 'function-error')
  assert.match(
    answer.kind === 'function-error' ? answer.message : '',
    /"errorType":"TypeError","errorMessage":"no such order"/,
  )
})

test('a handler that takes too long has failed', async () => {
  const answer = await (await theHandler(`${file}#sleeper`, 5)).invoke('orders', '{}', GOES_ON)

  assert.match(answer.kind === 'function-error' ? answer.message : '', /Task timed out/)
})

test('an invocation that is given up rejects', async () => {
  const stop = new AbortController()
  const running = (await theHandler(`${file}#sleeper`, 60_000)).invoke('orders', '{}', stop.signal)

  stop.abort(new Error('given up'))

  await assert.rejects(running, /given up/)
})

test('a file or an export that is not there is refused with what there is', async () => {
  await assert.rejects(theHandler(join(folder, 'none.mjs'), PATIENCE_MS), UsageError)
  await assert.rejects(
    theHandler(`${file}#main`, PATIENCE_MS),
    /exports no function "main"; it exports: badCallback, byCallback, counter, handler, leaver, looper, sleeper, thrower, whole/,
  )
})

test('a handler of three parameters ends with its callback, not before', async () => {
  const [good, bad] = await Promise.all(
    ['byCallback', 'badCallback'].map(async (name) =>
      (await theHandler(`${file}#${name}`, PATIENCE_MS)).invoke('orders', '{}', GOES_ON),
    ),
  )

  assert.equal(good?.kind === 'returned' && good.payload, '{"later":true}')
  assert.match(bad?.kind === 'function-error' ? bad.message : '', /"errorType":"RangeError","errorMessage":"too late"/)
})

test('context and environment tell the function what it is', async () => {
  const answer = await (await theHandler(`${file}#whole`, PATIENCE_MS)).invoke('orders', '{}', GOES_ON)

  const { context, env } = JSON.parse(answer.kind === 'returned' ? answer.payload : '{}')
  assert.deepEqual(env, { name: 'orders', handler: 'orders.whole', region: 'eu-central-1' })
  assert.match(context.logStreamName, /^\[\$LATEST\][0-9a-f]{32}$/)
  assert.deepEqual(
    { ...context, logStreamName: '' },
    {
      functionName: 'orders',
      functionVersion: '$LATEST',
      invokedFunctionArn: 'arn:aws:lambda:eu-central-1:000000000000:function:orders',
      memoryLimitInMB: '256',
      logGroupName: '/aws/lambda/orders',
      logStreamName: '',
      callbackWaitsForEmptyEventLoop: true,
    },
  )
})

test('invocations at once have a module each; one after another use the same again', async () => {
  const invoker = await theHandler(`${file}#counter`, PATIENCE_MS)
  const call = () => invoker.invoke('orders', '{}', GOES_ON)
  const seen = (answers: readonly InvokeAnswer[]) =>
    answers.map((answer) => answer.kind === 'returned' && answer.payload)

  const atOnce = await Promise.all([call(), call(), call()])
  const after = await call()

  assert.deepEqual(seen([...atOnce, after]), ['1', '1', '1', '2'])
})

test('a handler that ends its process, or never lets go of its thread, has failed and is replaced', async () => {
  const leaver = await theHandler(`${file}#leaver`, PATIENCE_MS)
  const looper = await theHandler(`${file}#looper`, 50)

  const [left, again, looped] = [
    await leaver.invoke('orders', '{}', GOES_ON),
    await leaver.invoke('orders', '{}', GOES_ON),
    await looper.invoke('orders', '{}', GOES_ON),
  ]

  assert.match(left.kind === 'function-error' ? left.message : '', /Runtime exited with code 3/)
  assert.match(again.kind === 'function-error' ? again.message : '', /Runtime exited with code 3/)
  assert.match(looped.kind === 'function-error' ? looped.message : '', /Task timed out/)
})
