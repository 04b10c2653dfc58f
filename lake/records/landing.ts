/** What stands in the landing table of records: their verdicts as columns. */

import type { Bar } from '../tables/bar.ts'
import { type ColumnCells, NO_WORD, stretchOf } from '../tables/cells.ts'
import { BARS_LANDING } from '../tables/tables.ts'
import { AT } from './bar-reader.ts'
import { judge, type Origin, rejectReason, type Verdict } from './judge.ts'
import type { KafkaRecord } from './kafka-record.ts'
import { RecordValues } from './record-values.ts'
import { BarScanner } from './scanner.ts'
import { SCHEMA_VERSION } from './wire.ts'
import { Words } from './words.ts'

export interface Judged {
  readonly bars: number
  /** How many records were rejected, by reject code. */
  readonly rejected: Readonly<Record<string, number>>
}

/** Rows that are judged and written at a time: of a larger batch no more lives at once. A row group can have as many. */
const GROUP_ROWS = 100_000

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
 * form by the scanner, everything else by the judge. `write` is given the columns of `BARS_LANDING`, in its order, as
 * often as it takes; the cells are written over as soon as it comes back.
 */
export function judgeRecords(
  records: readonly KafkaRecord[],
  tsRecv: number,
  write: (columns: readonly ColumnCells[]) => void,
): Judged {
  const scanner = warmScanner()
  const cells = new LandingCells(Math.min(records.length, GROUP_ROWS), scanner)
  const values = new RecordValues(records)
  const tally = new Tally()
  for (let from = 0; from < records.length; from += GROUP_ROWS) {
    const rows = Math.min(GROUP_ROWS, records.length - from)
    for (let row = 0; row < rows; row++) {
      const record = records[from + row] as KafkaRecord
      cells.lineage(row, record, tsRecv)
      const isScanned = values.open(from + row)
        ? scanner.scanAmong(values, record, tsRecv)
        : scanner.scan(record, tsRecv)
      if (isScanned) cells.scanned(row)
      else cells.judged(row, record, tally.counted(judge(record, tsRecv)))
    }
    write(cells.columns(rows))
    cells.clear()
  }
  return { bars: records.length - tally.others, rejected: tally.rejected }
}

/** Counts what is no bar. */
class Tally {
  others = 0
  readonly rejected: Record<string, number> = {}

  counted(verdict: Verdict): Verdict {
    if (verdict.kind !== 'bar') this.others++
    if (verdict.kind === 'rejected') this.rejected[verdict.code] = (this.rejected[verdict.code] ?? 0) + 1
    return verdict
  }
}

type ColumnName = (typeof BARS_LANDING)['columns'][number]['name']

/** The cells of some rows. What is rejected is seldom: there, nulls are everywhere until a record has something to keep. */
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
    const codes = () => new Int32Array(rows)
    const numbers = () => new Float64Array(rows)
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

  /** Makes room for other rows. */
  clear(): void {
    for (const cells of Object.values(this.#rejects)) cells.fill(null)
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
    this.#bar(row, verdict.kind === 'bar' ? verdict.bar : undefined)
    if (verdict.kind === 'bar') return
    this.#rejects.reject_reason[row] = rejectReason(verdict)
    this.#rejects.raw_key[row] = record.key
    this.#rejects.raw_value[row] = record.value
  }

  /** The first rows. */
  columns(rows: number): ColumnCells[] {
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
    return BARS_LANDING.columns.map(({ name }) => stretchOf(cells[name], 0, rows))
  }

  #origin(row: number, { source, runId, tsSent, schemaVersion }: Origin): void {
    const { words } = this.#scanner
    this.#texts.source[row] = codeIn(words.source, source)
    this.#texts.run_id[row] = codeIn(words.run_id, runId)
    this.#numbers.schema_version[row] = schemaVersion ?? Number.NaN
    this.#numbers.ts_sent[row] = tsSent
  }

  #bar(row: number, bar: Bar | undefined): void {
    const { words } = this.#scanner
    const numbers = this.#numbers
    this.#texts.symbol[row] = codeIn(words.symbol, bar?.symbol ?? null)
    this.#texts.interval[row] = codeIn(words.interval, bar?.interval ?? null)
    numbers.ts_event[row] = bar?.tsEvent ?? Number.NaN
    numbers.open[row] = bar?.open ?? Number.NaN
    numbers.high[row] = bar?.high ?? Number.NaN
    numbers.low[row] = bar?.low ?? Number.NaN
    numbers.close[row] = bar?.close ?? Number.NaN
    numbers.adj_close[row] = bar?.adjClose ?? Number.NaN
    numbers.volume[row] = bar?.volume ?? Number.NaN
  }
}

function codeIn(words: Words, text: string | null): number {
  return text === null ? NO_WORD : words.add(text)
}

function codeOrNull(value: number): number {
  return Number.isNaN(value) ? NO_WORD : value
}
