/** A lake that is hard to show: long symbols and many, numbers of every size, partitions behind, records rejected with long reasons. */
import type { LoggedRecord, TopicLog } from '../../lake/ledger/topic-log.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'
import type { LandingRow } from '../../lake/tables/tables.ts'
import { land, landed, putLedger, rejected } from './lake-builder.ts'
import { SAMPLE_SENT, sampleForecasts, sampleLake, sampleRows } from './sample-lake.ts'

const DAY_MS = 86_400_000
const LAST_DAY = Date.UTC(2013, 2, 1)
const LONG = ['BRK-B.PREFERRED-SERIES-A', 'BERKSHIRE-HATHAWAY-CLASS-A.LSE', '^DOW-JONES-INDUSTRIAL-AVERAGE']
const MANY = 160
/** Landed after all that is compacted. */
const PARTITIONS = 12

const DETAILS: readonly (readonly [reason: string, value: string])[] = [
  ['not_json: Unexpected token < in JSON at position 0', '<html><body>502 Bad Gateway</body></html>'],
  ['missing_field: close', '{"schema_version":1,"symbol":"AAPL","interval":"1d"}'],
  [`bad_symbol: ${'a-name-without-any-end-'.repeat(8)}`, JSON.stringify({ symbol: 'x'.repeat(900) })],
  ['high_below_low: high 11.25 is below low 11.5', '{"symbol":"\u05d0\u05d1\u05d2","text":"\u202eright to left"}'],
]

/** The sample, and beside it what does not fit. */
export async function crowdedLake(store: ObjectStore): Promise<void> {
  const rows = [...(await sampleRows())]
  const add = (symbol: string, days: number, price: number): void => {
    for (let day = days; day >= 0; day--) rows.push(barOf(symbol, LAST_DAY - day * DAY_MS, price, rows.length))
  }
  for (const [i, symbol] of LONG.entries()) add(symbol, 200, [0.000_042, 412_345.67, 14_089.66][i] ?? 1)
  for (let i = 0; i < MANY; i++) add(`Z${String(i).padStart(4, '0')}.TO`, 3, 20 + i)
  await sampleLake(rows, store)
  await sampleForecasts(store)
  const first = rows.length + 2
  const bad = Array.from({ length: 64 }, (_, i) => badRecord(i, first + i))
  await land(store, bad, 'rejected')
  await putLedger(store, { next: first + bad.length })
  for (let partition = 1; partition < PARTITIONS; partition++)
    await putLedger(store, { partition, next: 1_234_567 * partition })
}

function barOf(symbol: string, ts_event: number, price: number, offset: number): LandingRow {
  const close = price * (1 + 0.02 * Math.sin(ts_event / DAY_MS / 3))
  const prices = { open: price, high: Math.max(price, close) * 1.01, low: Math.min(price, close) * 0.99, close }
  const volume = Math.round(Math.min(1e12 / price, 9e12))
  const times = { ts_event, ts_sent: SAMPLE_SENT + offset, ts_recv: SAMPLE_SENT + offset + 60 }
  return landed({ symbol, ...times, ...prices, adj_close: close, volume, kafka_offset: offset })
}

function badRecord(i: number, offset: number): LandingRow {
  const [reason = '', value = ''] = DETAILS[i % DETAILS.length] ?? []
  const times = { ts_sent: SAMPLE_SENT + offset, ts_recv: SAMPLE_SENT + offset + 60 }
  const raw_key = new TextEncoder().encode('AAPL')
  return rejected({
    kafka_offset: offset,
    reject_reason: reason,
    raw_key,
    raw_value: new TextEncoder().encode(value),
    ...times,
  })
}

/** A broker that has more in some partitions than has landed: the first is up to its end, the last is far behind. */
export function crowdedLog(next: number): TopicLog {
  const high = (partition: number): number =>
    partition === 0 ? next : 1_234_567 * partition + (partition % 3 === 0 ? 0 : 17 * 10 ** (partition % 5))
  return {
    bounds: async () => new Map(Array.from({ length: PARTITIONS }, (_, i) => [i, { low: 0, high: high(i) }])),
    async *read({ topic, partition }, offset): AsyncGenerator<readonly LoggedRecord[]> {
      const timestamp = Date.now() - 1000 * 7 ** (partition % 5)
      yield [{ topic, partition, offset, timestamp, timestampType: 'CREATE_TIME', key: null, value: null, headers: [] }]
    },
    close: async () => undefined,
  }
}
