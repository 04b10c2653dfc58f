import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { type ReadOptions, readStatement } from '../../../../lake/queries/athena-sql/translate.ts'
import { relationsOf } from '../../../../lake/queries/relations.ts'

const RELATIONS: ReadOptions = {
  relations: relationsOf([]),
  database: 'tickerlake',
  kept: { view: (_name, make) => make() },
}

function sentenceOf(sql: string): string {
  try {
    readStatement(sql, RELATIONS)
    return 'answered'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

describe('a function that is not here', () => {
  test('is said to be Athena’s where it is, and by what Athena has instead where it is another engine’s', () => {
    assert.match(sentenceOf('SELECT crc32(1)'), /the local engine has no function crc32; Athena has/)
    assert.match(sentenceOf('SELECT ST_Boundary(1)'), /Athena has/)
    assert.match(sentenceOf('SELECT nvl(1, 2)'), /Athena has no function nvl; coalesce\(a, b\) does it/)
    assert.match(sentenceOf('SELECT date_dif(1)'), /no function date_dif is known here. Did you mean "date_diff"/)
    assert.match(sentenceOf('SELECT frobnicate(1)'), /no function frobnicate is known here. If Athena has it, "npm run/)
  })

  test('is never called unknown where Trino’s documentation has it', () => {
    const chapters = readFileSync('test/trino/corpus/functions.txt', 'utf8').trim().split('\n')
    // `position(part IN text)` is a form of its own, no call.
    const names = chapters
      .flatMap((line) => line.split(': ')[1]?.split(' ') ?? [])
      .filter((name) => name !== 'position')

    const unknown = names.filter((name) => /known here|Athena has no/.test(sentenceOf(`SELECT ${name}(1)`)))

    assert.ok(names.length > 300)
    assert.deepEqual(unknown, [])
  })
})

describe('a regular expression', () => {
  test('is refused by every function that takes one where Java reads it otherwise', () => {
    for (const name of ['regexp_like', 'regexp_count', 'regexp_extract', 'regexp_extract_all', 'regexp_split'])
      for (const pattern of ['[a-c&&[b]]', '(?=a)b'])
        assert.match(
          sentenceOf(`SELECT ${name}('abc', '${pattern}')`),
          /the local engine has no regular expression/,
          name,
        )
  })
})

describe('an aggregate', () => {
  test('is refused where rows are not grouped yet', () => {
    for (const [clause, sql] of [
      ['WHERE', 'SELECT symbol FROM bars WHERE close = max(close)'],
      ['GROUP BY', 'SELECT 1 FROM bars GROUP BY max(close)'],
      ['ON', 'SELECT 1 FROM bars AS a JOIN bars AS b ON a.close = max(b.close)'],
    ] as const)
      assert.match(sentenceOf(sql), new RegExp(`^Line 1, column \\d+: ${clause} is read before rows are grouped`))
    assert.equal(sentenceOf('SELECT 1 FROM bars WHERE close = (SELECT max(close) FROM bars)'), 'answered')
  })
})

describe('an order', () => {
  test('has ties by what is listed, and says what else it would take', () => {
    const ties = (sql: string): string =>
      sentenceOf(`SELECT x FROM (VALUES 1, 2) AS t (x) ${sql} FETCH FIRST ROW WITH TIES`)

    assert.equal(ties('ORDER BY x'), 'answered')
    assert.equal(ties('ORDER BY 1 DESC'), 'answered')
    assert.match(ties(''), /WITH TIES takes an ORDER BY/)
    assert.match(ties('ORDER BY x + 1'), /WITH TIES by what the SELECT does not list; Athena has/)
    assert.match(ties('ORDER BY x OFFSET 1'), /WITH TIES behind an OFFSET; Athena has/)
  })

  test('of an array is by a lambda that gives integers', () => {
    const sorted = (body: string): string => sentenceOf(`SELECT array_sort(ARRAY[2, 1], (a, b) -> ${body})`)

    assert.equal(sorted('IF(a < b, -1, IF(a = b, 0, 1))'), 'answered')
    assert.match(sorted('CAST(a - b AS bigint)'), /compares by an integer, -1, 0 or 1; got bigint/)
  })
})
