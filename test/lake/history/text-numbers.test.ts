import assert from 'node:assert/strict'
import { test } from 'node:test'
import { numberReader } from '../../../lake/history/text-numbers.ts'

const read = (prices: readonly string[], volumes: readonly string[] = []) =>
  [...prices, ...volumes].map(numberReader({ prices: [prices], volumes: [volumes] }))

test('commas between thousands, signs of money and short forms are numbers', () => {
  assert.deepEqual(read(['$1,234.50', '$0.07', '12'], ['1,234,567', '52.39M', '1.5B', '10K', '1,234']), [
    ...['1234.50', '0.07', '12'],
    ...['1234567', '52390000', '1500000000', '10000', '1234'],
  ])
})

test('groups of two as in India are read, other groups are none', () => {
  assert.deepEqual(read(['12,34,567.50', '1,23,4.5']), ['1234567.50', '1,23,4.5'])
})

test('where one number has a decimal comma, points are between thousands', () => {
  assert.deepEqual(read(['1.234,50', '12,5', '1.234'], ['1.234.567']), ['1234.50', '12.5', '1234', '1234567'])
})

test('spaces and apostrophes between thousands mean nothing', () => {
  assert.deepEqual(read(["1'234.50", '1 234.50', '1\u00a0234.5']), ['1234.50', '1234.50', '1234.5'])
})

test('numbers that can be read two ways are refused; a volume is whole and can be read one way', () => {
  assert.throws(() => read(['1,234', '1,235']), /two ways, such as 1,234; write them without thousands separators/)
  assert.deepEqual(read(['10.5'], ['1,234']), ['10.5', '1234'])
  assert.deepEqual(read(['1,234', '1,234.75']), ['1234', '1234.75'])
})

test('plain numbers and what is none stay as they stand', () => {
  const cells = ['10.5', '-3', '1e-5', '', 'n/a', 'NaN', '0x1F', '1,23,4.5', 'x'.repeat(100)]

  assert.deepEqual(read(cells), cells)
})
