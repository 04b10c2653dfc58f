import assert from 'node:assert/strict'
import { test } from 'node:test'
import { trinoCells } from '../../../localstack/trino/trino-query-engine.ts'

const cells: readonly (readonly [type: string, cell: unknown, printed: string | null])[] = [
  ['varchar(3)', 'abc', 'abc'],
  ['integer', null, null],
  ['bigint', 5, '5'],
  ['bigint', '9223372036854775807', '9223372036854775807'],
  ['double', 2, '2.0'],
  ['double', 1e10, '1.0E10'],
  ['double', 'NaN', 'NaN'],
  ['boolean', true, 'true'],
  ['timestamp', '2013-03-01 00:00:00.000', '2013-03-01 00:00:00.000'],
  ['varbinary', 'bm8=', '6e 6f'],
  ['array(double)', [1, null], '[1.0, null]'],
  ['map(varchar(1), bigint)', { a: 1 }, '{a=1}'],
  ['row(x integer, y array(varchar))', [1, ['a']], '{x=1, y=[a]}'],
]

for (const [type, cell, printed] of cells) {
  test(`${JSON.stringify(cell)} of type ${type} is printed as Athena does: ${printed}`, () => {
    assert.equal(trinoCells(type)(cell), printed)
  })
}
