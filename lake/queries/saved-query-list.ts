/** Saved queries for the command line: listed for eyes and for programs, found by name, with values from `--param`. */
import { UsageError } from '../errors.ts'
import { renderQuery, type SavedQuery } from './saved-query.ts'

/** The list as a table, or as JSON: name, doc, params (name, type, default, doc) and sql of each. */
export function queryList(queries: readonly SavedQuery[], format: 'table' | 'csv' | 'json'): string {
  if (format === 'json') return JSON.stringify(queries, undefined, 2)
  if (format === 'csv') throw new UsageError('The list of queries is printed as table or json; got --format csv.')
  const width = Math.max(...queries.map(({ name }) => name.length))
  return queries
    .map((query) => [`${query.name.padEnd(width)}  ${query.doc}`, ...paramLines(query, width)].join('\n'))
    .join('\n')
}

function paramLines({ params }: SavedQuery, width: number): string[] {
  return params.map(
    ({ name, type, default: value, doc }) => `${' '.repeat(width)}    --param ${name}=${value}  ${doc} (${type})`,
  )
}

/** The SQL of a saved query with `name=value` pairs in their places. */
export function savedSql(queries: readonly SavedQuery[], name: string, pairs: readonly string[]): string {
  const query = queries.find((one) => one.name === name)
  if (!query) {
    const names = queries.map((one) => one.name).join(', ')
    throw new UsageError(`There is no saved query "${name}"; there are: ${names}.`)
  }
  return renderQuery(query, Object.fromEntries(pairs.map(pairOf)))
}

function pairOf(text: string): [string, string] {
  const at = text.indexOf('=')
  if (at < 1) throw new UsageError(`--param takes name=value; got "${text}".`)
  return [text.slice(0, at), text.slice(at + 1)]
}
