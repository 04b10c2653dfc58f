/** What is sent: bars, and poison of every shape, each with a header that says what has to become of it. */
import type { RejectCode } from '../../lake/records/judge.ts'
import { aMessage } from '../support/bars.ts'
import type { Dice } from './dice.ts'

export interface ChaosRecord {
  readonly key: Buffer | null
  readonly value: Buffer | null
  /** `bar`, or the code that it is to be rejected with. */
  readonly expect: 'bar' | RejectCode
}

/** The header that carries `expect`. */
export const EXPECT_HEADER = 'expect'
/** One record in so many is poison, one in so many is megabytes large. */
const POISON_SHARE = 0.05
const LARGE_SHARE = 1 / 20_000
const MEGABYTE = 1024 * 1024

export function aChaosRecord(dice: Dice): ChaosRecord {
  const luck = dice.next()
  if (luck < LARGE_SHARE) return large(dice)
  return luck < POISON_SHARE ? poison(dice) : bar(dice)
}

function bar(dice: Dice): ChaosRecord {
  const symbol = `S${dice.integer(0, 499)}`
  return { key: Buffer.from(symbol), value: Buffer.from(aMessage(barFields(symbol, dice))), expect: 'bar' }
}

function barFields(symbol: string, dice: Dice) {
  const close = dice.integer(100, 99_999) / 100
  return {
    symbol,
    ts_event: new Date(Date.UTC(1962, 0, 2) + dice.integer(0, 23_000) * 86_400_000).toISOString(),
    open: close,
    high: close + 1,
    low: close - 0.5,
    close,
    adj_close: dice.next() < 0.1 ? null : close * 0.97,
    volume: dice.integer(0, 2 ** 40),
  }
}

/** Values beyond 64 kB are kept and never parsed; the largest fits into no event and goes to the on-failure destination. */
function large(dice: Dice): ChaosRecord {
  const value = Buffer.alloc(dice.pick([1, 2, 4, 5]) * MEGABYTE, 'large ')
  return { key: Buffer.from('LARGE'), value, expect: 'too_large' }
}

function poison(dice: Dice): ChaosRecord {
  const [make, expect] = dice.pick(POISONS)
  const value = make(barFields('POISON', dice))
  return { key: dice.pick(KEYS), value: typeof value === 'string' ? Buffer.from(value) : value, expect }
}

const KEYS: readonly (Buffer | null)[] = [null, Buffer.alloc(0), Buffer.from('__proto__'), Buffer.from([0xff, 0, 0xfe])]

type Fields = ReturnType<typeof barFields>
type Poison = readonly [make: (fields: Fields) => Buffer | string | null, expect: ChaosRecord['expect']]

const POISONS: readonly Poison[] = [
  [() => null, 'tombstone'],
  [() => '', 'not_json'],
  [() => 'not JSON at all', 'not_json'],
  [(fields) => aMessage(fields).slice(0, -20), 'not_json'],
  [(fields) => aMessage({ ...fields, close: 'CUT' }).replace('"CUT"', 'NaN'), 'not_json'],
  [(fields) => Buffer.concat([Buffer.from(aMessage(fields)), Buffer.from([0xe2, 0x82])]), 'not_utf8'],
  [() => Buffer.from([0xff, 0xfe, 0x00, 0x01]), 'not_utf8'],
  [() => 'null', 'not_an_object'],
  [() => '42', 'not_an_object'],
  [() => '"text"', 'not_an_object'],
  [(fields) => `[${aMessage(fields)}]`, 'not_an_object'],
  [() => '['.repeat(20_000) + ']'.repeat(20_000), 'not_an_object'],
  [(fields) => aMessage({ ...fields, schema_version: 2 }), 'unknown_schema_version'],
  [(fields) => aMessage({ ...fields, schema_version: '1' }), 'unknown_schema_version'],
  [(fields) => aMessage({ ...fields, symbol: undefined }), 'missing_field'],
  [(fields) => aMessage({ ...fields, high: null }), 'missing_field'],
  [(fields) => `{"__proto__":${aMessage(fields)}}`, 'missing_field'],
  [(fields) => `{"constructor":{"prototype":${aMessage(fields)}}}`, 'missing_field'],
  [(fields) => aMessage({ ...fields, open: String(fields.open) }), 'wrong_type'],
  [(fields) => aMessage({ ...fields, volume: 1.5 }), 'wrong_type'],
  [(fields) => aMessage({ ...fields, ts_event: {} }), 'wrong_type'],
  [(fields) => aMessage({ ...fields, close: 'NaN' }), 'not_finite'],
  [(fields) => aMessage({ ...fields, low: 'CUT' }).replace('"CUT"', '1e999'), 'not_finite'],
  [(fields) => aMessage({ ...fields, symbol: "'; DROP TABLE bars" }), 'bad_symbol'],
  [(fields) => aMessage({ ...fields, interval: '2d' }), 'bad_interval'],
  [(fields) => aMessage({ ...fields, ts_event: '9999-12-31T00:00:00Z' }), 'absurd_time'],
  [(fields) => aMessage({ ...fields, volume: -1 }), 'negative_volume'],
  [(fields) => aMessage({ ...fields, high: fields.low - 1 }), 'high_below_low'],
  [(fields) => aMessage({ ...fields, open: fields.high * 2 }), 'open_outside'],
  [(fields) => aMessage({ ...fields, close: fields.high * 2 }), 'close_outside'],
  // Odd, and yet bars: unknown fields are taken without complaint, and of a key that comes twice JSON has the last.
  [(fields) => `{"symbol":"OTHER","symbol":"POISON",${aMessage(fields).slice(1)}`, 'bar'],
  [(fields) => `{"__proto__":{"symbol":null},${aMessage(fields).slice(1)}`, 'bar'],
  [(fields) => `{"deep":${'['.repeat(5_000)}${']'.repeat(5_000)},${aMessage(fields).slice(1)}`, 'bar'],
]
