/** `npm run deploy` against the emulator, end to end: the first time, a change, a lake that is left behind and taken up again. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import {
  CloudFormationClient,
  CreateChangeSetCommand,
  DescribeChangeSetCommand,
  ExecuteChangeSetCommand,
  waitUntilChangeSetCreateComplete,
  waitUntilStackCreateComplete,
} from '@aws-sdk/client-cloudformation'
import { DeleteTableCommand, GetTableCommand, GlueClient } from '@aws-sdk/client-glue'
import { LambdaClient, ListEventSourceMappingsCommand } from '@aws-sdk/client-lambda'
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { ListSchedulesCommand, SchedulerClient } from '@aws-sdk/client-scheduler'
import { systemClock } from '../../lake/clock.ts'
import { accessOfBrokerList, kafkaClient } from '../../lake/kafka/kafka-access.ts'
import { KafkajsSender } from '../../lake/kafka/kafkajs-sender.ts'
import { land } from '../../lake/ledger/land.ts'
import { ObjectLedgers } from '../../lake/ledger/ledgers.ts'
import { parquetEncoder } from '../../lake/parquet/encoder.ts'
import { S3ObjectStore } from '../../lake/store/s3-object-store.ts'
import { BARS } from '../../lake/tables/tables.ts'
import { localClientConfig } from '../../localstack/aws/local-aws.ts'
import { ensureTopic } from '../../localstack/engine/broker-admin.ts'
import { aMessage, aRecord } from '../support/bars.ts'
import { runCdk } from '../support/cdk-cli.ts'
import { synthForEmulator } from '../support/emulator-templates.ts'
import { SHARED_DIR, sharedEngine } from '../support/engine.ts'
import { landed } from '../support/lake-builder.ts'
import { silentLog } from '../support/silent-log.ts'
import { stageCommand } from '../support/stage-command.ts'

/** A region of its own: other tests have the same stage in another. */
const REGION = 'eu-west-1'
const { state } = await sharedEngine()
const clients = { ...localClientConfig(state.endpoint), region: REGION }
const cloudFormation = new CloudFormationClient(clients)
const s3 = new S3Client({ ...clients, forcePathStyle: true })
const glue = new GlueClient(clients)
const BARS_IN_GLUE = { DatabaseName: 'tickerlake', Name: 'bars' }
const folder = mkdtempSync(join(SHARED_DIR, 'deploy-'))
const cdk = (...args: string[]) => runCdk({ endpoint: state.endpoint, region: REGION, home: folder }, ...args)

const command = (file: string, ...args: string[]) =>
  stageCommand({ endpoint: state.endpoint, region: REGION, home: folder }, file, ...args)

function deploy(...knobs: string[]) {
  const local = ['--stage', 'local', '-c', `brokers=${state.brokers}`, '-c', 'keepOnDestroy=true']
  return command('cli/deploy.ts', '--yes', ...local, ...knobs.flatMap((knob) => ['-c', knob]))
}

function outputOf(stdout: string, name: string): string {
  return new RegExp(`^ +${name} +(\\S+)$`, 'm').exec(stdout)?.[1] ?? assert.fail(`no output ${name} in ${stdout}`)
}

before(() => cdk('bootstrap', `aws://000000000000/${REGION}`, '--app', ''))
after(() => {
  cdk('destroy', '--all', '--force', '--app', '.local/deploy/local')
  rmSync(folder, { recursive: true, force: true })
})

let bucket = ''
/** A deployment of several tests: a change of a stage whose lake is one of before Iceberg. */
let changed: ReturnType<typeof deploy>

test('a stage is deployed: looked at, shown, made, its outputs and its first query told', async () => {
  const { status, stdout, stderr } = deploy()

  assert.equal(status, 0, stderr)
  assert.match(stderr, /Stage local, eu-west-1, http/)
  assert.match(stderr, /\[\+\] AWS::S3::Bucket/)
  assert.match(stderr, /CREATE_COMPLETE +\| AWS::CloudFormation::Stack/)
  assert.match(stderr, /First query: npm run query -- --stage local/)
  bucket = outputOf(stdout, 'BucketName')
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'history/kept.txt', Body: 'kept' }))
  const query = command('cli/query.ts', '--stage', 'local', 'SELECT count(*) AS records FROM bars_landing')
  assert.match(query.stdout, /records\s+\W+\s+0/, query.stderr)
  const { Table: bars } = await glue.send(new GetTableCommand(BARS_IN_GLUE))
  assert.equal(bars?.Parameters?.['table_type'], 'ICEBERG')
})

