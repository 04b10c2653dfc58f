import assert from 'node:assert/strict'
import { test } from 'node:test'
import { App, Stack } from 'aws-cdk-lib'
import { Bucket } from 'aws-cdk-lib/aws-s3'
import { Duration } from 'aws-cdk-lib/core'
import { checkProvisioned } from '../../infra/constructs/kafka-mapping.ts'
import { EXAMPLES } from '../../infra/examples.ts'
import { checkRules } from '../../infra/rules.ts'
import { appOf } from '../support/synth.ts'

for (const stage of ['dev', 'prod', 'byo'] as const) {
  test(`cdk-nag finds nothing in ${stage} that is not excused, one resource and one reason at a time`, () => {
    checkRules(appOf(EXAMPLES[stage]))
  })
}

test('nor with readers, a boundary and tags', () => {
  const readers = 'arn:aws:iam::123456789012:role/analysts,arn:aws:iam::123456789012:root'
  checkRules(appOf({ ...EXAMPLES.prod, readers, owner: 'me', permissionsBoundary: 'arn:aws:iam::aws:policy/X' }))
})

test('what nothing excuses is named with its construct and its rule', () => {
  const app = new App()
  new Bucket(new Stack(app, 'Careless'), 'Open')

  assert.throws(() => checkRules(app), { code: 'rules', message: /Careless\/Open\/Resource: AwsSolutions-S1/ })
})

test('controls that Lambda gives in provisioned mode alone are refused without it, at synth', () => {
  const provisionedPollerConfig = { minimumPollers: 1, maximumPollers: 2 }

  checkProvisioned({ batchSize: 10 })
  checkProvisioned({ bisectBatchOnError: true, provisionedPollerConfig })
  assert.throws(() => checkProvisioned({ bisectBatchOnError: true, maxRecordAge: Duration.hours(1) }), {
    name: 'UsageError',
    message: /takes bisectBatchOnError, maxRecordAge in provisioned mode only/,
  })
})
