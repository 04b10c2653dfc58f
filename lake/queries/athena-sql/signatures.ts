/** Finding the signature that a call means, and writing its DuckDB. */
import type { ParserRuleContext } from 'antlr4ng'
import { coerced, coerces } from './coercion.ts'
import { FUNCTION_LIST } from './function-list.ts'
import { placeOf } from './parse.ts'
import { type Expression, notHere } from './scope.ts'
import { SqlError } from './sql-error.ts'
import {
  arrayOf,
  commonType,
  duckdbType,
  isComparable,
  isFloating,
  isInteger,
  isNumber,
  type SqlType,
  simple,
  typeOf,
  typeText,
  UNKNOWN,
} from './types.ts'

interface Signature {
  readonly name: string
  readonly parameters: readonly Pattern[]
  readonly isVariadic: boolean
  readonly returns: Pattern
  readonly sql: string
}

/** A type with variables in it. */
type Pattern =
  | { readonly variable: string }
  | { readonly array: Pattern }
  | { readonly map: readonly [Pattern, Pattern] }
  | { readonly row: readonly [Pattern, Pattern] }
  | { readonly type: SqlType }

const SIGNATURES = new Map<string, Signature[]>()
for (const line of FUNCTION_LIST.split('\n')) {
  const [, name = '', parameters = '', returns = '', sql = ''] = /^(\w+)\((.*?)\) ([^=]+) = (.+)$/.exec(line) ?? []
  if (!name) continue
  const texts = splitTypes(parameters)
  const signature: Signature = {
    name,
    parameters: texts.map((text) => patternOf(text.replace('...', ''))),
    isVariadic: parameters.endsWith('...'),
    returns: patternOf(returns),
    sql,
  }
  SIGNATURES.set(name, [...(SIGNATURES.get(name) ?? []), signature])
}

function splitTypes(text: string): string[] {
  return text === '' ? [] : text.split(/, (?![^(]*\))/)
}

function patternOf(text: string): Pattern {
  if (/^[A-Z]$/.test(text)) return { variable: text }
  const [, name, inner = ''] = /^(array|map|row)\((.*)\)$/.exec(text) ?? []
  if (name === 'array') return { array: patternOf(inner) }
  if (name === 'map' || name === 'row') {
    const [first = '', second = ''] = splitTypes(inner)
    const pair = [patternOf(first), patternOf(second)] as const
    return name === 'map' ? { map: pair } : { row: pair }
  }
  const type = typeOf(text)
  if (!type) throw new Error(`The function list names a type that is none: ${text}`)
  return { type }
}

/** Names that are translated by their signature alone. */
export function signatureNames(): readonly string[] {
  return [...SIGNATURES.keys()]
}

/** The call in DuckDB's SQL. */
export function signatureCall(name: string, args: readonly Expression[], context: ParserRuleContext): Expression {
  const signatures = SIGNATURES.get(name) ?? []
  const fitting = signatures.flatMap((signature) => fitted(signature, args) ?? [])
  const best = fitting.toSorted((a, b) => a.coercions - b.coercions)[0]
  if (!best) {
    const types = args.map(({ type }) => typeText(type)).join(', ')
    if (signatures.every(({ parameters }) => parameters.length !== args.length))
      throw notHere(`function ${name} of ${args.length} arguments`, context)
    throw new SqlError(
      `${name}(${types}) is no function that the local engine knows with these types.`,
      placeOf(context),
    )
  }
  return best.write()
}

interface Fit {
  readonly coercions: number
  readonly write: () => Expression
}

function fitted(signature: Signature, args: readonly Expression[]): Fit | undefined {
  const { parameters, isVariadic } = signature
  if (isVariadic ? args.length < parameters.length : args.length !== parameters.length) return undefined
  const bound = new Map<string, SqlType>()
  const patterns = args.map((_, i) => parameters[Math.min(i, parameters.length - 1)] as Pattern)
  for (const [i, pattern] of patterns.entries()) if (!bind(pattern, args[i]?.type as SqlType, bound)) return undefined
  const wanted = patterns.map((pattern) => filled(pattern, bound))
  if (!args.every(({ type }, i) => coerces(type, wanted[i] as SqlType))) return undefined
  const coercions = args.filter(({ type }, i) => JSON.stringify(type) !== JSON.stringify(wanted[i])).length
  return {
    coercions,
    write: () =>
      written(
        signature,
        args.map((arg, i) => coerced(arg, wanted[i] as SqlType)),
        filled(signature.returns, bound),
      ),
  }
}

const CONSTRAINTS: Readonly<Record<string, (type: SqlType) => boolean>> = {
  N: isNumber,
  I: isInteger,
  F: isFloating,
  C: isComparable,
  O: (type) => isComparable(type) && type.kind !== 'array' && type.kind !== 'row',
}

function bind(pattern: Pattern, type: SqlType, bound: Map<string, SqlType>): boolean {
  if ('variable' in pattern) return bindVariable(pattern.variable, type, bound)
  if (type.kind === 'unknown') return true
  if ('type' in pattern) return pattern.type.kind !== 'timestamp' || type.kind === 'timestamp'
  return partsOf(pattern, type)?.every(([inner, one]) => bind(inner, one, bound)) ?? false
}

function bindVariable(name: string, type: SqlType, bound: Map<string, SqlType>): boolean {
  const constraint = CONSTRAINTS[name]
  const given: SqlType = type.kind === 'unknown' && ['N', 'I', 'F'].includes(name) ? simple('tinyint') : type
  if (constraint && !constraint(given)) return false
  const common = commonType(bound.get(name) ?? given, given)
  if (common) bound.set(name, common)
  return common !== undefined
}

/** What is inside of a pattern, each beside what is inside of the type; undefined where they are not of one kind. */
function partsOf(
  pattern: Exclude<Pattern, { readonly variable: string } | { readonly type: SqlType }>,
  type: SqlType,
): readonly (readonly [Pattern, SqlType])[] | undefined {
  if ('array' in pattern) return type.kind === 'array' ? [[pattern.array, type.of]] : undefined
  const patterns = 'map' in pattern ? pattern.map : pattern.row
  const types = 'map' in pattern ? (type.kind === 'map' ? [type.key, type.value] : []) : fieldTypes(type)
  const [first, second] = types
  return first && second
    ? [
        [patterns[0], first],
        [patterns[1], second],
      ]
    : undefined
}

function fieldTypes(type: SqlType): readonly SqlType[] {
  return type.kind === 'row' ? type.fields.map((field) => field.type) : []
}

function filled(pattern: Pattern, bound: ReadonlyMap<string, SqlType>): SqlType {
  if ('type' in pattern) return pattern.type
  if ('array' in pattern) return arrayOf(filled(pattern.array, bound))
  if ('map' in pattern) return { kind: 'map', key: filled(pattern.map[0], bound), value: filled(pattern.map[1], bound) }
  if ('row' in pattern)
    return { kind: 'row', fields: pattern.row.map((one) => ({ name: undefined, type: filled(one, bound) })) }
  return bound.get(pattern.variable) ?? UNKNOWN
}

function written({ sql }: Signature, args: readonly string[], type: SqlType): Expression {
  const all = args.join(', ')
  const body = sql
    .replaceAll('$*', () => all)
    .replaceAll('%0', () => duckdbType(type))
    .replace(/\$(\d)/g, (_, n: string) => `(${args[Number(n) - 1] ?? ''})`)
  return { sql: `(${body})`, type, mayBeNaN: isFloating(type) }
}
