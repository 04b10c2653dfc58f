import type { Dice } from '../chaos/dice.ts'

/** Something that reads what strangers send, and must neither throw nor dawdle whatever it is. */
export interface FuzzTarget {
  /** Also the folder of its corpus: what was found once, and what is worth starting from. */
  readonly name: string
  /** So many inputs take a second or two; `npm test` tries no more. */
  readonly inAMoment: number
  /** An input, most often nearly right. */
  make(dice: Dice): Uint8Array
  /** Throws where the target did what it must not. */
  run(input: Uint8Array): void | Promise<void>
}

/** Some inputs as they come, most of them with a few bytes spoiled. */
export function mutated(input: Uint8Array, dice: Dice): Uint8Array {
  if (input.length === 0 || dice.next() < 0.3) return input
  let bytes: Buffer = Buffer.from(input)
  for (let i = dice.integer(1, 4); i > 0 && bytes.length > 0; i--)
    bytes = MUTATIONS[dice.integer(0, 3)]?.(bytes, dice) ?? bytes
  return bytes
}

const MUTATIONS: readonly ((bytes: Buffer, dice: Dice) => Buffer)[] = [
  (bytes, dice) => {
    bytes[dice.integer(0, bytes.length - 1)] = dice.integer(0, 255)
    return bytes
  },
  (bytes, dice) => bytes.subarray(0, dice.integer(0, bytes.length)),
  (bytes, dice) => {
    const at = dice.integer(0, bytes.length)
    return Buffer.concat([bytes.subarray(0, at), Buffer.from(dice.pick(FRAGMENTS)), bytes.subarray(at)])
  },
  (bytes, dice) => {
    const [from, to] = [dice.integer(0, bytes.length), dice.integer(0, bytes.length)]
    return Buffer.concat([bytes.subarray(0, to), bytes.subarray(Math.min(from, to), Math.min(from, to) + 64)])
  },
]

/** What has broken readers before. */
export const FRAGMENTS: readonly string[] = [
  '{',
  '}',
  '[',
  '"',
  ',',
  '\\ud800',
  '\\u0000',
  '\u202e',
  '\u009b',
  '__proto__',
  'constructor',
  '1e999',
  '-0',
  '9223372036854775807',
  '@',
  '/',
  '%',
  '-1',
  'null',
  '\r\n',
]
