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

const text = (name: string) => ({ name, type: 'varchar' })
const double = (name: string) => ({ name, type: 'double' })

test('nothing that a cell or a name holds is obeyed by a terminal', () => {
  const hostile = '\u001b[2Jgone\r\nAAPL  1\u009b31m\u202e'

  for (const expanded of [false, true]) {
    const table = answerText({ columns: [text(`a${hostile}`)], rows: [[hostile]] }, 'table', { expanded })

    assert.doesNotMatch(table.replaceAll('\n', ''), /[\p{Cc}\u202e]/u)
    assert.match(table, /\\u\{1b\}\[2Jgone\\u\{d\}\\u\{a\}AAPL/)
  }
})

test('a table of 200,000 rows is printed', () => {
  const rows = Array.from({ length: 200_000 }, (_, i) => [String(i)])

  assert.equal(answerText({ columns: [text('n')], rows }, 'table').split('\n').length, 200_002)
})

test('a table that is too wide loses digits first, then text', () => {
  const answer = { columns: [text('reason'), double('close')], rows: [['x'.repeat(100), '12.345678901234']] }

  const lines = answerText(answer, 'table', { width: 40 }).split('\n')

  assert.ok(
    lines.every((line) => line.length <= 40),
    lines.join('\n'),
  )
  assert.match(lines[2] ?? '', /^x+…\s+12\.3457$/)
})

test('a table that fits is printed whole, digits and all', () => {
  const answer = { columns: [double('close')], rows: [['12.345678901234']] }

  assert.match(answerText(answer, 'table', { width: 40 }), /12\.345678901234$/)
})

test('an expanded answer has a line for each cell', () => {
  const answer = { columns: [text('symbol'), double('close')], rows: [['AAPL', '1.5']] }

  assert.deepEqual(answerText(answer, 'table', { expanded: true }).split('\n').slice(1), [
    'symbol  AAPL',
    'close   1.5',
  ])
})

test('CSV quotes a bare carriage return, which ends a line for many readers', () => {
  assert.equal(answerText({ columns: [text('a')], rows: [['x\ry']] }, 'csv'), 'a\n"x\ry"')
})

test('CSV that is asked to be safe has no cell that a spreadsheet runs; numbers stay numbers', () => {
  const answer = {
    columns: [text('a'), double('b')],
    rows: [
      ['=HYPERLINK("x")', '-1.5'],
      ['@SUM(1)', '1'],
    ],
  }

  assert.equal(answerText(answer, 'csv', { safeCsv: true }), `a,b\n"'=HYPERLINK(""x"")",-1.5\n'@SUM(1),1`)
})
