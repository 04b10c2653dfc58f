import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { UsageError } from '../../../lake/errors.ts'
import { groupOf, partitionBatches } from '../../../lake/records/kafka-event.ts'

const base64 = (text: string): string => Buffer.from(text).toString('base64')

/** The shape that AWS documents for Amazon MSK. */
function aRecord(fields: Readonly<Record<string, unknown>> = {}) {
  return {
    topic: 'market.bars',
    partition: 0,
    offset: 15,
    timestamp: 1_545_084_650_987,
    timestampType: 'CREATE_TIME',
    key: base64('AAPL'),
    value: base64('{"symbol":"AAPL"}'),
    headers: [{ headerKey: [104, 101] }],
    ...fields,
  }
}

function anEvent(records: unknown, fields: Readonly<Record<string, unknown>> = {}) {
  return {
    eventSource: 'aws:kafka',
    eventSourceArn:
      'arn:aws:kafka:us-east-1:123456789012:cluster/vpc-2priv-2pub/751d2973-a626-431c-9d4e-d7975eb44dd7-2',
    bootstrapServers: 'b-2.demo-cluster-1.a1bcde.c1.kafka.us-east-1.amazonaws.com:9092',
    records,
    ...fields,
  }
}

test('an event of Amazon MSK gives one batch per topic partition', () => {
  const event = anEvent({
    'market.bars-0': [aRecord(), aRecord({ offset: 16, key: null, value: null })],
    'market.bars-11': [aRecord({ partition: 11 })],
  })

  const batches = partitionBatches(event)

  assert.deepEqual(batches.map(groupOf), ['market.bars-0', 'market.bars-11'])
  const records = batches[0]?.records.map(({ topic, partition, offset, timestamp, key, value }) => {
    return { topic, partition, offset, timestamp, key, value }
  })
  assert.deepEqual(records, [
    {
      topic: 'market.bars',
      partition: 0,
      offset: 15,
      timestamp: 1_545_084_650_987,
      key: Buffer.from('AAPL'),
      value: Buffer.from('{"symbol":"AAPL"}'),
    },
    { topic: 'market.bars', partition: 0, offset: 16, timestamp: 1_545_084_650_987, key: null, value: null },
  ])
})

test('an event of a self-managed cluster gives the same', () => {
  const event = {
    eventSource: 'SelfManagedKafka',
    bootstrapServers: 'b:9092',
    records: { 'market.bars-0': [aRecord()] },
  }

  assert.equal(partitionBatches(event)[0]?.records[0]?.offset, 15)
})

test('a topic whose name ends like a partition is told from its partition', () => {
  const records = { 'bars-7-3': [aRecord({ topic: 'bars-7', partition: 3 })] }

  assert.deepEqual(
    partitionBatches(anEvent(records)).map(({ topic, partition }) => [topic, partition]),
    [['bars-7', 3]],
  )
})

test('a timestamp that is no time of ours costs the event none of its records', () => {
  for (const timestamp of ['1700000000000000000', '9223372036854775807', '-9223372036854775808', '-1']) {
    const event = JSON.stringify(anEvent({ 'market.bars-0': [aRecord({ timestamp: '@' }), aRecord({ offset: 16 })] }))

    const [batch] = partitionBatches(JSON.parse(event.replace('"@"', timestamp)))

    assert.deepEqual(
      batch?.records.map(({ offset }) => offset),
      [15, 16],
    )
    assert.equal(batch?.records[0]?.timestamp, Number(timestamp))
  }
})

test('bytes of any kind and an empty value come through as they are', () => {
  const value = Buffer.from([0xff, 0x00, 0xfe])
  const records = { 'market.bars-0': [aRecord({ value: value.toString('base64'), key: '' })] }

  const record = partitionBatches(anEvent(records))[0]?.records[0]

  assert.deepEqual(record?.value, value)
  assert.equal(record?.key?.length, 0)
})

