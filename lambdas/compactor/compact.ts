/** One task of a compaction run: the new rows of some months, merged into the files of those months. */
import { appendBar, type BarBuffer, type Bars, barBuffer } from '../../lake/compaction/bar-columns.ts'
import { monthSpan, newestVersions } from '../../lake/compaction/compaction-merge.ts'
import type { CompactionTask } from '../../lake/compaction/compaction-plan.ts'
import { TickerlakeError } from '../../lake/errors.ts'
import type { Log } from '../../lake/log.ts'
import type { ParquetGroups } from '../../lake/parquet/row-groups.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'
import { BAR_COLUMNS, barsOf } from './bar-cells.ts'
import { landingGroups } from './landing-groups.ts'
import { mergedMonth, monthKey } from './month-file.ts'

export interface CompactDeps {
  readonly store: ObjectStore
  readonly parquet: ParquetGroups
  readonly log: Log
}

export interface CompactReport {
  /** Months whose file was written. */
  readonly months: number
  /** Bars that were new. */
  readonly added: number
  /** Bars whose newest version changed. */
  readonly replaced: number
}

/** New rows held at once: at about 150 bytes each, 300 MB beside a month's file of 100 MB and its successor. */
const PASS_ROWS = 2_000_000

/**
 * Merges the task's files into its months. Merging is idempotent and its order does not matter, so a task may be
 * killed anywhere, run twice, or run beside another one.
 */
export async function compact(
  task: CompactionTask,
  deps: CompactDeps,
  passRows: number = PASS_ROWS,
): Promise<CompactReport> {
  let report: CompactReport = { months: 0, added: 0, replaced: 0 }
  let rows = barBuffer(Math.min(task.rows, passRows))
  for (const key of task.files) {
    for await (const group of landingGroups(key, BAR_COLUMNS, deps)) {
      const bars = barsOf(group)
      const left = keepRows(rows, bars, task)
      if (left === undefined) continue
      report = sum(report, await mergeMonths(rows, task.months, deps))
      rows = barBuffer(Math.max(passRows, bars.rows))
      keepRows(rows, bars, task, left)
    }
  }
  return sum(report, await mergeMonths(rows, task.months, deps))
}

/** Appends the bars of the task's months, from a row on; the row at which the buffer was full, if it was. */
function keepRows(
  buffer: BarBuffer,
  { columns, rows }: Bars,
  { months }: CompactionTask,
  start = 0,
): number | undefined {
  const spans = months.map(monthSpan)
  const from = spans[0]?.from ?? 0
  const to = spans.at(-1)?.to ?? 0
  const capacity = buffer.columns.ts_event.length
  for (let row = start; row < rows; row++) {
    const time = columns.ts_event[row] ?? Number.NaN
    if (columns.symbol[row] === null || !(time >= from && time < to)) continue
    if (buffer.rows === capacity) return row
    appendBar(buffer, columns, row)
  }
  return undefined
}

async function mergeMonths(rows: Bars, months: readonly string[], deps: CompactDeps): Promise<CompactReport> {
  let report: CompactReport = { months: 0, added: 0, replaced: 0 }
  if (rows.rows === 0) return report
  for (const month of months) {
    const order = newestVersions(rows, monthSpan(month))
    if (order.length > 0) report = sum(report, await mergeMonth(month, { columns: rows.columns, order }, deps))
  }
  return report
}

/** Each lost race means that another run has put a month; that many in a row means something is looping. */
const MOST_RACES = 20

async function mergeMonth(
  month: string,
  fresh: Parameters<typeof mergedMonth>[1],
  deps: CompactDeps,
): Promise<CompactReport> {
  for (let race = 0; race < MOST_RACES; race++) {
    const { count, body, condition } = await mergedMonth(month, fresh, deps)
    const { added, replaced, rows } = count
    if (added + replaced === 0) return { months: 0, added, replaced }
    const metadata = { rows: String(rows) }
    const put = await deps.store.put(monthKey(month), body, {
      condition,
      metadata,
      contentType: 'application/vnd.apache.parquet',
    })
    if (put.kind === 'written') {
      deps.log.info('month compacted', { month, rows, added, replaced, bytes: body.length })
      return { months: 1, added, replaced }
    }
  }
  const message = `The month ${month} was replaced by others ${MOST_RACES} times in a row; stop the other compactions and run again.`
  throw new TickerlakeError('month-contended', message, { retryable: true })
}

function sum(a: CompactReport, b: CompactReport): CompactReport {
  return { months: a.months + b.months, added: a.added + b.added, replaced: a.replaced + b.replaced }
}
