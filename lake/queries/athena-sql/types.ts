/** Trino's types: how they are written, what becomes of two of them, and what DuckDB calls them. */

export type SqlType =
  | { readonly kind: SimpleKind }
  /** Of json_extract, which leaves the keys of objects as they are. */
  | { readonly kind: 'json'; readonly asWritten: true }
  | { readonly kind: 'decimal'; readonly precision: number; readonly scale: number }
  | { readonly kind: 'timestamp'; readonly precision: number }
  /** DuckDB's instants have no zone of their own, so the zone is known while the statement is read, or it is refused. */
  | { readonly kind: 'timestamp with time zone'; readonly precision: number; readonly zone: string }
  | { readonly kind: 'array'; readonly of: SqlType }
  | { readonly kind: 'map'; readonly key: SqlType; readonly value: SqlType }
  | { readonly kind: 'row'; readonly fields: readonly RowField[] }

export interface RowField {
  readonly name: string | undefined
  readonly type: SqlType
}

const SIMPLE = {
  unknown: 'INTEGER',
  boolean: 'BOOLEAN',
  tinyint: 'TINYINT',
  smallint: 'SMALLINT',
  integer: 'INTEGER',
  bigint: 'BIGINT',
  real: 'FLOAT',
  double: 'DOUBLE',
  varchar: 'VARCHAR',
  varbinary: 'BLOB',
  date: 'DATE',
  json: 'JSON',
  'interval day to second': 'INTERVAL',
  'interval year to month': 'INTERVAL',
} as const
type SimpleKind = keyof typeof SIMPLE

export function simple(kind: SimpleKind): SqlType {
  return { kind }
}

/** Of NULL, until something else says more. */
export const UNKNOWN = simple('unknown')
export const BOOLEAN = simple('boolean')
export const INTEGER = simple('integer')
export const BIGINT = simple('bigint')
export const DOUBLE = simple('double')
export const VARCHAR = simple('varchar')
export const DATE = simple('date')

export function arrayOf(of: SqlType): SqlType {
  return { kind: 'array', of }
}

export function timestampOf(precision: number): SqlType {
  return { kind: 'timestamp', precision }
}

export function instantOf(precision: number, zone: string): SqlType {
  return { kind: 'timestamp with time zone', precision, zone }
}

export function decimalOf(precision: number, scale: number): SqlType {
  return { kind: 'decimal', precision: Math.min(38, precision), scale }
}

/** DuckDB's name of the type. Fields of rows are called f0, f1 … there: Trino's may have no name, or the same. */
export function duckdbType(type: SqlType): string {
  if (type.kind === 'decimal') return `DECIMAL(${type.precision}, ${type.scale})`
  if (type.kind === 'timestamp') return 'TIMESTAMP'
  if (type.kind === 'timestamp with time zone') return 'TIMESTAMPTZ'
  if (type.kind === 'array') return `${duckdbType(type.of)}[]`
  if (type.kind === 'map') return `MAP(${duckdbType(type.key)}, ${duckdbType(type.value)})`
  if (type.kind === 'row')
    return `STRUCT(${type.fields.map((field, i) => `f${i} ${duckdbType(field.type)}`).join(', ')})`
  return SIMPLE[type.kind]
}

/** Trino's name of the type. */
export function typeText(type: SqlType): string {
  if (type.kind === 'decimal') return `decimal(${type.precision},${type.scale})`
  if (type.kind === 'timestamp') return `timestamp(${type.precision})`
  if (type.kind === 'timestamp with time zone') return `timestamp(${type.precision}) with time zone`
  if (type.kind === 'array') return `array(${typeText(type.of)})`
  if (type.kind === 'map') return `map(${typeText(type.key)}, ${typeText(type.value)})`
  if (type.kind === 'row')
    return `row(${type.fields.map((field) => [field.name, typeText(field.type)].filter(Boolean).join(' ')).join(', ')})`
  return type.kind
}

