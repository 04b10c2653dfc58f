import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { judge, REJECT_CODES, rejectReason, type Verdict } from '../../../lake/records/judge.ts'
import { encodeBar, encodeEndOfReplay, MAX_VALUE_BYTES } from '../../../lake/records/wire.ts'
import { aBar, aMessage, aRecord, NOW } from '../../support/bars.ts'

const verdictOf = (value: string | Uint8Array | null): Verdict => judge(aRecord({ value }), NOW)

function assertRejected(value: string | Uint8Array | null, code: string, detail: RegExp = /./): void {
  const verdict = verdictOf(value)
  assert.equal(verdict.kind === 'rejected' ? verdict.code : verdict.kind, code)
  assert.match(rejectReason(verdict) ?? '', detail)
}

describe('a valid bar', () => {
  test('is read with all its fields', () => {
    const bar = aBar()
    const value = encodeBar(bar, { source: 'yahoo', runId: 'run-1', tsSent: NOW })

    assert.deepEqual(verdictOf(value), {
      kind: 'bar',
      bar,
      origin: { source: 'yahoo', runId: 'run-1', tsSent: NOW, schemaVersion: 1 },
    })
  })

  test('may leave out what is not needed; the Kafka timestamp then says when it was sent', () => {
    const value = aMessage({ adj_close: undefined, source: undefined, run_id: undefined, ts_sent: undefined })

    const verdict = judge(aRecord({ value, timestamp: 123 }), NOW)

    assert.equal(verdict.kind === 'bar' && verdict.bar.adjClose, null)
    assert.deepEqual(verdict.origin, { source: null, runId: null, tsSent: 123, schemaVersion: 1 })
  })

  test('gives its time as ISO 8601 or epoch milliseconds, and may carry unknown fields', () => {
    const iso = verdictOf(aMessage({ ts_event: '2013-03-01T00:00:00Z', dividend: 0.5 }))
    const epoch = verdictOf(aMessage({ ts_event: Date.UTC(2013, 2, 1) }))

    assert.deepEqual(iso, epoch)
    assert.equal(iso.kind, 'bar')
  })

  test('has a whole volume, also where floats made it a billionth more or less', () => {
    for (const [volume, whole] of [
      [5600.000000000001, 5600],
      [5599.999999999999, 5600],
      [0, 0],
    ] as const) {
      const verdict = verdictOf(aMessage({ volume }))
      assert.equal(verdict.kind === 'bar' && verdict.bar.volume, whole)
    }
    for (const volume of [0.5, 5600.001, 1e-12, 2 ** 60])
      assertRejected(aMessage({ volume }), 'wrong_type', /whole number/)
  })

  test('of a session is of its date, whatever time of day was sent; a shorter one keeps its instant', () => {
    for (const [interval, sent, at] of [
      ['1d', '2013-03-01T14:30:00Z', Date.UTC(2013, 2, 1)],
      ['1wk', '2013-03-01T05:00:00Z', Date.UTC(2013, 2, 1)],
      ['1d', '2013-02-28T15:00:00Z', Date.UTC(2013, 2, 1)],
      ['1h', '2013-03-01T14:30:00Z', Date.UTC(2013, 2, 1, 14, 30)],
    ] as const) {
      const verdict = verdictOf(aMessage({ interval, ts_event: sent }))
      assert.equal(verdict.kind === 'bar' && verdict.bar.tsEvent, at, `${interval} ${sent}`)
    }
  })

  for (const [what, fields] of [
    ['history before 1970', { ts_event: '1927-12-30' }],
    ['a volume beyond 2^31', { volume: 7_421_640_800 }],
    ['a negative price, as oil had in 2020', { open: -1, high: 10, low: -40.32, close: -37.63 }],
    ['a close a rounding above the high', { high: 10, low: 9, open: 9.5, close: 10.005 }],
    ['a symbol with a mark', { symbol: 'EURUSD=X' }],
    ['an index', { symbol: '^GSPC' }],
  ] as const) {
    test(`may be ${what}`, () => assert.equal(verdictOf(aMessage(fields)).kind, 'bar'))
  }
})

