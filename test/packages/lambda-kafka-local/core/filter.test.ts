import assert from 'node:assert/strict'
import { test } from 'node:test'
import { passes } from '../../../../packages/lambda-kafka-local/src/core/filter-match.ts'
import { parseFilters } from '../../../../packages/lambda-kafka-local/src/core/filter-pattern.ts'
import type { SourceRecord } from '../../../../packages/lambda-kafka-local/src/core/source-record.ts'
import { UsageError } from '../../../../packages/lambda-kafka-local/src/errors.ts'
import { aSourceRecord } from '../../../support/mapping.ts'

function filters(...patterns: readonly unknown[]) {
  return parseFilters(patterns.map((pattern) => ({ Pattern: JSON.stringify(pattern) })))
}

const LENIENT = { lenient: true, warn: () => {} }

function passesJson(pattern: unknown, value: unknown): boolean {
  return passes(filters({ value: pattern }), aSourceRecord({ value: Buffer.from(JSON.stringify(value)) }))
}

const EVENT = {
  UserID: null,
  LastName: '',
  Name: 'Alice',
  Location: 'New York',
  Day: 'Monday',
  Price: 15,
  Tags: ['red', 'blue'],
  FileName: 'chart.png',
  Region: 'us-east-1',
  person: { name: 'John', address: { city: 'Anytown' } },
}

// The rows of "Filter rule syntax" in AWS's Developer Guide, each met and missed.
const RULES: readonly (readonly [string, unknown, boolean])[] = [
  ['null', { UserID: [null] }, true],
  ['null, of a field that is not there', { Missing: [null] }, false],
  ['empty', { LastName: [''] }, true],
  ['equals', { Name: ['Alice'] }, true],
  ['equals, of another', { Name: ['Bob'] }, false],
  ['equals, in another case', { Name: ['alice'] }, false],
  ['equals-ignore-case', { Name: [{ 'equals-ignore-case': 'aLICE' }] }, true],
  ['and', { Location: ['New York'], Day: ['Monday'] }, true],
  ['and, one missed', { Location: ['New York'], Day: ['Sunday'] }, false],
  ['or', { Day: ['Sunday', 'Monday'] }, true],
  ['or over fields', { $or: [{ Location: ['Rome'] }, { Day: ['Monday'] }] }, true],
  ['or over fields, none met', { $or: [{ Location: ['Rome'] }, { Day: ['Sunday'] }] }, false],
  ['or over fields beside a field', { Name: ['Bob'], $or: [{ Day: ['Monday'] }] }, false],
  ['anything-but', { Day: [{ 'anything-but': ['Sunday'] }] }, true],
  ['anything-but, met', { Day: [{ 'anything-but': ['Monday'] }] }, false],
  ['anything-but a prefix', { Region: [{ 'anything-but': { prefix: 'us-' } }] }, false],
  ['anything-but, of a field that is not there', { Missing: [{ 'anything-but': ['x'] }] }, false],
  ['numeric equals', { Price: [{ numeric: ['=', 15] }] }, true],
  ['numeric range', { Price: [{ numeric: ['>', 10, '<=', 15] }] }, true],
  ['numeric range, missed', { Price: [{ numeric: ['>', 15] }] }, false],
  ['numeric, of a text', { Name: [{ numeric: ['>', 0] }] }, false],
  ['exists', { Name: [{ exists: true }] }, true],
  ['exists, null', { UserID: [{ exists: true }] }, true],
  ['exists, missed', { Missing: [{ exists: true }] }, false],
  ['exists, of an intermediate node', { person: { address: [{ exists: true }] } }, false],
  ['does not exist', { Missing: [{ exists: false }] }, true],
  ['does not exist, deep below nothing', { Missing: { deeper: [{ exists: false }] } }, true],
  ['does not exist, but does', { Name: [{ exists: false }] }, false],
  ['begins with', { Region: [{ prefix: 'us-' }] }, true],
  ['ends with', { FileName: [{ suffix: '.png' }] }, true],
  ['ends with, missed', { FileName: [{ suffix: '.jpg' }] }, false],
  ['a nested field', { person: { address: { city: ['Anytown'] } } }, true],
  ['one element of a list', { Tags: ['blue'] }, true],
  ['a field of the prototype', { toString: [{ exists: true }] }, false],
]

