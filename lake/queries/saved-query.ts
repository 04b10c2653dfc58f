/**
 * Saved queries and views: files of SQL that run as they stand in Athena and Trino. The first lines say what they
 * are; a parameter is a comment in front of its default, so a file needs no tool to run:
 *
 *     -- doc: One symbol's daily bars of a year.
 *     -- param symbol: string, Yahoo symbol
 *     SELECT … FROM bars WHERE symbol = /* symbol *\/ 'AAPL'
 */
import { UsageError } from '../errors.ts'
import { text } from './sql-text.ts'

/** The kinds of parameter; each literal in the SQL is of its kind. A date stands as `DATE /* since *\/ '2020-01-01'`. */
const PARAM_TYPES = ['string', 'date', 'month', 'year', 'int', 'double'] as const
type ParamType = (typeof PARAM_TYPES)[number]

interface QueryParam {
  readonly name: string
  readonly type: ParamType
  /** What stands in the file, without quotes. */
  readonly default: string
  readonly doc: string
}

export interface SavedQuery {
  readonly name: string
  readonly doc: string
  readonly params: readonly QueryParam[]
  readonly sql: string
}

/** A column of a table or view. */
export interface RelationColumn {
  readonly name: string
  /** Trino's name of the type: `timestamp(3)`. */
  readonly type: string
  readonly doc: string
}

export interface SavedView {
  readonly name: string
  readonly doc: string
  readonly columns: readonly RelationColumn[]
  readonly sql: string
}

const HEADER_LINE = /^-- (doc|param|column)(?: (\w+))?: (.+)$/
const TYPED = /^([a-z]+(?:\([^)]*\))?), (.+)$/

interface HeaderEntry {
  readonly kind: string
  readonly name: string
  readonly text: string
}

/** Reads `<name>.sql` of the folder of queries. */
export function parseSavedQuery(name: string, text: string): SavedQuery {
  const { entries, sql } = splitHeader(name, text)
  const params = entries.filter(({ kind }) => kind === 'param').map((entry) => paramOf(name, entry, sql))
  checkMarkers(name, sql, params)
  return { name, doc: docOf(name, entries), params, sql }
}

/** Reads `<name>.sql` of the folder of views. */
export function parseSavedView(name: string, text: string): SavedView {
  const { entries, sql } = splitHeader(name, text)
  const columns = entries.filter(({ kind }) => kind === 'column').map((entry) => typed(name, entry))
  if (columns.length === 0) throw new UsageError(`The view ${name} needs a "-- column name: type, doc" per column.`)
  return { name, doc: docOf(name, entries), columns, sql }
}

/** The query's SQL with values in the places of its defaults; parameters without a value keep theirs. */
export function renderQuery(query: SavedQuery, values: Readonly<Record<string, string>> = {}): string {
  const known = new Map(query.params.map((param) => [param.name, param]))
  const unknown = Object.keys(values).find((name) => !known.has(name))
  if (unknown !== undefined) {
    const names = [...known.keys()].join(', ') || 'none'
    throw new UsageError(`The query ${query.name} has no parameter "${unknown}"; it has: ${names}.`)
  }
  return query.sql.replaceAll(PLACE, (place, name: string) => {
    const param = known.get(name)
    const value = values[name]
    return param && value !== undefined ? `/* ${name} */ ${literalOf(query, param, value)}` : place
  })
}

/** A parameter's place: the comment with its name, then a quoted text or a number. */
const PLACE = /\/\* (\w+) \*\/ ('(?:[^']|'')*'|-?\d+(?:\.\d+)?)/g

function splitHeader(name: string, text: string): { readonly entries: readonly HeaderEntry[]; readonly sql: string } {
  const lines = text.split('\n')
  const end = lines.findIndex((line) => !line.startsWith('--'))
  const entries = lines.slice(0, Math.max(end, 0)).map((line) => {
    const [, kind, entryName = '', entryText] = HEADER_LINE.exec(line) ?? []
    if (kind && entryText) return { kind, name: entryName, text: entryText }
    throw new UsageError(`${name}.sql: want "-- doc: …", "-- param name: type, doc" or "-- column …", got "${line}".`)
  })
  const sql = lines.slice(end).join('\n').trim().replace(/;$/, '')
  if (end < 0 || sql === '') throw new UsageError(`${name}.sql has no SQL below its header.`)
  return { entries, sql }
}

function docOf(name: string, entries: readonly HeaderEntry[]): string {
  const doc = entries.filter(({ kind }) => kind === 'doc').map(({ text }) => text)
  if (doc.length === 0) throw new UsageError(`${name}.sql needs a line "-- doc: …" that says what it answers.`)
  return doc.join(' ')
}

function typed(file: string, entry: HeaderEntry): RelationColumn {
  const [, type, doc] = TYPED.exec(entry.text) ?? []
  if (type && doc && entry.name) return { name: entry.name, type, doc }
  throw new UsageError(`${file}.sql: want "-- ${entry.kind} name: type, doc", got "${entry.text}".`)
}

function paramOf(file: string, entry: HeaderEntry, sql: string): QueryParam {
  const { name, type, doc } = typed(file, entry)
  if (!isParamType(type)) throw new UsageError(`${file}.sql: a parameter is ${PARAM_TYPES.join(', ')}; got "${type}".`)
  const place = [...sql.matchAll(PLACE)].find(([, placeName]) => placeName === name)
  if (!place?.[2]) throw new UsageError(`${file}.sql: no place "/* ${name} */ <default>" for the parameter ${name}.`)
  return { name, type, doc, default: unquote(place[2]) }
}

function checkMarkers(file: string, sql: string, params: readonly QueryParam[]): void {
  const names = new Set(params.map(({ name }) => name))
  const stray = [...sql.matchAll(PLACE)].find(([, name = '']) => !names.has(name))
  if (stray) throw new UsageError(`${file}.sql: "/* ${stray[1]} */" has no "-- param" line.`)
}

function isParamType(type: string): type is ParamType {
  return PARAM_TYPES.some((known) => known === type)
}

function unquote(literal: string): string {
  return literal.startsWith("'") ? literal.slice(1, -1).replaceAll("''", "'") : literal
}

const FORMS: Readonly<Record<ParamType, { readonly pattern: RegExp; readonly want: string }>> = {
  string: { pattern: /^[^\0]*$/, want: 'a text' },
  date: { pattern: /^\d{4}-\d{2}-\d{2}$/, want: 'a date like 2020-01-31' },
  month: { pattern: /^\d{4}-(0[1-9]|1[0-2])$/, want: 'a month like 2020-01' },
  year: { pattern: /^\d{4}$/, want: 'a year like 2020' },
  int: { pattern: /^-?\d{1,15}$/, want: 'a whole number' },
  double: { pattern: /^-?\d+(\.\d+)?$/, want: 'a number' },
}

function literalOf(query: SavedQuery, { name, type }: QueryParam, value: string): string {
  const form = FORMS[type]
  if (!form.pattern.test(value)) {
    throw new UsageError(`The parameter ${name} of ${query.name} takes ${form.want}; got "${value}".`)
  }
  return type === 'int' || type === 'double' ? value : text(value)
}
