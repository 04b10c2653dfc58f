/** Expressions of Athena's SQL as DuckDB's, each with its type. */
import type { ParserRuleContext } from 'antlr4ng'
import type * as Trino from 'dt-sql-parser/dist/lib/trino/TrinoSqlParser.js'
import { text } from '../sql-text.ts'
import type { Argument } from './arguments.ts'
import { call } from './calls.ts'
import { alike, coerced } from './coercion.ts'
import { GRAMMAR as G } from './grammar.ts'
import { concat, elementOf } from './list-functions.ts'
import { intervalLiteral, numberLiteral, textOf, typedLiteral } from './literals.ts'
import { arithmetic, comparison } from './operators.ts'
import { formOf, holdsQuery, nameOf, onlyOf, placeOf } from './parse.ts'
import type { Place } from './place.ts'
import { columnOf, type Expression, mayHoldNaN, noColumn, notHere } from './scope.ts'
import { SqlError } from './sql-error.ts'
import { atTimeZone } from './time-functions.ts'
import { partOf } from './time-parts.ts'
import {
  arrayOf,
  BIGINT,
  BOOLEAN,
  DATE,
  INTEGER,
  instantOf,
  isFloating,
  isInteger,
  isNumber,
  simple,
  timestampOf,
  typeText,
  UNKNOWN,
  VARCHAR,
} from './types.ts'

type Rule<C> = (context: C, place: Place) => Expression
type Kind<C extends ParserRuleContext> = abstract new (...args: never[]) => C
const RULES: (readonly [Kind<ParserRuleContext>, Rule<ParserRuleContext>])[] = []

/** Says how a form is translated. */
export function rule<C extends ParserRuleContext>(kind: Kind<C>, translate: Rule<C>): void {
  RULES.push([kind, translate as Rule<ParserRuleContext>])
}

/** The expression at this piece of the tree. A form without a rule is refused. */
export function expression(context: ParserRuleContext, place: Place): Expression {
  const found = RULES.find(([kind]) => context instanceof kind)
  if (!found) throw notHere(formOf(context), context)
  return found[1](context, place)
}

export function expressions(contexts: readonly ParserRuleContext[], place: Place): Expression[] {
  return contexts.map((context) => expression(context, place))
}

export function condition(context: ParserRuleContext, place: Place): string {
  const { sql, type } = expression(context, place)
  if (type.kind !== 'boolean' && type.kind !== 'unknown')
    throw new SqlError(`a condition is wanted; got ${typeText(type)}.`, placeOf(context))
  return sql
}

rule(G.ExpressionContext, (context, place) => expression(context.booleanExpression(), place))
rule(G.ParenthesizedExpressionContext, (context, place) => expression(context.expression(), place))
rule(G.ValueExpressionDefaultContext, (context, place) => expression(context.primaryExpression(), place))
rule(G.StringLiteralContext, (context) => {
  const literal = textOf(context.string())
  return { sql: text(literal), type: VARCHAR, literal }
})
rule(G.NumericLiteralContext, (context) => numberLiteral(context.number()))
rule(G.IntervalLiteralContext, (context) => intervalLiteral(context.interval()))
rule(G.TypeConstructorContext, (context) => typedLiteral(context))
rule(G.NullLiteralContext, () => ({ sql: 'NULL', type: UNKNOWN }))
rule(G.BooleanLiteralContext, (context) => ({ sql: context.getText().toLowerCase(), type: BOOLEAN }))
rule(G.BinaryLiteralContext, (context) => {
  const hex = context.getText().slice(2, -1).replaceAll(' ', '')
  if (hex.length % 2 === 1) throw new SqlError('bytes are written by two digits each.', placeOf(context))
  return { sql: `unhex('${hex}')`, type: simple('varbinary') }
})
rule(G.CurrentDateContext, () => ({ sql: "CAST(timezone('UTC', now()) AS DATE)", type: DATE }))
rule(G.CurrentTimestampContext, () => ({ sql: 'now()', type: instantOf(3, 'UTC') }))
rule(G.LocalTimestampContext, () => ({ sql: "timezone('UTC', now())", type: timestampOf(3) }))

