/** Values as Athena prints them. */
import { doubleText } from './double-text.ts'
import { jsonText } from './json-text.ts'
import type { SqlType } from './types.ts'

/** What DuckDB gives: its own classes for what JavaScript has none for, known here by what they hold. */
export type Value = unknown

// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: one line a case; apart they would be harder to read.
export function cellText(value: Value, type: SqlType): string | null {
  if (value === null || value === undefined) return null
  if (type.kind === 'double' || type.kind === 'real') return doubleText(Number(value), type.kind === 'real')
  if (type.kind === 'varbinary' && hasBytes(value))
    return Buffer.from(value.bytes)
      .toString('hex')
      .replace(/..(?=.)/g, '$& ')
  if (type.kind === 'json') return jsonText(String(value), 'asWritten' in type ? 'as written' : 'sorted')
  if (type.kind === 'timestamp') return timestampText(String(value))
  if (type.kind === 'interval day to second') return dayText(value)
  if (type.kind === 'interval year to month') return monthText(value)
  if (type.kind === 'array' && hasItems(value))
    return `[${value.items.map((item) => cellText(item, type.of) ?? 'null').join(', ')}]`
  if (type.kind === 'map' && hasEntries(value)) {
    const entries = value.entries.map(
      ({ key, value: cell }) => `${cellText(key, type.key)}=${cellText(cell, type.value) ?? 'null'}`,
    )
    return `{${entries.join(', ')}}`
  }
  if (type.kind === 'row' && hasFields(value)) {
    const cells = type.fields.map(
      ({ name, type: of }, i) => `${name ?? `field${i}`}=${cellText(value.entries[`f${i}`], of) ?? 'null'}`,
    )
    return `{${cells.join(', ')}}`
  }
  return String(value)
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null
const hasBytes = (value: unknown): value is { readonly bytes: Uint8Array } => isObject(value) && 'bytes' in value
const hasItems = (value: unknown): value is { readonly items: readonly unknown[] } =>
  isObject(value) && 'items' in value
const hasEntries = (
  value: unknown,
): value is { readonly entries: readonly { readonly key: unknown; readonly value: unknown }[] } =>
  isObject(value) && 'entries' in value && Array.isArray(value.entries)
const hasFields = (value: unknown): value is { readonly entries: Readonly<Record<string, unknown>> } =>
  isObject(value) && 'entries' in value && isObject(value.entries)

/** Athena prints milliseconds, whatever the type has. */
function timestampText(text: string): string {
  const [whole = '', fraction = ''] = text.split('.')
  return `${whole}.${fraction.slice(0, 3).padEnd(3, '0')}`
}

interface Interval {
  readonly months: number
  readonly days: number
  readonly micros: bigint
}

function dayText(value: unknown): string {
  const { days, micros } = value as Interval
  const total = BigInt(days) * 86_400_000n + micros / 1000n
  const sign = total < 0n ? '-' : ''
  const ms = total < 0n ? -total : total
  const two = (part: bigint): string => String(part).padStart(2, '0')
  const time = [(ms / 3_600_000n) % 24n, (ms / 60_000n) % 60n, (ms / 1000n) % 60n].map(two).join(':')
  return `${sign}${ms / 86_400_000n} ${time}.${String(ms % 1000n).padStart(3, '0')}`
}

function monthText(value: unknown): string {
  const { months } = value as Interval
  const size = Math.abs(months)
  return `${months < 0 ? '-' : ''}${Math.floor(size / 12)}-${size % 12}`
}
