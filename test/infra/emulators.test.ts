import assert from 'node:assert/strict'
import { test } from 'node:test'
import { templatesOf } from '../support/synth.ts'

const local = { stage: 'local', brokers: 'redpanda:9092' }
const localstack = templatesOf({ ...local, emulator: 'localstack' })
const ministack = templatesOf(local)

function only<T>(found: Readonly<Record<string, T>>): T {
  const [one, ...more] = Object.values(found)
  assert.ok(one && more.length === 0)
  return one
}

/** A value of a template as text, whatever it refers to written as `${Name}`. */
function text(value: unknown): string {
  if (typeof value === 'string') return value
  const { 'Fn::Join': join, ...reference } = value as { 'Fn::Join'?: readonly [string, readonly unknown[]] }
  return join ? join[1].map(text).join(join[0]) : `\${${String(Object.values(reference)[0])}}`
}

test('LocalStack is given no Glue, no Athena and no mapping, of which its free edition makes nothing', () => {
  const types = [localstack('lake'), localstack('pipeline')].flatMap((template) =>
    Object.values(template.toJSON()['Resources'] as Record<string, { readonly Type: string }>).map(({ Type }) => Type),
  )

  assert.ok(types.includes('AWS::S3::Bucket') && types.includes('AWS::Lambda::Function'))
  assert.deepEqual(
    types.filter((type) => /Glue|Athena|EventSourceMapping/.test(type)),
    [],
  )
  assert.deepEqual(localstack('lake').findOutputs('*', {})['WorkgroupName'], undefined)
})

test('the mapping that LocalStack is told of in words is the one that MiniStack is given', () => {
  const { Value } = only(localstack('pipeline').findOutputs('MappingDescription'))
  const resource = only(ministack('pipeline').findResources('AWS::Lambda::EventSourceMapping'))['Properties']

  const { UUID, ...described } = JSON.parse(text(Value))

  assert.equal(UUID, described.SelfManagedKafkaEventSourceConfig.ConsumerGroupId)
  for (const [name, value] of Object.entries(described)) {
    const said = JSON.stringify(resource[name], (_key, each) => (isReference(each) ? text(each) : each))
    assert.equal(JSON.stringify(value), said, name)
  }
})

function isReference(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).some((key) => /^(Ref|Fn::.*)$/.test(key))
}
