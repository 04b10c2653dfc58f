/** What stands in the landing table of one record: its verdict as columns. */

import { BARS_LANDING, type LandingRow } from '../tables/tables.ts'
import { judge, rejectReason, type Verdict } from './judge.ts'
import type { KafkaRecord } from './kafka-record.ts'

type ColumnName = (typeof BARS_LANDING)['columns'][number]['name']
type LandingCells = { readonly [Name in ColumnName]: LandingRow[Name][] }

export interface LandingColumns {
  /** One entry per column of `BARS_LANDING`, in its order. */
  readonly columns: readonly (readonly (string | number | Uint8Array | null)[])[]
  readonly bars: number
  /** How many records were rejected, by reject code. */
  readonly rejected: Readonly<Record<string, number>>
}

/** Judges records that arrived at `tsRecv` (epoch milliseconds) and pivots them straight into columns. */
export function landingColumns(records: readonly KafkaRecord[], tsRecv: number): LandingColumns {
  const cells = emptyCells(records.length)
  const rejected: Record<string, number> = {}
  let bars = 0
  for (const [row, record] of records.entries()) {
    const verdict = judge(record, tsRecv)
    if (verdict.kind === 'bar') bars++
    if (verdict.kind === 'rejected') rejected[verdict.code] = (rejected[verdict.code] ?? 0) + 1
    fillBar(cells, row, verdict)
    fillLineage(cells, row, record, verdict)
    cells.ts_recv[row] = tsRecv
  }
  return { columns: BARS_LANDING.columns.map(({ name }) => cells[name]), bars, rejected }
}

/** Nulls everywhere: only a bar fills the cells of a bar, only what is not one those of its bytes. */
function emptyCells(rows: number): LandingCells {
  const named = BARS_LANDING.columns.map(({ name }) => [name, new Array<null>(rows).fill(null)])
  return Object.fromEntries(named) as LandingCells
}

function fillBar(cells: LandingCells, row: number, verdict: Verdict): void {
  if (verdict.kind !== 'bar') return
  const { bar } = verdict
  cells.symbol[row] = bar.symbol
  cells.interval[row] = bar.interval
  cells.ts_event[row] = bar.tsEvent
  cells.open[row] = bar.open
  cells.high[row] = bar.high
  cells.low[row] = bar.low
  cells.close[row] = bar.close
  cells.adj_close[row] = bar.adjClose
  cells.volume[row] = bar.volume
}

function fillLineage(cells: LandingCells, row: number, record: KafkaRecord, verdict: Verdict): void {
  const { origin } = verdict
  cells.source[row] = origin.source
  cells.run_id[row] = origin.runId
  cells.ts_sent[row] = origin.tsSent
  cells.schema_version[row] = origin.schemaVersion
  cells.topic[row] = record.topic
  cells.kafka_partition[row] = record.partition
  cells.kafka_offset[row] = record.offset
  if (verdict.kind === 'bar') return
  cells.reject_reason[row] = rejectReason(verdict)
  cells.raw_key[row] = record.key
  cells.raw_value[row] = record.value
}
