/** The judgement of a record, and its way into a landing file. */
import assert from 'node:assert/strict'
import { parquetEncoder } from '../../lake/parquet/encoder.ts'
import { judge, rejectReason } from '../../lake/records/judge.ts'
import { judgeRecords } from '../../lake/records/landing.ts'
import { BARS_LANDING } from '../../lake/tables/tables.ts'
import type { Dice } from '../chaos/dice.ts'
import { aMessage, aRecord, NOW } from '../support/bars.ts'
import { FRAGMENTS, type FuzzTarget, mutated } from './target.ts'

const NAMES = ['schema_version', 'kind', 'symbol', 'interval', 'ts_event', 'open', 'high', 'low', 'close', 'adj_close']
const OTHER_NAMES = ['volume', 'source', 'run_id', 'ts_sent', '__proto__', 'constructor', 'toString', 'more']
const TIMESTAMPS = [NOW, NOW, NOW, 0, -1, 1.7e18, 2 ** 63, -(2 ** 63), Date.UTC(2100, 0, 1), 1.7e15]
/** A reason is one line: its code, a field's name and sixty characters. */
const LONGEST_REASON = 200
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
const OBEYED = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/

/** JSON texts for a field's value, as text: no serialiser would make some of them. */
const VALUES: readonly ((dice: Dice) => string)[] = [
  (dice) => nested(dice, '[', ']'),
  (dice) => nested(dice, '{"a":', '}'),
  (dice) => `"${'x'.repeat(lengthUpTo(65_000, dice))}"`,
  (dice) => '9'.repeat(lengthUpTo(5_000, dice)),
  (dice) => `${dice.integer(-9, 9)}e${dice.integer(-400, 400)}`,
  (dice) => `"${'9'.repeat(dice.integer(1, 400))}"`,
  (dice) => `"${dice.pick(FRAGMENTS)}"`,
  (dice) => dice.pick(FRAGMENTS),
  () => '"\\ud83d"',
  () => '{"__proto__":{"symbol":"AAPL"}}',
  () => '"2013-03-01"',
  () => '-0.0',
]

/** Most often short: a long one costs a thousand times as much, and teaches little more. */
function lengthUpTo(most: number, dice: Dice): number {
  return Math.floor(most ** dice.next())
}

function nested(dice: Dice, open: string, close: string): string {
  const depth = lengthUpTo(7_000, dice)
  return `${open.repeat(depth)}1${close.repeat(depth)}`
}

/** A valid message with up to three fields spoiled, or said twice. */
function aSpoiledMessage(dice: Dice): Uint8Array {
  let text = aMessage({})
  for (let i = dice.integer(0, 3); i > 0; i--) {
    const name = dice.pick([...NAMES, ...OTHER_NAMES])
    const field = `${JSON.stringify(name)}:${dice.pick(VALUES)(dice)}`
    text = dice.next() < 0.5 ? `{${field},${text.slice(1)}` : `${text.slice(0, -1)},${field}}`
  }
  return Buffer.from(text)
}

const encoder = parquetEncoder()

export const judgeTarget: FuzzTarget = {
  name: 'judge',
  inAMoment: 4_000,
  make: (dice) => mutated(aSpoiledMessage(dice), dice),
  run(value) {
    const timestamp = TIMESTAMPS[value.length % TIMESTAMPS.length] ?? NOW
    const record = aRecord({ value, timestamp })
    const verdict = judge(record, NOW)
    const reason = rejectReason(verdict) ?? ''
    assert.ok(!reason.startsWith('unexpected'), reason)
    assert.ok(reason.length <= LONGEST_REASON, `a reason of ${reason.length} characters`)
    assert.doesNotMatch(reason, OBEYED)
    assert.ok(Number.isSafeInteger(verdict.origin.tsSent) && verdict.origin.tsSent <= NOW + 2 * 86_400_000)
    assert.doesNotMatch(`${verdict.origin.source}${verdict.origin.runId}`, OBEYED)
    // A file takes a hundred times as long as a verdict, and every verdict of one kind makes the same cells.
    if (value.length % 97 !== 0) return
    const file = encoder.open(BARS_LANDING)
    judgeRecords([record], NOW, (columns) => file.group(columns))
    assert.ok(file.finish({}).length > 0)
  },
}
