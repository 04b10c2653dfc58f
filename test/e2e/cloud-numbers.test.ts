/** What the dashboard shows of a stage on AWS, asked of the emulator's CloudWatch and Lambda. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch'
import { cloudNumbers } from '../../cli/dashboard/cloud-numbers.ts'
import { localClientConfig } from '../../localstack/aws/local-aws.ts'
import { sharedEngine } from '../support/engine.ts'

const { state, deployment } = await sharedEngine()
const clients = localClientConfig(state.endpoint)
const STAGE = `watched-${process.pid}`
const CLUSTER = 'arn:aws:kafka:us-east-1:000000000000:cluster/market/0a1b2c3d-4e5f-1'

/** One moment for all: two sums on both sides of a period's border would be two numbers. */
const Timestamp = new Date(Date.now() - 60_000)

async function told(Namespace: string, MetricName: string, Value: number, dimensions: Record<string, string>) {
  const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }))
  await new CloudWatchClient(clients).send(
    new PutMetricDataCommand({
      Namespace,
      MetricData: [{ MetricName, Value, Dimensions, Timestamp }],
    }),
  )
}

test('the numbers of a stage are those that CloudWatch was told, and the state that the mapping has', async () => {
  const group = { 'Cluster Name': 'market', 'Consumer Group': `tickerlake-${STAGE}-consumer`, Topic: deployment.topic }
  await told('Tickerlake', 'BarsSent', 700, { Stage: STAGE })
  await told('Tickerlake', 'BarsSent', 300, { Stage: STAGE })
  await told('Tickerlake', 'RecordsLanded', 990, { Stage: STAGE })
  await told('Tickerlake', 'LandingLatency', 1500, { Stage: STAGE })
  await told('AWS/Kafka', 'SumOffsetLag', 10, group)

  const now = await cloudNumbers(clients, { ...deployment, stage: STAGE, clusterArn: CLUSTER }, Date.now)()

  assert.deepEqual(
    { sent: now.sent, landed: now.landed, rejected: now.rejected, latencyMs: now.latencyMs, lag: now.lag },
    { sent: 1000, landed: 990, rejected: null, latencyMs: 1500, lag: 10 },
  )
  assert.match(now.mapping ?? '', /^(Enabled|Disabled|Creating)$/)
})

test('of a stage of which nobody told anything, nothing is told, not nought', async () => {
  const now = await cloudNumbers(clients, { ...deployment, stage: 'nobody', clusterArn: undefined }, Date.now)()

  assert.deepEqual([now.sent, now.landed, now.lag, now.lagSeconds], [null, null, null, null])
})
