/** Least and greatest values of pages and columns, as readers prune by them: never tighter than the values are. */

/** Bounds as they stand in a file. */
export interface Bounds {
  readonly min: Uint8Array
  readonly max: Uint8Array
  /** Texts that are too long are cut to bounds that enclose them. */
  readonly exact: { readonly min: boolean; readonly max: boolean }
}

const EXACT = { min: true, max: true } as const

export interface NumberRange {
  readonly min: number
  readonly max: number
}

/**
 * Undefined where there are no numbers, or a NaN among them: to some engines it is greater than every number, to
 * others it is not comparable, so no bounds are true for all.
 */
export function rangeOf(numbers: Float64Array, from = 0, to = numbers.length): NumberRange | undefined {
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  for (let i = from; i < to; i++) {
    const number = numbers[i] as number
    if (number < min) min = number
    if (number > max) max = number
    if (Number.isNaN(number)) return undefined
  }
  return from < to ? { min, max } : undefined
}

/** A zero at an end gets the sign that encloses the other zero (Parquet, "ColumnOrder"). */
export function doubleBounds({ min, max }: NumberRange): Bounds {
  return { min: doubleBytes(min === 0 ? -0 : min), max: doubleBytes(max === 0 ? 0 : max), exact: EXACT }
}

function doubleBytes(value: number): Uint8Array {
  const bytes = Buffer.allocUnsafe(8)
  bytes.writeDoubleLE(value)
  return bytes
}

export function integerBounds({ min, max }: NumberRange, bytes: 4 | 8): Bounds {
  return { min: integerBytes(min, bytes), max: integerBytes(max, bytes), exact: EXACT }
}

function integerBytes(value: number, length: 4 | 8): Uint8Array {
  const bytes = Buffer.allocUnsafe(length)
  if (length === 4) bytes.writeInt32LE(value)
  else bytes.writeBigInt64LE(BigInt(value))
  return bytes
}

export function booleanBounds({ min, max }: NumberRange): Bounds {
  return { min: Uint8Array.of(min), max: Uint8Array.of(max), exact: EXACT }
}

/** Longer texts are cut: nobody looks for a bound, and footers are read by everybody. */
const LONGEST = 64

/** Texts in UTF-8, whose order is that of their bytes. */
export interface TextRange {
  readonly min: Buffer
  readonly max: Buffer
}

/** Undefined where no bound is above them. */
export function textBounds({ min, max }: TextRange): Bounds | undefined {
  const above = max.length <= LONGEST ? max : textAbove(max)
  if (!above) return undefined
  const exact = { min: min.length <= LONGEST, max: max.length <= LONGEST }
  return { min: min.length <= LONGEST ? min : prefixOf(min), max: above, exact }
}

/** Cut before a character, never within one. */
function prefixOf(text: Buffer): Buffer {
  let end = LONGEST
  while (end > 0 && ((text[end] ?? 0) & 0xc0) === 0x80) end--
  return text.subarray(0, end)
}

/** The shortest prefix with its last character raised by one; characters that have none above them are left out. */
function textAbove(text: Buffer): Buffer | undefined {
  const characters = Array.from(prefixOf(text).toString('utf8'))
  for (let last = characters.pop(); last !== undefined; last = characters.pop()) {
    const point = last.codePointAt(0) ?? 0
    // Surrogates are no characters of UTF-8.
    const next = point === 0xd7ff ? 0xe000 : point + 1
    if (next <= 0x10ffff) return Buffer.from(characters.join('') + String.fromCodePoint(next))
  }
  return undefined
}
