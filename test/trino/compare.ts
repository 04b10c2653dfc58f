/** One answer beside the other: equal, refused, or different. */
import type { QueryAnswer } from '../../lake/queries/query-engine.ts'

export interface Golden {
  readonly sql: string
  readonly types?: readonly string[]
  readonly rows?: readonly (readonly unknown[])[]
  readonly error?: string
}

/** `near`: an approximate function, whose answer here is exact. */
export type Outcome = 'equal' | 'near' | 'refused' | 'different'

/** `local` is an answer, or the sentence of an error. */
export function outcomeOf(golden: Golden, local: Pick<QueryAnswer, 'rows' | 'columns'> | string): Outcome {
  if (typeof local === 'string') return golden.error === undefined ? 'refused' : 'equal'
  if (golden.error !== undefined || !golden.rows || !sameTypes(golden, local)) return 'different'
  const wanted = golden.rows.map((row) => row.map((cell, i) => trinoText(cell, golden.types?.[i] ?? '')))
  const got = local.rows.map((row) => row.map((cell) => cell ?? 'null'))
  const isSorted = /order by/i.test(outermost(golden.sql))
  const [a, b] = isSorted ? [wanted, got] : [sorted(wanted), sorted(got)]
  const types = golden.types ?? []
  const isSame = (tolerance: number): boolean =>
    a.length === b.length &&
    a.every((row, i) => row.every((cell, at) => sameCell(cell, b[i]?.[at] ?? '', types[at] ?? '', tolerance)))
  if (isSame(EXACT)) return 'equal'
  return /approx_(percentile|distinct)/.test(golden.sql) && isSame(NEAR) ? 'near' : 'different'
}

/** Without what stands in parentheses: rows that are sorted there come in no order of the statement's own. */
function outermost(sql: string): string {
  const outer = sql.replace(/'(?:[^']|'')*'/g, '').replace(/[(][^()]*[)]/g, '')
  return outer.length < sql.length && outer.includes('(') ? outermost(outer) : outer
}

/** Of columns that show something; texts have no lengths here, and times are printed with three digits, as Athena does. */
function sameTypes({ types = [], rows = [] }: Golden, local: Pick<QueryAnswer, 'columns'>): boolean {
  const plain = (type: string): string =>
    type
      .toLowerCase()
      .replace(/(varchar|timestamp)\(\d+\)/g, '$1')
      .replaceAll(' ', '')
  const isSame = (type: string, i: number): boolean => plain(type) === plain(local.columns[i]?.type ?? '')
  const isEmpty = (i: number): boolean => rows.length > 0 && rows.every((row) => row[i] === null)
  return types.length === local.columns.length && types.every((type, i) => isSame(type, i) || isEmpty(i))
}

/** Shares of a number's size. Trino's approx_distinct has a standard error of 2.3 %. */
const EXACT = 1e-9
const NEAR = 0.05

function sorted(rows: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return rows.toSorted((a, b) => (String(a) < String(b) ? -1 : 1))
}

/** Numbers by their size, texts letter by letter; what holds others by what it holds. */
function sameCell(wanted: string, got: string, type: string, tolerance: number): boolean {
  if (/^(array|map|row)/.test(type)) return sameText(wanted, got, tolerance)
  return /^(double|real|decimal|bigint)/.test(type) ? sameWord(wanted, got, tolerance) : wanted === got
}

/** Trino's JSON as Athena's text. */
function trinoText(cell: unknown, type: string): string {
  if (cell === null || cell === undefined) return 'null'
  if (Array.isArray(cell)) {
    const inner = cell.map((one) => trinoText(one, ''))
    return type.startsWith('row') || !type.startsWith('array') ? `(${inner.join(', ')})` : `[${inner.join(', ')}]`
  }
  if (typeof cell === 'object')
    return `{${Object.entries(cell)
      .map(([key, value]) => `${key}=${trinoText(value, '')}`)
      .toSorted()
      .join(', ')}}`
  return type === 'varbinary'
    ? Buffer.from(String(cell), 'base64')
        .toString('hex')
        .replace(/..(?=.)/g, '$& ')
    : String(cell)
}

/** Numbers by their size; brackets and names of fields are a matter of printing. */
function sameText(wanted: string, got: string, tolerance: number): boolean {
  const words = (text: string): string[] =>
    text
      .replace(/\w+=(?=[^,{}]*[,}])/g, '')
      .split(/[\s,()[\]{}=]+/)
      .filter(Boolean)
  const [a, b] = [words(wanted), words(got)]
  if (wanted.includes('{')) for (const one of [a, b]) one.sort()
  return a.length === b.length && a.every((word, i) => sameWord(word, b[i] ?? '', tolerance))
}

function sameWord(wanted: string, got: string, tolerance: number): boolean {
  if (wanted === got) return true
  const [x, y] = [Number(wanted), Number(got)]
  return wanted !== '' && got !== '' && Math.abs(x - y) <= tolerance * Math.max(1, Math.abs(x))
}
