import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  eventHeadBytes,
  eventJson,
  groupHeadBytes,
} from '../../../../packages/lambda-kafka-local/src/core/event-json.ts'
import { aMapping, anEncodedRecord, encodedRecords } from '../../../support/mapping.ts'

function golden(name: string): unknown {
  return JSON.parse(readFileSync(`test/golden/lambda-kafka-local/${name}.json`, 'utf8'))
}

test('an MSK event has the shape that AWS documents, tombstones, null keys and signed header bytes included', () => {
  const records = [
    anEncodedRecord({ headers: [{ key: 'headerKey', value: Buffer.from('headerValue') }] }),
    anEncodedRecord({
      offset: 16,
      timestamp: 1_545_084_650_988,
      timestampType: 'LOG_APPEND_TIME',
      key: null,
      value: Buffer.alloc(0),
    }),
    anEncodedRecord({
      partition: 1,
      offset: 3,
      value: null,
      headers: [
        { key: 'name', value: Buffer.from('hë') },
        { key: 'name', value: null },
      ],
    }),
  ]

  const event = JSON.parse(eventJson(records, aMapping()))

  assert.deepEqual(event, golden('msk'))
})

test('an event of a self-managed cluster names no ARN', () => {
  const mapping = aMapping({ source: { kind: 'self-managed' } })

  const event = JSON.parse(eventJson([anEncodedRecord()], mapping))

  assert.deepEqual(event, golden('self-managed'))
})

test('the bytes that a plan counts are at least those of the event, and at most a comma a part more', () => {
  const anyGroup = fc.record({
    partition: fc.nat(1000),
    value: fc.option(fc.uint8Array()),
    header: fc.string({ unit: 'grapheme' }),
    length: fc.integer({ min: 1, max: 4 }),
  })
  const distinct = { minLength: 1, maxLength: 5, selector: (group: { partition: number }) => group.partition }
  fc.assert(
    fc.property(fc.uniqueArray(anyGroup, distinct), (groups) => {
      const mapping = aMapping()
      const parts = groups.map(({ partition, value, header, length }) =>
        encodedRecords(0, length, {
          partition,
          value: value && Buffer.from(value),
          headers: [{ key: header, value: Buffer.from(header) }],
        }),
      )
      const bytes = Buffer.byteLength(eventJson(parts.flat(), mapping))

      const heads = groups.reduce((sum, { partition }) => sum + groupHeadBytes('orders', partition), 0)
      const records = parts.flat().reduce((sum, record) => sum + record.bytes + 1, 0)
      const counted = eventHeadBytes(mapping) + heads + records

      assert.ok(counted >= bytes && counted <= bytes + parts.flat().length + groups.length, `${counted} for ${bytes}`)
    }),
  )
})
