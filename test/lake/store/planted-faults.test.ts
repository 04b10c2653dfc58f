import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import type { LandingRow } from '../../../lake/tables/tables.ts'
import { lakeEngine, type Row, rowsOf } from '../../support/lake-engine.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'
import { sampleLake, sampleRows } from '../../support/sample-lake.ts'

const day = (iso: string): number => Date.parse(iso)

interface Fault {
  readonly finding: string
  readonly symbol: string
  readonly on: string
  /** The bars instead of the real one, given the bar before it. */
  readonly plant: (bar: LandingRow, before: LandingRow) => readonly LandingRow[]
}

function times(bar: LandingRow, factor: number): LandingRow {
  const scaled = (value: number | null): number => (value ?? 0) * factor
  const { open, high, low, close } = bar
  return { ...bar, open: scaled(open), high: scaled(high), low: scaled(low), close: scaled(close) }
}

/** The ways in which users of Yahoo's data have seen it go wrong. */
const FAULTS: readonly Fault[] = [
  { finding: 'missing_session', symbol: 'IBM', on: '2005-06-15', plant: () => [] },
  { finding: 'missing_session', symbol: 'MSFT', on: '2012-11-23', plant: () => [] },
  {
    finding: 'off_session',
    symbol: 'IBM',
    on: '2012-10-29',
    plant: (bar) => [bar, { ...bar, ts_event: day('2012-10-29') }],
  },
  { finding: 'spike', symbol: 'MSFT', on: '2006-03-08', plant: (bar) => [times(bar, 100)] },
  { finding: 'spike', symbol: 'GOOG', on: '2010-05-12', plant: (bar) => [times(bar, 1.2)] },
  {
    finding: 'spike',
    symbol: 'AAPL',
    on: '2009-02-04',
    plant: (bar) => [{ ...bar, adj_close: (bar.adj_close ?? 0) * 1.5 }],
  },
  {
    finding: 'stale',
    symbol: 'IBM',
    on: '2003-09-10',
    plant: (bar, { open, high, low, close, adj_close, volume }) => [
      { ...bar, open, high, low, close, adj_close, volume },
    ],
  },
  { finding: 'zero_volume', symbol: 'MSFT', on: '2001-07-18', plant: (bar) => [{ ...bar, volume: 0 }] },
  {
    finding: 'outside_range',
    symbol: 'GOOG',
    on: '2008-01-16',
    plant: (bar) => [{ ...bar, close: (bar.high ?? 0) * 1.0005 }],
  },
  { finding: 'not_positive', symbol: 'IBM', on: '2011-08-10', plant: (bar) => [{ ...bar, low: 0 }] },
]

/** A restatement that goes wrong half way, and a split that was not carried into adj_close: every bar from a day on. */
const BREAKS: readonly (Omit<Fault, 'plant'> & { readonly from: (bar: LandingRow) => LandingRow })[] = [
  {
    finding: 'adjustment',
    symbol: 'AAPL',
    on: '2011-03-16',
    from: (bar) => ({ ...bar, adj_close: (bar.adj_close ?? 0) / 2 }),
  },
  {
    finding: 'jump',
    symbol: 'FB',
    on: '2012-12-12',
    from: (bar) => ({ ...times(bar, 0.5), adj_close: (bar.adj_close ?? 0) / 2 }),
  },
]

function plantAll(rows: readonly LandingRow[]): LandingRow[] {
  const planted = rows.flatMap((bar, i) => {
    const fault = FAULTS.find((one) => {
      const at = one.finding === 'off_session' ? '2012-10-26' : one.on
      return one.symbol === bar.symbol && day(at) === bar.ts_event
    })
    const before = rows[i - 1]
    return fault && before ? fault.plant(bar, before) : [bar]
  })
  const broken = planted.map((bar) => {
    const found = BREAKS.find(({ symbol, on }) => symbol === bar.symbol && (bar.ts_event ?? 0) >= day(on))
    return found ? found.from(bar) : bar
  })
  return broken.map((bar, kafka_offset) => ({ ...bar, kafka_offset }))
}

async function findingsOf(rows: readonly LandingRow[]): Promise<Row[]> {
  const store = await sampleLake(rows, new MemoryObjectStore())
  return rowsOf(lakeEngine(store), 'SELECT symbol, session_date, finding FROM bars_findings')
}

describe('faults planted into thirteen years of real bars', () => {
  let alarms: Row[] = []
  let found: Row[] = []
  let bars = 0

  before(async () => {
    const rows = await sampleRows()
    bars = rows.length
    alarms = await findingsOf(rows)
    found = await findingsOf(plantAll(rows))
  })

  for (const { finding, symbol, on } of [...FAULTS, ...BREAKS]) {
    test(`a planted ${finding} is found: ${symbol} on ${on}`, () => {
      const of = found.filter((row) => row['symbol'] === symbol && row['session_date'] === on)

      assert.ok(
        of.some((row) => row['finding'] === finding),
        JSON.stringify(of),
      )
    })
  }

  test('raises hardly an alarm where nothing was planted', (t) => {
    const share = alarms.length / bars
    t.diagnostic(
      `false alarms: ${alarms.length} of ${bars} real bars (${(share * 100).toFixed(3)} %): ${JSON.stringify(alarms)}`,
    )

    assert.ok(share < 0.0005)
  })

  test('raises none beside the planted ones', () => {
    const known = new Set([...FAULTS, ...BREAKS].map(({ symbol, on }) => `${symbol} ${on}`))
    const beside = found.filter((row) => !known.has(`${row['symbol']} ${row['session_date']}`))

    assert.deepEqual(beside, alarms)
  })
})
