/** `npm run bench -- parquet`: a batch of Kafka records to a landing file, ours against parquetjs-lite. */
import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import parquetjs from 'parquetjs-lite'
import { parquetEncoder } from '../../lake/parquet/encoder.ts'
import type { KafkaRecord } from '../../lake/records/kafka-record.ts'
import { landingColumns } from '../../lake/records/landing.ts'
import type { Column } from '../../lake/tables/table.ts'
import { BARS_LANDING } from '../../lake/tables/tables.ts'
import { Dice } from '../chaos/dice.ts'
import { aMessage, aRecord, NOW } from '../support/bars.ts'
import { contest, timingTable } from './contest.ts'

const ROWS = 10_000
const SYMBOLS = 500

/** A batch as the event source mapping delivers it: minute bars of many symbols, prices on a random walk. */
function batchOf(rows: number): KafkaRecord[] {
  const dice = new Dice(42)
  const random = () => dice.next()
  const prices = Array.from({ length: SYMBOLS }, () => 20 + 180 * random())
  return Array.from({ length: rows }, (_, offset) => {
    const which = offset % SYMBOLS
    const open = prices[which] ?? 100
    const close = open * (1 + 0.002 * (random() - 0.5))
    prices[which] = close
    return aRecord({ offset, value: messageOf(which, { open, close }, NOW - ROWS * 60 + offset * 60, random) })
  })
}

function messageOf(which: number, day: { open: number; close: number }, tsEvent: number, random: () => number): string {
  const cents = (price: number): number => Math.round(price * 100) / 100
  const [open, close] = [cents(day.open), cents(day.close)]
  return aMessage({
    symbol: `S${which}`,
    interval: '1m',
    ts_event: new Date(tsEvent).toISOString(),
    open,
    close,
    high: cents(Math.max(open, close) * 1.001),
    low: cents(Math.min(open, close) * 0.999),
    adj_close: close,
    volume: Math.floor(random() * 1e6),
  })
}

const encoder = parquetEncoder()

function ours(records: readonly KafkaRecord[]): Uint8Array {
  return encoder.encode(BARS_LANDING, landingColumns(records, NOW).columns)
}

const LITE_TYPES = {
  string: 'UTF8',
  binary: 'BYTE_ARRAY',
  double: 'DOUBLE',
  int: 'INT32',
  bigint: 'INT64',
  boolean: 'BOOLEAN',
  timestamp: 'TIMESTAMP_MILLIS',
} as const

const liteSchema = new parquetjs.ParquetSchema(
  Object.fromEntries(
    BARS_LANDING.columns.map(({ name, type, nullable }: Column) => [
      name,
      { type: LITE_TYPES[type], optional: nullable, compression: 'SNAPPY' },
    ]),
  ),
)

/** As its README shows it: a row object at a time. It judges nothing, so it does less than ours. */
async function parquetjsLite(records: readonly KafkaRecord[]): Promise<Uint8Array> {
  const stream = new PassThrough()
  const file = buffer(stream)
  const writer = await parquetjs.ParquetWriter.openStream(liteSchema, stream)
  for (const record of records) await writer.appendRow(liteRow(record))
  await writer.close()
  return file
}

function liteRow({ value, topic, partition, offset }: KafkaRecord): Record<string, unknown> {
  const message = JSON.parse(Buffer.from(value ?? []).toString())
  return {
    ...message,
    ts_event: new Date(message.ts_event),
    ts_sent: new Date(message.ts_sent),
    ts_recv: new Date(NOW),
    topic,
    kafka_partition: partition,
    kafka_offset: offset,
  }
}

/** Prints the CPU time of each and the size of its file. */
export async function benchParquet(): Promise<void> {
  const records = batchOf(ROWS)
  const perRow = (file: Uint8Array): string => `${(file.length / ROWS).toFixed(1)} bytes a row`
  const timings = await contest(
    [
      { name: 'parquetjs-lite', run: () => parquetjsLite(records) },
      { name: 'tickerlake', run: () => ours(records) },
    ],
    { rounds: 7, warmup: 2 },
  )
  const sizes = { 'parquetjs-lite': perRow(await parquetjsLite(records)), tickerlake: perRow(ours(records)) }
  process.stdout.write(`${ROWS} Kafka records → one landing file of ${BARS_LANDING.columns.length} columns\n\n`)
  process.stdout.write(`${timingTable(timings, sizes)}\n`)
}
