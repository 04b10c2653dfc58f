/** What is watched of the mapping goes by what there is to be seen: AWS Lambda's guide, "Event source mapping metrics". */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EXAMPLES } from '../../infra/examples.ts'
import type { Context } from '../../infra/stage.ts'
import { templatesOf } from '../support/synth.ts'

const ELSEWHERE = {
  stage: 'byo',
  brokers: 'a:9096',
  brokersSecretArn: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:kafka-AbCdEf',
}

interface MetricOfAlarm {
  readonly MetricName: string
  readonly Dimensions: readonly { readonly Name: string }[]
}

/** Of one metric, or of a formula over several. */
interface AlarmProperties extends Partial<MetricOfAlarm> {
  readonly Metrics?: readonly { readonly MetricStat?: { readonly Metric: MetricOfAlarm } }[]
}

/** `metric by its dimensions` of each that an alarm asks, sorted. */
function askedBy(context: Context, alarm: string): readonly string[] {
  const alarms = Object.entries(templatesOf(context)('watch').findResources('AWS::CloudWatch::Alarm'))
  const [, found] = alarms.find(([id]) => id.startsWith(`Alarms${alarm}`)) ?? []
  if (!found) return []
  const properties: AlarmProperties = found['Properties']
  const { Metrics = [], MetricName, Dimensions = [] } = properties
  const metrics = Metrics.flatMap(({ MetricStat }) => (MetricStat ? [MetricStat.Metric] : []))
  const all = MetricName === undefined ? metrics : [{ MetricName, Dimensions }]
  return all.map((each) => `${each.MetricName} by ${each.Dimensions.map(({ Name }) => Name).join(', ')}`).sort()
}

test('its lag is its own in provisioned mode, else its function’s, which has no other', () => {
  for (const context of [EXAMPLES.prod, EXAMPLES.byo, ELSEWHERE]) {
    assert.deepEqual(askedBy(context, 'LagGrowing'), ['SumOffsetLag by EventSourceMappingUUID'])
  }
  assert.deepEqual(askedBy(EXAMPLES.dev, 'LagGrowing'), ['OffsetLag by FunctionName'])
})

test('that it has stopped is seen by what MSK counts, of other brokers by its own silence', () => {
  const byMsk = ['Invocations by FunctionName', 'SumOffsetLag by Cluster Name, Consumer Group, Topic']

  for (const context of [EXAMPLES.dev, EXAMPLES.prod, EXAMPLES.byo]) {
    assert.deepEqual(askedBy(context, 'MappingStopped'), byMsk)
  }
  assert.deepEqual(askedBy(ELSEWHERE, 'MappingStopped'), ['PolledEventCount by EventSourceMappingUUID'])
  assert.deepEqual(askedBy({ ...ELSEWHERE, minPollers: 0 }, 'MappingStopped'), [])
})