const SIMPLE_NAMES: Readonly<Record<string, SqlType>> = {
  ...Object.fromEntries(Object.keys(SIMPLE).map((kind) => [kind, { kind }])),
  int: INTEGER,
  'double precision': simple('double'),
  float: simple('real'),
  string: VARCHAR,
  decimal: decimalOf(38, 0),
  timestamp: timestampOf(3),
  'timestamp with time zone': instantOf(3, 'UTC'),
}

/** Types with something in parentheses. */
const MADE_OF: Readonly<Record<string, (parts: readonly string[], isZoned: boolean) => SqlType | undefined>> = {
  array: (parts) => allOf(parts.slice(0, 1).map(typeOf), ([of]) => arrayOf(of as SqlType)),
  map: (parts) =>
    allOf(parts.map(typeOf), ([key, value]) => ({ kind: 'map', key: key as SqlType, value: value as SqlType })),
  row: rowOf,
  varchar: () => VARCHAR,
  decimal: ([precision, scale]) => decimalOf(Number(precision), Number(scale ?? 0)),
  timestamp([digits], isZoned) {
    const precision = Number(digits)
    if (precision > 6) return undefined
    return isZoned ? instantOf(precision, 'UTC') : timestampOf(precision)
  },
}

/** Reads a type's name as Trino writes it; undefined where it is none that is known here. */
export function typeOf(text: string): SqlType | undefined {
  const plain = text.trim().toLowerCase().replace(/\s+/g, ' ')
  const known = SIMPLE_NAMES[plain]
  if (known) return known
  const [, name = '', inner = '', after] = /^(\w+) ?\((.*)\)( with time zone)?$/.exec(plain) ?? []
  return Object.hasOwn(MADE_OF, name) ? MADE_OF[name]?.(splitTop(inner), after !== undefined) : undefined
}

function rowOf(parts: readonly string[]): SqlType | undefined {
  const fields = parts.map((part) => {
    const [, name, rest = ''] = /^(\w+) (.+)$/.exec(part.trim()) ?? []
    const whole = typeOf(part)
    if (whole) return { name: undefined, type: whole }
    const type = typeOf(rest)
    return type && { name, type }
  })
  return fields.every((field) => field !== undefined) ? { kind: 'row', fields } : undefined
}

/** The type that is made of others; undefined where one of them is unknown. */
function allOf(
  types: readonly (SqlType | undefined)[],
  make: (types: readonly SqlType[]) => SqlType,
): SqlType | undefined {
  return types.every((type) => type !== undefined) ? make(types) : undefined
}

function splitTop(text: string): string[] {
  const parts: string[] = []
  let depth = 0
  let from = 0
  for (const [i, letter] of [...text].entries()) {
    if (letter === '(') depth += 1
    if (letter === ')') depth -= 1
    if (letter !== ',' || depth > 0) continue
    parts.push(text.slice(from, i).trim())
    from = i + 1
  }
  return [...parts, text.slice(from).trim()]
}

const INTEGERS = ['tinyint', 'smallint', 'integer', 'bigint']
const DIGITS: Readonly<Record<string, number>> = { tinyint: 3, smallint: 5, integer: 10, bigint: 19 }
const NUMBERS = [...INTEGERS, 'decimal', 'real', 'double']

export function isInteger({ kind }: SqlType): boolean {
  return INTEGERS.includes(kind)
}

/** A day or a time of one. */
export function isTime({ kind }: SqlType): boolean {
  return kind === 'date' || kind.startsWith('timestamp')
}

/** The last digit's worth: 0.01 of two digits. */
export function unitOf(scale: number): string {
  return scale === 0 ? '1' : `0.${'1'.padStart(scale, '0')}`
}

export function isNumber({ kind }: SqlType): boolean {
  return NUMBERS.includes(kind)
}

export function isFloating({ kind }: SqlType): boolean {
  return kind === 'real' || kind === 'double'
}

