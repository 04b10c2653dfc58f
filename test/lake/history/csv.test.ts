import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { decodeCsv, parseCsv } from '../../../lake/history/csv.ts'

test('a quoted field may hold commas, quotes and line ends', () => {
  assert.deepEqual(parseCsv('a,"b, ""c""\r\nd",e\r\n'), [['a', 'b, "c"\r\nd', 'e']])
})

test('line ends of any system, a byte-order mark and empty lines are no fields', () => {
  assert.deepEqual(parseCsv('\uFEFFa,b\n\n1,2\r3,\r\n'), [
    ['a', 'b'],
    ['1', '2'],
    ['3', ''],
  ])
})

test('the last line needs no end, even where its last field is empty', () => {
  assert.deepEqual(parseCsv('a,b\n1,'), [
    ['a', 'b'],
    ['1', ''],
  ])
})

test('text around quotes stands as it is', () => {
  assert.deepEqual(parseCsv('5" pipe,"x"y\n'), [['5" pipe', 'xy']])
})

test('a quote that is never closed is refused', () => {
  assert.throws(() => parseCsv('a,b\n1,"2\n3,4\n'), /never closed/)
})

test('what is written after RFC 4180 is read back', () => {
  const quote = (field: string): string => `"${field.replaceAll('"', '""')}"`
  const records = fc.array(
    fc.array(fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' ') }), { minLength: 2 }),
  )

  fc.assert(
    fc.property(records, (rows) => {
      const text = rows.map((row) => `${row.map(quote).join(',')}\r\n`).join('')

      assert.deepEqual(parseCsv(text), rows)
    }),
  )
})

test('the text of a file is found in the encodings that spreadsheets write', () => {
  const text = 'Date,Name\n2013-03-01,Nestlé\n'
  const littleEndian = Buffer.from(`\uFEFF${text}`, 'utf16le')
  const encodings = [Buffer.from(text), Buffer.from(`\uFEFF${text}`), littleEndian, Buffer.from(littleEndian).swap16()]

  for (const bytes of [...encodings, Buffer.from(text, 'latin1')]) assert.equal(decodeCsv(bytes), text)
})
