/**
 * Event filter patterns, read once per mapping (Developer Guide, "Control which events Lambda sends to your function",
 * Filter rule syntax; the syntax is EventBridge's). A pattern is a tree like the record; its leaves are lists of rules.
 */
import { UsageError } from '../errors.ts'

/** All fields must match, and where `$or` stands, one of its alternatives. */
export interface Filter {
  readonly fields: ReadonlyMap<string, Filter | readonly Rule[]>
  readonly anyOf: readonly Filter[]
}

export type Scalar = string | number | boolean | null

export type Rule =
  | { readonly kind: 'equals'; readonly value: Scalar }
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

/** AWS takes five, ten on request; more is a mistake there and here. */
const MAX_FILTERS = 10

export function parseFilters(filters: readonly { readonly Pattern?: string | undefined }[]): readonly Filter[] {
  if (filters.length > MAX_FILTERS) {
    throw new UsageError(`FilterCriteria takes at most ${MAX_FILTERS} filters; got ${filters.length}.`)
  }
  return filters.map(({ Pattern }) => parsePattern(Pattern ?? ''))
}

function parsePattern(text: string): Filter {
  try {
    return parseFilter(JSON.parse(text), 'the pattern')
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`A filter's Pattern is JSON; got ${JSON.stringify(text)}.`, { cause: error })
  }
}

function parseFilter(tree: unknown, path: string): Filter {
  const fields = new Map<string, Filter | readonly Rule[]>()
  let anyOf: readonly Filter[] = []
  for (const [name, child] of Object.entries(asObject(tree, path))) {
    if (name === '$or') anyOf = asList(child, '$or').map((alternative) => parseFilter(alternative, '$or'))
    else fields.set(name, Array.isArray(child) ? child.map((rule) => parseRule(rule, name)) : parseFilter(child, name))
  }
  return { fields, anyOf }
}

function parseRule(rule: unknown, field: string): Rule {
  if (isScalar(rule)) return { kind: 'equals', value: rule }
  const entries = Object.entries(asObject(rule, field))
  const [operator, operand] = entries[0] ?? ['', undefined]
  if (entries.length !== 1) throw wrong(field, 'one operator in a rule', rule)
  switch (operator) {
    case 'prefix':
    case 'suffix':
      return affixRule(operator, operand, field)
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

function affixRule(kind: 'prefix' | 'suffix', operand: unknown, field: string): Rule {
  return { kind, value: asText(operand, field) }
}

const OPERATORS: ReadonlySet<unknown> = new Set(['=', '<', '<=', '>', '>='])

function isOperator(value: unknown): value is Bound['operator'] {
  return OPERATORS.has(value)
}

/** `[">", 10, "<=", 20]`: pairs of an operator and a number. */
function parseBounds(list: readonly unknown[], field: string): readonly Bound[] {
  const bounds: Bound[] = []
  for (let i = 0; i < list.length; i += 2) {
    const [operator, limit] = [list[i], list[i + 1]]
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
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
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
