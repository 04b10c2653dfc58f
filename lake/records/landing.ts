/** What stands in the landing table of records: their verdicts as columns. */

import type { ColumnCells } from '../tables/cells.ts'
import { BARS_LANDING } from '../tables/tables.ts'
import { AT } from './bar-reader.ts'
import { judge, type Origin, rejectReason, type Verdict } from './judge.ts'
import type { KafkaRecord } from './kafka-record.ts'
import { BarScanner } from './scanner.ts'
import { SCHEMA_VERSION } from './wire.ts'
import { Words } from './words.ts'

export interface LandingColumns {
  /** One entry per column of `BARS_LANDING`, in its order. */
  readonly columns: readonly ColumnCells[]
  readonly bars: number
  /** How many records were rejected, by reject code. */
  readonly rejected: Readonly<Record<string, number>>
}

/** Words kept from batch to batch at most. */
const MOST_WORDS = 20_000

/** Used again for every batch: its symbols are mostly those of the one before. */
let warm = new BarScanner()

function warmScanner(): BarScanner {
  if (warm.wordCount > MOST_WORDS) warm = new BarScanner()
  return warm
}

/**
 * Judges records that arrived at `tsRecv` (epoch milliseconds) and pivots them straight into columns: bars in our own
 * form by the scanner, everything else by the judge.
 */
export function landingColumns(records: readonly KafkaRecord[], tsRecv: number): LandingColumns {
  const scanner = warmScanner()
  const cells = new LandingCells(records.length, scanner)
  const rejected: Record<string, number> = {}
  let bars = 0
  for (let row = 0; row < records.length; row++) {
    const record = records[row] as KafkaRecord
    cells.lineage(row, record, tsRecv)
    if (scanner.scan(record, tsRecv)) {
      cells.scanned(row)
      bars++
      continue
    }
    const verdict = judge(record, tsRecv)
    if (verdict.kind === 'bar') bars++
    if (verdict.kind === 'rejected') rejected[verdict.code] = (rejected[verdict.code] ?? 0) + 1
    cells.judged(row, record, verdict)
  }
  return { columns: cells.columns(), bars, rejected }
}

type ColumnName = (typeof BARS_LANDING)['columns'][number]['name']

/** The cells of a batch: nulls everywhere, until a record fills its row. */
class LandingCells {
  readonly #scanner: BarScanner
  readonly #topics = new Words(() => true)
  readonly #texts
  readonly #numbers
  readonly #rejects
  #topic = ''
  #topicCode = 0

  constructor(rows: number, scanner: BarScanner) {
    this.#scanner = scanner
    const codes = () => new Int32Array(rows).fill(-1)
    const numbers = () => new Float64Array(rows).fill(Number.NaN)
    this.#texts = { symbol: codes(), interval: codes(), source: codes(), run_id: codes(), topic: codes() }
    this.#numbers = {
      ts_event: numbers(),
      open: numbers(),
      high: numbers(),
      low: numbers(),
      close: numbers(),
      adj_close: numbers(),
      volume: numbers(),
      ts_sent: numbers(),
      ts_recv: numbers(),
      kafka_partition: numbers(),
      kafka_offset: numbers(),
      schema_version: numbers(),
    }
    this.#rejects = {
      reject_reason: new Array<string | null>(rows).fill(null),
      raw_key: new Array<Uint8Array | null>(rows).fill(null),
      raw_value: new Array<Uint8Array | null>(rows).fill(null),
    }
  }

  lineage(row: number, record: KafkaRecord, tsRecv: number): void {
    if (record.topic !== this.#topic || row === 0) {
      this.#topic = record.topic
      this.#topicCode = this.#topics.add(record.topic)
    }
    this.#texts.topic[row] = this.#topicCode
    this.#numbers.kafka_partition[row] = record.partition
    this.#numbers.kafka_offset[row] = record.offset
    this.#numbers.ts_recv[row] = tsRecv
  }

  /** The bar that the scanner read. Written out: it runs once a record. */
  scanned(row: number): void {
    const { values } = this.#scanner
    const texts = this.#texts
    const numbers = this.#numbers
    texts.symbol[row] = values[AT.symbol] as number
    texts.interval[row] = values[AT.interval] as number
    texts.source[row] = codeOrNull(values[AT.source] as number)
    texts.run_id[row] = codeOrNull(values[AT.run_id] as number)
    numbers.ts_event[row] = values[AT.ts_event] as number
    numbers.open[row] = values[AT.open] as number
    numbers.high[row] = values[AT.high] as number
    numbers.low[row] = values[AT.low] as number
    numbers.close[row] = values[AT.close] as number
    numbers.adj_close[row] = values[AT.adj_close] as number
    numbers.volume[row] = values[AT.volume] as number
    numbers.ts_sent[row] = values[AT.ts_sent] as number
    numbers.schema_version[row] = SCHEMA_VERSION
  }

  judged(row: number, record: KafkaRecord, verdict: Verdict): void {
    this.#origin(row, verdict.origin)
    if (verdict.kind === 'bar') {
      this.#bar(row, verdict.bar)
      return
    }
    this.#rejects.reject_reason[row] = rejectReason(verdict)
    this.#rejects.raw_key[row] = record.key
    this.#rejects.raw_value[row] = record.value
  }

  columns(): ColumnCells[] {
    const { words } = this.#scanner
    const texts = this.#texts
    const cells: { readonly [Name in ColumnName]: ColumnCells } = {
      symbol: words.symbol.cells(texts.symbol),
      interval: words.interval.cells(texts.interval),
      source: words.source.cells(texts.source),
      run_id: words.run_id.cells(texts.run_id),
      topic: this.#topics.cells(texts.topic),
      ...this.#numbers,
      ...this.#rejects,
    }
    return BARS_LANDING.columns.map(({ name }) => cells[name])
  }

  #origin(row: number, { source, runId, tsSent, schemaVersion }: Origin): void {
    const { words } = this.#scanner
    if (source !== null) this.#texts.source[row] = words.source.add(source)
    if (runId !== null) this.#texts.run_id[row] = words.run_id.add(runId)
    if (schemaVersion !== null) this.#numbers.schema_version[row] = schemaVersion
    this.#numbers.ts_sent[row] = tsSent
  }

  #bar(row: number, bar: Extract<Verdict, { readonly kind: 'bar' }>['bar']): void {
    const { words } = this.#scanner
    const numbers = this.#numbers
    this.#texts.symbol[row] = words.symbol.add(bar.symbol)
    this.#texts.interval[row] = words.interval.add(bar.interval)
    numbers.ts_event[row] = bar.tsEvent
    numbers.open[row] = bar.open
    numbers.high[row] = bar.high
    numbers.low[row] = bar.low
    numbers.close[row] = bar.close
    numbers.adj_close[row] = bar.adjClose ?? Number.NaN
    numbers.volume[row] = bar.volume
  }
}

function codeOrNull(value: number): number {
  return Number.isNaN(value) ? -1 : value
}
