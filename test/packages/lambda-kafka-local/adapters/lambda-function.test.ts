import assert from 'node:assert/strict'
import { test } from 'node:test'
import { awsSettings } from '../../../../packages/lambda-kafka-local/src/adapters/aws-settings.ts'
import { lambdaFunction } from '../../../../packages/lambda-kafka-local/src/adapters/lambda-function.ts'
import { lambdaApiStandIn } from '../../../support/lambda-api-stand-in.ts'
import { answering, RecordingFunction, THROWN } from '../../../support/recording-function.ts'

const NAME = 'arn:aws:lambda:us-east-1:123456789012:function:consumer'
const EVENT = JSON.stringify({ records: { 'orders-0': [] } })
const GOES_ON = new AbortController().signal

async function invoke(invoker: RecordingFunction) {
  const api = await lambdaApiStandIn(invoker)
  try {
    const aws = awsSettings(api.endpoint, 'us-east-1')
    return { answer: await (await lambdaFunction(aws)).invoke(NAME, EVENT, GOES_ON), names: api.names }
  } finally {
    await api.close()
  }
}

test('what a function returns comes back as text, with the version that ran', async () => {
  const { answer, names } = await invoke(new RecordingFunction(() => answering({ batchItemFailures: [] })))

  assert.deepEqual(names, [NAME])
  assert.deepEqual(answer, {
    kind: 'returned',
    payload: '{"batchItemFailures":[]}',
    response: { statusCode: 200, executedVersion: '$LATEST' },
  })
})

test('a function that throws is a function error', async () => {
  const { answer } = await invoke(new RecordingFunction(() => THROWN))

  assert.equal(answer.kind, 'function-error')
  assert.equal(answer.kind === 'function-error' && answer.response.functionError, 'Unhandled')
})

test('a throttled invocation did not reach the function', async () => {
  const { answer } = await invoke(new RecordingFunction(() => ({ kind: 'unavailable', message: 'Rate Exceeded.' })))

  assert.equal(answer.kind, 'unavailable')
})

test('a function that is not there is refused, which no waiting mends', async () => {
  const { answer } = await invoke(new RecordingFunction(() => ({ kind: 'refused', message: 'Function not found' })))

  assert.match(answer.kind === 'refused' ? answer.message : '', /ResourceNotFound.*Function not found/)
})

test('a service that is not there did not reach the function', async () => {
  const gone = await lambdaFunction(awsSettings('http://127.0.0.1:1', 'us-east-1'))

  const answer = await gone.invoke(NAME, EVENT, GOES_ON)

  assert.equal(answer.kind, 'unavailable')
})