/** Whether a double or real is what it is, or holds. */
export function holdsFloating(type: SqlType): boolean {
  if (type.kind === 'array') return holdsFloating(type.of)
  return type.kind === 'row' ? type.fields.some((field) => holdsFloating(field.type)) : isFloating(type)
}

/** Whether two values of the type are equal in DuckDB where they are in Trino: maps and JSON are not, by the order of their keys. */
export function isComparable(type: SqlType): boolean {
  if (type.kind === 'array') return isComparable(type.of)
  if (type.kind === 'row') return type.fields.every((field) => isComparable(field.type))
  return type.kind !== 'map' && type.kind !== 'json'
}

/** A number's type as a decimal: what an integer becomes beside one. */
export function asDecimal(type: SqlType): { readonly precision: number; readonly scale: number } {
  return type.kind === 'decimal' ? type : { precision: DIGITS[type.kind] ?? 38, scale: 0 }
}

export function sameType(a: SqlType, b: SqlType): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/** The type that both become where they meet: in a comparison, a CASE, a set operation. Undefined where Trino has none. */
export function commonType(a: SqlType, b: SqlType): SqlType | undefined {
  if (sameType(a, b) || b.kind === 'unknown') return a
  if (a.kind === 'unknown') return b
  if (isNumber(a) && isNumber(b)) return commonNumber(a, b)
  return commonOfParts(a, b) ?? commonTime(a, b)
}

function commonOfParts(a: SqlType, b: SqlType): SqlType | undefined {
  if (a.kind === 'json' && b.kind === 'json') return { kind: 'json' }
  if (a.kind === 'array' && b.kind === 'array') return allOf([commonType(a.of, b.of)], ([of]) => arrayOf(of as SqlType))
  if (a.kind === 'map' && b.kind === 'map') {
    const types = [commonType(a.key, b.key), commonType(a.value, b.value)]
    return allOf(types, ([key, value]) => ({ kind: 'map', key: key as SqlType, value: value as SqlType }))
  }
  return a.kind === 'row' && b.kind === 'row' ? commonRow(a.fields, b.fields) : undefined
}

function commonRow(a: readonly RowField[], b: readonly RowField[]): SqlType | undefined {
  if (a.length !== b.length) return undefined
  const fields = a.map(({ name, type }, i) => {
    const other = b[i]
    const common = other && commonType(type, other.type)
    return common && { name: name === other?.name ? name : undefined, type: common }
  })
  return fields.every((field) => field !== undefined) ? { kind: 'row', fields } : undefined
}

function commonNumber(a: SqlType, b: SqlType): SqlType {
  if (a.kind === 'double' || b.kind === 'double') return DOUBLE
  if (a.kind === 'real' || b.kind === 'real') return simple('real')
  if (isInteger(a) && isInteger(b)) return INTEGERS.indexOf(a.kind) > INTEGERS.indexOf(b.kind) ? a : b
  const [left, right] = [asDecimal(a), asDecimal(b)]
  const scale = Math.max(left.scale, right.scale)
  return decimalOf(Math.max(left.precision - left.scale, right.precision - right.scale) + scale, scale)
}

function commonTime(a: SqlType, b: SqlType): SqlType | undefined {
  const precision = Math.max(precisionOf(a), precisionOf(b))
  if (Math.min(precisionOf(a), precisionOf(b)) < 0) return undefined
  if (a.kind === 'timestamp with time zone' && b.kind === 'timestamp with time zone')
    return a.zone === b.zone ? instantOf(precision, a.zone) : undefined
  // A time without a zone is one of the session's, which is UTC.
  const zoned = [a, b].find(({ kind }) => kind === 'timestamp with time zone')
  if (zoned?.kind === 'timestamp with time zone') return instantOf(precision, zoned.zone)
  return timestampOf(precision)
}

/** The digits of a time's second; a date has none; -1 of what is no time. */
function precisionOf(type: SqlType): number {
  if (type.kind === 'timestamp' || type.kind === 'timestamp with time zone') return type.precision
  return type.kind === 'date' ? 0 : -1
}
