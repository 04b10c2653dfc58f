import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answerFormatOf, answerText } from '../../command/answer-text.ts'
import { UsageError } from '../../lake/errors.ts'

const ANSWER = {
  columns: [
    { name: 'symbol', type: 'varchar' },
    { name: 'bars', type: 'bigint' },
    { name: 'ok', type: 'boolean' },
  ],
  rows: [
    ['AAPL', '3270', 'true'],
    ['a "b", c', null, 'false'],
    ['', '9007199254740993', null],
  ],
} as const

test('a table has numbers to the right and text to the left', () => {
  assert.equal(
    answerText(ANSWER, 'table'),
    [
      'symbol                bars  ok',
      '────────  ────────────────  ─────',
      'AAPL                  3270  true',
      'a "b", c                    false',
      '          9007199254740993',
    ].join('\n'),
  )
})

test('CSV quotes what needs it and tells null from empty text', () => {
  assert.equal(answerText(ANSWER, 'csv'), 'symbol,bars,ok\nAAPL,3270,true\n"a ""b"", c",,false\n"",9007199254740993,')
})

test('JSON has numbers where they are exact, and text where they would not be', () => {
  assert.deepEqual(JSON.parse(answerText(ANSWER, 'json')), [
    { symbol: 'AAPL', bars: 3270, ok: true },
    { symbol: 'a "b", c', bars: null, ok: false },
    { symbol: '', bars: '9007199254740993', ok: null },
  ])
})

test('a format that is none is a misuse', () => {
  assert.equal(answerFormatOf(undefined), 'table')
  assert.throws(() => answerFormatOf('xml'), new UsageError('--format takes table, csv or json; got "xml".'))
})
