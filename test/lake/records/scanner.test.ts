import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { AT, type ScannedField } from '../../../lake/records/bar-reader.ts'
import { judge } from '../../../lake/records/judge.ts'
import type { KafkaRecord } from '../../../lake/records/kafka-record.ts'
import { BarScanner } from '../../../lake/records/scanner.ts'
import { encodeBar } from '../../../lake/records/wire.ts'
import { aMessage, aRecord, NOW } from '../../support/bars.ts'
import { mutatedRecord } from '../../support/mutated-records.ts'

/** SCANNER_RUNS=1000000 for a long look; the same mistakes show in far fewer. */
const RUNS = Number(process.env['SCANNER_RUNS'] ?? 20_000)

const NUMBERS = ['open', 'high', 'low', 'close', 'volume'] as const

/** What the scanner says of the record that it took last, in the judge's words. */
function scannedVerdict(scanner: BarScanner) {
  const text = (field: keyof BarScanner['words']) => {
    const { words } = scanner.words[field].cells(new Int32Array())
    return words[scanner.values[AT[field]] ?? -1] ?? null
  }
  const orNull = (field: ScannedField) =>
    Number.isNaN(scanner.values[AT[field]] ?? 0) ? null : scanner.values[AT[field]]
  return {
    kind: 'bar',
    bar: {
      symbol: text('symbol'),
      interval: text('interval'),
      tsEvent: scanner.values[AT.ts_event],
      ...Object.fromEntries(NUMBERS.map((name) => [name, scanner.values[AT[name]]])),
      adjClose: orNull('adj_close'),
    },
    origin: { source: text('source'), runId: text('run_id'), tsSent: scanner.values[AT.ts_sent], schemaVersion: 1 },
  }
}

function isTaken(value: string | Uint8Array | null, scanner = new BarScanner()): boolean {
  return scanner.scan({ ...aRecord({}), value: typeof value === 'string' ? Buffer.from(value) : value }, NOW)
}

function* changedByOneByte(before: Buffer): Generator<Buffer> {
  for (let at = 0; at < before.length; at++) {
    for (const other of ['x', 'Z', '7', '"', ',', ' ', '\\', '\u00e9']) {
      const value = Buffer.from(before)
      value.write(other, at, 1, 'latin1')
      yield value
    }
  }
}

describe('the scanner', () => {
  test('says of every record that it takes what the judge says, bit for bit', () => {
    const scanner = new BarScanner()
    let taken = 0
    const check = (record: KafkaRecord) => {
      if (!scanner.scan(record, NOW)) return
      taken++
      assert.deepStrictEqual(scannedVerdict(scanner), judge(record, NOW))
    }
    fc.assert(fc.property(mutatedRecord, check), { numRuns: RUNS, endOnFailure: true })
    assert.ok(taken > RUNS / 50, `${taken} of ${RUNS} were taken`)
  })

  test('says what the judge says of a record that differs from the one before in any one byte', () => {
    const scanner = new BarScanner()
    for (const source of ['y', 'ya', 'yah', 'yaho', 'yahoo', 'yahoo-1', 'yahoo-12', 'yahoo-123']) {
      const before = Buffer.from(aMessage({ source }))
      for (const value of changedByOneByte(before)) {
        assert.ok(isTaken(before, scanner))
        const record = { ...aRecord({}), value }
        if (scanner.scan(record, NOW)) assert.deepStrictEqual(scannedVerdict(scanner), judge(record, NOW))
      }
    }
  })

  test('takes what the producer writes, in any order of its fields and with white space', () => {
    const provenance = { source: 'yahoo', runId: 'run-1', tsSent: NOW }
    const prices = { open: 10.1, high: 11.2, low: 9.3, close: 10.4, adjClose: null, volume: 1_000_000 }
    const bar = { symbol: '^GSPC', interval: '1d' as const, tsEvent: Date.UTC(1927, 11, 30), ...prices }
    const text = encodeBar(bar, provenance)

    assert.ok(isTaken(text))
    assert.ok(isTaken(JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(text)).toReversed()), null, 2)))
  })

  test('reads prices of 17 digits to the last bit', () => {
    const scanner = new BarScanner()
    for (const close of ['10.399999618530273', '10.3999996185302734375', '10.4', '1e1']) {
      const value = aMessage({}).replace(/"close":[^,]*/, `"close":${close}`)
      const isScanned = isTaken(value, scanner)
      assert.equal(isScanned, close !== '1e1', close)
      if (isScanned) assert.equal(scanner.values[AT.close], Number(close))
    }
  })

  test('takes an instant in milliseconds, and leaves to the judge what may be in seconds', () => {
    const isTakenAt = (ts_event: number, ts_sent = NOW) => isTaken(aMessage({ ts_event, ts_sent }))

    assert.ok(isTakenAt(Date.UTC(2013, 2, 1)) && isTakenAt(Date.UTC(1927, 11, 30)))
    for (const seconds of [0, Date.UTC(2013, 2, 1) / 1000, Date.UTC(1970, 0, 11), Date.UTC(1927, 11, 30) / 1000])
      assert.ok(!isTakenAt(seconds), String(seconds))
    assert.ok(!isTakenAt(Date.UTC(2013, 2, 1), NOW / 1000))
  })

  test('leaves to the judge what is not of its form', () => {
    for (const value of [null, '', '{}', '[]', aMessage({ kind: 'end_of_replay' }), aMessage({ source: 'Größe' })]) {
      assert.ok(!isTaken(value), String(value))
    }
  })
})
