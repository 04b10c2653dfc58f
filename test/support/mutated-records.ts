/** Records like the producer's, with anything done to them: for whatever has to judge them all alike. */
import fc from 'fast-check'
import type { KafkaRecord } from '../../lake/records/kafka-record.ts'
import { aRecord, NOW } from './bars.ts'

type Field = readonly [name: string, json: string]

const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 25 })
const numbers = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 100_000 }).map((cents) => String(cents / 100)) },
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.float({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.tuple(digits, digits).map(([whole, decimals]) => `${whole}.${decimals}`),
  digits,
  fc.constantFrom(
    '0',
    '-0',
    '-0.0',
    '1e3',
    '1E-7',
    '1e400',
    '01',
    '1.',
    '.5',
    '-',
    '+1',
    '"1.5"',
    '"NaN"',
    'null',
    'true',
    '9007199254740993',
    '[1]',
    '{}',
  ),
)
const times = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: NOW }).map((ms) => `"${new Date(ms).toISOString()}"`) },
  fc.integer({ min: -6e12, max: 2 * NOW }).map(String),
  fc.constantFrom(
    ...[
      '"2013-03-01"',
      '"2013-02-30T00:00:00.000Z"',
      '"2012-02-29T23:59:59.999Z"',
      '"2013-03-01T24:00:00.000Z"',
      '1.5',
    ],
    ...['"2013-03-01T00:00:00,000Z"', '"0013-03-01T00:00:00.000Z"', '"2013-03-01T00:00:00.00aZ"', '""', 'null', '"x"'],
    ...['"2013-03-01T00:00:00.000+01:00"', '"1799-12-31T23:59:59.999Z"', '"2013/03/01T00:00:00.000Z"'],
    `"${new Date(NOW + 2 * 86_400_000).toISOString()}"`,
    `"${new Date(NOW + 2 * 86_400_000 + 1).toISOString()}"`,
  ),
)
const texts = fc.oneof(
  fc.constantFrom(
    '"AAPL"',
    '"BRK-B"',
    '"aapl"',
    '""',
    '"^GSPC"',
    '"1d"',
    '"1m"',
    '"2d"',
    'null',
    '1',
    '"A\\u0041"',
    '"A\\"B"',
  ),
  fc.string({ maxLength: 140 }).map((text) => JSON.stringify(text)),
  fc.string({ unit: 'binary', maxLength: 8 }).map((text) => `"${text}"`),
)
const space = fc.constantFrom('', '', '', '', ' ', '\n', '\t \r', '\u00a0', '\u0000')

function aField(name: string, own: fc.Arbitrary<string>, other: fc.Arbitrary<string>): fc.Arbitrary<Field> {
  return fc.oneof({ weight: 30, arbitrary: own }, { weight: 1, arbitrary: other }).map((json) => [name, json])
}

const price = fc.integer({ min: 9_990, max: 10_010 }).map((cents) => String(cents / 100))
const bar: fc.Arbitrary<Field[]> = fc
  .tuple(
    aField('schema_version', fc.constant('1'), fc.constantFrom('2', 'null', '"1"', '1.0', '1e0')),
    aField('symbol', fc.constantFrom('"AAPL"', '"MSFT"', '"BRK-B"', '"^GSPC"'), texts),
    aField('interval', fc.constantFrom('"1d"', '"1m"'), texts),
    aField('ts_event', times, times),
    aField('open', price, numbers),
    aField('high', fc.oneof(fc.constantFrom('100.2', '1000'), fc.double({ min: 101, max: 1000 }).map(String)), numbers),
    aField('low', fc.constantFrom('99.8', '99.799999999999997'), numbers),
    aField('close', fc.oneof(price, fc.double({ min: 99.9, max: 100.1 }).map(String)), numbers),
    aField('adj_close', fc.oneof(fc.constant('null'), numbers), numbers),
    aField('volume', fc.nat().map(String), numbers),
    aField('source', fc.constantFrom('"yahoo"', 'null'), texts),
    aField('run_id', fc.constant('"run-1"'), texts),
    aField('ts_sent', times, times),
  )
  .map((fields): Field[] => fields)

const others: fc.Arbitrary<Field> = fc.constantFrom<Field>(
  ...([
    ['kind', '"end_of_replay"'],
    ['close', '1'],
    ['other', '{"a":[1]}'],
    ['__proto__', '{}'],
    ['symbol', '"MSFT"'],
  ] as const),
)

/** Fields in any order, one too few or too many, white space between them. */
const message = fc
  .record({
    fields: fc.oneof(
      { weight: 2, arbitrary: bar },
      bar.chain((fields) => fc.shuffledSubarray(fields, { minLength: 13 })),
    ),
    dropped: fc.oneof({ weight: 5, arbitrary: fc.constant(-1) }, fc.integer({ min: 0, max: 12 })),
    added: fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, others),
    spaces: fc.array(space, { minLength: 4, maxLength: 4 }),
    trim: fc.constantFrom('', '', '', ' ', ',', 'x', '\u0000', '}'),
  })
  .map(({ fields, dropped, added, spaces: [a, b, c, d], trim }) => {
    const kept = [...fields.filter((_, at) => at !== dropped), ...(added ? [added] : [])]
    return `${a}{${kept.map(([name, json]) => `${b}"${name}"${c}:${d}${json}${a}`).join(',')}}${trim}`
  })

/** Some bytes changed, left out or put in. */
const bytes = fc
  .tuple(
    message,
    fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      fc.array(fc.tuple(fc.nat(400), fc.nat(255), fc.nat(2)), { maxLength: 2 }),
    ),
  )
  .map(([text, changes]) => {
    const all = [...Buffer.from(text)]
    for (const [at, byte, left] of changes) all.splice(at % all.length, left, byte)
    return Buffer.from(all)
  })

export const mutatedRecord: fc.Arbitrary<KafkaRecord> = fc
  .tuple(bytes, fc.oneof({ weight: 9, arbitrary: fc.constant(NOW) }, fc.constantFrom(-1, 2 ** 60, 0, NOW * 2)))
  .map(([value, timestamp]) => ({ ...aRecord({ timestamp }), value }))
