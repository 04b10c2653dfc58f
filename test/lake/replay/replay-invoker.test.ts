import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { LambdaClient } from '@aws-sdk/client-lambda'
import type { ReplayAnswer } from '../../../lake/replay/replay-answer.ts'
import { invokeReplay } from '../../../lake/replay/replay-invoker.ts'
import { type AwsAnswer, type AwsAsked, awsServer } from '../../support/aws-server.ts'
import { VirtualClock } from '../../support/virtual-clock.ts'

function anAnswer(fields: Partial<ReplayAnswer>): ReplayAnswer {
  const nothing = { sent: 0, markers: 0, done: false, next: null, skipped: [], busy: false }
  return { runId: 'r', ...nothing, total: { sent: 0, markers: 0 }, ...fields }
}

async function invoke(t: TestContext, answers: AwsAnswer[]) {
  const asked: AwsAsked[] = []
  const aws = await awsServer(t, (request) => {
    asked.push(request)
    return answers.shift() ?? { status: 500, body: {} }
  })
  const told: ReplayAnswer[] = []
  const clock = new VirtualClock(0)
  const call = {
    functionName: 'producer',
    payload: { runId: 'r', speed: 'max' },
    signal: new AbortController().signal,
    tell: (answer: ReplayAnswer) => void told.push(answer),
  }
  const outcome = invokeReplay(call, new LambdaClient(aws), clock)
  return { outcome, asked, told, clock }
}

test('the same call is repeated until the run is done', async (t) => {
  const answers = [{ sent: 5 }, { busy: true }, { sent: 2, done: true }].map((fields) => ({ body: anAnswer(fields) }))

  const { outcome, asked, told, clock } = await invoke(t, answers)

  assert.deepEqual(await outcome, anAnswer({ sent: 2, done: true }))
  assert.deepEqual(
    asked.map(({ body }) => body),
    Array(3).fill({ runId: 'r', speed: 'max' }),
  )
  assert.match(asked[0]?.path ?? '', /functions\/producer\/invocations/)
  assert.equal(told.length, 3)
  assert.equal(clock.now(), 1_000, 'it waits where another invocation is at the run')
})

test('what the function throws is told in its words', async (t) => {
  const body = { errorType: 'UsageError', errorMessage: '"limit" takes a whole number above 0; got 1.5.' }

  const { outcome } = await invoke(t, [{ headers: { 'x-amz-function-error': 'Unhandled' }, body }])

  await assert.rejects(
    outcome,
    /^TickerlakeError: The producer failed: "limit" takes a whole number above 0; got 1\.5\.$/,
  )
})
