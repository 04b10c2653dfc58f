/** `format('%s has %,d', …)`: Java's directives, as far as their text is the same here. */
import type { ParserRuleContext } from 'antlr4ng'
import { text } from '../sql-text.ts'
import { type Call, plain } from './arguments.ts'
import { castToText, failure } from './coercion.ts'
import { placeOf } from './parse.ts'
import { type Expression, notHere } from './scope.ts'
import { SqlError } from './sql-error.ts'
import { isFloating, isInteger, type SqlType, typeText, VARCHAR } from './types.ts'

interface Directive {
  readonly whole: string
  readonly flags: string
  readonly width: number
  readonly digits: number | undefined
  readonly letter: string
}

const DIRECTIVE = /%([-+0,]*)(\d*)(?:\.(\d+))?([sdfxXob])/

function directiveOf(whole: string): Directive {
  const [, flags = '', width = '', digits, letter = ''] = DIRECTIVE.exec(whole) ?? []
  return { whole, flags, width: Number(width), digits: digits === undefined ? undefined : Number(digits), letter }
}

export const format: Call = ([pattern, ...args], context) => {
  const literal = plain(pattern, context).literal
  if (args.length === 0) throw new SqlError('format takes a text and at least one value.', placeOf(context))
  if (typeof literal !== 'string') throw notHere('format of this form', context)
  const pieces = literal.split(/(%%|%[-+0,]*\d*(?:\.\d+)?[sdfxXob])/)
  const wanted = pieces.filter((_, i) => i % 2 === 1).filter((piece) => piece !== '%%')
  if (pieces.some((piece, i) => i % 2 === 0 && piece.includes('%'))) throw notHere('format of this form', context)
  if (wanted.length !== args.length) throw notHere('format of so many arguments', context)
  const values = wanted.map((one, i) => formatted(directiveOf(one), plain(args[i], context), context))
  let at = 0
  const texts = pieces.map((piece, i) => {
    if (i % 2 === 0) return text(piece)
    return piece === '%%' ? "'%'" : (values[at++] ?? '')
  })
  return { sql: `(${texts.join(' || ')})`, type: VARCHAR }
}

function formatted(directive: Directive, arg: Expression, context: ParserRuleContext): string {
  const made = plainText(directive, arg, context)
  if (made === undefined) throw notHere(`format ${directive.whole} of ${typeText(arg.type)}`, context)
  return padded(`coalesce(${made}, ${text(nullText(directive))})`, directive)
}

/** Java cuts the word as it cuts any text: `%.2f` of null is `nu`. */
function nullText({ letter, digits }: Directive): string {
  return letter === 'b' ? 'false' : 'null'.slice(0, digits)
}

/** At least so wide; DuckDB's own padding cuts what is wider. */
function padded(sql: string, { flags, width }: Directive): string {
  if (width === 0) return sql
  const side = flags.includes('-') ? 'rpad' : 'lpad'
  return `(CASE WHEN length(${sql}) < ${width} THEN ${side}(${sql}, ${width}, ' ') ELSE ${sql} END)`
}

function plainText(directive: Directive, arg: Expression, context: ParserRuleContext): string | undefined {
  const { letter, digits } = directive
  if (letter === 's') return cut(asText(arg, context), digits)
  if (letter === 'f') return asDecimal(directive, arg, context)
  if (digits !== undefined) return undefined
  if (letter === 'd') return asInteger(directive, arg)
  if (letter === 'b') return arg.type.kind === 'boolean' ? `CAST(${arg.sql} AS VARCHAR)` : undefined
  return asBits(directive, arg)
}

function cut(sql: string | undefined, digits: number | undefined): string | undefined {
  return sql === undefined || digits === undefined ? sql : `left(${sql}, ${digits})`
}

function asText(arg: Expression, context: ParserRuleContext): string | undefined {
  const { kind } = arg.type
  if (kind === 'varchar') return arg.sql
  return ['boolean', 'date', 'decimal'].includes(kind) || isInteger(arg.type) ? castToText(arg, context) : undefined
}

function asInteger({ flags, width }: Directive, { sql, type }: Expression): string | undefined {
  if (!isInteger(type)) return undefined
  const number = `CAST(${sql} AS BIGINT)`
  if (flags === '' || flags === '-') return `CAST(${number} AS VARCHAR)`
  if (flags === ',') return `format('{:,}', ${number})`
  if (flags === '+') return `(CASE WHEN ${number} >= 0 THEN '+' ELSE '' END || CAST(${number} AS VARCHAR))`
  return flags === '0' ? `printf('%0${width}d', ${number})` : undefined
}

/** Java shows a number below zero by as many bits as its type has. */
function asBits({ flags, letter }: Directive, { sql, type }: Expression): string | undefined {
  if (!isInteger(type) || !['', '-'].includes(flags)) return undefined
  const refused = failure(`The local engine has no format %${letter} of numbers below 0; Athena has`, VARCHAR)
  return `(CASE WHEN ${sql} < 0 THEN ${refused} ELSE printf('%${letter}', CAST(${sql} AS BIGINT)) END)`
}

const MOST_DIGITS = 9

function asDecimal({ flags, digits = 6 }: Directive, { sql, type }: Expression, context: ParserRuleContext) {
  if (!(isFloating(type) || type.kind === 'decimal') || !['', '-', ','].includes(flags)) return undefined
  if (digits > MOST_DIGITS) throw notHere('format of so many digits', context)
  // By the shortest digits of a floating number, as Java reads it.
  const exact = type.kind === 'decimal' ? `abs(${sql})` : `CAST(abs(CAST(${sql} AS DOUBLE)) AS VARCHAR)`
  const rounded = `CAST(CAST(${exact} AS DECIMAL(38, ${digits})) AS VARCHAR)`
  const shown = `(${signOf(sql, type)} || ${flags === ',' ? grouped(rounded, digits) : rounded})`
  if (type.kind === 'decimal') return shown
  return `(CASE WHEN isnan(${sql}) THEN 'NaN' WHEN isinf(${sql}) THEN CASE WHEN ${sql} < 0 THEN '-Infinity' ELSE 'Infinity' END ELSE ${shown} END)`
}

/** A number below zero keeps its sign where only zeros are left of it; so does the -0 of floating numbers. */
function signOf(sql: string, type: SqlType): string {
  const isMinusZero = isFloating(type) ? ` OR starts_with(CAST(${sql} AS VARCHAR), '-')` : ''
  return `CASE WHEN ${sql} < 0${isMinusZero} THEN '-' ELSE '' END`
}

function grouped(rounded: string, digits: number): string {
  const [whole, fraction] = [1, 2].map((part) => `split_part(${rounded}, '.', ${part})`)
  const thousands = `format('{:,}', CAST(${whole} AS BIGINT))`
  return digits === 0 ? thousands : `${thousands} || '.' || ${fraction}`
}
