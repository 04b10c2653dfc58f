/** The dev stage's own stacks on LocalStack's CloudFormation: what is made, and what is only said to be made. */
import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { CloudFormationClient } from '@aws-sdk/client-cloudformation'
import {
  GetBucketLifecycleConfigurationCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { SchedulerClient } from '@aws-sdk/client-scheduler'
import { DescribeStateMachineCommand, SFNClient } from '@aws-sdk/client-sfn'
import { readDeployment } from '../../lake/deployment.ts'
import { deployedRates } from '../../localstack/schedules/fire-schedules.ts'
import { synthForEmulator, synthWhole } from '../support/emulator-templates.ts'
import { clientsOfTests } from './engine.ts'
import { deployFolder, outcomeOf, PIPELINE_LESS_FUNCTIONS, scratchFolder } from './stacks.ts'
import { withoutFunctions } from './templates.ts'

const FOLDER = scratchFolder('dev-stage')
after(() => rmSync(FOLDER, { recursive: true, force: true }))

describe('the stage dev, with functions that are only ARNs', () => {
  const REGION = 'eu-central-1'
  const aws = clientsOfTests(REGION)

  before(() => {
    const outdir = join(FOLDER, 'dev')
    const clusterArn = `arn:aws:kafka:${REGION}:000000000000:cluster/market/0a1b2c3d-4e5f`
    for (const file of synthWhole(outdir, { stage: 'dev', clusterArn })) withoutFunctions(file, REGION)
    deployFolder(outdir, REGION)
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

  test('its pipeline is all made: rights, logs, schedules and the compaction', async () => {
    const { made, saidToBeMade } = await outcomeOf('tickerlake-dev-pipeline', REGION)
    const { compactStateMachine } = await readDeployment(new CloudFormationClient(aws), 'dev')
    const machine = await new SFNClient(aws).send(
      new DescribeStateMachineCommand({ stateMachineArn: compactStateMachine }),
    )
    const rates = await deployedRates(new SchedulerClient(aws))

    assert.deepEqual(made, PIPELINE_LESS_FUNCTIONS)
    assert.deepEqual(saidToBeMade, [])
    assert.equal(machine.type, 'STANDARD')
    assert.match(machine.definition ?? '', /"ProcessorConfig":\{"Mode":"DISTRIBUTED"/)
    assert.ok(rates.some(({ target, everyMs }) => target === compactStateMachine && everyMs > 0))
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

  deployFolder(outdir, REGION, 'tickerlake-dev-broker')

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
