/** The table of attacks in docs/security.md: each test that it names is there, and says so. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

const [, table = ''] = /^## Attacks\n\n(.+?)\n\n/ms.exec(readFileSync('docs/security.md', 'utf8')) ?? []
const rows = table
  .split('\n')
  .slice(2)
  .map((line) => line.split(' | '))

/** As it stands in the file: a title is a text there, of whichever quotes. */
function hasTitle(path: string, title: string): boolean {
  const titles = /(?:^|\s)(?:test|describe)\(\s*(['"`])(.+?)\1|^ {2}name: (['"])(.+?)\3/gm
  return [...readFileSync(path, 'utf8').matchAll(titles)].some((match) => (match[2] ?? match[4]) === title)
}

test('the table of attacks says for each who can try it, what stops it, and which test shows it', () => {
  assert.ok(rows.length >= 12, `${rows.length} rows`)
  for (const row of rows) {
    assert.equal(row.length, 4, row.join(' | '))
    assert.ok(
      row.every((cell) => cell.replaceAll(/[|\s]/g, '') !== ''),
      row[0],
    )
  }
})

for (const [attack = '', , , shown = ''] of rows) {
  test(`what stops "${attack.replace('| ', '')}" is shown by the tests that are named`, () => {
    const named = [...shown.matchAll(/`(test\/[\w./-]+)` "([^"]+)"/g)]

    assert.equal(named.length, shown.split('`test/').length - 1, 'a title in quotes behind each file')
    assert.ok(named.length > 0)
    for (const [, path = '', title = ''] of named) assert.ok(hasTitle(path, title), `${path} has no test "${title}"`)
  })
}