for (const [name, pattern, expected] of RULES) {
  test(`rule: ${name} ${expected ? 'matches' : 'does not match'}`, () => {
    assert.equal(passesJson(pattern, EVENT), expected)
  })
}

test('one filter of several is enough, and none at all lets everything through', () => {
  const record = aSourceRecord({ value: Buffer.from('{"a":1}') })

  assert.ok(passes(filters({ value: { a: [2] } }, { value: { a: [1] } }), record))
  assert.ok(passes([], record))
})

// The table of "Kafka event filtering basics": where the forms differ, that part of the pattern is left out of account.
const FORMS: readonly (readonly [string, Partial<SourceRecord>, unknown, boolean])[] = [
  ['plain text, plain pattern, met', { value: Buffer.from('ok') }, ['ok'], true],
  ['plain text, plain pattern, missed', { value: Buffer.from('error') }, [{ 'anything-but': ['error'] }], false],
  ['plain text, JSON pattern', { value: Buffer.from('ok') }, { a: ['b'] }, true],
  ['JSON, plain pattern', { value: Buffer.from('{"a":"c"}') }, ['ok'], true],
  ['JSON, JSON pattern, missed', { value: Buffer.from('{"a":"c"}') }, { a: ['b'] }, false],
  ['not UTF-8, any pattern', { value: Buffer.from([0xc3, 0x28]) }, ['ok'], true],
  ['a tombstone, plain pattern', { value: null }, ['ok'], false],
  ['a tombstone, pattern of null', { value: null }, [null], true],
]

for (const [name, fields, pattern, expected] of FORMS) {
  test(`value: ${name}`, () => {
    assert.equal(passes(filters({ value: pattern }), aSourceRecord(fields)), expected)
  })
}

test('a number equals what is written alike, as EventBridge has it; leniently, what is worth the same', () => {
  const record = (price: string) => aSourceRecord({ value: Buffer.from(`{"price":${price}}`) })
  const pattern = [{ Pattern: '{"value":{"price":[300]}}' }]
  const but = parseFilters([{ Pattern: '{"value":{"price":[{"anything-but":[300]}]}}' }])

  assert.deepEqual(
    ['300', '300.0', '3.0e2', '"300"'].map((price) => passes(parseFilters(pattern), record(price))),
    [true, false, false, false],
  )
  assert.deepEqual(
    ['300', '300.0', '3.0e2', '"300"'].map((price) => passes(parseFilters(pattern, LENIENT), record(price))),
    [true, true, true, false],
  )
  assert.deepEqual([passes(but, record('300')), passes(but, record('301'))], [false, true])
})

test('numeric bounds compare what numbers are worth', () => {
  const filter = parseFilters([{ Pattern: '{"value":{"price":[{"numeric":["=",300]},7]}}' }])

  assert.ok(passes(filter, aSourceRecord({ value: Buffer.from('{"price":3.0e2}') })))
})

test('key, headers and the other metadata can be asked where one is lenient', () => {
  const lenient = (pattern: unknown) => parseFilters([{ Pattern: JSON.stringify(pattern) }], LENIENT)
  const record = aSourceRecord({
    key: Buffer.from('AAPL'),
    partition: 3,
    headers: [{ key: 'source', value: Buffer.from('yahoo') }],
  })

  assert.ok(
    passes(lenient({ key: ['AAPL'], partition: [{ numeric: ['>=', 3] }], headers: { source: ['yahoo'] } }), record),
  )
  assert.ok(!passes(lenient({ key: [{ prefix: 'MS' }] }), record))
  assert.ok(!passes(lenient({ headers: { source: ['other'] } }), record))
})

for (const [what, pattern] of [
  ['an unknown operator', { value: { a: [{ wildcard: '*' }] } }],
  ['two operators in a rule', { value: { a: [{ prefix: 'a', suffix: 'b' }] } }],
  ['a bare text for a field', { value: { a: 'b' } }],
  ['half a bound', { value: { a: [{ numeric: ['>'] }] } }],
] as const) {
  test(`a pattern with ${what} is refused with what is wanted`, () => {
    assert.throws(() => filters(pattern), UsageError)
  })
}