test('many records of any bytes come through as they are, padded or not', () => {
  const bytes = fc.option(fc.uint8Array({ maxLength: 20 }), { nil: null })
  const written = fc.constantFrom<BufferEncoding>('base64', 'base64url')
  fc.assert(
    fc.property(fc.array(fc.tuple(bytes, bytes, written), { minLength: 1, maxLength: 300 }), (all) => {
      const records = all.map(([key, value, encoding], offset) => {
        const textOf = (given: Uint8Array | null) => given && Buffer.from(given).toString(encoding)
        return aRecord({ offset, key: textOf(key), value: textOf(value) })
      })
      const [batch] = partitionBatches(anEvent({ 'market.bars-0': records }))
      const got = batch?.records.map(({ key, value }) => [key && [...key], value && [...value]])
      assert.deepEqual(
        got,
        all.map(([key, value]) => [key && [...key], value && [...value]]),
      )
    }),
    { numRuns: 200 },
  )
})

test('the one text among many that is not in base64 is named', () => {
  for (const text of ['YWJj!', 'YWJjY', 'YW=j', 'Y', 'YW Jj', 'YWJjé', '{"a":1}']) {
    const records = Array.from({ length: 300 }, (_, offset) => aRecord({ offset }))
    records[200] = aRecord({ offset: 200, value: text })
    records[250] = aRecord({ offset: 250, key: text })

    assert.throws(
      () => partitionBatches(anEvent({ 'market.bars-0': records })),
      (error) => error instanceof UsageError && error.message.includes(`[200].value should be base64, got ${text}`),
    )
  }
})

test('a key or value left out is null', () => {
  const { key: _, value: __, ...bare } = aRecord()

  const record = partitionBatches(anEvent({ 'market.bars-0': [bare] }))[0]?.records[0]

  assert.equal(record?.key, null)
  assert.equal(record?.value, null)
})

test('a group without records is no batch', () => {
  assert.deepEqual(partitionBatches(anEvent({ 'market.bars-0': [] })), [])
})

test('an event of another shape says what was wanted and what was got', () => {
  const wrong: readonly (readonly [event: unknown, says: RegExp])[] = [
    [null, /the event should be an object, got null/],
    [[], /the event should be an object, got an array/],
    [{ symbols: ['AAPL'] }, /eventSource should be aws:kafka or SelfManagedKafka, got undefined/],
    [anEvent(undefined), /records should be an object of arrays/],
    [anEvent([]), /records should be an object of arrays/],
    [anEvent({ 'market.bars': [aRecord()] }), /a name like market.bars-0/],
    [anEvent({ '../x-0': [] }), /a name like market.bars-0/],
    [anEvent({ 'market.bars-0': {} }), /records\["market.bars-0"\] should be an array/],
    [anEvent({ 'market.bars-0': ['x'] }), /\[0\] should be an object, got x/],
    [anEvent({ 'market.bars-0': [aRecord({ topic: 'other' })] }), /topic should be market.bars, got other/],
    [anEvent({ 'market.bars-0': [aRecord({ partition: 1 })] }), /partition should be 0, got 1/],
    [anEvent({ 'market.bars-0': [aRecord({ offset: -1 })] }), /offset should be at least 0/],
    [anEvent({ 'market.bars-0': [aRecord({ offset: 1.5 })] }), /offset should be a whole number/],
    [anEvent({ 'market.bars-0': [aRecord({ offset: 2 ** 53 })] }), /offset should be a whole number/],
    [anEvent({ 'market.bars-0': [aRecord({ timestamp: '2026' })] }), /timestamp should be a whole number/],
    [anEvent({ 'market.bars-0': [aRecord({ value: 7 })] }), /value should be base64 text or null, got 7/],
    [anEvent({ 'market.bars-0': [aRecord({ value: '{"symbol"}' })] }), /value should be base64, got/],
  ]
  for (const [event, says] of wrong) {
    assert.throws(
      () => partitionBatches(event),
      (error) => error instanceof UsageError && says.test(error.message),
    )
  }
})

test('an error shows little of a large event', () => {
  const event = anEvent({ 'market.bars-0': [aRecord({ value: '!'.repeat(5_000_000) })] })

  assert.throws(
    () => partitionBatches(event),
    (error) => error instanceof Error && error.message.length < 400,
  )
})
