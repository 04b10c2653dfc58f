/** Statements in Athena's SQL that are made at random from typed pieces. */
import fc from 'fast-check'
import { PIECES, type Pieces, type PieceType } from './statement-pieces.ts'

const TYPES = Object.keys(PIECES) as readonly PieceType[]

/** A call stands in another at most so deep. */
const DEPTH = 3

/** An expression of a type, in parentheses where it might be read with its neighbours. */
function expression(type: PieceType, depth: number): fc.Arbitrary<string> {
  const { values, calls }: Pieces = PIECES[type]
  const value = fc.constantFrom(...values)
  if (depth === 0 || calls.length === 0) return value
  return fc.oneof(
    { arbitrary: value, weight: 1 },
    { arbitrary: fc.constantFrom(...calls).chain((call) => filled(call, depth - 1)), weight: 5 },
  )
}

/** The call with an expression in each of its places. */
function filled(call: string, depth: number): fc.Arbitrary<string> {
  const [first = '', ...rest] = call.split(/\{(\w+)\}/)
  const types = rest.filter((_, i) => i % 2 === 0) as PieceType[]
  const between = rest.filter((_, i) => i % 2 === 1)
  return fc
    .tuple(...types.map((type) => expression(type, depth)))
    .map((parts) => parts.reduce((text, part, i) => `${text}${apart(part)}${between[i] ?? ''}`, first))
}

/** `a + b` as one operand. */
function apart(part: string): string {
  return /^[\w']*\(|^\w+$|^ARRAY\[[^\]]*\]$|^'[^']*'$/.test(part) && !/\) /.test(part) ? part : `(${part})`
}

export const randomStatement: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom(...TYPES), fc.integer({ min: 2, max: DEPTH }))
  .chain(([type, depth]) => expression(type, depth))
  .chain((made) =>
    fc.constantFrom(
      `SELECT ${made}`,
      `SELECT count(${made}), array_agg(${made}) FROM (VALUES 1, 2) AS t (x)`,
      `SELECT x, ${made} AS y FROM (VALUES 1, 2, NULL) AS t (x) WHERE x IS NOT NULL ORDER BY x`,
    ),
  )