rule(G.ColumnReferenceContext, (context, place) => {
  const parts = context.columnName().qualifiedName().identifier().map(nameOf)
  return column(parts, context, place)
})
rule(G.DereferenceContext, (context, place) => {
  const parts = namesOf(context)
  const column = parts && (columnOf(parts.slice(-2), place.scope, context) ?? undefined)
  if (column) return column
  const base = expressionOfBase(context, place)
  if (base.type.kind !== 'row') throw noColumn(context.getText(), place.scope, context)
  const name = nameOf(context.identifier())
  const at = base.type.fields.findIndex((field) => field.name?.toLowerCase() === name)
  const field = base.type.fields[at]
  if (!field) throw new SqlError(`the row has no field "${name}".`, placeOf(context))
  return { ...mayHoldNaN({ sql: `(${base.sql}).f${at}`, type: field.type }), ...(namesOf(context) ? { name } : {}) }
})

function expressionOfBase(context: Trino.DereferenceContext, place: Place): Expression {
  const base = context.primaryExpression()
  const parts = namesOf(base)
  if (parts && !columnOf(parts.slice(-2), place.scope, base)) throw noColumn(context.getText(), place.scope, context)
  return expression(base, place)
}

/** `a.b.c` as its names, where it is nothing else. */
function namesOf(context: ParserRuleContext): readonly string[] | undefined {
  if (context instanceof G.ColumnReferenceContext) return context.columnName().qualifiedName().identifier().map(nameOf)
  if (!(context instanceof G.DereferenceContext)) return undefined
  const base = namesOf(context.primaryExpression())
  return base && [...base, nameOf(context.identifier())]
}

export function column(parts: readonly string[], context: ParserRuleContext, place: Place): Expression {
  const plain = columnOf(parts.slice(-2), place.scope, context)
  if (plain) return plain
  if (parts.length >= 2) {
    const row = columnOf(parts.slice(0, -1), place.scope, context)
    if (row?.type.kind === 'row') {
      const at = row.type.fields.findIndex(({ name }) => name === parts.at(-1))
      const field = row.type.fields[at]
      if (field) return { ...mayHoldNaN({ sql: `(${row.sql}).f${at}`, type: field.type }), name: parts.at(-1) }
    }
  }
  throw noColumn(parts.join('.'), place.scope, context)
}

rule(G.LogicalNotContext, (context, place) => ({
  sql: `(NOT ${condition(context.booleanExpression(), place)})`,
  type: BOOLEAN,
}))
rule(G.AndContext, (context, place) => logical('AND', context.booleanExpression(), place))
rule(G.OrContext, (context, place) => logical('OR', context.booleanExpression(), place))

function logical(word: string, parts: readonly ParserRuleContext[], place: Place): Expression {
  return { sql: `(${parts.map((part) => condition(part, place)).join(` ${word} `)})`, type: BOOLEAN }
}

rule(G.ConcatenationContext, (context, place) => concat(expressions(context.valueExpression(), place), context))
rule(G.ArithmeticBinaryContext, (context, place) => {
  const [left, right] = expressions(context.valueExpression(), place)
  return arithmetic(context._operator?.text ?? '', left as Expression, right as Expression, context)
})
rule(G.ArithmeticUnaryContext, (context, place) => {
  const value = expression(context.valueExpression(), place)
  const { sql, type, literal } = value
  const sign = context._operator?.text ?? '-'
  // Trino has no + before a decimal or an interval.
  const isPlain = isInteger(type) || isFloating(type)
  if (!isPlain && (sign === '+' || !(isNumber(type) || type.kind.startsWith('interval'))))
    throw new SqlError(`${sign} takes a number; got ${typeText(type)}.`, placeOf(context))
  if (sign === '+') return value
  const negated = { sql: `(-${sql})`, type, mayBeNaN: value.mayBeNaN }
  return typeof literal === 'number' ? { ...negated, literal: -literal } : negated
})
rule(G.AtTimeZoneContext, (context, place) => {
  const zone = context.timeZoneSpecifier()
  if (!(zone instanceof G.TimeZoneStringContext)) throw notHere('AT TIME ZONE of an interval', context)
  const literal = textOf(zone.string())
  return atTimeZone(
    [expression(context.valueExpression(), place), { sql: text(literal), type: VARCHAR, literal }],
    context,
  )
})

rule(G.SimpleCaseContext, (context, place) => {
  const [operandAt] = context.expression()
  const operand = expression(operandAt as ParserRuleContext, place)
  const whens = context.whenClause().map((when) => {
    const [match, result] = when.expression()
    return {
      test: comparison('=', operand, expression(match as ParserRuleContext, place), when).sql,
      result: expression(result as ParserRuleContext, place),
    }
  })
  return cases(whens, context._elseExpression, context, place)
})
rule(G.SearchedCaseContext, (context, place) => {
  const whens = context.whenClause().map((when) => {
    const [test, result] = when.expression()
    return { test: condition(test as ParserRuleContext, place), result: expression(result as ParserRuleContext, place) }
  })
  return cases(whens, context._elseExpression, context, place)
})