describe('a record that is not a bar is rejected', () => {
  test('without a value, as a tombstone', () => assertRejected(null, 'tombstone'))
  test('beyond the size that is read', () =>
    assertRejected('x'.repeat(MAX_VALUE_BYTES + 1), 'too_large', /65537 bytes/))
  test('cut within a character', () => assertRejected(Buffer.from('{"symbol":"é').subarray(0, -1), 'not_utf8'))
  test('empty', () => assertRejected('', 'not_json', /empty/))
  test('not JSON', () => assertRejected('symbol=AAPL', 'not_json'))
  test('NaN as a bare word, which is not JSON', () => assertRejected('{"open":NaN}', 'not_json'))
  test('JSON but no object', () => assertRejected('[1]', 'not_an_object', /an array/))
  test('nested a hundred thousand deep', () => assertRejected('['.repeat(30_000) + ']'.repeat(30_000), 'not_an_object'))

  for (const [fields, code, detail] of [
    [{ schema_version: 2 }, 'unknown_schema_version', /want 1, got 2/],
    [{ schema_version: '1' }, 'unknown_schema_version', /got "1"/],
    [{ open: undefined }, 'missing_field', /open/],
    [{ volume: null }, 'missing_field', /volume/],
    [{ close: '12.5' }, 'wrong_type', /close: want a number, got "12.5"/],
    [{ symbol: 7 }, 'wrong_type', /symbol: want text/],
    [{ volume: 1.5 }, 'wrong_type', /volume: want a whole number/],
    [{ volume: 2 ** 53 }, 'wrong_type', /volume/],
    [{ ts_event: '01/03/2013' }, 'wrong_type', /ts_event: want ISO 8601/],
    [{ ts_event: '2013-02-30' }, 'wrong_type', /ts_event/],
    [{ adj_close: {} }, 'wrong_type', /adj_close/],
    [{ source: 'x'.repeat(200) }, 'wrong_type', /source: longer/],
    [{ open: 'NaN' }, 'not_finite', /open/],
    [{ symbol: 'aapl' }, 'bad_symbol', /aapl/],
    [{ symbol: '../../etc' }, 'bad_symbol', /etc/],
    [{ interval: '7d' }, 'bad_interval', /7d/],
    [{ ts_event: '1066-10-14' }, 'absurd_time', /ts_event/],
    [{ ts_event: NOW + 10 * 86_400_000 }, 'absurd_time', /ts_event/],
    [{ ts_sent: '9999-12-31' }, 'absurd_time', /ts_sent/],
    [{ volume: -1 }, 'negative_volume', /-1/],
    [{ high: 9, low: 10 }, 'high_below_low', /high 9, low 10/],
    [{ open: 20 }, 'open_outside', /open 20/],
    [{ close: 1 }, 'close_outside', /close 1/],
  ] as const) {
    test(`with ${JSON.stringify(fields).slice(0, 60)}: ${code}`, () => assertRejected(aMessage(fields), code, detail))
  }

  test('with a number that only overflows when it is read', () =>
    assertRejected(aMessage({}).replace('"open":10.1', '"open":1e999'), 'not_finite', /Infinity/))

  test('with its fields in a prototype, which is read as data and never inherited', () =>
    assertRejected('{"__proto__":{"symbol":"AAPL"},"constructor":{"prototype":{"symbol":"AAPL"}}}', 'missing_field'))
})

const FIELDS = ['schema_version', 'kind', 'symbol', 'interval', 'ts_event', 'open', 'high', 'low', 'close']
const OTHER_FIELDS = ['adj_close', 'volume', 'source', 'run_id', 'ts_sent']

for (const name of [...FIELDS, ...OTHER_FIELDS]) {
  test(`five thousand arrays, or objects, in ${name} are a rejection and no throw`, () => {
    for (const [open, close] of [
      ['[', ']'],
      ['{"a":', '}'],
    ] as const) {
      const deep = `${open.repeat(5_000)}1${close.repeat(5_000)}`
      const value = aMessage({ [name]: '@' }).replace('"@"', () => deep)
      const verdict = verdictOf(value)
      if (name === 'kind') assert.equal(verdict.kind, 'bar', 'an unknown field is no fault, whatever it holds')
      else assertRejected(value, name === 'schema_version' ? 'unknown_schema_version' : 'wrong_type')
    }
  })
}

test('what the judgement did not foresee is a rejection with the name of the fault', () => {
  const record = {
    ...aRecord(),
    get value(): Uint8Array {
      throw new RangeError('Maximum call stack size exceeded')
    },
  }

  const verdict = judge(record, NOW)

  assert.equal(rejectReason(verdict), 'unexpected: "RangeError: Maximum call stack size exceeded"')
})

