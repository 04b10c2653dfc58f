import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { EXAMPLES } from '../../infra/examples.ts'
import { templatesOf } from '../support/synth.ts'
import { goldenFiles } from './golden.ts'

const files = goldenFiles()

describe('the templates are those that were last looked at; `npm run golden` writes them again', () => {
  for (const { path, text } of files) {
    const name = path.split('/').slice(-2).join('/')
    test(name, () => assert.equal(text, readFileSync(path, 'utf8')))
  }

  test('and there are no others', () => {
    const found = globSync(join(import.meta.dirname, 'templates/*/*.json'))

    assert.deepEqual([...found].sort(), files.map(({ path }) => path).sort())
  })
})

/** What holds data, or a name that others know. A new logical id means a new, empty one, and the old one left behind. */
const CATALOG = {
  'AWS::Glue::Database': ['Database'],
  'AWS::Glue::Table': ['BarsLandingTable96541CC3', 'ForecastScoresTable8C06A3C0', 'ForecastsTable6D9D6CFE'],
  'AWS::Athena::WorkGroup': ['Workgroup'],
}
const KAFKA = {
  'AWS::EC2::VPC': ['NetworkVpc7FB7348F'],
  'AWS::MSK::Configuration': ['KafkaConfiguration2E1CE142'],
  'AWS::MSK::Cluster': ['KafkaCluster21A1BE89'],
  'Custom::KafkaTopic': ['Topic260E7DCE'],
}
const STATEFUL: Readonly<
  Record<'dev' | 'prod', Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>>
> = {
  dev: { broker: KAFKA, lake: { ...CATALOG, 'AWS::S3::Bucket': ['LakeBucketB1D32E10'] } },
  prod: {
    broker: { ...KAFKA, 'AWS::KMS::Key': ['KafkaKey6F570603'] },
    lake: {
      ...CATALOG,
      'AWS::S3::Bucket': ['LakeAccessLogs4431AB8D', 'LakeBucketB1D32E10'],
      'AWS::KMS::Key': ['LakeKey7B6C155C'],
    },
  },
}

for (const stage of ['dev', 'prod'] as const) {
  const template = templatesOf(EXAMPLES[stage])
  for (const [stack, ids] of Object.entries(STATEFUL[stage])) {
    test(`logical ids of what holds data in ${stage}'s ${stack} stack never change`, () => {
      const { Resources } = template(stack).toJSON() as {
        readonly Resources: Record<string, { readonly Type: string }>
      }
      for (const [type, expected] of Object.entries(ids)) {
        for (const id of expected) assert.equal(Resources[id]?.Type, type, id)
      }
    })
  }
}
