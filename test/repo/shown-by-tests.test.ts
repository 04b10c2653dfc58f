/** Tables of the docs that name tests as their proof: each test is there, in its own words. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'

interface ProvenTable {
  readonly page: string
  /** The heading that it stands below. */
  readonly heading: string
  readonly columns: number
  readonly atLeast: number
}

const TABLES: readonly ProvenTable[] = [
  { page: 'docs/security.md', heading: 'Attacks', columns: 4, atLeast: 12 },
  { page: 'docs/deploy.md', heading: 'What AWS enforces', columns: 3, atLeast: 20 },
]

/** The cells of the first table below a heading. */
function rowsOf({ page, heading }: ProvenTable): readonly (readonly string[])[] {
  const [, below = ''] = readFileSync(page, 'utf8').split(`\n## ${heading}\n`)
  const [table = ''] = /^\|.+?(?=\n\n)/ms.exec(below) ?? []
  return table
    .split('\n')
    .slice(2)
    .map((line) => line.slice(2, -2).split(' | '))
}

for (const table of TABLES) {
  describe(`${table.page}, "${table.heading}"`, () => {
    const rows = rowsOf(table)

    test('has its rows, and no cell of them is empty', () => {
      assert.ok(rows.length >= table.atLeast, `${rows.length} rows`)
      for (const row of rows) {
        assert.equal(row.length, table.columns, row.join(' | '))
        assert.ok(
          row.every((cell) => cell.trim() !== ''),
          row[0],
        )
      }
    })

    for (const row of rows) {
      test(`shows "${row[0]}" by tests that are there`, () => {
        const shown = row.at(-1) ?? ''
        const named = [...shown.matchAll(/`(test\/[\w./-]+)` "([^"]+)"/g)]

        assert.equal(named.length, shown.split('`test/').length - 1, 'a test’s own words in quotes behind each file')
        assert.ok(named.length > 0)
        for (const [, path = '', words = ''] of named) {
          assert.ok(readFileSync(path, 'utf8').includes(words), `${path} does not say "${words}"`)
        }
      })
    }
  })
}
