import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { DAY_MS, startOfDay } from '../../../lake/instant.ts'
import { isSession } from '../../../lake/queries/calendar.ts'
import { renderQuery } from '../../../lake/queries/saved-query.ts'
import { readSavedQueries } from '../../../lake/queries/saved-query-files.ts'
import { land, landed } from '../../support/lake-builder.ts'
import { lakeEngine, rowsOf } from '../../support/lake-engine.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'
import { sampleLake, sampleRows } from '../../support/sample-lake.ts'

const store = new MemoryObjectStore()
const engine = lakeEngine(store)
/** The views look at landing files of the last days, by the engine's own clock. */
const NOW = Date.now()
const LAST = Date.UTC(2013, 2, 1)

before(async () => {
  await sampleLake(await sampleRows(), store)
  const row = { ts_sent: NOW, ts_recv: NOW }
  const days = (back: number): number => startOfDay(NOW) - back * DAY_MS
  await land(
    store,
    [
      landed({ ...row, symbol: 'AAPL', ts_event: LAST, close: 500, kafka_offset: 900_001 }),
      landed({ ...row, symbol: 'AAPL', ts_event: LAST, close: 501, kafka_offset: 900_002 }),
      landed({ ...row, symbol: 'AAPL', ts_event: days(10), close: 502, kafka_offset: 900_003 }),
      landed({
        ...row,
        symbol: 'MSFT',
        ts_event: LAST,
        close: 1,
        ts_sent: Date.UTC(2000, 0, 1),
        kafka_offset: 900_004,
      }),
      landed({ ...row, symbol: 'BTC-USD', ts_event: days(3), close: 9, kafka_offset: 900_005 }),
    ],
    'live',
  )
})

test('bars_live has what landed beside what is compacted, the newest version of each bar once', async () => {
  const rows = await rowsOf(
    engine,
    `SELECT symbol, CAST(ts_event AS varchar) AS at, close, is_compacted FROM bars_live
     WHERE ts_event >= TIMESTAMP '2013-03-01 00:00:00' AND symbol IN ('AAPL', 'MSFT', 'BTC-USD') ORDER BY symbol, at`,
  )

  assert.deepEqual(
    rows.map(({ symbol, close, is_compacted: compacted }) => `${symbol} ${Number(close)} ${compacted}`),
    ['AAPL 501 false', 'AAPL 502 false', 'BTC-USD 9 false', 'MSFT 27.95 true'],
  )
})

test('freshness counts the sessions that a symbol has missed by its own calendar', async () => {
  const query = readSavedQueries().find(({ name }) => name === 'freshness')
  assert.ok(query)

  const { rows, today } = await onOneDay(() => rowsOf(engine, renderQuery(query)))

  const missed = new Map(rows.map(({ symbol, sessions_missed: sessions }) => [symbol, Number(sessions)]))
  /** The days that are over after one that is so far back from the landing. */
  const daysAfter = (back: number): readonly number[] => {
    const first = startOfDay(NOW) - (back - 1) * DAY_MS
    return Array.from({ length: (today - first) / DAY_MS }, (_, i) => first + i * DAY_MS)
  }
  const sessions = daysAfter(10).filter(isSession)
  assert.equal(missed.get('BTC-USD'), daysAfter(3).length)
  assert.equal(missed.get('AAPL'), sessions.length)
  assert.ok((missed.get('IBM') ?? 0) > 3_000)
})

/** Asks once more where midnight passed meanwhile. */
async function onOneDay<Rows>(ask: () => Promise<Rows>): Promise<{ readonly rows: Rows; readonly today: number }> {
  for (;;) {
    const today = startOfDay(Date.now())
    const rows = await ask()
    if (startOfDay(Date.now()) === today) return { rows, today }
  }
}
