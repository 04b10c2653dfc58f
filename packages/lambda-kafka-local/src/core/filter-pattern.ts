/**
 * Event filter patterns, read once per mapping (Developer Guide, "Control which events Lambda sends to your function",
 * Filter rule syntax; the syntax is EventBridge's). A pattern is a tree like the record; its leaves are lists of rules.
 */
import { UsageError } from '../errors.ts'
import type { FilterDescription } from './mapping-description.ts'
import { objectTo, STRICT, type Strictness } from './strictness.ts'
import { parseAsWritten, plainNumber, WrittenNumber } from './written-number.ts'

/** All fields must match, and where `$or` stands, one of its alternatives. */
export interface Filter {
  /** Whether a number's text is asked for, which an ordinary reading of JSON forgets. */
  readonly numbersAsWritten: boolean
  readonly fields: ReadonlyMap<string, Filter | readonly Rule[]>
  readonly anyOf: readonly Filter[]
}

export type Scalar = string | number | boolean | null

export type Rule =
  | { readonly kind: 'equals'; readonly value: Scalar }
  /** A number as it is written: 300 is not 3.0e2 (EventBridge compares the texts). */
  | { readonly kind: 'equals-as-written'; readonly text: string }
  | { readonly kind: 'equals-ignore-case'; readonly value: string }
  | { readonly kind: 'prefix'; readonly value: string }
  | { readonly kind: 'suffix'; readonly value: string }
  | { readonly kind: 'exists'; readonly value: boolean }
  | { readonly kind: 'numeric'; readonly bounds: readonly Bound[] }
  | { readonly kind: 'anything-but'; readonly rules: readonly Rule[] }

export interface Bound {
  readonly operator: '=' | '<' | '<=' | '>' | '>='
  readonly limit: number
}

/** AWS's default and, on request, its most ("Control which events Lambda sends to your function"). */
const USUAL_FILTERS = 5
const MOST_FILTERS = 10

/** Strictly: five filters on `value`, numbers equal where they are written alike, as AWS has it. Leniently as one might expect. */
export function parseFilters(
  filters: readonly FilterDescription[],
  strictness: Strictness = STRICT,
): readonly Filter[] {
  if (filters.length > MOST_FILTERS)
    throw new UsageError(`FilterCriteria takes at most ${MOST_FILTERS} filters; got ${filters.length}.`)
  if (filters.length > USUAL_FILTERS)
    objectTo(`AWS takes ${USUAL_FILTERS} filters unless more are asked for; got ${filters.length}.`, strictness)
  return filters.map(({ Pattern }) => parsePattern(Pattern ?? '', strictness))
}

function parsePattern(text: string, strictness: Strictness): Filter {
  const filter = parseFilter(parseText(text, strictness), 'the pattern')
  checkFields(filter, strictness)
  return filter
}

function parseText(text: string, { lenient }: Strictness): unknown {
  try {
    return lenient ? JSON.parse(text) : parseAsWritten(text)
  } catch (cause) {
    throw new UsageError(`A filter's Pattern is JSON; got ${JSON.stringify(text)}.`, { cause })
  }
}

/** AWS filters Kafka records by what is in `value`, and takes no other field. */
function checkFields({ fields, anyOf }: Filter, strictness: Strictness): void {
  for (const name of fields.keys()) {
    if (name !== 'value')
      objectTo(`AWS filters Kafka records by value alone; the pattern asks for "${name}".`, strictness)
  }
  for (const alternative of anyOf) checkFields(alternative, strictness)
}

function parseFilter(tree: unknown, path: string): Filter {
  const fields = new Map<string, Filter | readonly Rule[]>()
  let anyOf: readonly Filter[] = []
  for (const [name, child] of Object.entries(asObject(tree, path))) {
    if (name === '$or') anyOf = asList(child, '$or').map((alternative) => parseFilter(alternative, '$or'))
    else fields.set(name, Array.isArray(child) ? child.map((rule) => parseRule(rule, name)) : parseFilter(child, name))
  }
  return { fields, anyOf, numbersAsWritten: [...fields.values(), anyOf].some(asksForTexts) }
}

function asksForTexts(part: Filter | readonly (Rule | Filter)[]): boolean {
  if (isList(part)) return part.some((item) => ('kind' in item ? ruleAsksForTexts(item) : item.numbersAsWritten))
  return part.numbersAsWritten
}

function isList<T>(part: T | readonly T[] | readonly unknown[]): part is readonly T[] {
  return Array.isArray(part)
}

function ruleAsksForTexts(rule: Rule): boolean {
  return rule.kind === 'equals-as-written' || (rule.kind === 'anything-but' && rule.rules.some(ruleAsksForTexts))
}

function parseRule(rule: unknown, field: string): Rule {
  if (rule instanceof WrittenNumber) return { kind: 'equals-as-written', text: rule.text }
  if (isScalar(rule)) return { kind: 'equals', value: rule }
  const entries = Object.entries(asObject(rule, field))
  const [operator, operand] = entries[0] ?? ['', undefined]
  if (entries.length !== 1) throw wrong(field, 'one operator in a rule', rule)
  switch (operator) {
    case 'prefix':
    case 'suffix':
    case 'equals-ignore-case':
      return { kind: operator, value: asText(operand, field) }
    case 'exists':
      if (typeof operand !== 'boolean') throw wrong(field, 'exists with true or false', rule)
      return { kind: operator, value: operand }
    case 'numeric':
      return { kind: operator, bounds: parseBounds(asList(operand, field), field) }
    case 'anything-but':
      return {
        kind: operator,
        rules: (Array.isArray(operand) ? operand : [operand]).map((item) => parseRule(item, field)),
      }
    default:
      throw wrong(field, 'prefix, suffix, equals-ignore-case, exists, numeric or anything-but', operator)
  }
}

const OPERATORS: ReadonlySet<unknown> = new Set(['=', '<', '<=', '>', '>='])

function isOperator(value: unknown): value is Bound['operator'] {
  return OPERATORS.has(value)
}

/** `[">", 10, "<=", 20]`: pairs of an operator and a number. */
function parseBounds(list: readonly unknown[], field: string): readonly Bound[] {
  const bounds: Bound[] = []
  for (let i = 0; i < list.length; i += 2) {
    const [operator, limit] = [list[i], plainNumber(list[i + 1])]
    if (!isOperator(operator) || typeof limit !== 'number')
      throw wrong(field, 'numeric with operators and numbers', list)
    bounds.push({ operator, limit })
  }
  if (bounds.length === 0) throw wrong(field, 'numeric with at least one bound', list)
  return bounds
}

function isScalar(value: unknown): value is Scalar {
  return value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}

function asObject(value: unknown, field: string): object {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  if (isObject && !(value instanceof WrittenNumber)) return value
  throw wrong(field, 'an object or a list of rules', value)
}

function asList(value: unknown, field: string): readonly unknown[] {
  if (Array.isArray(value)) return value
  throw wrong(field, 'a list', value)
}

function asText(value: unknown, field: string): string {
  if (typeof value === 'string') return value
  throw wrong(field, 'a text', value)
}

function wrong(field: string, want: string, got: unknown): UsageError {
  return new UsageError(`Filter pattern, ${field}: want ${want}, got ${JSON.stringify(got)}.`)
}
