/** Cells of a history file as the wire takes them: nothing is judged here, only JSON's own limits are kept. */
import type { SourceCell } from '../records/wire.ts'

/** A number as a program or a spreadsheet writes it; `1,234`, `0x1F` and `n/a` are text. */
const PLAIN_DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i

/** Longer texts are cut: eight cells of this length stay below the megabyte that a broker takes. */
export const MAX_CELL_TEXT = 8_192

/**
 * A cell as it came out of a file: numbers and missing values as they are, whole numbers beyond 2^53 and
 * everything that is no number as text. Text that is plainly a decimal number is that number.
 */
export function cellOf(raw: unknown): SourceCell {
  switch (typeof raw) {
    case 'number':
      return raw
    case 'bigint':
      return Number.isSafeInteger(Number(raw)) ? Number(raw) : String(raw)
    case 'string':
      return numberOf(raw) ?? cut(raw)
    case 'undefined':
      return null
    default:
      return raw === null ? null : cut(JSON.stringify(raw, exactly))
  }
}

/** Longer than any double written out; a text may be looked at once for each of sixteen million rows. */
const MAX_NUMBER_LENGTH = 1_100

/** The number that a text plainly is, or undefined; a whole number beyond 2^53 would not be the same as a number. */
export function numberOf(text: string): number | undefined {
  if (text.length > MAX_NUMBER_LENGTH) return undefined
  const trimmed = text.trim()
  if (!PLAIN_DECIMAL.test(trimmed)) return undefined
  const number = Number(trimmed)
  return Math.abs(number) > Number.MAX_SAFE_INTEGER && /^[+-]?\d+$/.test(trimmed) ? undefined : number
}

/** A cell that has to be text: a symbol, an interval. A missing one is empty, which no symbol is. */
export function textOf(raw: unknown): string {
  if (typeof raw === 'string') return cut(raw)
  return raw === null || raw === undefined ? '' : cut(String(raw))
}

/** JSON refuses whole numbers of 64 bits, which a nested column may hold. */
function exactly(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value
}

function cut(text: string): string {
  return text.length <= MAX_CELL_TEXT ? text : `${text.slice(0, MAX_CELL_TEXT)}… (${text.length} characters)`
}
