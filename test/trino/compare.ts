/** One answer beside the other: equal, refused, or different. */
import type { QueryAnswer } from '../../lake/queries/query-engine.ts'

export interface Golden {
  readonly sql: string
  readonly types?: readonly string[]
  readonly rows?: readonly (readonly unknown[])[]
  readonly error?: string
}

export type Outcome = 'equal' | 'refused' | 'different'

/** `local` is an answer, or the sentence of an error. */
export function outcomeOf(golden: Golden, local: Pick<QueryAnswer, 'rows'> | string): Outcome {
  if (typeof local === 'string') return golden.error === undefined ? 'refused' : 'equal'
  if (golden.error !== undefined || !golden.rows) return 'different'
  const wanted = golden.rows.map((row) => row.map((cell, i) => trinoText(cell, golden.types?.[i] ?? '')))
  const got = local.rows.map((row) => row.map((cell) => cell ?? 'null'))
  const isSorted = /order by/i.test(golden.sql)
  const [a, b] = isSorted ? [wanted, got] : [sorted(wanted), sorted(got)]
  const types = golden.types ?? []
  const isSame =
    a.length === b.length &&
    a.every((row, i) => row.every((cell, at) => sameCell(cell, b[i]?.[at] ?? '', types[at] ?? '')))
  return isSame ? 'equal' : 'different'
}

function sorted(rows: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return rows.toSorted((a, b) => (String(a) < String(b) ? -1 : 1))
}

/** Numbers by their size, texts letter by letter; what holds others by what it holds. */
function sameCell(wanted: string, got: string, type: string): boolean {
  if (/^(array|map|row)/.test(type)) return sameText(wanted, got)
  return /^(double|real|decimal|bigint)/.test(type) ? sameWord(wanted, got) : wanted === got
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

/** Numbers to 1e-9 of their size; brackets and names of fields are a matter of printing. */
function sameText(wanted: string, got: string): boolean {
  const words = (text: string): string[] =>
    text
      .replace(/\w+=(?=[^,{}]*[,}])/g, '')
      .split(/[\s,()[\]{}=]+/)
      .filter(Boolean)
  const [a, b] = [words(wanted), words(got)]
  if (wanted.includes('{')) for (const one of [a, b]) one.sort()
  return a.length === b.length && a.every((word, i) => sameWord(word, b[i] ?? ''))
}

function sameWord(wanted: string, got: string): boolean {
  if (wanted === got) return true
  const [x, y] = [Number(wanted), Number(got)]
  return wanted !== '' && got !== '' && Math.abs(x - y) <= 1e-9 * Math.max(1, Math.abs(x))
}