test('a lake of the version before Iceberg has its months in the table when the deployment has ended', async () => {
  const store = new S3ObjectStore(s3, bucket)
  for await (const { key } of store.list('bars/')) await store.delete(key)
  for (const month of ['2013-03', '2013-04']) {
    const rows = [landed({ symbol: 'OLD', ts_event: Date.parse(`${month}-05T00:00:00Z`) })].map((row) => ({
      ...row,
      flags: '',
    }))
    const columns = BARS.columns.map(({ name }) => rows.map((row) => row[name]))
    await store.put(`bars/month=${month}/bars.parquet`, parquetEncoder().encode(BARS, columns))
  }
  // As an update of the stack leaves it whose template had the table: without one.
  await glue.send(new DeleteTableCommand(BARS_IN_GLUE))

  changed = deploy('landingDays=20', 'schedule=true')

  assert.equal(changed.status, 0, changed.stderr)
  const { Table: bars } = await glue.send(new GetTableCommand(BARS_IN_GLUE))
  assert.equal(bars?.Parameters?.['table_type'], 'ICEBERG')
  const query = command('cli/query.ts', '--stage', 'local', "SELECT count(*) AS bars FROM bars WHERE symbol = 'OLD'")
  assert.match(query.stdout, /bars\s+\W+\s+2/, query.stderr)
})

test('a change is shown and made, in the same bucket', () => {
  const { status, stdout, stderr } = changed

  assert.equal(status, 0, stderr)
  assert.match(stderr, /NOW-31DAYS.*NOW-21DAYS/s)
  assert.equal(outputOf(stdout, 'BucketName'), bucket)
})

test('a stage is paused and goes on: schedules and pollers, those that it was deployed with', async () => {
  const scheduler = new SchedulerClient(clients)
  const lambda = new LambdaClient(clients)
  const states = async () => {
    const { Schedules = [] } = await scheduler.send(new ListSchedulesCommand({}))
    const { EventSourceMappings = [] } = await lambda.send(new ListEventSourceMappingsCommand({}))
    return [...Schedules, ...EventSourceMappings].map(({ State }) => String(State).toLowerCase()).sort()
  }
  const before = await states()

  const paused = command('cli/pause.ts', '--stage', 'local', '--yes')
  const resting = await states()
  const again = command('cli/pause.ts', '--stage', 'local', '--yes')
  const resumed = command('cli/resume.ts', '--stage', 'local')

  assert.equal(paused.status, 0, paused.stderr)
  assert.match(paused.stderr, /Still billed: the lake's storage/)
  assert.equal(again.status, 0, again.stderr)
  assert.deepEqual(before, ['enabled', 'enabled', 'enabled'])
  assert.deepEqual(resting, ['disabled', 'disabled', 'disabled'])
  assert.equal(resumed.status, 0, resumed.stderr)
  assert.deepEqual(await states(), before)
})

test('a stage without brokers of its own has none to take away, and says so before anything is paused', () => {
  const { status, stderr } = command('cli/pause.ts', '--stage', 'local', '--brokers', '--yes')

  assert.equal(status, 1)
  assert.match(stderr, /has no brokers of its own.*Leave --brokers out/)
})

test('a pipeline that was deleted and a landed file too come back: every record is there once again', async () => {
  const topic = `drill-${process.pid}`
  await ensureTopic(state.brokers, { name: topic, partitions: 1 })
  deploy(`topic=${topic}`)
  const key = await landSome(topic)
  const whole = command('cli/verify.ts', '--stage', 'local')
  cdk('destroy', 'tickerlake-local-pipeline', '--force', '--app', '.local/deploy/local')
  await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }))

  const deployed = deploy(`topic=${topic}`)
  const lost = command('cli/verify.ts', '--stage', 'local')
  const { DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: key }))
  const [marker] = DeleteMarkers
  await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key, VersionId: marker?.VersionId }))
  const found = command('cli/verify.ts', '--stage', 'local')

  assert.equal(whole.status, 0, whole.stdout + whole.stderr)
  assert.equal(deployed.status, 0, deployed.stderr)
  assert.equal(lost.status, 1, lost.stdout + lost.stderr)
  assert.equal(found.status, 0, found.stdout + found.stderr)
  assert.equal(found.stdout, whole.stdout)
})

