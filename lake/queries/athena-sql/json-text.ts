/** JSON as Trino prints it: no space, keys sorted, the last of two equal keys, numbers with a point as Java writes them. */
import { doubleText } from './double-text.ts'

/** The text of a value that DuckDB holds to be JSON. */
export function jsonText(json: string, keys: 'sorted' | 'as written'): string {
  const written = writer(keys)
  return written(JSON.parse(json, numbersAsWritten as (key: string, value: unknown) => unknown))
}

/** The standard's third argument of a reviver; TypeScript does not know it yet. */
interface Source {
  readonly source?: string
}

function numbersAsWritten(_key: string, value: unknown, { source = '' }: Source): unknown {
  if (typeof value !== 'number') return value
  return rawJson(/[.eE]/.test(source) ? doubleText(value) : source)
}

function rawJson(text: string): unknown {
  return (JSON as unknown as { readonly rawJSON: (text: string) => unknown }).rawJSON(text)
}

function isRawJson(value: unknown): boolean {
  return (JSON as unknown as { readonly isRawJSON: (value: unknown) => boolean }).isRawJSON(value)
}

function writer(keys: 'sorted' | 'as written'): (value: unknown) => string {
  return function written(value: unknown): string {
    if (Array.isArray(value)) return `[${value.map(written).join(',')}]`
    if (typeof value === 'string') return textOf(value)
    if (typeof value !== 'object' || value === null || isRawJson(value)) return JSON.stringify(value)
    const entries = Object.entries(value)
    if (keys === 'sorted') entries.sort(([a], [b]) => (a < b ? -1 : 1))
    return `{${entries.map(([key, inner]) => `${textOf(key)}:${written(inner)}`).join(',')}}`
  }
}

/** Letters beyond U+FFFF stand as their two halves. */
function textOf(value: string): string {
  return JSON.stringify(value).replace(
    /[\ud800-\udfff]/g,
    (half) => `\\u${half.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
