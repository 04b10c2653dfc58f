/**
 * Does a record pass a mapping's filters? As in the Developer Guide, "Filtering events from Amazon MSK and self-managed
 * Apache Kafka event sources": value (here the key too) is read as UTF-8, and where its form (JSON object or plain text)
 * is not the pattern's, that part of the pattern is left out of account.
 * AWS filters Kafka records by value alone; key, headers and the other metadata are for lenient mappings.
 */
import type { Bound, Filter, Rule, Scalar } from './filter-pattern.ts'
import type { SourceRecord } from './source-record.ts'
import { parseAsWritten, plainNumber, WrittenNumber } from './written-number.ts'

/** True where there is no filter, or one that matches. */
export function passes(filters: readonly Filter[], record: SourceRecord): boolean {
  return filters.length === 0 || filters.some((filter) => matchesRecord(filter, record))
}

function matchesRecord({ fields, anyOf }: Filter, record: SourceRecord): boolean {
  for (const [name, pattern] of fields) if (!matchesPart(name, pattern, record)) return false
  return anyOf.length === 0 || anyOf.some((alternative) => matchesRecord(alternative, record))
}

function matchesPart(name: string, pattern: Pattern, record: SourceRecord): boolean {
  switch (name) {
    case 'key':
    case 'value':
      return matchesContent(pattern, record[name])
    case 'headers':
      return matchesField(pattern, headerTexts(record))
    default:
      return matchesField(pattern, member(record, name))
  }
}

/** Headers as an object of texts, so that `{"headers":{"source":["a"]}}` can be asked; the last of equal keys counts. */
function headerTexts({ headers }: SourceRecord): Readonly<Record<string, string | null>> {
  return Object.fromEntries(headers.map(({ key, value }) => [key, value?.toString('utf8') ?? null]))
}

type Pattern = Filter | readonly Rule[]

function isRules(pattern: Pattern): pattern is readonly Rule[] {
  return Array.isArray(pattern)
}

const UTF8 = new TextDecoder('utf-8', { fatal: true })

function matchesContent(pattern: Pattern, bytes: Buffer | null): boolean {
  if (bytes === null) return matchesField(pattern, isRules(pattern) ? null : undefined)
  const text = decoded(bytes)
  if (text === undefined) return true
  const object = jsonObject(text, !isRules(pattern) && pattern.numbersAsWritten)
  if (isRules(pattern)) return object !== undefined || matchesRules(pattern, text)
  return object === undefined || matchesFields(pattern, object)
}

function decoded(bytes: Buffer): string | undefined {
  try {
    return UTF8.decode(bytes)
  } catch {
    return undefined // not UTF-8: a normal case, for which AWS's table of formats has a row
  }
}

function jsonObject(text: string, asWritten: boolean): object | undefined {
  try {
    const value: unknown = asWritten ? parseAsWritten(text) : JSON.parse(text)
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject && !(value instanceof WrittenNumber) ? value : undefined
  } catch {
    return undefined // plain text: likewise
  }
}

/** `tree` is undefined where the record has nothing there; `exists: false` may still match below. */
function matchesFields({ fields, anyOf }: Filter, tree: unknown): boolean {
  for (const [name, pattern] of fields) if (!matchesField(pattern, member(tree, name))) return false
  return anyOf.length === 0 || anyOf.some((alternative) => matchesFields(alternative, tree))
}

function member(tree: unknown, name: string): unknown {
  if (typeof tree !== 'object' || tree === null || !Object.hasOwn(tree, name)) return undefined
  return Reflect.get(tree, name)
}

/** A list in the record matches where one of its elements does. */
function matchesField(pattern: Pattern, found: unknown): boolean {
  const candidates: readonly unknown[] = Array.isArray(found) && found.length > 0 ? found : [found]
  return candidates.some((candidate) =>
    isRules(pattern) ? matchesRules(pattern, candidate) : matchesFields(pattern, candidate),
  )
}

function matchesRules(rules: readonly Rule[], found: unknown): boolean {
  const leaf = leafOf(plainNumber(found))
  const text = found instanceof WrittenNumber ? found.text : undefined
  return rules.some((rule) => matchesRule(rule, leaf, text))
}

/** Rules see leaves only: an object in a rule's place is as good as nothing (Developer Guide, note on Exists). */
function leafOf(found: unknown): Scalar | undefined {
  const isLeaf = found === null || typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean'
  return isLeaf ? found : undefined
}

function matchesRule(rule: Rule, leaf: Scalar | undefined, written: string | undefined): boolean {
  if (rule.kind === 'exists') return (leaf !== undefined) === rule.value
  if (leaf === undefined) return false
  switch (rule.kind) {
    case 'equals':
      return leaf === rule.value
    case 'equals-as-written':
      return written === rule.text
    case 'anything-but':
      return !rule.rules.some((unwanted) => matchesRule(unwanted, leaf, written))
    case 'numeric':
      return typeof leaf === 'number' && rule.bounds.every((bound) => within(leaf, bound))
    default:
      return typeof leaf === 'string' && matchesText(rule, leaf)
  }
}

type TextRule = Extract<Rule, { readonly kind: 'prefix' | 'suffix' | 'equals-ignore-case' }>

function matchesText(rule: TextRule, text: string): boolean {
  switch (rule.kind) {
    case 'prefix':
      return text.startsWith(rule.value)
    case 'suffix':
      return text.endsWith(rule.value)
    case 'equals-ignore-case':
      return text.toLowerCase() === rule.value.toLowerCase()
  }
}

function within(number: number, { operator, limit }: Bound): boolean {
  switch (operator) {
    case '=':
      return number === limit
    case '<':
      return number < limit
    case '<=':
      return number <= limit
    case '>':
      return number > limit
    case '>=':
      return number >= limit
  }
}
