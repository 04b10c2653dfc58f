/** One task of a compaction run: the new rows of some months, merged into new files of those months, for the commit to put in place. */
import { BarBuffer, BarWords } from '../../lake/compaction/bar-buffer.ts'
import type { Bars } from '../../lake/compaction/bar-columns.ts'
import { monthSpan, newestVersions } from '../../lake/compaction/compaction-merge.ts'
import type { CompactionTask } from '../../lake/compaction/compaction-plan.ts'
import { refuseOtherColumns } from '../../lake/iceberg/data-file.ts'
import type { MonthChange } from '../../lake/iceberg/table-change.ts'
import { inParallel } from '../../lake/in-parallel.ts'
import type { Log } from '../../lake/log.ts'
import type { RowGroup } from '../../lake/parquet/table-file.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'
import { NO_WORD } from '../../lake/tables/cells.ts'
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
  /** How often a version of one source took the place of another source's: a file and the fetcher, or two files. */
  readonly crossed: number
}

export interface Compacted {
  readonly report: CompactReport
  readonly changes: readonly MonthChange[]
}

/** New rows held at once: at 108 bytes each, 650 MB beside a file of 75 MB and its successor. Each pass writes a month again. */
const PASS_ROWS = 6_000_000
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
  const total = { added: 0, replaced: 0, crossed: 0 }
  const mergeRows = async (rows: BarBuffer, words: BarWords): Promise<void> => {
    await inParallel(months, monthsAtOnce(task, months), async (month) => {
      const { order, crossed } = newestVersions(rows, monthSpan(month.month))
      if (order.length === 0) return
      const count = await month.merge({ columns: rows.columns, words, order })
      total.added += count.added
      total.replaced += count.replaced
      total.crossed += crossed + count.crossed
    })
  }
  for await (const { rows, words } of passes(newGroups(task, months, deps), task, passRows)) {
    await mergeRows(rows, words)
  }
  const changes = months.flatMap((month) => month.change() ?? [])
  const report = { months: changes.length, ...total }
  const { crossed: bars } = total
  if (bars > 0) deps.log.warn('bars of one source now stand as another source has them', { bars })
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

interface Pass {
  readonly rows: BarBuffer
  readonly words: BarWords
}

/** The bars of the task's months, as many at once as may be held. */
async function* passes(groups: AsyncIterable<RowGroup>, task: CompactionTask, passRows: number): AsyncGenerator<Pass> {
  const capacity = Math.max(1, Math.min(task.rows, passRows))
  let pass = passOf(capacity)
  for await (const group of groups) {
    const bars = barsOf(group)
    const picks = barsOfMonths(bars, task)
    let fresh = pass.words.adopt(bars.columns)
    for (let from = 0; from < picks.length; ) {
      if (pass.rows.rows === pass.rows.capacity) {
        yield pass
        pass = passOf(capacity)
        fresh = pass.words.adopt(bars.columns)
      }
      const to = Math.min(picks.length, from + pass.rows.capacity - pass.rows.rows)
      pass.rows.append({ picks: picks.subarray(from, to), fresh, standing: fresh })
      from = to
    }
  }
  yield pass
}

function passOf(capacity: number): Pass {
  const words = new BarWords()
  return { words, rows: new BarBuffer(capacity, words) }
}

/** The rows that are bars, and of the months of the task. */
function barsOfMonths({ columns, rows }: Bars, { months }: CompactionTask): Int32Array {
  const spans = months.map(monthSpan)
  const from = spans[0]?.from ?? 0
  const to = spans.at(-1)?.to ?? 0
  const picks = new Int32Array(rows)
  let count = 0
  for (let row = 0; row < rows; row++) {
    const time = columns.ts_event[row] as number
    if (columns.symbol.codes[row] !== NO_WORD && time >= from && time < to) picks[count++] = row
  }
  return picks.subarray(0, count)
}
