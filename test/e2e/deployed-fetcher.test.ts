/** The fetcher as it is deployed: a function and its schedule on the emulator, the stand-in in Yahoo's place, a real broker behind it. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation'
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { S3Client } from '@aws-sdk/client-s3'
import { GetScheduleCommand, ListSchedulesCommand, SchedulerClient } from '@aws-sdk/client-scheduler'
import { readDeployment } from '../../lake/deployment.ts'
import { ParquetHistory } from '../../lake/history/history-window.ts'
import { accessOfBrokerList } from '../../lake/kafka/kafka-access.ts'
import { KafkaTopicLog } from '../../lake/ledger/kafka-topic-log.ts'
import type { ReplayAnswer } from '../../lake/replay/replay-answer.ts'
import { EVERYTHING } from '../../lake/replay/replay-request.ts'
import { S3ObjectStore } from '../../lake/store/s3-object-store.ts'
import type { FetchAnswer } from '../../lambdas/fetcher/fetcher.ts'
import { localClientConfig } from '../../localstack/aws/local-aws.ts'
import { runCdk } from '../support/cdk-cli.ts'
import { SHARED_DIR, sharedState } from '../support/engine.ts'
import { kafkaTopic } from '../support/kafka-topic.ts'
import { CRYPTO, NEW_YORK, YahooStandIn } from '../support/yahoo-stand-in.ts'

/** The local stage lives in another region: the two do not meet. */
const REGION = 'eu-west-3'
const { endpoint, brokers } = sharedState()
const clients = { ...localClientConfig(endpoint), region: REGION }
const folder = mkdtempSync(join(SHARED_DIR, 'deployed-fetcher-'))
const first = '2026-01-05'
const yahoo = new YahooStandIn({
  symbols: [
    { ...NEW_YORK, symbol: 'AAPL', first },
    { ...CRYPTO, symbol: 'BTC-USD', first },
  ],
  now: Date.now,
  wobble: 3e-7,
})
const topic = await kafkaTopic(brokers)
const log = new KafkaTopicLog(accessOfBrokerList(brokers))
const lambda = new LambdaClient(clients)

before(async () => {
  const context = {
    stage: 'local',
    topic: topic.name,
    brokers,
    symbols: 'AAPL,BTC-USD,GONE',
    yahooEndpoint: await yahoo.listen(),
    speed: 'max',
    schedule: 'true',
    // Not during the test, however slow.
    fetchMinutes: '97',
  }
  const settings = Object.entries(context).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const cdk = (...args: string[]) => runCdk({ endpoint, region: REGION, home: folder }, ...args)
  cdk('bootstrap', `aws://000000000000/${REGION}`, '--app', '')
  cdk('deploy', '--all', '--require-approval', 'never', '--output', join(folder, 'cdk.out'), ...settings)
})

after(async () => {
  await Promise.all([yahoo.close(), log.close(), topic.close()])
  rmSync(folder, { recursive: true, force: true })
})

async function invoke<Answer>(FunctionName: string): Promise<Answer> {
  const request = { FunctionName, Payload: JSON.stringify({ scheduled: true }) }
  const { Payload, FunctionError } = await lambda.send(new InvokeCommand(request))
  const said = Payload?.transformToString() ?? ''
  assert.equal(FunctionError, undefined, said)
  return JSON.parse(said)
}

async function fetcherName(): Promise<string> {
  const stack = { StackName: 'tickerlake-local-pipeline' }
  const { Stacks } = await new CloudFormationClient(clients).send(new DescribeStacksCommand(stack))
  const output = Stacks?.[0]?.Outputs?.find(({ OutputKey }) => OutputKey === 'FetcherFunctionName')
  assert.ok(output?.OutputValue)
  return output.OutputValue
}

test('its schedule names it, as often as the stage says', async () => {
  const scheduler = new SchedulerClient(clients)
  const { Schedules = [] } = await scheduler.send(new ListSchedulesCommand({}))
  const found = await Promise.all(
    Schedules.map(({ Name, GroupName }) => scheduler.send(new GetScheduleCommand({ Name, GroupName }))),
  )
  const name = await fetcherName()

  const own = found.filter(({ Target }) => Target?.Arn?.endsWith(`:${name}`))

  assert.deepEqual(
    own.map(({ ScheduleExpression, State }) => [ScheduleExpression, State]),
    [['rate(97 minutes)', 'ENABLED']],
  )
})

test('what it has fetched stands in the history, and the deployed producer sends it; a second run finds nothing due', async () => {
  const { bucket, producerFunction } = await readDeployment(new CloudFormationClient(clients), 'local')
  const store = new S3ObjectStore(new S3Client({ ...clients, forcePathStyle: true }), bucket)
  const name = await fetcherName()

  const answer = await invoke<FetchAnswer>(name)

  assert.deepEqual([answer.failed, answer.left, answer.gone], [0, 0, ['GONE']])
  const history = new ParquetHistory(store, 'history/')
  const { rows } = await history.read({ selection: EVERYTHING, after: null, limit: 10_000 })
  assert.equal(rows.length, answer.bars)
  assert.deepEqual([...new Set(rows.map(({ bar, source }) => `${bar.symbol} ${bar.interval} ${source}`))].sort(), [
    'AAPL 1d yahoo',
    'BTC-USD 1d yahoo',
  ])

  let replay = await invoke<ReplayAnswer>(producerFunction)
  while (!replay.done) replay = await invoke<ReplayAnswer>(producerFunction)
  const bounds = await log.bounds(topic.name)
  const records = [...bounds.values()].reduce((sum, { low, high }) => sum + high - low, 0)
  assert.equal(records, answer.bars + replay.total.markers)

  let again = await invoke<FetchAnswer>(name)
  // What a session has brought that ended meanwhile, if one did.
  if (Date.parse(answer.next ?? '') <= Date.now()) again = await invoke<FetchAnswer>(name)
  assert.deepEqual([again.asked, again.bars, again.gone], [0, 0, []])
})