describe('an instant in seconds', () => {
  for (const [what, value, detail] of [
    [
      'of a daily bar',
      1_362_096_000,
      /^absurd_time: ts_event: 1362096000 is 2013-03-01 in seconds and 1970-01-16 in mill/,
    ],
    ['of today', Math.floor(NOW / 1000), /in seconds/],
    ['before 1970', Date.UTC(1927, 11, 30) / 1000, /is 1927-12-30 in seconds and 1969-12-16 in milliseconds/],
    ['that was never set', 0, /ts_event: 0 is 1970-01-01 in seconds/],
  ] as const) {
    test(`${what} is rejected and says so, not landed in 1970`, () =>
      assert.match(rejectReason(verdictOf(aMessage({ ts_event: value }))) ?? '', detail))
  }

  test('is no time of sending', () =>
    assertRejected(aMessage({ ts_sent: Math.floor(NOW / 1000) }), 'absurd_time', /ts_sent: \d+ is .* in seconds/))

  test('is told apart from the weeks around 1970 by their being sent as text', () => {
    for (const day of ['1969-10-31', '1969-12-31', '1970-01-02', '1970-01-21']) {
      const verdict = verdictOf(aMessage({ ts_event: day }))
      assert.equal(verdict.kind === 'bar' && verdict.bar.tsEvent, Date.parse(day), day)
    }
  })

  test('is no other day in milliseconds', () => {
    for (const day of [
      '1800-01-02',
      '1885-02-16',
      '1927-12-30',
      '1969-10-29',
      '1970-01-23',
      '1970-03-02',
      '2013-03-01',
    ]) {
      const verdict = verdictOf(aMessage({ ts_event: Date.parse(day) }))
      assert.equal(verdict.kind === 'bar' && verdict.bar.tsEvent, Date.parse(day), day)
    }
  })
})

describe('a Kafka timestamp', () => {
  for (const [what, timestamp] of [
    ['in nanoseconds', 1_700_000_000_000_000_000],
    ['of Long.MAX', 2 ** 63],
    ['of Long.MIN', -(2 ** 63)],
  ] as const) {
    test(`${what} rejects its record, which counts as sent when it arrived`, () => {
      const verdict = judge(aRecord({ timestamp }), NOW)

      assert.equal(verdict.kind === 'rejected' && verdict.code, 'absurd_time')
      assert.equal(verdict.origin.tsSent, NOW)
    })
  }

  for (const [what, timestamp] of [
    ['from 2100', Date.UTC(2100, 0, 1)],
    ['in microseconds', 1_700_000_000_000_000],
    ['from before 1800', Date.UTC(1700, 0, 1)],
  ] as const) {
    test(`${what} cannot stand in for ts_sent, and does no harm beside it`, () => {
      const alone = judge(aRecord({ timestamp, value: aMessage({ ts_sent: undefined }) }), NOW)
      const beside = judge(aRecord({ timestamp }), NOW)

      assert.match(rejectReason(alone) ?? '', /^absurd_time: the Kafka timestamp/)
      assert.deepEqual([alone.origin.tsSent, beside.kind, beside.origin.tsSent], [NOW, 'bar', NOW])
    })
  }
})

describe('a source or run_id with characters that a terminal obeys is rejected, and its reason shows them', () => {
  for (const [what, text, shown] of [
    ['an escape sequence', '\u001b]0;owned\u0007', '\\u001b]0;owned\\u0007'],
    ['a C1 control', 'a\u009b31m', 'a\\u009b31m'],
    ['a line break', 'a\nb', 'a\\nb'],
    ['a turned direction of writing', 'abc\u202egpj', 'abc\\u202egpj'],
    ['half a character', 'a\ud800', 'a\\ud800'],
  ] as const) {
    test(what, () => {
      for (const field of ['source', 'run_id']) {
        const verdict = verdictOf(aMessage({ [field]: text }))
        assert.equal(rejectReason(verdict), `bad_text: ${field}: "${shown}"`)
      }
    })
  }

  test('while names in any script are fine', () =>
    assert.equal(verdictOf(aMessage({ source: '株価 · börse' })).kind, 'bar'))
})

test('the end of a replay is a marker, not a rejection', () => {
  const verdict = verdictOf(encodeEndOfReplay({ runId: 'run-1', sent: 3 }, NOW))

  assert.equal(verdict.kind, 'marker')
  assert.equal(verdict.origin.runId, 'run-1')
  assert.equal(rejectReason(verdict), null)
})

test('no bytes whatever make the judgement throw', () => {
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array(), fc.json().map(Buffer.from)), (value) => {
      const verdict = verdictOf(value)
      if (verdict.kind === 'rejected') assert.ok(REJECT_CODES.includes(verdict.code))
    }),
  )
})

test('a valid bar with any one field spoiled is a bar that satisfies every rule, or is rejected', () => {
  const field = fc.constantFrom('symbol', 'interval', 'ts_event', 'open', 'high', 'low', 'close', 'adj_close', 'volume')
  fc.assert(
    fc.property(field, fc.jsonValue(), (name, value) => {
      const verdict = verdictOf(aMessage({ [name]: value }))
      if (verdict.kind !== 'bar') return
      const { high, low, volume } = verdict.bar
      assert.ok(high >= low && volume >= 0 && Number.isSafeInteger(volume))
    }),
  )
})
