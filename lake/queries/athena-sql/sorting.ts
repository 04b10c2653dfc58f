/** ORDER BY. */

import type { ParserRuleContext } from 'antlr4ng'
import type * as Trino from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js'
import { column, expression } from './expressions.ts'
import { nameOf, partsOf, placeOf } from './parse.ts'
import type { Output, Place } from './place.ts'
import { type Expression, notHere, quoted } from './scope.ts'
import { SqlError } from './sql-error.ts'
import { isComparable, typeText } from './types.ts'

/** The items; of a query, a name or number of its answer stands for that column. Nulls are last unless it is said. */
export function sortSql(items: readonly Trino.SortItemContext[], place: Place, outputs?: readonly Output[]): string {
  return items.map((item) => `${sortingKey(item, place, outputs)} ${direction(item)}`).join(', ')
}

/** Where nulls are first, NaN is less than any number, else more. */
function sortingKey(item: Trino.SortItemContext, place: Place, outputs: readonly Output[] | undefined): string {
  const at = outputs && outputKey(item, outputs)
  const output = at === undefined ? undefined : outputs?.[Number(at) - 1]
  const key = output ? { ...output, sql: quoted(output.inner) } : keyExpression(item, place)
  const isFirst = item._nullOrdering?.text?.toUpperCase() === 'FIRST'
  if (!key.mayBeNaN || !isFirst) return at ?? key.sql
  const [early, late] = item._ordering?.text?.toUpperCase() === 'DESC' ? [2, 1] : [1, 2]
  return `CASE WHEN ${key.sql} IS NULL THEN 0 WHEN isnan(${key.sql}) THEN ${early} ELSE ${late} END, ${at ?? key.sql}`
}

function direction(item: Trino.SortItemContext): string {
  const order = item._ordering?.text?.toUpperCase() ?? 'ASC'
  return `${order} NULLS ${item._nullOrdering?.text?.toUpperCase() ?? 'LAST'}`
}

function keySql(item: Trino.SortItemContext, place: Place, outputs: readonly Output[] | undefined): string {
  return (outputs && outputKey(item, outputs)) ?? keyExpression(item, place).sql
}

/** The number of the answer's column that an item stands for, by its name or number. */
function outputKey(item: Trino.SortItemContext, outputs: readonly Output[]): string | undefined {
  const key: ParserRuleContext = item.expression() ?? item.columnRef() ?? item
  const written = key.getText()
  if (/^-?\d+$/.test(written)) return ordinal(Number(written), outputs, item)
  const name = nameOf(key)
  const at = outputs.findIndex((output) => output.name === name)
  if (at >= 0 && outputs.findLastIndex((output) => output.name === name) > at)
    throw new SqlError(`the column "${name}" is ambiguous: the answer has two of the name.`, placeOf(item))
  return at >= 0 ? String(at + 1) : undefined
}

/** The items by names of columns of the answer, for whoever sorts it from outside. */
export function sortOfAnswer(items: readonly Trino.SortItemContext[], outputs: readonly Output[]): string {
  const keys = items.map((item) => {
    const column = outputs[Number(outputKey(item, outputs)) - 1]
    if (!column) throw notHere('FETCH FIRST … WITH TIES by what the SELECT does not list', item)
    return `${quoted(column.inner)} ${direction(item)}`
  })
  return keys.join(', ')
}

export function ordinal(number: number, outputs: readonly unknown[], context: ParserRuleContext): string {
  if (number >= 1 && number <= outputs.length) return String(number)
  throw new SqlError(`there is no column ${number}; there are ${outputs.length}.`, placeOf(context))
}

function keyExpression(item: Trino.SortItemContext, place: Place): Expression {
  const at = item.expression()
  if (at) {
    const key = expression(at, place)
    if (!isComparable(key.type)) throw notHere(`ORDER BY ${typeText(key.type)}`, item)
    return key.literal === undefined ? key : { ...key, sql: `(${key.sql} || '')` }
  }
  const named = item.columnRef()
  if (!named) throw notHere('ORDER BY of this form', item)
  // Some rules of the grammar have a column where others have an expression.
  return column(partsOf(named), named, place)
}

/** Rows that DISTINCT has merged have no order but by what they show, on Athena too. */
export function checkSortOfDistinct(
  items: readonly Trino.SortItemContext[],
  place: Place,
  outputs: readonly Output[],
  cells: readonly string[],
): void {
  for (const item of items) {
    const key = keySql(item, place, outputs)
    if (/^\d+$/.test(key) || (cells.includes(key) && !key.includes(' OVER '))) continue
    throw new SqlError('of SELECT DISTINCT, ORDER BY takes what the SELECT lists, as it stands there.', placeOf(item))
  }
}
