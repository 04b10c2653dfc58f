import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { decodeAvro } from '../../../lake/iceberg/avro-reader.ts'
import type { AvroType, AvroValue } from '../../../lake/iceberg/avro-type.ts'
import { encodeAvro } from '../../../lake/iceberg/avro-writer.ts'

const SCHEMA: AvroType = {
  type: 'record',
  name: 'all',
  fields: [
    { name: 'whole', type: 'long' },
    { name: 'maybe', type: ['null', 'string'] },
    { name: 'flag', type: 'boolean' },
    { name: 'bytes', type: 'bytes' },
    { name: 'many', type: { type: 'array', items: 'long' } },
    { name: 'named', type: { type: 'map', values: 'string' } },
  ],
}

const long = fc.oneof(
  fc.integer(),
  fc.maxSafeInteger(),
  fc
    .bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
    .map((value) => (Number.isSafeInteger(Number(value)) ? Number(value) : value)),
)

const record = fc
  .record({
    whole: long,
    maybe: fc.option(fc.string()),
    flag: fc.boolean(),
    bytes: fc.uint8Array().map((bytes) => Buffer.from(bytes)),
    many: fc.array(long),
    named: fc
      .dictionary(
        fc.string({ minLength: 1 }).filter((name) => name !== '__proto__'),
        fc.string(),
      )
      .map((named) => ({ ...named })),
  })
  .map((fields) => ({ ...fields }))

test('what is written as Avro is read back, numbers of 64 bits too', () => {
  fc.assert(
    fc.property(fc.array(record), (records) => {
      const { records: read, metadata } = decodeAvro(encodeAvro(SCHEMA, records as AvroValue[], { said: 'yes' }))

      assert.deepEqual(read, records)
      assert.equal(metadata['said'], 'yes')
    }),
  )
})

test('equal records make equal files', () => {
  const once = encodeAvro('long', [1, 2, 3], {})

  assert.deepEqual(encodeAvro('long', [1, 2, 3], {}), once)
})

test('a file that is cut off, torn or no Avro is refused by name', () => {
  const file = encodeAvro('long', [1, 2, 3], {})

  for (const broken of [file.subarray(1), file.subarray(0, file.length - 1), file.subarray(0, file.length - 17)]) {
    assert.throws(() => decodeAvro(broken), /no Avro file/)
  }
})
