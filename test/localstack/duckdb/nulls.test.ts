/** Of a null a function makes null, as in Trino: DuckDB's own functions do not all do so. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FUNCTION_LIST } from '../../../lake/queries/athena-sql/function-list.ts'
import { lakeEngine } from '../../support/lake-engine.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'

/** Values of each type that is named in the list; edges among them, for they are where DuckDB's functions go ways of their own. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  boolean: ['true'],
  tinyint: ["TINYINT '2'"],
  smallint: ["SMALLINT '2'"],
  integer: ['2', '0'],
  bigint: ["BIGINT '2'", "BIGINT '0'"],
  double: ['1e0', 'nan()'],
  varchar: ["'a'", "''", "'1'", "'a=1'"],
  varbinary: ["X'00'", "X''"],
  date: ["DATE '2020-01-01'"],
  'timestamp(3)': ["TIMESTAMP '2020-01-01 00:00:00.000'"],
  'interval day to second': ["INTERVAL '1' DAY"],
  'interval year to month': ["INTERVAL '1' MONTH"],
  json: ["JSON '[1]'"],
}

/** By name, the arguments that may well be null. */
const TAKES_NULL: Readonly<Record<string, (at: number) => boolean>> = {
  repeat: (at) => at === 0,
  concat_ws: (at) => at > 0,
}

/** As the list writes it, a type for each of its letters. */
function plainType(type: string): string {
  return type
    .replace(/\b[NITOCV]\b/g, 'integer')
    .replace(/\bF\b/g, 'double')
    .replace(/\bK\b/g, 'varchar')
}

function aValue(type: string, turn: number): string {
  const array = /^array\((.*)\)$/.exec(type)?.[1]
  if (array) return turn % 2 === 1 ? `CAST(ARRAY[] AS ${type})` : `CAST(ARRAY[${aValue(array, turn)}] AS ${type})`
  const [, key, value] = /^map\((\w+), (.*)\)$/.exec(type) ?? []
  if (key && value) return `MAP(ARRAY[${aValue(key, 0)}], ARRAY[${aValue(value, 0)}])`
  const values = VALUES[type] ?? []
  return values[turn % values.length] ?? `CAST(NULL AS ${type})`
}

interface Call {
  readonly sql: string
  readonly name: string
  readonly at: number
}

function callsWithANull(line: string): readonly Call[] {
  const [, name = '', parameters = ''] = /^(\w+)\((.+?)\) [^=]+ = /.exec(line) ?? []
  if (!name) return []
  const types = parameters.split(/, (?![^(]*\))/).map((one) => plainType(one.replace('...', '')))
  return types.flatMap((type, at) =>
    [0, 1, 2].map((turn) => {
      const args = types.map((other, i) => (i === at ? `CAST(NULL AS ${type})` : aValue(other, turn + i * turn)))
      return { name, at, sql: `SELECT ${name}(${args.join(', ')})` }
    }),
  )
}

/** Their patterns are literals, so they are in no list of types. */
const OF_PATTERNS = [
  'regexp_like',
  'regexp_count',
  'regexp_extract',
  'regexp_extract_all',
  'regexp_replace',
  'regexp_split',
]

test('of a null a function makes null, whatever its other arguments are, or says what is wrong with those', async () => {
  const engine = lakeEngine(new MemoryObjectStore())
  const calls = [
    ...FUNCTION_LIST.split('\n').flatMap(callsWithANull),
    ...OF_PATTERNS.map((name) => ({ name, at: 0, sql: `SELECT ${name}(CAST(NULL AS varchar), 'a')` })),
  ]
  const asked = calls.filter(({ name, at }) => !TAKES_NULL[name]?.(at))
  let answered = 0
  for (const { sql } of asked) {
    const answer = await engine.run(sql).catch(() => undefined)
    if (!answer) continue
    answered += 1
    assert.equal(answer.rows[0]?.[0], null, sql)
  }
  assert.ok(answered > asked.length * 0.8, `${answered} of ${asked.length} were answered`)
})
