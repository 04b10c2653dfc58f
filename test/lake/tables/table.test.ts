import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { athenaTypeOf, tablePartitionOf, tablePartitionPrefix } from '../../../lake/tables/table.ts'
import { BARS, BARS_LANDING, TABLES } from '../../../lake/tables/tables.ts'

test('an instant falls into the table partition of its UTC day or month', () => {
  const lateEvening = Date.UTC(2013, 2, 1, 23, 59)

  assert.equal(tablePartitionOf(BARS_LANDING, lateEvening), '2013-03-01')
  assert.equal(tablePartitionOf(BARS, lateEvening), '2013-03')
  assert.equal(tablePartitionPrefix(BARS, '2013-03'), 'bars/month=2013-03/')
})

for (const table of TABLES) {
  describe(`the table ${table.name}`, () => {
    test('names each column once, in the lower case that Glue wants, with a doc', () => {
      const names = table.columns.map(({ name }) => name)

      assert.equal(new Set(names).size, names.length)
      for (const { name, doc } of table.columns) assert.ok(/^[a-z][a-z0-9_]*$/.test(name) && doc.length > 5, name)
      assert.ok(!names.includes(table.partitionKey.name))
    })

    test('is sorted by columns that it has, and every column has an Athena type', () => {
      const names = new Set(table.columns.map(({ name }) => name))

      for (const name of table.sortedBy) assert.ok(names.has(name))
      for (const column of table.columns) assert.match(athenaTypeOf(column), /^[a-z]+$/)
    })
  })
}
