/**
 * Every table of the lake, said once. The Parquet schema, the Glue columns, the TypeScript row types
 * and docs/tables.md are made from what stands here.
 */
import { LAYOUT } from '../layout.ts'
import { ACTIONS } from './action-table.ts'
import { FORECAST_SCORES, FORECASTS } from './forecast-tables.ts'
import type { RowOf, Table } from './table.ts'

const PRICE = 'the quote currency of the symbol, as Yahoo Finance gives it'

/** Everything that arrived, each Kafka record once, in arrival order; what is not a valid bar keeps its bytes. */
export const BARS_LANDING = {
  name: 'bars_landing',
  doc: 'Every record that arrived, once: valid bars in columns, everything else with its bytes and the reason.',
  prefix: LAYOUT.landing,
  partitionKey: { name: 'dt', grain: 'day', doc: 'Arrival date (UTC), from ts_recv.' },
  sortedBy: ['kafka_partition', 'kafka_offset'],
  columns: [
    {
      name: 'symbol',
      type: 'string',
      nullable: true,
      doc: 'Yahoo symbol: AAPL, BRK-B, ^GSPC. Null where the record is not a bar.',
    },
    { name: 'interval', type: 'string', nullable: true, doc: "Length of the bar in Yahoo's words: 1m, 1h, 1d, 1wk." },
    {
      name: 'ts_event',
      type: 'timestamp',
      nullable: true,
      doc: "The bar's own time; of a daily bar its session date at 00:00 UTC.",
    },
    { name: 'open', type: 'double', nullable: true, unit: PRICE, doc: 'First price of the interval.' },
    { name: 'high', type: 'double', nullable: true, unit: PRICE, doc: 'Highest price of the interval.' },
    { name: 'low', type: 'double', nullable: true, unit: PRICE, doc: 'Lowest price of the interval.' },
    { name: 'close', type: 'double', nullable: true, unit: PRICE, doc: 'Last price of the interval.' },
    {
      name: 'adj_close',
      type: 'double',
      nullable: true,
      unit: PRICE,
      doc: 'Close adjusted for splits and dividends, as known at ts_sent.',
    },
    {
      name: 'volume',
      type: 'bigint',
      nullable: true,
      unit: 'shares or contracts',
      doc: 'Volume traded in the interval.',
    },
    {
      name: 'source',
      type: 'string',
      nullable: true,
      doc: 'Where the bar comes from: the history file that it was read from.',
    },
    { name: 'run_id', type: 'string', nullable: true, doc: 'The replay that sent it.' },
    {
      name: 'ts_sent',
      type: 'timestamp',
      nullable: false,
      doc: "When the producer sent it; the Kafka record's timestamp where the message does not say.",
    },
    { name: 'ts_recv', type: 'timestamp', nullable: false, doc: 'When the consumer took it.' },
    { name: 'topic', type: 'string', nullable: false, doc: 'Kafka topic.' },
    { name: 'kafka_partition', type: 'int', nullable: false, doc: 'Kafka partition.' },
    { name: 'kafka_offset', type: 'bigint', nullable: false, doc: 'Kafka offset within the partition.' },
    { name: 'schema_version', type: 'int', nullable: true, doc: 'Version of the wire format that the message claims.' },
    {
      name: 'reject_reason',
      type: 'string',
      nullable: true,
      doc: 'Null for a bar or a marker; else `code: detail`, codes in docs/glossary.md.',
    },
    {
      name: 'raw_key',
      type: 'binary',
      nullable: true,
      doc: "The record's key, byte for byte; kept where the record is not a valid bar.",
    },
    {
      name: 'raw_value',
      type: 'binary',
      nullable: true,
      doc: "The record's value, byte for byte; kept where the record is not a valid bar.",
    },
  ],
} as const satisfies Table

export type LandingRow = RowOf<typeof BARS_LANDING>

/** One clean row per bar: the newest version of each (symbol, interval, ts_event). */
export const BARS = {
  name: 'bars',
  doc: 'One row per (symbol, interval, ts_event), the newest version, sorted so that one symbol is cheap to read.',
  prefix: LAYOUT.bars,
  partitionKey: { name: 'month', grain: 'month', doc: 'Month of ts_event (UTC).' },
  sortedBy: ['symbol', 'ts_event'],
  columns: [
    { name: 'symbol', type: 'string', nullable: false, doc: 'Yahoo symbol.' },
    { name: 'interval', type: 'string', nullable: false, doc: "Length of the bar in Yahoo's words." },
    { name: 'ts_event', type: 'timestamp', nullable: false, doc: "The bar's own time." },
    { name: 'open', type: 'double', nullable: false, unit: PRICE, doc: 'First price of the interval.' },
    { name: 'high', type: 'double', nullable: false, unit: PRICE, doc: 'Highest price of the interval.' },
    { name: 'low', type: 'double', nullable: false, unit: PRICE, doc: 'Lowest price of the interval.' },
    { name: 'close', type: 'double', nullable: false, unit: PRICE, doc: 'Last price of the interval.' },
    {
      name: 'adj_close',
      type: 'double',
      nullable: true,
      unit: PRICE,
      doc: 'Close adjusted for splits and dividends, newest statement.',
    },
    {
      name: 'volume',
      type: 'bigint',
      nullable: false,
      unit: 'shares or contracts',
      doc: 'Volume traded in the interval.',
    },
    {
      name: 'source',
      type: 'string',
      nullable: true,
      doc: 'Where the bar comes from: the history file; yahoo@2020-08-31: fetched, splits up to that day taken out.',
    },
    { name: 'run_id', type: 'string', nullable: true, doc: 'The replay that sent this version.' },
    { name: 'ts_sent', type: 'timestamp', nullable: false, doc: 'When the producer sent this version.' },
    { name: 'ts_recv', type: 'timestamp', nullable: false, doc: 'When the consumer took this version.' },
    { name: 'topic', type: 'string', nullable: false, doc: 'Kafka topic this version came through.' },
    { name: 'kafka_partition', type: 'int', nullable: false, doc: 'Kafka partition of this version.' },
    { name: 'kafka_offset', type: 'bigint', nullable: false, doc: 'Kafka offset of this version.' },
    {
      name: 'flags',
      type: 'string',
      nullable: false,
      doc: 'What is odd about the bar, comma between: not_positive, outside_range, zero_volume, flat; else empty.',
    },
  ],
} as const satisfies Table

export type BarRow = RowOf<typeof BARS>

/** Every table of the catalog, in the order of the data's way. */
export const TABLES: readonly Table[] = [BARS_LANDING, BARS, ACTIONS, FORECASTS, FORECAST_SCORES]

/** Those whose files are what lies in their folder; `bars` is an Iceberg table, whose files its own metadata names. */
export const FOLDER_TABLES: readonly Table[] = TABLES.filter((table) => table !== BARS)
