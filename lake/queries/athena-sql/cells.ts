/** Values as Athena prints them. */
import { offsetIn } from '../../time-zone.ts'
import type { SqlType } from './types.ts'

/** What DuckDB gives: its own classes for what JavaScript has none for, known here by what they hold. */
export type Value = unknown

export function cellText(value: Value, type: SqlType): string | null {
  if (value === null || value === undefined) return null
  if (type.kind === 'timestamp with time zone') return instantText(value, type.zone)
  if (type.kind === 'json') return jsonText(String(value), 'asWritten' in type ? 'as written' : 'sorted')
  const print = Object.hasOwn(PRINTED, type.kind) ? PRINTED[type.kind] : undefined
  return print?.(value) ?? partsText(value, type) ?? String(value)
}

/** Kinds that are not printed as they are. */
const PRINTED: Readonly<Record<string, (value: Value) => string | undefined>> = {
  double: (value) => doubleText(Number(value), false),
  real: (value) => doubleText(Number(value), true),
  varbinary: bytesText,
  timestamp: (value) => timestampText(String(value)),
  'interval day to second': dayText,
  'interval year to month': monthText,
}

function bytesText(value: Value): string | undefined {
  if (!hasBytes(value)) return undefined
  return Buffer.from(value.bytes)
    .toString('hex')
    .replace(/..(?=.)/g, '$& ')
}

/** What holds cells of its own. */
function partsText(value: Value, type: SqlType): string | undefined {
  const inner = (cell: unknown, of: SqlType): string => cellText(cell, of) ?? 'null'
  if (type.kind === 'array' && hasItems(value)) return `[${value.items.map((item) => inner(item, type.of)).join(', ')}]`
  if (type.kind === 'map' && hasEntries(value)) {
    const entries = value.entries.map(({ key, value: cell }) => `${inner(key, type.key)}=${inner(cell, type.value)}`)
    return `{${entries.join(', ')}}`
  }
  if (type.kind === 'row' && hasFields(value)) {
    const { entries } = value
    const cells = type.fields.map(({ name, type: of }, i) => `${name ?? `field${i}`}=${inner(entries[`f${i}`], of)}`)
    return `{${cells.join(', ')}}`
  }
  return undefined
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

/** Inside of an array, a map or a row; a column of instants is text already, for DuckDB has printed it. */
function instantText(value: Value, zone: string): string {
  if (!isObject(value) || !('micros' in value) || typeof value.micros !== 'bigint') return String(value)
  const ms = Number(value.micros / 1000n)
  const local = new Date(ms + (zone === 'UTC' ? 0 : offsetIn(zone, ms)))
  return `${local.toISOString().slice(0, -1).replace('T', ' ')} ${zone}`
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

/** JSON as Trino prints it: no space, keys sorted, the last of two equal keys, numbers with a point as Java writes them. */
function jsonText(json: string, keys: 'sorted' | 'as written'): string {
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

/** As Java prints it: `1.0`, `1.0E7`, `1.0E-4`. */
export function doubleText(value: number, isReal = false): string {
  if (!Number.isFinite(value)) return String(value)
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0'
  const digits = isReal ? shortestReal(value) : value
  const size = Math.abs(digits)
  if (size >= 1e-3 && size < 1e7) return Number.isInteger(digits) ? `${digits}.0` : String(digits)
  const [mantissa = '', exponent = ''] = digits.toExponential().split('e')
  return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${Number(exponent)}`
}

function shortestReal(value: number): number {
  // Two digits at least, as Java: the least of all is 1.4E-45. Nine tell any two apart.
  for (let digits = 2; digits < 9; digits += 1) {
    const short = Number(value.toPrecision(digits))
    if (Math.fround(short) === value) return short
  }
  return Number(value.toPrecision(9))
}
