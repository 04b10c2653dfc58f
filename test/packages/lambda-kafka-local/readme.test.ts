/** The table "AWS and this package" of the package's page: each row says how it compares, and where that was seen. */
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { test } from 'node:test'

const page = readFileSync('packages/lambda-kafka-local/README.md', 'utf8')
const [, table = ''] = /\n## AWS and this package\n.+?\n\n(\|.+?)\n\n/s.exec(page) ?? []
const rows = table
  .split('\n')
  .slice(2)
  .map((line) => line.slice(2, -2).split(' | '))
const files = new Set(
  globSync(['test/packages/**/*.test.ts', 'test/e2e/mapping-*.test.ts', 'packages/lambda-kafka-local/src/**/*.ts']).map(
    (path) => basename(path),
  ),
)

test('the table is there, with three columns in every row', () => {
  assert.ok(rows.length > 25, `${rows.length} rows`)
  for (const row of rows) assert.equal(row.length, 3, row.join(' | '))
})

test('every row says same, differs or unknown, and names a test or a file that is there', () => {
  for (const [aws, , how = ''] of rows) {
    assert.match(how, /\b(same|differs|unknown)\b/, aws)
    const [, name = ''] = /`([\w.-]+\.ts)`/.exec(how) ?? []
    assert.ok(files.has(name), `${aws}: "${name}" is no test of the package`)
  }
})
