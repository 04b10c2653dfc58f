/** The local stage as `npm run local` deploys it to LocalStack, whose functions need a Docker engine that is not here. */
import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { CloudFormationClient } from '@aws-sdk/client-cloudformation'
import { CreateEventSourceMappingCommand, CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import { readDeployment } from '../../lake/deployment.ts'
import { deployStacks } from '../../localstack/aws/deploy.ts'
import { LOCAL_REGION } from '../../localstack/aws/local-aws.ts'
import { ownEngine } from '../../localstack/engine/external.ts'
import { ProcessRegistry } from '../../localstack/process/process-registry.ts'
import { parseMapping } from '../../packages/lambda-kafka-local/src/core/parse-mapping.ts'
import { synthWhole } from '../support/emulator-templates.ts'
import { clientsOfTests, endpointOfTests } from './engine.ts'
import { deployFolder, outcomeOf, PIPELINE_LESS_FUNCTIONS, scratchFolder } from './stacks.ts'
import { withoutFunctions } from './templates.ts'

const FOLDER = scratchFolder('local-stage')
const BROKERS = 'redpanda:9092'
/** Where the CDK CLI has put the functions' code. */
const ASSETS = `cdk-hnb659fds-assets-000000000000-${LOCAL_REGION}`

const endpoint = endpointOfTests()
after(() => rmSync(FOLDER, { recursive: true, force: true }))

describe('the stage local, as npm run local deploys it to LocalStack', () => {
  const context = { stage: 'local', emulator: 'localstack', brokers: BROKERS }
  const aws = clientsOfTests(LOCAL_REGION)

  test('an endpoint without Athena is taken for what it is', async () => {
    const engine = await ownEngine({ env: { AWS_ENDPOINT_URL: endpoint, KAFKA_BROKERS: BROKERS } })

    assert.equal(engine.emulator, 'localstack')
  })

  test('its lake stands, and its pipeline ends at the first function: they need a Docker engine', async () => {
    const { signal } = new AbortController()
    const registry = new ProcessRegistry(join(FOLDER, 'processes.json'), FOLDER)
    const deps = { registry, s3: new S3Client(aws), signal }

    await assert.rejects(
      deployStacks({ endpoint, context, scratch: join(FOLDER, 'cdk'), compileCache: join(FOLDER, 'compiled') }, deps),
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

    deployFolder(outdir, region)

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
    const mapping = new CreateEventSourceMappingCommand({
      FunctionName: made.FunctionName,
      EventSourceArn: `arn:aws:kafka:${LOCAL_REGION}:000000000000:cluster/market/0a1b2c3d-4e5f`,
      Topics: ['market.bars'],
      StartingPosition: 'TRIM_HORIZON',
    })

    await assert.rejects(lambda.send(mapping), /Unsupported event source mapping source service kafka/)
  })
})
