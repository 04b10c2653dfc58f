/** A lake stack of the release before Iceberg, updated by the template of this one while queries run. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
  type Stack,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation'
import { GetTableCommand, GlueClient } from '@aws-sdk/client-glue'
import { S3Client } from '@aws-sdk/client-s3'
import { App } from 'aws-cdk-lib'
import { Template } from 'aws-cdk-lib/assertions'
import { LakeStack } from '../../infra/stacks/lake-stack.ts'
import { readStage } from '../../infra/stage.ts'
import { barsTable } from '../../lake/iceberg/bars-table.ts'
import { barsInGlue } from '../../lake/iceberg/glue-pointer.ts'
import { followingLake } from '../../lake/iceberg/snapshot-store.ts'
import { S3ObjectStore } from '../../lake/store/s3-object-store.ts'
import { runCompaction } from '../../lambdas/compactor/run.ts'
import { localClientConfig } from '../../localstack/aws/local-aws.ts'
import { compactionOn } from '../support/compaction.ts'
import { sharedState } from '../support/engine.ts'
import { lakeEngine } from '../support/lake-engine.ts'
import { olderLake } from '../support/older-lake.ts'
import { until } from '../support/until.ts'

const STACK = 'tickerlake-older-lake'
/** The other stages live in other regions: their catalogs do not meet. */
const config = { ...localClientConfig(sharedState().endpoint), region: 'ca-central-1' }
const stage = readStage({ stage: 'local', emulator: 'ministack', brokers: 'localhost:9092' })
const cloudFormation = new CloudFormationClient(config)
const glue = new GlueClient(config)

function newTemplate() {
  const {
    Parameters: _,
    Rules: __,
    ...template
  } = Template.fromStack(new LakeStack(new App(), STACK, { stage })).toJSON()
  return template
}

function olderTemplate() {
  const { Resources, ...template } = newTemplate()
  const Properties = JSON.parse(readFileSync(join(import.meta.dirname, '../infra/older-bars.json'), 'utf8'))
  const { DeletionPolicy: _, UpdateReplacePolicy: __, ...bars } = Resources['BarsTableCE20DF19']
  return { ...template, Resources: { ...Resources, BarsTableCE20DF19: { ...bars, Properties } } }
}

/** Waits for the stack's end; gives its outputs. */
async function settled(wanted: string): Promise<Readonly<Record<string, string>>> {
  let stack: Stack | undefined
  await until(wanted, async () => {
    const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName: STACK }))
    stack = Stacks[0]
    return !stack?.StackStatus?.endsWith('_IN_PROGRESS')
  })
  assert.equal(stack?.StackStatus, wanted, stack?.StackStatusReason)
  return Object.fromEntries(
    (stack?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
  )
}

test('a stage of the release before Iceberg is updated, and its bars become the table, without a query that fails or finds less', async (t) => {
  await cloudFormation.send(new CreateStackCommand({ StackName: STACK, TemplateBody: JSON.stringify(olderTemplate()) }))
  const { BucketName: bucket = '', DatabaseName: database = '' } = await settled('CREATE_COMPLETE')
  const whole = await olderLake(new S3ObjectStore(new S3Client({ ...config, forcePathStyle: true }), bucket))
  const bars = barsTable({ store: whole, bucket, freshId: randomUUID, glue: barsInGlue({ config, database, bucket }) })
  const engine = lakeEngine(followingLake(whole, bars))
  const tableOf = async () => (await glue.send(new GetTableCommand({ DatabaseName: database, Name: 'bars' }))).Table
  assert.equal((await tableOf())?.Parameters?.['projection.enabled'], 'true')

  let isOver = false
  const querying = (async () => {
    const found: string[] = []
    for (let isLast = false; !isLast; ) {
      isLast = isOver
      const format = (await tableOf())?.Parameters?.['table_type'] ?? 'a folder'
      const { rows } = await engine.run('SELECT count(*) FROM bars')
      found.push(`${rows[0]?.[0]} rows of ${format}`)
    }
    return found
  })()
  await cloudFormation.send(new UpdateStackCommand({ StackName: STACK, TemplateBody: JSON.stringify(newTemplate()) }))
  await settled('UPDATE_COMPLETE')
  const between = await tableOf()
  await runCompaction({ ...compactionOn(whole, Date.now(), bars), freshId: randomUUID })
  isOver = true
  const found = await querying

  t.diagnostic(`${found.length} queries`)
  assert.equal(between?.Parameters?.['projection.enabled'], 'true')
  assert.deepEqual([...new Set(found)], ['2 rows of a folder', '2 rows of ICEBERG'])
  const { Parameters, PartitionKeys, StorageDescriptor } = (await tableOf()) ?? {}
  assert.deepEqual(Object.keys(Parameters ?? {}).sort(), [
    'metadata_location',
    'previous_metadata_location',
    'table_type',
  ])
  assert.deepEqual(PartitionKeys, [])
  assert.ok(StorageDescriptor?.Columns?.some(({ Name }) => Name === 'month'))

  // Deployed again, with nothing changed of it, the table stays as it is.
  await cloudFormation.send(
    new UpdateStackCommand({
      StackName: STACK,
      TemplateBody: JSON.stringify({ ...newTemplate(), Description: 'again' }),
    }),
  )
  await settled('UPDATE_COMPLETE')
  assert.deepEqual((await tableOf())?.Parameters, Parameters)
})
