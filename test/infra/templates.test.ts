import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Match } from 'aws-cdk-lib/assertions'
import { LAYOUT } from '../../lake/layout.ts'
import { runCursorKey } from '../../lake/replay/replay-cursor.ts'
import { FORECASTS } from '../../lake/tables/forecast-tables.ts'
import { BARS_LANDING, FOLDER_TABLES } from '../../lake/tables/tables.ts'
import { templatesOf } from '../support/synth.ts'

const CLUSTER_ARN = 'arn:aws:kafka:eu-central-1:123456789012:cluster/market/0a1b2c3d-4e5f'
const byo = templatesOf({ stage: 'byo', clusterArn: CLUSTER_ARN })
const lake = byo('lake')
const pipeline = byo('pipeline')

test('bars that are fetched are forecast after the close of each calendar, by its own clock', () => {
  const schedulesOf = (context: Readonly<Record<string, string>>) =>
    Object.values(
      templatesOf({ stage: 'byo', clusterArn: CLUSTER_ARN, ...context })('pipeline').findResources(
        'AWS::Scheduler::Schedule',
      ),
    )
      .map(({ Properties }) => `${Properties['ScheduleExpression']} ${Properties['ScheduleExpressionTimezone']}`)
      .filter((text) => text.startsWith('cron'))

  assert.deepEqual(schedulesOf({}), [])
  assert.deepEqual(schedulesOf({ symbols: 'AAPL' }), ['cron(50 16 * * ? *) America/New_York', 'cron(50 0 * * ? *) UTC'])
  assert.deepEqual(schedulesOf({ symbols: 'AAPL', forecastTimes: '15:05@Asia/Tokyo' }), [
    'cron(5 15 * * ? *) Asia/Tokyo',
  ])
})

describe('the lake stack', () => {
  test('has one bucket: versioned, encrypted, closed to the public, kept when the stack goes', () => {
    lake.resourceCountIs('AWS::S3::Bucket', 1)
    lake.hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'RetainExceptOnCreate',
      Properties: {
        VersioningConfiguration: { Status: 'Enabled' },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        BucketEncryption: Match.objectLike({
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        }),
      },
    })
  })

  test('refuses requests without TLS', () => {
    lake.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        ]),
      },
    })
  })

  test('forgets the cursor of a run by hand a month after its last step, the scheduled one never', () => {
    const rules = Object.values(lake.findResources('AWS::S3::Bucket')).flatMap(
      ({ Properties }) => Properties.LifecycleConfiguration.Rules,
    )
    const daysOf = (key: string) =>
      rules.find(({ Prefix, ExpirationInDays }) => ExpirationInDays && key.startsWith(Prefix))?.ExpirationInDays

    assert.equal(daysOf(runCursorKey('trial-1')), 30)
    assert.equal(daysOf(LAYOUT.replayCursor), undefined)
  })

  test('leaves no delete markers behind that every LIST would pass', () => {
    lake.hasResourceProperties('AWS::S3::Bucket', {
      LifecycleConfiguration: { Rules: Match.arrayWith([Match.objectLike({ ExpiredObjectDeleteMarker: true })]) },
    })
  })

  test('has every table whose files are those of its folder, column by column', () => {
    for (const { name, columns, partitionKey } of FOLDER_TABLES) {
      lake.hasResourceProperties('AWS::Glue::Table', {
        TableInput: {
          Name: name,
          PartitionKeys: [{ Name: partitionKey.name, Type: 'string' }],
          StorageDescriptor: { Columns: columns.map((column) => Match.objectLike({ Name: column.name })) },
        },
      })
    }
  })

  test('has the saved queries, and their views as Athena writes them', () => {
    const view = Object.values(
      lake.findResources('AWS::Glue::Table', { Properties: { TableInput: { Name: 'bars_quarantine' } } }),
    )[0]?.['Properties'].TableInput
    const definition = JSON.parse(Buffer.from(view.ViewOriginalText.split(' ')[3], 'base64').toString())

    lake.hasResourceProperties('AWS::Athena::NamedQuery', { Name: 'latest-bars', Database: 'tickerlake' })
    assert.match(definition.originalSql, /FROM bars_landing/)
    assert.deepEqual(definition.columns[0], { name: 'topic', type: 'varchar' })
    assert.deepEqual(view.StorageDescriptor.Columns[1].Type, 'int')
  })

  test('projects only the days that can hold landed files, and the months that can hold history', () => {
    const rangeOf = (table: string, key: string) => ({
      TableInput: { Name: table, Parameters: { [`projection.${key}.range`]: Match.anyValue() } },
    })
    const found = (table: string, key: string) =>
      Object.values(lake.findResources('AWS::Glue::Table', { Properties: rangeOf(table, key) })).map(
        (each) => each['Properties'].TableInput.Parameters[`projection.${key}.range`],
      )

    assert.deepEqual(found(BARS_LANDING.name, 'dt'), ['NOW-91DAYS,NOW+1DAYS'])
    assert.deepEqual(found(FORECASTS.name, 'month'), ['1962-01,NOW+1MONTHS'])
  })

  test('limits what one query may scan, whatever the client asks for', () => {
    lake.hasResourceProperties('AWS::Athena::WorkGroup', {
      WorkGroupConfiguration: { EnforceWorkGroupConfiguration: true, BytesScannedCutoffPerQuery: 10_000_000_000 },
    })
  })
})

