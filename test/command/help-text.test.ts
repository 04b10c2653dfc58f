import assert from 'node:assert/strict'
import { test } from 'node:test'
import { helpText } from '../../command/help-text.ts'

test('a description is folded under its own beginning', () => {
  assert.equal(
    helpText('Options\n  --out FILE   where the answer is written to', 31),
    ['Options', '  --out FILE   where the answer', '               is written to'].join('\n'),
  )
})

test('text is folded under its margin, and what fits stays as it is', () => {
  assert.equal(helpText('a b c\n  d e f g h', 8), ['a b c', '  d e f', '  g h'].join('\n'))
})

test('a word that is longer than a line is not broken', () => {
  assert.equal(helpText('  https://example.org/a/long/one', 10), 'https://example.org/a/long/one')
})

test('prose is filled again; a short line, such as a heading, ends it', () => {
  const prose = `${'word '.repeat(13)}end\nof a sentence.\nExit code: 0`

  assert.equal(helpText(prose), `${'word '.repeat(13)}end of a\nsentence.\nExit code: 0`)
})
