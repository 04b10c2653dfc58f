/** The dev stage, as it goes to AWS, deployed to the emulator; what that cannot make is named. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation'
import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch'
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { isDrained, lagsOf } from '../../cli/pause/without-brokers.ts'
import { readDeployment } from '../../lake/deployment.ts'
import { localClientConfig } from '../../localstack/aws/local-aws.ts'
import { runCdk } from '../support/cdk-cli.ts'
import { synthForEmulator } from '../support/emulator-templates.ts'
import { SHARED_DIR, sharedState } from '../support/engine.ts'
import { stageCommand } from '../support/stage-command.ts'

/** The local stage lives in another region: the two do not meet. */
const REGION = 'eu-central-1'
const CLUSTER_ARN = `arn:aws:kafka:${REGION}:000000000000:cluster/market/0a1b2c3d-4e5f`
const { endpoint } = sharedState()
const clients = { ...localClientConfig(endpoint), region: REGION }
const folder = mkdtempSync(join(SHARED_DIR, 'dev-stage-'))

const cdk = (...args: string[]) => runCdk({ endpoint, region: REGION, home: folder }, ...args)

async function stackStatus(name: string): Promise<string | undefined> {
  try {
    const { Stacks } = await new CloudFormationClient(clients).send(new DescribeStacksCommand({ StackName: name }))
    return Stacks?.[0]?.StackStatus
  } catch (error) {
    if (error instanceof Error && /does not exist/.test(error.message)) return 'none'
    throw error
  }
}

const command = (file: string, ...args: string[]) =>
  stageCommand({ endpoint, region: REGION, home: folder }, file, ...args)

before(() => cdk('bootstrap', `aws://000000000000/${REGION}`, '--app', ''))
after(() => rmSync(folder, { recursive: true, force: true }))

test("dev's lake, pipeline and watch stacks deploy, all but named queries, and alarms on formulas with their dashboard", async () => {
  const outdir = join(folder, 'own')

  const withdrawn = synthForEmulator(outdir, { stage: 'dev', clusterArn: CLUSTER_ARN })
  cdk('deploy', '--all', '--require-approval', 'never', '--app', outdir)

  assert.ok(
    withdrawn.every((id) => /^(Saved|Alarms|Screen)/.test(id)),
    withdrawn.join(', '),
  )
  const deployed = await readDeployment(new CloudFormationClient(clients), 'dev')
  const lambda = new LambdaClient(clients)
  const consumer = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: deployed.consumerFunction }))
  assert.equal(deployed.clusterArn, CLUSTER_ARN)
  assert.deepEqual(consumer.Architectures, ['arm64'])
  assert.equal(consumer.Environment?.Variables?.['PARTIAL_RESPONSES'], 'false')
  assert.equal(await stackStatus('tickerlake-dev-watch'), 'CREATE_COMPLETE')
})

test("dev's broker stack deploys as far as its network, for the emulator's CloudFormation knows no MSK", async () => {
  const outdir = join(folder, 'broker')

  const withdrawn = synthForEmulator(outdir, { stage: 'dev' })
  cdk('deploy', 'tickerlake-dev-broker', '--require-approval', 'never', '--app', outdir)

  assert.ok(!withdrawn.some((id) => /^NetworkVpc(?!Rejected)/.test(id)), withdrawn.join(', '))
  assert.equal(await stackStatus('tickerlake-dev-broker'), 'CREATE_COMPLETE')
})

test('whether all has landed is read from what MSK tells CloudWatch', async () => {
  const told = new Date(Date.now() - 60_000)
  const Dimensions = [
    { Name: 'Cluster Name', Value: 'market' },
    { Name: 'Consumer Group', Value: 'tickerlake-dev-consumer' },
    { Name: 'Topic', Value: 'market.bars' },
  ]
  const lag = { MetricName: 'SumOffsetLag', Dimensions, Timestamp: told, Value: 0 }
  await new CloudWatchClient(clients).send(new PutMetricDataCommand({ Namespace: 'AWS/Kafka', MetricData: [lag] }))
  const topic = { cluster: 'market', topic: 'market.bars', group: 'tickerlake-dev-consumer' }

  const lags = await lagsOf(clients, topic, new Date())

  assert.ok(isDrained(lags, new Date(told.getTime() - 120_000)), JSON.stringify(lags))
  assert.ok(!isDrained(lags, new Date()))
})

test('a pause takes the brokers away with all that reads from them, and leaves the lake; a deployment brings them back', async () => {
  const { bucket } = await readDeployment(new CloudFormationClient(clients), 'dev')
  const s3 = new S3Client({ ...clients, forcePathStyle: true })
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'history/kept.txt', Body: 'kept' }))
  const statuses = () =>
    Promise.all(['watch', 'pipeline', 'broker', 'lake'].map((word) => stackStatus(`tickerlake-dev-${word}`)))

  const paused = command('cli/pause.ts', '--stage', 'dev', '--brokers', '--lose-the-rest', '--yes')
  const resting = await statuses()
  const resumed = command('cli/resume.ts', '--stage', 'dev')
  cdk('deploy', '--all', '--require-approval', 'never', '--app', join(folder, 'own'))

  assert.equal(paused.status, 0, paused.stderr)
  assert.match(paused.stderr, /Deleting tickerlake-dev-watch .*-pipeline .*-broker .*The lake is what is left/s)
  assert.deepEqual(resting, ['none', 'none', 'none', 'CREATE_COMPLETE'])
  assert.equal(resumed.status, 1)
  assert.match(resumed.stderr, /dev has no pipeline to resume: npm run deploy -- --stage dev/)
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: 'history/' }))
  assert.deepEqual(
    Contents.map(({ Key }) => Key),
    ['history/kept.txt'],
  )
  const again = await readDeployment(new CloudFormationClient(clients), 'dev')
  assert.equal(again.bucket, bucket)
})
