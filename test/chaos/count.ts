/**
 * The independent count: every record of the topic, as the broker has it, against every row of the files. It asks no
 * ledger and shares no code with the consumer but the reading of Parquet.
 */

import type { SourceRecord } from 'lambda-kafka-local'
import type { LandedFiles } from '../../lake/ledger/landed-files.ts'
import type { TopicLog } from '../../lake/ledger/topic-log.ts'
import type { ObjectSummary } from '../../lake/store/object-store.ts'
import type { LandingRow } from '../../lake/tables/tables.ts'
import { EXPECT_HEADER } from './records.ts'

const COLUMNS = [
  'symbol',
  'interval',
  'ts_event',
  'open',
  'high',
  'low',
  'close',
  'adj_close',
  'volume',
  'source',
  'run_id',
  'ts_sent',
  'topic',
  'kafka_partition',
  'kafka_offset',
  'schema_version',
  'reject_reason',
  'raw_key',
  'raw_value',
] as const
type Row = Pick<LandingRow, (typeof COLUMNS)[number]>

export interface Count {
  /** Records in the topic. */
  records: number
  /** Records in exactly one row, every field or byte as it was sent. */
  once: number
  bars: number
  /** Ends of replays. */
  markers: number
  rejected: number
  /** Records that are too large for an event and stand at the on-failure destination. */
  kept: number
  lost: number
  /** Rows beyond the first of their offset. */
  duplicates: number
  /** Rows of an offset that the topic has no record at. */
  invented: number
  wrong: number
  files: number
  /** The first few of what is not right, in words. */
  readonly findings: string[]
}

export interface CountDeps {
  readonly topic: string
  /** Whose files are counted: the same topic of another cluster has other records at the same offsets. @default all */
  readonly cluster?: string
  readonly log: TopicLog
  readonly files: LandedFiles
  /** `topic-partition@offset` of the records that went to the on-failure destination. */
  readonly kept?: ReadonlySet<string>
}

const MAX_FINDINGS = 20

/** Two counts as one. */
export function countsTogether(a: Count, b: Count): Count {
  const total = { ...a, findings: [...a.findings, ...b.findings] }
  for (const name of NUMBERS) total[name] += b[name]
  return total
}

const NUMBERS = [
  'records',
  'once',
  'bars',
  'markers',
  'rejected',
  'kept',
  'lost',
  'duplicates',
  'invented',
  'wrong',
  'files',
] as const

export async function countIndependently(deps: CountDeps): Promise<Count> {
  const count: Count = {
    records: 0,
    once: 0,
    bars: 0,
    markers: 0,
    rejected: 0,
    kept: 0,
    lost: 0,
    duplicates: 0,
    invented: 0,
    wrong: 0,
    files: 0,
    findings: [],
  }
  const objects = await Array.fromAsync(deps.files.list())
  for (const [partition, { low, high }] of await deps.log.bounds(deps.topic)) {
    const mine = objects.filter(
      ({ key }) =>
        key.includes(`/${deps.topic}-${partition}@`) &&
        key.includes(deps.cluster === undefined ? '@' : `@${deps.cluster}@`),
    )
    const rows = await rowsByOffset(mine, count, deps.files)
    for await (const records of deps.log.read({ topic: deps.topic, partition }, low, high)) {
      for (const record of records) countRecord(record, rows, count, deps.kept ?? new Set())
    }
    for (const offset of rows.keys()) find(count, 'invented', `${deps.topic}-${partition}@${offset}: no such record`)
  }
  return count
}

async function rowsByOffset(
  objects: readonly ObjectSummary[],
  count: Count,
  files: LandedFiles,
): Promise<Map<number, Row>> {
  const rows = new Map<number, Row>()
  for (const object of objects) {
    const file = await files.read(object, COLUMNS)
    count.files++
    for (const row of file.rows) {
      if (rows.has(row.kafka_offset)) find(count, 'duplicates', `${row.kafka_offset} again in ${object.key}`)
      rows.set(row.kafka_offset, row)
    }
  }
  return rows
}

function countRecord(record: SourceRecord, rows: Map<number, Row>, count: Count, kept: ReadonlySet<string>): void {
  const name = `${record.topic}-${record.partition}@${record.offset}`
  const row = rows.get(record.offset)
  rows.delete(record.offset)
  count.records++
  if (row) countRow(row, name, faultOf(record, row), count)
  else if (kept.has(name)) count.kept++
  else find(count, 'lost', `${name}: in no file`)
}

function countRow(row: Row, name: string, fault: string | undefined, count: Count): void {
  if (fault) find(count, 'wrong', `${name}: ${fault}`)
  else if (row.reject_reason === null && row.symbol === null) count.markers++
  else if (row.reject_reason === null) count.bars++
  else count.rejected++
  if (!fault) count.once++
}

function find(count: Count, kind: 'lost' | 'duplicates' | 'invented' | 'wrong', finding: string): void {
  count[kind]++
  if (count.findings.length < MAX_FINDINGS) count.findings.push(`${kind}: ${finding}`)
}

/** What of the row is not as it was sent, or undefined. */
function faultOf(record: SourceRecord, row: Row): string | undefined {
  if (row.topic !== record.topic || row.kafka_partition !== record.partition) return 'of another topic partition'
  const expect = record.headers.find(({ key }) => key === EXPECT_HEADER)?.value?.toString()
  if (expect === 'bar') return faultOfBar(record, row)
  if (expect === 'marker') return row.symbol === null && row.reject_reason === null ? undefined : 'it is no marker'
  if (!row.reject_reason?.startsWith(`${expect}: `)) return `want ${expect}, got ${row.reject_reason}`
  if (!sameBytes(record.key, row.raw_key)) return 'its key is not as it was sent'
  return sameBytes(record.value, row.raw_value) ? undefined : 'its value is not as it was sent'
}

function faultOfBar({ value }: SourceRecord, row: Row): string | undefined {
  if (row.reject_reason !== null) return `a bar, rejected as ${row.reject_reason}`
  const sent = JSON.parse(String(value)) as Record<string, unknown>
  const want: Readonly<Record<string, unknown>> = {
    symbol: sent['symbol'],
    interval: sent['interval'],
    ts_event: Date.parse(String(sent['ts_event'])),
    open: sent['open'],
    high: sent['high'],
    low: sent['low'],
    close: sent['close'],
    adj_close: sent['adj_close'] ?? null,
    volume: sent['volume'],
    source: sent['source'],
    run_id: sent['run_id'],
    ts_sent: Date.parse(String(sent['ts_sent'])),
    schema_version: sent['schema_version'],
    raw_key: null,
    raw_value: null,
  }
  const got: Readonly<Record<string, unknown>> = row
  const wrong = Object.keys(want).find((name) => !Object.is(want[name], got[name]))
  return wrong && `${wrong} was ${String(want[wrong])}, is ${String(got[wrong])}`
}

function sameBytes(sent: Uint8Array | null, landed: Uint8Array | null): boolean {
  return sent === null || landed === null ? sent === landed : Buffer.compare(sent, landed) === 0
}
