/** The stages' own stacks on LocalStack's CloudFormation: what is made, what is only said to be made, what is refused. */
import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { CloudFormationClient } from '@aws-sdk/client-cloudformation'
import { CreateEventSourceMappingCommand, CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda'
import {
  GetBucketLifecycleConfigurationCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3'
import { SchedulerClient } from '@aws-sdk/client-scheduler'
import { DescribeStateMachineCommand, SFNClient } from '@aws-sdk/client-sfn'
import { readDeployment } from '../../lambdas/adapters/deployment.ts'
import { deployStacks } from '../../localstack/aws/deploy.ts'
import { parseMapping } from '../../localstack/event-source-mapping/core/parse-mapping.ts'
import { LOCAL_REGION } from '../../localstack/local-aws.ts'
import { ownEngine } from '../../localstack/own-engine.ts'
import { ProcessBook } from '../../localstack/process/book.ts'
import { deployedRates } from '../../localstack/schedules/fire-schedules.ts'
import { runCdk } from '../support/cdk-cli.ts'
import { synthForEmulator, synthWhole } from '../support/emulator-templates.ts'
import { clientsOfTests, endpointOfTests } from './engine.ts'
import { outcomeOf } from './stacks.ts'
import { withoutFunctions } from './templates.ts'

const FOLDER = resolve('.local', 'localstack-core', 'stacks')
const BROKERS = 'redpanda:9092'
/** Where the CDK CLI has put the functions' code. */
const ASSETS = `cdk-hnb659fds-assets-000000000000-${LOCAL_REGION}`
const PIPELINE_LESS_FUNCTIONS = [
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::Logs::LogGroup',
  'AWS::Scheduler::Schedule',
  'AWS::StepFunctions::StateMachine',
]

const endpoint = endpointOfTests()
after(() => rmSync(FOLDER, { recursive: true, force: true }))

/** Deploys what a folder holds with the plain CDK CLI, as on AWS. */
function deploy(outdir: string, region: string, stacks = '--all'): void {
  const place = { endpoint, region, home: FOLDER }
  runCdk(place, 'bootstrap', `aws://000000000000/${region}`, '--app', '')
  runCdk(place, 'deploy', stacks, '--require-approval', 'never', '--app', outdir)
}

describe('the stage dev, with functions that are only ARNs', () => {
  const REGION = 'eu-central-1'
  const aws = clientsOfTests(REGION)

  before(() => {
    const outdir = join(FOLDER, 'dev')
    const clusterArn = `arn:aws:kafka:${REGION}:000000000000:cluster/market/0a1b2c3d-4e5f`
    for (const file of synthWhole(outdir, { stage: 'dev', clusterArn })) withoutFunctions(file, REGION)
    deploy(outdir, REGION)
  })

  test('its lake is a bucket; of Glue and Athena CloudFormation says what is not so', async () => {
    const { made, saidToBeMade, failed } = await outcomeOf('tickerlake-dev-lake', REGION)

    assert.deepEqual(made, ['AWS::S3::Bucket', 'AWS::S3::BucketPolicy'])
    assert.deepEqual(saidToBeMade, [
      'AWS::Athena::NamedQuery',
      'AWS::Athena::WorkGroup',
      'AWS::Glue::Database',
      'AWS::Glue::Table',
    ])
    assert.deepEqual(failed, [])
  })

  test('its bucket is versioned and takes TLS only; of its lifecycle nothing is there, so nothing expires', async () => {
    const s3 = new S3Client(aws)
    const { bucket: Bucket } = await readDeployment(new CloudFormationClient(aws), 'dev')

    const { Status } = await s3.send(new GetBucketVersioningCommand({ Bucket }))
    const { Policy = '' } = await s3.send(new GetBucketPolicyCommand({ Bucket }))

    assert.equal(Status, 'Enabled')
    assert.match(Policy, /"aws:SecureTransport": ?"false"/)
    await assert.rejects(s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket })), {
      name: 'NoSuchLifecycleConfiguration',
    })
  })

  test('its pipeline is all made: rights, logs, schedules and the curation', async () => {
    const { made, saidToBeMade } = await outcomeOf('tickerlake-dev-pipeline', REGION)
    const { curateStateMachine } = await readDeployment(new CloudFormationClient(aws), 'dev')
    const machine = await new SFNClient(aws).send(
      new DescribeStateMachineCommand({ stateMachineArn: curateStateMachine }),
    )
    const rates = await deployedRates(new SchedulerClient(aws))

    assert.deepEqual(made, PIPELINE_LESS_FUNCTIONS)
    assert.deepEqual(saidToBeMade, [])
    assert.equal(machine.type, 'STANDARD')
    assert.match(machine.definition ?? '', /"ProcessorConfig":\{"Mode":"DISTRIBUTED"/)
    assert.ok(rates.some(({ target, everyMs }) => target === curateStateMachine && everyMs > 0))
  })

  test('its alarms are made, those on formulas too; its dashboard is not', async () => {
    const { made, saidToBeMade } = await outcomeOf('tickerlake-dev-watch', REGION)

    assert.deepEqual(made, ['AWS::CloudWatch::Alarm'])
    assert.deepEqual(saidToBeMade, ['AWS::CloudWatch::Dashboard'])
  })
})