describe('the pipeline stack', () => {
  test('maps the topic to the consumer from its oldest record on', () => {
    pipeline.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      EventSourceArn: CLUSTER_ARN,
      Topics: ['market.bars'],
      StartingPosition: 'TRIM_HORIZON',
      DestinationConfig: { OnFailure: { Destination: Match.anyValue() } },
    })
  })

  test('runs the producer every minute', () => {
    pipeline.hasResourceProperties('AWS::Scheduler::Schedule', {
      ScheduleExpression: 'rate(1 minute)',
      State: 'ENABLED',
    })
  })

  test('lets the producer write to its topic alone, the consumer only read it', () => {
    const topicArn = 'arn:aws:kafka:eu-central-1:123456789012:topic/market/0a1b2c3d-4e5f/market.bars'
    pipeline.hasResourceProperties('AWS::IAM::Policy', {
      PolicyName: Match.stringLikeRegexp('^Producer'),
      PolicyDocument: { Statement: Match.arrayWith([allows(['DescribeTopic', 'WriteData'], topicArn)]) },
    })
    pipeline.hasResourceProperties('AWS::IAM::Policy', {
      PolicyName: Match.stringLikeRegexp('^Consumer'),
      PolicyDocument: { Statement: Match.arrayWith([allows(['DescribeTopic', 'ReadData'], topicArn)]) },
    })
  })

  test('lets the state machine start and follow executions of itself alone, as its distributed Map does', () => {
    pipeline.hasResourceProperties('AWS::IAM::Policy', {
      PolicyName: Match.stringLikeRegexp('DistributedMapPolicy'),
      PolicyDocument: {
        Statement: [
          Match.objectLike({
            Action: 'states:StartExecution',
            Resource: { Ref: Match.stringLikeRegexp('^CurationMachine') },
          }),
          executionsOfMachine(['states:DescribeExecution', 'states:StopExecution'], ':*'),
          executionsOfMachine('states:RedriveExecution', '/Tasks:*'),
        ],
      },
    })
  })

  test('maps the tasks of a plan over standard executions, five side by side, and tolerates no failure', () => {
    const definitions = Object.values(pipeline.findResources('AWS::StepFunctions::StateMachine')).map(
      ({ Properties }) => JSON.parse(joined(Properties.DefinitionString)),
    )
    const eachTask = definitions[0].States.EachTask

    assert.equal(definitions.length, 1)
    assert.deepEqual(eachTask.ItemProcessor.ProcessorConfig, { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' })
    assert.equal(eachTask.ItemsPath, '$.tasks')
    assert.equal(eachTask.MaxConcurrency, 5)
    assert.equal(eachTask.ToleratedFailureCount, undefined)
    assert.equal(eachTask.ToleratedFailurePercentage, undefined)
  })

  test('tells the functions where the lake and the cluster are', () => {
    pipeline.hasResourceProperties('AWS::Lambda::Function', {
      Architectures: ['arm64'],
      Runtime: 'nodejs24.x',
      Environment: {
        Variables: { LAKE_BUCKET: Match.anyValue(), TOPIC: 'market.bars', CLUSTER_ARN, HISTORY_PREFIX: 'history' },
      },
    })
  })

  test('says in its outputs what a command needs to know', () => {
    for (const name of ['ProducerFunctionName', 'ConsumerFunctionName', 'Topic', 'ClusterArn']) {
      pipeline.hasOutput(name, {})
    }
  })
})

function allows(actions: readonly string[], resource: string) {
  return Match.objectLike({ Action: actions.map((action) => `kafka-cluster:${action}`), Resource: resource })
}

function executionsOfMachine(Action: string | readonly string[], suffix: string) {
  const parts = Match.arrayWith([':execution:', Match.objectLike({ 'Fn::Select': Match.anyValue() }), suffix])
  return Match.objectLike({ Action, Resource: { 'Fn::Join': ['', parts] } })
}

/** The text of a `Fn::Join`, with a word for what is known at deployment. */
function joined(text: { readonly 'Fn::Join': readonly [string, readonly unknown[]] }): string {
  return text['Fn::Join'][1].map((part) => (typeof part === 'string' ? part : 'reference')).join('')
}

describe('the watch stack', () => {
  test("writes out the numbers of its formulas, for CloudWatch's metric math takes 1e9 for a metric's name", () => {
    const dashboards = JSON.stringify(byo('watch').findResources('AWS::CloudWatch::Dashboard'))
    const formulas = [...dashboards.matchAll(/expression\\+":\\+"(.*?)\\+"/g)].map(([, formula]) => formula ?? '')

    assert.ok(formulas.length >= 3)
    assert.deepEqual(
      formulas.filter((formula) => /\d[eE][+-]?\d/.test(formula)),
      [],
    )
  })
})