function cases(
  whens: readonly { readonly test: string; readonly result: Expression }[],
  otherwise: ParserRuleContext | undefined,
  context: ParserRuleContext,
  place: Place,
): Expression {
  const results = [...whens.map(({ result }) => result), ...(otherwise ? [expression(otherwise, place)] : [])]
  const { type, sqls } = alike(results, context)
  const lines = whens.map(({ test }, i) => `WHEN ${test} THEN ${sqls[i]}`)
  const last = otherwise ? ` ELSE ${sqls.at(-1)}` : ''
  return { sql: `(CASE ${lines.join(' ')}${last} END)`, type, mayBeNaN: results.some(({ mayBeNaN }) => mayBeNaN) }
}

rule(G.CoalesceContext, (context, place) => call('coalesce', expressions(context.expression(), place), context))
rule(G.ArrayConstructorContext, (context, place) => {
  const { type, sqls } = alike(expressions(context.expression(), place), context)
  return { sql: sqls.length === 0 ? 'CAST([] AS INTEGER[])' : `[${sqls.join(', ')}]`, type: arrayOf(type) }
})
rule(G.RowConstructorContext, (context, place) => {
  const fields = expressions(context.expression(), place)
  const sql = `struct_pack(${fields.map((field, i) => `f${i} := ${field.sql}`).join(', ')})`
  return { sql, type: { kind: 'row', fields: fields.map(({ type }) => ({ name: undefined, type })) } }
})
rule(G.SubscriptContext, (context, place) =>
  elementOf(
    expression(context.primaryExpression(), place),
    expression(context.valueExpression(), place),
    false,
    context,
  ),
)
rule(G.ExtractContext, (context, place) => {
  const name = nameOf(context.identifier())
  const value = expression(context.valueExpression(), place)
  return name.startsWith('timezone_') ? call(name, [value], context) : partOf(name, value, context)
})
rule(G.PositionContext, (context, place) => {
  const [part, whole] = context.valueExpression().map((one) => coerced(expression(one, place), VARCHAR))
  return { sql: `instr(${whole}, ${part})`, type: BIGINT }
})
rule(G.SubstringContext, (context, place) => {
  const args = expressions(context.valueExpression(), place)
  return call('substr', args, context)
})
rule(G.TrimContext, (context, place) => {
  const source = expression(context._trimSource as ParserRuleContext, place)
  const side = context.trimsSpecification()?.getText().toLowerCase() ?? 'both'
  const name = { leading: 'ltrim', trailing: 'rtrim' }[side] ?? 'trim'
  return call(name, [source, ...(context._trimChar ? [expression(context._trimChar, place)] : [])], context)
})
rule(G.NormalizeContext, (context, place) => {
  const form = context.normalForm()?.getText().toUpperCase() ?? 'NFC'
  if (form !== 'NFC') throw notHere(`normalize to ${form}`, context)
  return call('normalize', [expression(context.valueExpression(), place)], context)
})
rule(G.GroupingOperationContext, (context, place) => {
  const names = context.qualifiedName()
  const alias = names.find((name) => place.aliases?.has(name.getText().toLowerCase()))
  if (alias)
    throw new SqlError(
      `in ORDER BY, grouping cannot be of "${alias.getText()}", a column of the answer.`,
      placeOf(alias),
    )
  const columns = names.map((name) => column(name.identifier().map(nameOf), name, place).sql)
  return { sql: `CAST(GROUPING(${columns.join(', ')}) AS INTEGER)`, type: INTEGER }
})

/** An argument: a value, or a lambda that learns its types later. */
export function argument(context: ParserRuleContext, place: Place): Argument {
  const lambda = onlyOf(context, G.LambdaContext)
  if (!lambda) return expression(context, place)
  if (holdsQuery(lambda)) throw new SqlError('a lambda holds no query, on Athena too.', placeOf(lambda))
  const names = lambda.identifier().map(nameOf)
  return {
    of(types) {
      const inner = names.map((name, i) => `l${place.queries.nextNumber()}_${name.replace(/\W/g, '')}_${i}`)
      const columns = names.map((name, i) => ({
        relation: undefined,
        name,
        expression: mayHoldNaN({ sql: inner[i] ?? '', type: types[i] ?? UNKNOWN }),
      }))
      const body = expression(lambda.expression(), { ...place, scope: { columns, parent: place.scope } })
      return { names: inner, body }
    },
  }
}
