import assert from 'node:assert/strict'
import { test } from 'node:test'
import { partitionBatches } from '../../../lake/records/kafka-event.ts'
import type { KafkaRecord } from '../../../lake/records/kafka-record.ts'
import { judgeRecords } from '../../../lake/records/landing.ts'
import { encodeEndOfReplay } from '../../../lake/records/wire.ts'
import { type ColumnCells, cellAt, type GroupCells, rowsIn } from '../../../lake/tables/cells.ts'
import { BARS_LANDING } from '../../../lake/tables/tables.ts'
import { aMessage, aRecord, NOW } from '../../support/bars.ts'

/** What is landed of a few records, which are one row group. */
function landingColumns(records: readonly KafkaRecord[], tsRecv: number) {
  const groups: (readonly ColumnCells[])[] = []
  const judged = judgeRecords(records, tsRecv, (columns) => {
    groups.push(columns.map((cells) => (Array.isArray(cells) ? [...cells] : cells)))
  })
  assert.equal(groups.length, 1)
  return { ...judged, columns: groups[0] ?? [] }
}

function firstOf(cells: ColumnCells): unknown {
  return Array.isArray(cells) ? cells[0] : cellAt(cells as GroupCells, 0)
}

function rowOf(record: KafkaRecord): Record<string, unknown> {
  const { columns } = landingColumns([record], NOW)
  return Object.fromEntries(BARS_LANDING.columns.map(({ name }, i) => [name, firstOf(columns[i] ?? [])]))
}

test('a valid bar fills the columns of a bar and keeps no bytes', () => {
  assert.deepEqual(rowOf(aRecord({ partition: 3, offset: 42 })), {
    symbol: 'AAPL',
    interval: '1d',
    ts_event: Date.UTC(2013, 2, 1),
    open: 10.1,
    high: 11.2,
    low: 9.3,
    close: 10.4,
    adj_close: 10.2,
    volume: 1_000_000,
    source: 'yahoo',
    run_id: 'run-1',
    ts_sent: NOW,
    ts_recv: NOW,
    topic: 'market.bars',
    kafka_partition: 3,
    kafka_offset: 42,
    schema_version: 1,
    reject_reason: null,
    raw_key: null,
    raw_value: null,
  })
})

test('a rejected record keeps key and value byte for byte beside its reason, and no cell of a bar', () => {
  const record = aRecord({ value: aMessage({ high: 1 }), key: Uint8Array.of(0xff), timestamp: 1234 })

  const row = rowOf(record)

  assert.match(String(row['reject_reason']), /^high_below_low: /)
  assert.equal(row['raw_value'], record.value)
  assert.equal(row['raw_key'], record.key)
  assert.equal(row['symbol'], null)
  assert.equal(row['close'], null)
  assert.equal(row['run_id'], 'run-1')
})

test('a record that says nothing of its sending counts as sent at its Kafka timestamp', () => {
  assert.equal(rowOf(aRecord({ value: 'not json', timestamp: 1234 }))['ts_sent'], 1234)
})

test('a tombstone is landed with its reason and no bytes', () => {
  const row = rowOf(aRecord({ value: null }))

  assert.match(String(row['reject_reason']), /^tombstone: /)
  assert.equal(row['raw_value'], null)
})

test('the end of a replay is neither bar nor reject; its bytes are kept', () => {
  const value = encodeEndOfReplay({ runId: 'run-1', sent: 7 }, NOW)

  const row = rowOf(aRecord({ value }))

  assert.equal(row['symbol'], null)
  assert.equal(row['reject_reason'], null)
  assert.deepEqual(row['raw_value'], Buffer.from(value))
})

test('bars and rejects are counted, rejects by their code', () => {
  const records = [aRecord(), aRecord({ value: 'x' }), aRecord({ value: 'y' }), aRecord({ value: null })]

  const { bars, rejected } = landingColumns(records, NOW)

  assert.equal(bars, 1)
  assert.deepEqual(rejected, { not_json: 2, tombstone: 1 })
})