test("dev's network stands, less its flow log and the rules of its security groups", async () => {
  const REGION = 'eu-west-1'
  const outdir = join(FOLDER, 'broker')
  const withdrawn = synthForEmulator(outdir, { stage: 'dev' }, ({ Type }) => /^(AWS::(MSK|Lambda)|Custom)::/.test(Type))

  deploy(outdir, REGION, 'tickerlake-dev-broker')

  const { made, saidToBeMade } = await outcomeOf('tickerlake-dev-broker', REGION)
  assert.ok(!withdrawn.some((id) => id.startsWith('NetworkVpc')))
  assert.deepEqual(
    made.filter((type) => type.startsWith('AWS::EC2')),
    [
      'AWS::EC2::RouteTable',
      'AWS::EC2::SecurityGroup',
      'AWS::EC2::Subnet',
      'AWS::EC2::SubnetRouteTableAssociation',
      'AWS::EC2::VPC',
      'AWS::EC2::VPCEndpoint',
    ],
  )
  assert.deepEqual(saidToBeMade, [
    'AWS::EC2::FlowLog',
    'AWS::EC2::SecurityGroupEgress',
    'AWS::EC2::SecurityGroupIngress',
  ])
})

describe('the stage local, as npm run local deploys it to LocalStack', () => {
  const context = { stage: 'local', emulator: 'localstack', brokers: BROKERS }
  const aws = clientsOfTests(LOCAL_REGION)

  test('an endpoint without Athena is taken for what it is', async () => {
    const engine = await ownEngine({ env: { AWS_ENDPOINT_URL: endpoint, KAFKA_BROKERS: BROKERS } })

    assert.equal(engine.emulator, 'localstack')
  })

  test('its lake stands, and its pipeline ends at the first function: they need a Docker engine', async () => {
    const { signal } = new AbortController()
    const book = new ProcessBook(join(FOLDER, 'processes.json'), FOLDER)
    const deps = { book, s3: new S3Client(aws), signal }

    await assert.rejects(
      deployStacks({ endpoint, context, scratch: join(FOLDER, 'cdk') }, deps),
      /AWS::Lambda::Function/,
    )

    const lake = await outcomeOf('tickerlake-local-lake', LOCAL_REGION)
    const { failed } = await outcomeOf('tickerlake-local-pipeline', LOCAL_REGION)
    assert.deepEqual(lake.made, ['AWS::S3::Bucket', 'AWS::S3::BucketPolicy'])
    assert.deepEqual(lake.saidToBeMade, [])
    assert.ok(failed.length > 0 && failed.every(({ type }) => type === 'AWS::Lambda::Function'))
    assert.match(failed[0]?.reason ?? '', /^Error while creating lambda: Installation of lambda-runtime/)
  })

  test('the rest of its pipeline is all made, and the mapping is there to be read from an output', async () => {
    // A stack that could not be made the first time cannot be made a second time; elsewhere it can.
    const region = 'us-west-2'
    const outdir = join(FOLDER, 'local')
    for (const file of synthWhole(outdir, context)) withoutFunctions(file, region)

    deploy(outdir, region)

    const { made, saidToBeMade } = await outcomeOf('tickerlake-local-pipeline', region)
    const cloudFormation = new CloudFormationClient(clientsOfTests(region))
    const { bucket, consumerFunction, mappingDescription } = await readDeployment(cloudFormation, 'local')
    const { functionName, topics, onFailure } = parseMapping(JSON.parse(mappingDescription ?? ''), [BROKERS])
    assert.deepEqual(made, PIPELINE_LESS_FUNCTIONS)
    assert.deepEqual(saidToBeMade, [])
    assert.deepEqual([functionName, topics], [consumerFunction, ['market.bars']])
    assert.deepEqual(onFailure, { kind: 's3', bucket, prefix: '' })
  })

  test('a mapping of Kafka is refused, which is why it is in an output', async () => {
    const lambda = new LambdaClient({ ...aws, maxAttempts: 1 })
    const { Contents = [] } = await new S3Client(aws).send(new ListObjectsV2Command({ Bucket: ASSETS }))
    const code = { S3Bucket: ASSETS, S3Key: Contents.find(({ Key }) => Key?.endsWith('.zip'))?.Key }
    const made = { FunctionName: 'of-a-mapping', Handler: 'index.handler', Runtime: 'nodejs24.x', Code: code } as const
    await lambda.send(new CreateFunctionCommand({ ...made, Role: 'arn:aws:iam::000000000000:role/any' }))
    const mapping = {
      FunctionName: made.FunctionName,
      EventSourceArn: `arn:aws:kafka:${LOCAL_REGION}:000000000000:cluster/market/0a1b2c3d-4e5f`,
      Topics: ['market.bars'],
      StartingPosition: 'TRIM_HORIZON',
    } as const

    await assert.rejects(
      lambda.send(new CreateEventSourceMappingCommand(mapping)),
      /Unsupported event source mapping source service kafka/,
    )
  })
})
