/** CAST and TRY_CAST, and the types that they name. */
import type { ParserRuleContext } from 'antlr4ng'
import { castTo, failure, tried } from './coercion.ts'
import { expression, rule } from './expressions.ts'
import { GRAMMAR as G } from './grammar.ts'
import { placeOf } from './parse.ts'
import { type Expression, notHere } from './scope.ts'
import { SqlError } from './sql-error.ts'
import { type SqlType, typeOf, VARCHAR } from './types.ts'

/** A text is cut; anything else that does not fit is an error. */
function shortened(sql: string, length: number, from: SqlType): string {
  if (from.kind === 'varchar' || from.kind === 'unknown') return `left(${sql}, ${length})`
  return `(CASE WHEN length(${sql}) > ${length} THEN ${failure(`A value is longer than varchar(${length})`, VARCHAR)} ELSE ${sql} END)`
}

rule(G.CastContext, (context, place) => {
  const value = expression(context.expression(), place)
  const to = typeAt(context.type())
  const length = /^varchar\((\d+)\)$/i.exec(context.type().getText())?.[1]
  const castOf = (from: Expression): Expression => {
    const cast = castTo(from, to, context)
    return length ? { ...cast, sql: shortened(cast.sql, Number(length), from.type) } : cast
  }
  if (!context.KW_TRY_CAST()) return castOf(value)
  if (value.name !== undefined || value.literal !== undefined) return tried(castOf(value), context)
  // TRY stands around the cast alone: what is cast may fail as ever.
  const made = tried(castOf({ ...value, sql: '_v' }), context)
  return { ...made, sql: `list_transform([${value.sql}], lambda _v: ${made.sql})[1]` }
})

function typeAt(context: ParserRuleContext): SqlType {
  const written = context.getText()
  const instead = { string: 'varchar', float: 'real' }[written.toLowerCase()]
  if (instead) throw new SqlError(`Athena casts to no ${written}; write ${instead}.`, placeOf(context))
  const type = typeOf(spaced(context))
  if (!type) throw notHere(`type ${written}`, context)
  return type
}

/** The text with one space between its words; `getText` puts none. */
function spaced(context: ParserRuleContext): string {
  const parts = (context.children ?? []).map((child) =>
    'children' in child ? spaced(child as ParserRuleContext) : child.getText(),
  )
  return parts
    .join(' ')
    .replace(/ ?([(),]) ?/g, (_, mark: string) => (mark === ',' ? ', ' : mark))
    .replace(/\)(?=\w)/g, ') ')
}
