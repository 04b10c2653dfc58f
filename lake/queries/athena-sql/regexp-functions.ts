/** Functions of regular expressions: Java's patterns, as far as RE2 reads them alike. */
import type { ParserRuleContext } from 'antlr4ng'
import { text } from '../sql-text.ts'
import { type Argument, type Call, plain } from './arguments.ts'
import { failure } from './coercion.ts'
import { placeOf } from './parse.ts'
import { notHere } from './scope.ts'
import { SqlError } from './sql-error.ts'
import { arrayOf, BIGINT, BOOLEAN, INTEGER, VARCHAR } from './types.ts'

/** Java's patterns and RE2's differ where they look around or back, or intersect classes; those are refused. */
function pattern(arg: Argument | undefined, context: ParserRuleContext): string {
  const { literal } = plain(arg, context)
  if (typeof literal !== 'string') throw notHere('regular expression that is not a literal', context)
  if (/\(\?<?[=!]|\\[1-9kZGX]|[*+?}]\+|&&|\(\?>/.test(literal)) throw notHere(`regular expression ${literal}`, context)
  return text(literal.replace(/(?<!\\)[(][?]<(?=[A-Za-z])/g, '(?P<'))
}

/** `$1` as RE2 writes it; behind a backslash a letter is itself. */
function replacement(arg: Argument | undefined, regexp: Argument | undefined, context: ParserRuleContext): string {
  const { literal } = plain(arg, context)
  if (typeof literal !== 'string' || literal.includes('${') || /\$\d\d/.test(literal))
    throw notHere('replacement of this form', context)
  const parts = literal.match(/\\.|\$\d|./gsu) ?? []
  return text(parts.map((part) => replacementPart(part, regexp, context)).join(''))
}

function replacementPart(part: string, regexp: Argument | undefined, context: ParserRuleContext): string {
  if (part === '$' || part === '\\')
    throw new SqlError('in a replacement stand $1 for a group, \\$ for $ and \\\\ for \\.', placeOf(context))
  if (part.startsWith('$'))
    return `\\${groupOf(regexp, { sql: '', type: INTEGER, literal: Number(part.slice(1)) }, context)}`
  const letter = part.length > 1 && part.startsWith('\\') ? part.slice(1) : part
  return letter === '\\' ? '\\\\' : letter
}

/** The number of a group that the pattern has. */
function groupOf(regexp: Argument | undefined, group: Argument, context: ParserRuleContext): number {
  const number = Number(plain(group, context).literal)
  if (!Number.isInteger(number)) throw notHere('group that is not a literal', context)
  const groups = String(plain(regexp, context).literal).match(/(?:^|[^\\])(?:\\\\)*[(](?![?](?!P?<\w))/g)?.length ?? 0
  if (number < 0 || number > groups)
    throw new SqlError(`the pattern has ${groups} groups; there is no group ${number}.`, placeOf(context))
  return number
}

const regexpExtract: Call = ([arg, regexp, group], context) => {
  const { sql } = plain(arg, context)
  const of = pattern(regexp, context)
  const number = group ? groupOf(regexp, group, context) : 0
  const found = `regexp_extract(${sql}, ${of}, ${number})`
  // DuckDB has no null for a group that took no part in the match.
  const mayBeAbsent = number > 0 && /[|]|[)](?:[?*]|[{]0)/.test(String(plain(regexp, context).literal))
  const unsure = failure(
    'The local engine cannot tell a group that is empty from one that is absent; Athena can',
    VARCHAR,
  )
  const told = mayBeAbsent ? `CASE WHEN ${found} = '' THEN ${unsure} ELSE ${found} END` : found
  return { sql: `(CASE WHEN regexp_matches(${sql}, ${of}) THEN ${told} END)`, type: VARCHAR }
}

const regexpReplace: Call = ([arg, regexp, by], context) => {
  if (by && 'of' in by) throw notHere('regexp_replace with a lambda', context)
  return {
    sql: `regexp_replace(${plain(arg, context).sql}, ${pattern(regexp, context)}, ${by ? replacement(by, regexp, context) : "''"}, 'g')`,
    type: VARCHAR,
  }
}

export const REGEXP_FUNCTIONS: Readonly<Record<string, Call>> = {
  regexp_extract: regexpExtract,
  regexp_replace: regexpReplace,
  regexp_like: ([arg, regexp], context) => ({
    sql: `regexp_matches(${plain(arg, context).sql}, ${pattern(regexp, context)})`,
    type: BOOLEAN,
  }),
  regexp_position: ([arg, regexp, ...more], context) => {
    if (more.length > 0) throw notHere('regexp_position from a place on', context)
    const of = pattern(regexp, context)
    const before = `regexp_extract(${plain(arg, context).sql}, '(?s:^(.*?))(?:' || ${of} || ')', 1)`
    const found = `regexp_matches(${plain(arg, context).sql}, ${of})`
    return {
      sql: `(CASE WHEN ${found} THEN CAST(length(${before}) + 1 AS INTEGER) WHEN NOT ${found} THEN -1 END)`,
      type: INTEGER,
    }
  },
  regexp_count: ([arg, regexp], context) => ({
    sql: `len(regexp_extract_all(${plain(arg, context).sql}, ${pattern(regexp, context)}))`,
    type: BIGINT,
  }),
  regexp_split: ([arg, regexp], context) => ({
    sql: `string_split_regex(${plain(arg, context).sql}, ${pattern(regexp, context)})`,
    type: arrayOf(VARCHAR),
  }),
  regexp_extract_all: ([arg, regexp, group], context) => {
    const number = group ? groupOf(regexp, group, context) : 0
    return {
      sql: `regexp_extract_all(${plain(arg, context).sql}, ${pattern(regexp, context)}, ${number})`,
      type: arrayOf(VARCHAR),
    }
  },
}