/** Sends bars to a topic and lands them in the stage's own bucket, in two files; gives the key of the first. */
async function landSome(topic: string): Promise<string> {
  const sender = new KafkajsSender(kafkaClient(accessOfBrokerList(state.brokers), silentLog), topic)
  const values = Array.from({ length: 40 }, (_, i) =>
    aMessage({ ts_event: new Date(Date.UTC(2013, 3, i + 1)).toISOString() }),
  )
  await sender.send(values.map((value) => ({ key: 'AAPL', value, partition: 0 })))
  await sender.close()
  const store = new S3ObjectStore(s3, bucket)
  const encoder = parquetEncoder()
  const ledgers = new ObjectLedgers({ store, cluster: 'kafka', encoder, nonce: randomUUID })
  const records = values.map((value, offset) => aRecord({ topic, partition: 0, offset, value }))
  const deps = { ledgers, warm: new Map(), encoder, clock: systemClock, freshId: randomUUID, random: Math.random }
  // The second batch settles the claim of the first: a file whose claim is open would be landed again instead.
  await land({ topic, partition: 0, records: records.slice(0, 20) }, deps)
  await land({ topic, partition: 0, records: records.slice(20) }, deps)
  const [file] = await Array.fromAsync(store.list('landing/'))
  return file?.key ?? assert.fail('nothing was landed')
}

test('the bucket cannot be changed for another by a knob', () => {
  const { status, stderr } = deploy('bucketName=another-lake')

  assert.equal(status, 1)
  assert.match(stderr, /bucketName would leave it for another/)
})

test('after it was destroyed it is deployed again, with a lake of its own', () => {
  cdk('destroy', '--all', '--force', '--app', '.local/deploy/local')
  const resumed = command('cli/resume.ts', '--stage', 'local')

  const { status, stdout, stderr } = deploy()

  assert.match(resumed.stderr, /has no pipeline to resume: npm run deploy -- --stage local/)
  assert.equal(status, 0, stderr)
  assert.notEqual(outputOf(stdout, 'BucketName'), bucket)
})

test('a bucket to go on with that is not there is refused before anything is made', () => {
  cdk('destroy', '--all', '--force', '--app', '.local/deploy/local')

  const { status, stderr } = deploy('bucketName=no-such-lake')

  assert.equal(status, 1)
  assert.match(stderr, /no bucket no-such-lake of this account in eu-west-1/)
})

/**
 * CloudFormation imports the bucket by the flag that the command gives. The emulator plans that rightly, and then refuses
 * the name in a validation that knows nothing of imports: so the validation is left out here.
 */
test('the lake that was left behind is taken up again, with what is in it', async () => {
  const stack = 'tickerlake-local-lake'
  synthForEmulator(folder, { stage: 'local', brokers: state.brokers, keepOnDestroy: 'true', bucketName: bucket })
  const change = { StackName: stack, ChangeSetName: 'adopt' }
  const template = readFileSync(join(folder, `${stack}.template.json`), 'utf8')
  await cloudFormation.send(
    new CreateChangeSetCommand({
      ...change,
      ChangeSetType: 'CREATE',
      ImportExistingResources: true,
      DisableValidation: true,
      TemplateBody: JSON.stringify(JSON.parse(template)),
    }),
  )
  await waitUntilChangeSetCreateComplete({ client: cloudFormation, maxWaitTime: 600, minDelay: 1 }, change)
  const { Changes = [] } = await cloudFormation.send(new DescribeChangeSetCommand(change))
  await cloudFormation.send(new ExecuteChangeSetCommand(change))
  await waitUntilStackCreateComplete({ client: cloudFormation, maxWaitTime: 600, minDelay: 1 }, { StackName: stack })

  const { status, stdout, stderr } = deploy(`bucketName=${bucket}`)

  const imported = Changes.filter(({ ResourceChange }) => ResourceChange?.Action === 'Import')
  assert.deepEqual(
    imported.map(({ ResourceChange }) => ResourceChange?.LogicalResourceId),
    ['LakeBucketB1D32E10'],
  )
  assert.equal(status, 0, stderr)
  assert.equal(outputOf(stdout, 'BucketName'), bucket)
  const query = command('cli/query.ts', '--stage', 'local', "SELECT count(*) AS bars FROM bars WHERE symbol = 'OLD'")
  assert.match(query.stdout, /bars\s+\W+\s+2\b/, `the catalog is new, and the table is not: ${query.stderr}`)
  const kept = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'history/kept.txt' }))
  assert.equal(await kept.Body?.transformToString(), 'kept')
})

test('from then on a deployment that leaves the name out is refused', () => {
  const { status, stderr } = deploy()

  assert.equal(status, 1)
  assert.match(stderr, new RegExp(`give -c bucketName=${bucket}, as before`))
})