test('a batch becomes the same columns whatever came before it, thousands of other words as well', () => {
  const batch = [aRecord({}), aRecord({ value: Buffer.from(aMessage({ symbol: 'MSFT', run_id: 'run-9' })) })]
  const cellsOf = () => {
    const { columns } = landingColumns(batch, NOW)
    return batch.map((_, row) =>
      columns.map((cells) => (Array.isArray(cells) ? cells[row] : cellAt(cells as GroupCells, row))),
    )
  }
  const before = cellsOf()
  const strangers = Array.from({ length: 25_000 }, (_, i) =>
    aRecord({ offset: i, value: Buffer.from(aMessage({ symbol: `S${i}` })) }),
  )

  assert.equal(landingColumns(strangers, NOW).bars, strangers.length)
  assert.deepEqual(cellsOf(), before)
  landingColumns(strangers.slice(0, 10), NOW)
  assert.deepEqual(cellsOf(), before)
})

test('a batch of more records than a row group becomes several, and a reject stays in its own', () => {
  const rows = 100_000
  const records = Array.from({ length: rows + 50 }, (_, offset) => {
    return aRecord(offset === 7 || offset === rows + 8 ? { offset, value: 'x' } : { offset })
  })
  const groups: Record<string, unknown>[][] = []
  const { bars, rejected } = judgeRecords(records, NOW, (columns) => {
    const cell = (name: string, row: number) => {
      const cells = columns[BARS_LANDING.columns.findIndex((column) => column.name === name)] ?? []
      return Array.isArray(cells) ? cells[row] : cellAt(cells as GroupCells, row)
    }
    const [first] = columns
    const wanted = [7, 8].map((row) =>
      Object.fromEntries(['kafka_offset', 'symbol', 'close', 'reject_reason'].map((name) => [name, cell(name, row)])),
    )
    groups.push([{ rows: first ? rowsIn(first) : 0 }, ...wanted])
  })

  const bar = { symbol: 'AAPL', close: 10.4, reject_reason: null }
  const reject = { symbol: null, close: null, reject_reason: 'not_json: the value is not JSON' }
  assert.deepEqual(groups, [
    [{ rows }, { kafka_offset: 7, ...reject }, { kafka_offset: 8, ...bar }],
    [{ rows: 50 }, { kafka_offset: rows + 7, ...bar }, { kafka_offset: rows + 8, ...reject }],
  ])
  assert.equal(bars, rows + 48)
  assert.deepEqual(rejected, { not_json: 2 })
})

test('of an event that is larger than any of Lambda, every record is landed as if it came alone', () => {
  const values = Array.from({ length: 400 }, (_, i) => {
    if (i % 50 === 3) return null
    // White space is of no meaning; 60 kB of it make 400 records more than 16 MB.
    return i % 50 === 4
      ? `{"symbol":${i}`
      : aMessage({ symbol: `S${i % 9}`, open: 9.5 + (i % 10) / 10 }).replace('{', `{${' '.repeat(60_000)}`)
  })
  const given = values.map((value, offset) => {
    const text = (of: string | null) => of && Buffer.from(of).toString('base64')
    return { topic: 'market.bars', partition: 0, offset, timestamp: NOW, key: text('key'), value: text(value) }
  })
  const [batch] = partitionBatches({ eventSource: 'aws:kafka', records: { 'market.bars-0': given } })
  const plain = values.map((value, offset) => aRecord({ offset, timestamp: NOW, key: Buffer.from('key'), value }))

  const { columns, ...judged } = landingColumns(batch?.records ?? [], NOW)
  const alone = landingColumns(plain, NOW)

  assert.deepEqual(judged, { bars: alone.bars, rejected: alone.rejected })
  assert.ok(judged.bars > 380)
  for (const [at, { name }] of BARS_LANDING.columns.entries()) assert.deepEqual(columns[at], alone.columns[at], name)
})
