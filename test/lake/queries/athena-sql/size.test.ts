import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parseStatement } from '../../../../lake/queries/athena-sql/parse.ts'
import { SqlError } from '../../../../lake/queries/athena-sql/sql-error.ts'

const nested = (open: string, close: string, depth: number) => `SELECT ${open.repeat(depth)}1${close.repeat(depth)}`

describe('a statement that would take minutes to parse is refused at once', { timeout: 60_000 }, () => {
  for (const [open, close] of [
    ['(', ')'],
    ['abs(', ')'],
    ['ARRAY[', ']'],
    ['CASE WHEN true THEN ', ' END'],
  ] as const) {
    test(`${open}${close} five thousand times`, () => {
      assert.throws(
        () => parseStatement(nested(open, close, 5_000)),
        (error: Error) => {
          assert.ok(error instanceof SqlError)
          assert.match(
            error.message,
            /Line 1, column \d+: more than (?:64 parentheses, brackets or CASEs|16 parentheses)/,
          )
          return true
        },
      )
    })
  }

  for (const sign of ['- ', '+ ', 'NOT ']) {
    test(`${sign}five thousand times`, () => {
      assert.throws(
        () => parseStatement(`SELECT ${sign.repeat(5_000)}true`),
        /more than 64 signs or NOTs stand in a row/,
      )
    })
  }

  for (const begin of [
    'SELECT (SELECT ',
    'SELECT (SELECT 1, ',
    'SELECT (SELECT a FROM bars WHERE ',
    'SELECT (VALUES ',
    '((',
  ]) {
    test(`${begin}with thirty parentheses more`, () => {
      assert.throws(
        () => parseStatement(`${begin}${'(SELECT '.repeat(15)}${'('.repeat(15)}1`),
        /more than (?:8|16) parenth/,
      )
    })
  }

  test('that is longer than Athena takes', () => {
    assert.throws(() => parseStatement(`SELECT '${'x'.repeat(262_144)}'`), /Athena takes 262144/)
  })
})

test('what people write in each other is parsed', () => {
  assert.ok(parseStatement(nested('(', ')', 10)))
  assert.ok(parseStatement(`SELECT ${'(SELECT '.repeat(4)}abs(abs(abs((1))))${')'.repeat(4)}`))
  assert.ok(parseStatement(`SELECT * FROM ${'(SELECT * FROM '.repeat(15)}bars${')'.repeat(15)}`))
  assert.ok(parseStatement(nested('CASE WHEN true THEN ', ' END', 10)))
})
