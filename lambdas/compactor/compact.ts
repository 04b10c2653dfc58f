/** One task of a compaction run: the new rows of some months, merged into new files of those months, for the commit to put in place. */
import { appendBar, type BarBuffer, type Bars, barBuffer } from '../../lake/compaction/bar-columns.ts'
import { monthSpan, newestVersions } from '../../lake/compaction/compaction-merge.ts'
import type { CompactionTask } from '../../lake/compaction/compaction-plan.ts'
import { refuseOtherColumns } from '../../lake/iceberg/other-columns.ts'
import type { MonthChange } from '../../lake/iceberg/table-change.ts'
import { inParallel } from '../../lake/in-parallel.ts'
import type { Log } from '../../lake/log.ts'
import type { RowGroup } from '../../lake/parquet/table-file.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'
import { BARS } from '../../lake/tables/tables.ts'
import { BAR_COLUMNS, barsOf } from './bar-cells.ts'
import { landingGroups } from './landing-groups.ts'
import { type MonthDeps, MonthFiles } from './month-merge.ts'

export interface CompactDeps extends MonthDeps {
  readonly store: ObjectStore
  readonly log: Log
}

export interface CompactReport {
  /** Months that changed. */
  readonly months: number
  /** Bars that were new. */
  readonly added: number
  /** Bars whose newest version changed. */
  readonly replaced: number
}

export interface Compacted {
  readonly report: CompactReport
  readonly changes: readonly MonthChange[]
}

/** New rows held at once: at about 150 bytes each, 300 MB beside a file of 100 MB and its successor. */
const PASS_ROWS = 2_000_000
const SMALL_MONTH_ROWS = 10_000
const SMALL_MONTHS_AT_ONCE = 8

/**
 * Merges the task's files into its months as they stand now. Nothing of it counts before the commit, so a task may be
 * killed anywhere, run twice, or run beside another one.
 */
export async function compact(
  task: CompactionTask,
  deps: CompactDeps,
  passRows: number = PASS_ROWS,
): Promise<Compacted> {
  const months = await standingMonths(task, deps)
  const total = { added: 0, replaced: 0 }
  let crossed = 0
  const mergeRows = async (rows: BarBuffer): Promise<void> => {
    await inParallel(months, monthsAtOnce(task, months), async (month) => {
      const order = newestVersions(rows, monthSpan(month.month))
      if (order.length === 0) return
      const count = await month.merge({ columns: rows.columns, order })
      total.added += count.added
      total.replaced += count.replaced
      crossed += count.crossed
    })
  }
  let rows = barBuffer(Math.min(task.rows, passRows))
  for await (const group of newGroups(task, months, deps)) {
    const bars = barsOf(group)
    const left = keepRows(rows, bars, task)
    if (left === undefined) continue
    await mergeRows(rows)
    rows = barBuffer(Math.max(passRows, bars.rows))
    keepRows(rows, bars, task, left)
  }
  await mergeRows(rows)
  const changes = months.flatMap((month) => month.change() ?? [])
  const report = { months: changes.length, ...total }
  if (crossed > 0) deps.log.warn('bars of one source now stand as another source has them', { bars: crossed })
  deps.log.info('task merged', { ...report, files: changes.flatMap(({ added }) => added).length })
  return { report, changes }
}

/** Small months hide S3's latency from each other; of large ones a single file is enough to hold. */
function monthsAtOnce({ rows }: CompactionTask, months: readonly MonthFiles[]): number {
  const isSmall = rows / months.length < SMALL_MONTH_ROWS && months.every((month) => month.rows < SMALL_MONTH_ROWS)
  return isSmall ? SMALL_MONTHS_AT_ONCE : 1
}

async function standingMonths({ months }: CompactionTask, deps: CompactDeps): Promise<readonly MonthFiles[]> {
  const live = await deps.table.liveFiles(await deps.table.current())
  const byMonth = Map.groupBy(live, ({ month }) => month)
  refuseOtherColumns(
    months.flatMap((month) => byMonth.get(month) ?? []),
    deps.table,
  )
  return months.map((month) => new MonthFiles(month, byMonth.get(month) ?? [], deps))
}

/** The rows that another engine has written into the months, then what has landed. */
async function* newGroups(
  task: CompactionTask,
  months: readonly MonthFiles[],
  deps: CompactDeps,
): AsyncGenerator<RowGroup> {
  for (const { dataFile } of months.flatMap(({ foreign }) => foreign)) {
    yield* deps.parquet.read(await deps.table.files.read(dataFile.file_path), BARS, BAR_COLUMNS)
  }
  yield* landingGroups(task.files, BAR_COLUMNS, deps)
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
