import type { KafkaRecord } from '../../lake/records/kafka-record.ts'
import type { Bar } from '../../lake/tables/bar.ts'

/** The arrival time of every test record that does not say otherwise. */
export const NOW = Date.UTC(2026, 0, 15, 12)

export function aBar(fields: Partial<Bar> = {}): Bar {
  return {
    symbol: 'AAPL',
    interval: '1d',
    tsEvent: Date.UTC(2013, 2, 1),
    open: 10.1,
    high: 11.2,
    low: 9.3,
    close: 10.4,
    adjClose: 10.2,
    volume: 1_000_000,
    ...fields,
  }
}

/** A valid message with some fields replaced; `undefined` leaves a field out. */
export function aMessage(fields: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({
    schema_version: 1,
    symbol: 'AAPL',
    interval: '1d',
    ts_event: '2013-03-01T00:00:00.000Z',
    open: 10.1,
    high: 11.2,
    low: 9.3,
    close: 10.4,
    adj_close: 10.2,
    volume: 1_000_000,
    source: 'yahoo',
    run_id: 'run-1',
    ts_sent: new Date(NOW).toISOString(),
    ...fields,
  })
}

export function aRecord(
  fields: Partial<Omit<KafkaRecord, 'value' | 'key'>> & {
    readonly value?: string | Uint8Array | null
    readonly key?: string | Uint8Array | null
  } = {},
): KafkaRecord {
  const { value = aMessage({}), key = 'AAPL', ...rest } = fields
  return {
    topic: 'market.bars',
    partition: 0,
    offset: 0,
    timestamp: NOW,
    ...rest,
    key: bytesOf(key),
    value: bytesOf(value),
  }
}

function bytesOf(content: string | Uint8Array | null): Uint8Array | null {
  return typeof content === 'string' ? Buffer.from(content) : content
}
