import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { App, CfnResource, Stack } from 'aws-cdk-lib'
import { holdToRefusals } from '../../infra/refused-templates.ts'

const outdir = mkdtempSync(join(tmpdir(), 'refused-'))
after(() => rmSync(outdir, { recursive: true }))

test('a mapping that AWS would refuse fails the synth, with the rule’s name in its report', () => {
  const app = new App({ outdir, analyticsReporting: false })
  new CfnResource(new Stack(app, 'Planted'), 'Mapping', {
    type: 'AWS::Lambda::EventSourceMapping',
    properties: {
      FunctionName: 'consumer',
      EventSourceArn: 'arn:aws:sqs:eu-central-1:123456789012:queue',
      BatchSize: 100,
      MetricsConfig: { Metrics: ['KafkaMetrics'] },
    },
  })
  holdToRefusals(app)

  assert.throws(() => app.synth(), { name: 'ValidationFailed' })

  const report = readFileSync(join(outdir, 'validation-report.json'), 'utf8')
  assert.match(report, /pf-lambda-esm-batchsize-window/)
  assert.match(report, /pf-lambda-esm-metrics-kafka-metrics-kafka-only/)
})
