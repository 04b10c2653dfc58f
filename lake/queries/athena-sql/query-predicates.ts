/** IN, ANY and ALL of a query. */
import type { ParserRuleContext } from 'antlr4ng'
import type * as Trino from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js'
import { alike, anyNull, failure } from './coercion.ts'
import { answerable } from './correlation.ts'
import { comparison } from './operators.ts'
import { placeOf } from './parse.ts'
import type { Place } from './place.ts'
import { type Expression, notHere, quoted } from './scope.ts'
import { SqlError } from './sql-error.ts'
import { isComparable, isFloating, isNumber, type RowField, type SqlType, typeText } from './types.ts'

/** `value IN (SELECT …)`. */
export function inQuery(value: Expression, query: ParserRuleContext, place: Place): string {
  if (value.type.kind === 'row') return rowInQuery(value, value.type.fields, query, place)
  return `(${value.sql} IN (${comparable(value, query, place)}))`
}

/** `value = ANY (SELECT …)` and its like. */
export function quantified(value: Expression, context: Trino.QuantifiedComparisonContext, place: Place): string {
  const quantifier = context.comparisonQuantifier().getText().toUpperCase() === 'ALL' ? 'ALL' : 'ANY'
  const operator = context.comparisonOperator().getText()
  // Athena compares by the least and the greatest of the query, and so finds a null unequal to two different values.
  if (value.literal === undefined && (quantifier === 'ALL' ? operator === '=' : /^(<>|!=)$/.test(operator)))
    throw notHere(`${operator} ${quantifier} of what may be null`, context)
  return `(${value.sql} ${operator} ${quantifier} (${comparable(value, context.query(), place)}))`
}

type RowType = Extract<SqlType, { readonly kind: 'row' }>

/** `(a, b) IN (SELECT c, d …)`. A row that holds a null is refused where it is met: Athena finds it in no query. */
function rowInQuery(value: Expression, fields: readonly RowField[], query: ParserRuleContext, place: Place): string {
  const { sql, columns } = answerable(place.queries.query(query, place.scope), 'set', query)
  if (columns.length !== fields.length)
    throw new SqlError(`the query must have ${fields.length} columns here.`, placeOf(query))
  const inner = `r${place.queries.nextNumber()}`
  const pairs = columns.map(({ inner: name, type }, i) =>
    alike(
      [
        { sql: `(${value.sql}).f${i}`, type: fields[i]?.type ?? type },
        { sql: `${inner}.${quoted(name)}`, type },
      ],
      query,
    ),
  )
  const row: RowType = { kind: 'row', fields: pairs.map(({ type }) => ({ name: undefined, type })) }
  if (!isComparable(row) || pairs.some(({ type }) => ['array', 'row'].includes(type.kind)))
    throw notHere(`IN of a ${typeText(row)} and a query`, query)
  const [wanted, found] = [0, 1].map((side) =>
    wholeRow(
      pairs.map(({ sqls }) => sqls[side] ?? ''),
      row,
    ),
  )
  return `(${wanted} IN (SELECT ${found} FROM (${sql}) AS ${inner}))`
}

function wholeRow(sqls: readonly string[], row: RowType): string {
  const refused = failure(
    'The local engine has no comparison of arrays or rows that hold nulls or NaN; Athena has',
    row,
  )
  const floats = sqls.filter((_, i) => row.fields[i] && isFloating(row.fields[i].type))
  const isOdd = [anyNull(sqls), ...floats.map((sql) => `isnan(${sql})`)].join(' OR ')
  const packed = `struct_pack(${sqls.map((sql, i) => `f${i} := ${sql}`).join(', ')})`
  return `CASE WHEN ${isOdd} THEN ${refused} ELSE ${packed} END`
}

/** A query of one column whose type goes with the value's. */
function comparable(value: Expression, query: ParserRuleContext, place: Place): string {
  const { sql, columns } = answerable(place.queries.query(query, place.scope), 'set', query)
  const [column, ...more] = columns
  if (!column || more.length > 0) throw new SqlError('the query must have one column here.', placeOf(query))
  comparison('=', value, { sql: '', type: column.type }, query)
  if (value.mayBeNaN && column.mayBeNaN) throw notHere('IN of what may be NaN on both sides', query)
  if (value.type.kind === 'array' || value.type.kind === 'row')
    throw notHere(`IN of a ${value.type.kind} and a query`, query)
  if (['timestamp', 'unknown', column.type.kind].includes(value.type.kind) || isNumber(value.type)) return sql
  throw notHere(`IN of a ${typeText(value.type)} and a query of ${typeText(column.type)}`, query)
}
