import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { dayOrderOf, isoOfText } from '../../../lake/history/text-dates.ts'

for (const [text, iso] of [
  ['2013-03-01', '2013-03-01'],
  ['2013/03/01', '2013-03-01'],
  ['2013.3.1', '2013-03-01'],
  ['20130301', '2013-03-01'],
  ['20130301 093000', '2013-03-01T09:30:00'],
  ['20130301  09:30:00', '2013-03-01T09:30:00'],
  ['01.03.2013', '2013-03-01'],
  ['1.3.13', '2013-03-01'],
  ['01.03.2013 00:00:00.000 GMT+0100', '2013-03-01T00:00:00.000+0100'],
  ['Mar 01, 2013', '2013-03-01'],
  ['March 1, 2013', '2013-03-01'],
  ['Fri, Mar 1, 2013', '2013-03-01'],
  ['1 March 2013', '2013-03-01'],
  ['1-Mar-13', '2013-03-01'],
  ['01-MAR-1999', '1999-03-01'],
  ['1-Mar-99', '1999-03-01'],
  ['Mar 01, 2013 4:00 PM', '2013-03-01T16:00:00'],
  ['2013-03-01 00:00:00-05:00', '2013-03-01 00:00:00-05:00'],
  ['2013/03/01 12:00 AM', '2013-03-01T00:00:00'],
  ['2013-03-01 09:30:00 UTC', '2013-03-01T09:30:00Z'],
] as const) {
  test(`${text} is ${iso}`, () => assert.equal(isoOfText(text), iso))
}

test('slashes are read as the order of the column says', () => {
  assert.equal(isoOfText('3/4/2013', 'month-first'), '2013-03-04')
  assert.equal(isoOfText('3/4/2013', 'day-first'), '2013-04-03')
  assert.equal(isoOfText('3/4/2013 9:30', 'month-first'), '2013-03-04T09:30:00')
  assert.equal(isoOfText('3/4/2013'), undefined)
})

for (const text of [
  '',
  'today',
  '2013-02-30',
  '31/02/2013',
  'Foo 01, 2013',
  '2013-03-01 25:00',
  '2013-03-01 09:30 EST',
]) {
  test(`${JSON.stringify(text)} is no date that can be told`, () =>
    assert.equal(isoOfText(text, 'day-first'), undefined))
}

test('a part above twelve tells the order; a column that leaves it open is refused, one that contradicts itself is left', () => {
  assert.equal(dayOrderOf(['01/02/2013', '01/31/2013']), 'month-first')
  assert.equal(dayOrderOf(['01/02/2013', '31/01/2013']), 'day-first')
  assert.equal(dayOrderOf(['2013-03-01', '2013/03/04', null]), undefined)
  assert.equal(dayOrderOf(['31/01/2013', '01/31/2013']), undefined)
  assert.throws(
    () => dayOrderOf(['01/02/2013', '03/02/2013']),
    /two ways, such as 01\/02\/2013; write them as 2013-03-04/,
  )
})

test('any day written in any of these ways is read as that day', () => {
  const days = fc.date({
    min: new Date('1970-01-01T00:00:00Z'),
    max: new Date('2068-12-31T00:00:00Z'),
    noInvalidDate: true,
  })
  fc.assert(
    fc.property(days, (at) => {
      const iso = at.toISOString().slice(0, 10)
      const [year = '', month = '', day = ''] = iso.split('-')
      const name = at.toLocaleString('en-US', { month: 'short', timeZone: 'UTC' })

      for (const text of [
        `${year}/${month}/${day}`,
        `${day}.${month}.${year}`,
        `${name} ${day}, ${year}`,
        `${day}-${name}-${year.slice(2)}`,
      ])
        assert.equal(isoOfText(text), iso, text)
      assert.equal(isoOfText(`${month}/${day}/${year}`, 'month-first'), iso)
      assert.equal(isoOfText(`${Number(day)}/${Number(month)}/${year}`, 'day-first'), iso)
    }),
  )
})
