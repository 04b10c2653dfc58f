/** The first step of a compaction run: what is new in landing, and how it is cut into tasks. */

import type { Clock } from '../../lake/clock.ts'
import { type CompactionMark, joinMarks, type Sought } from '../../lake/compaction/compaction-mark.ts'
import { cutTasks, PLAN_FILES } from '../../lake/compaction/compaction-plan.ts'
import { markIn } from '../../lake/compaction/table-mark.ts'
import {
  type LedgerState,
  missingText,
  needsWholeList,
  type Unseen,
  unseenOf,
  withMissing,
  withoutGivenUp,
  withSearch,
} from '../../lake/compaction/unseen.ts'
import type { IcebergTable } from '../../lake/iceberg/iceberg-table.ts'
import { currentOf } from '../../lake/iceberg/metadata.ts'
import { DAY_MS } from '../../lake/instant.ts'
import { LAYOUT } from '../../lake/layout.ts'
import type { Log } from '../../lake/log.ts'
import type { ParquetGroups } from '../../lake/parquet/row-groups.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'
import { tablePartitionIn, tablePartitionOf, tablePartitionPrefix } from '../../lake/tables/table.ts'
import { BARS_LANDING } from '../../lake/tables/tables.ts'
import { expireLanding } from './expire-landing.ts'
import { type Taken, takeFiles } from './new-files.ts'
import { oldBars } from './old-bars.ts'
import { writePlan } from './plan-object.ts'
import type { PlanRequest } from './plan-request.ts'
import { settledLedgers } from './settled-ledgers.ts'

export interface PlanDeps {
  readonly store: ObjectStore
  readonly table: IcebergTable
  readonly parquet: ParquetGroups
  readonly clock: Clock
  readonly log: Log
  /** Makes a UUID. */
  readonly freshId: () => string
  /** How long landed files are kept; they go once they are compacted as well. */
  readonly landingDays: number
}

export interface PlanOptions {
  /** Landing files a plan takes at most; the run's next plan takes on behind them, when these are committed. */
  readonly maxFiles: number
  /** New rows a task gets at most, unless one month alone has more. */
  readonly maxTaskRows: number
}

/** The tasks fit the compactor's memory. */
export const PLAN_DEFAULTS: PlanOptions = { maxFiles: PLAN_FILES, maxTaskRows: 2_000_000 }

/** What the steps of a run hand to each other; small, whatever the plan. */
export interface PlannedRun extends PlanRequest {
  readonly plan: string
  /** One entry a task, for the Map over them. */
  readonly tasks: readonly { readonly plan: string; readonly task: number }[]
  readonly files: number
  readonly rows: number
  /** Files were left for the next plan. */
  readonly more: boolean
  /** What ledgers call landed and no file has, in a sentence; it stays open, and the run ends as failed. */
  readonly missing?: string
}

/** Plans over what has landed and is not compacted: all of it, or as much as one plan takes. */
export async function plan(
  deps: PlanDeps,
  options: PlanOptions = PLAN_DEFAULTS,
  request: PlanRequest = {},
): Promise<PlannedRun> {
  const since = request.cursor?.since ?? deps.clock.now()
  const { base, mark, months } = await standing(deps)
  const ledgers = await settledLedgers(deps.clock.now(), deps)
  const starts = startsFrom(request.cursor?.after, mark)
  const pass = {
    starts,
    mark,
    ledgers: ledgers.states,
    limit: options.maxFiles,
    sought: soughtBefore(mark, request),
    now: since,
  }
  const { taken, unseen } = await takeNext(pass, deps)
  const isEnd = taken.after === undefined
  const accepted = isEnd && request.acceptMissing ? withMissing(taken.mark, unseen) : taken.mark
  const next = { ...accepted, listFrom: listedTo(taken, since) }
  const tasks = cutTasks([...months, ...taken.files], options.maxTaskRows)
  const key = `${LAYOUT.compactionPlans}/${deps.freshId()}.json`
  await writePlan(key, { base, mark: joinMarks(mark, next), tasks }, deps.store)
  if (isEnd) await expireLanding(ledgers.openClaims, deps)
  const missing = isEnd && !request.acceptMissing ? missingText(unseen) : undefined
  if (missing) deps.log.error('landed offsets are missing', { missing })
  return {
    plan: key,
    tasks: tasks.map((_, task) => ({ plan: key, task })),
    files: taken.files.length,
    rows: tasks.reduce((sum, { rows }) => sum + rows, 0),
    more: !isEnd,
    ...(taken.after === undefined ? {} : { cursor: { after: taken.after, since } }),
    ...(request.acceptMissing ? { acceptMissing: true } : {}),
    ...(request.lookAgain ? { lookAgain: true } : {}),
    ...(missing === undefined ? {} : { missing }),
  }
}

/** The search that a run need not do again. */
function soughtBefore({ sought }: CompactionMark, { lookAgain, acceptMissing }: PlanRequest): Sought | undefined {
  return lookAgain || acceptMissing ? undefined : sought
}

/** What the run goes on from: the table's snapshot and its mark, or what an older tickerlake has left. */
async function standing(deps: PlanDeps) {
  const metadata = await deps.table.find()
  const snapshot = metadata && currentOf(metadata)
  if (!snapshot) return { base: undefined, ...(await oldBars(deps.store)) }
  return { base: String(snapshot['snapshot-id']), mark: await markIn(metadata, deps.store), months: [] }
}

interface Pass {
  /** Keys to list from, one after the other while something stays unseen. */
  readonly starts: readonly string[]
  readonly mark: CompactionMark
  readonly ledgers: readonly LedgerState[]
  readonly limit: number
  /** The search that counts, if any does. */
  readonly sought: Sought | undefined
  readonly now: number
}

/**
 * The next files. Where the listing has come to its end and the ledgers know of more, it began too late for some: a
 * clock went wrong, or a file has landed behind it. So it is done again from further back, and what is in no file even
 * then is missing, and not searched for again for a while.
 */
async function takeNext(
  { starts: [from = '', ...further], ...pass }: Pass,
  deps: PlanDeps,
): Promise<{ readonly taken: Taken; readonly unseen: readonly Unseen[] }> {
  const taken = await takeFiles({ from, ...pass }, deps)
  const unseen = unseenOf(pass.ledgers, taken.mark)
  if (taken.after !== undefined || !needsWholeList(unseen, pass.sought, pass.now)) return { taken, unseen }
  if (further.length > 0) return takeNext({ starts: further, ...pass }, deps)
  const search = { at: pass.now, objects: taken.listed }
  return { taken: { ...taken, mark: withSearch(withoutGivenUp(taken.mark, unseen), unseen, search) }, unseen }
}

/** Behind what the plan before has taken; else from the last days on; else from the beginning. */
function startsFrom(after: string | undefined, { listFrom }: CompactionMark): readonly string[] {
  const recent = listFrom === '' ? '' : tablePartitionPrefix(BARS_LANDING, listFrom)
  return [...new Set([after ?? recent, recent, ''])]
}

/** Arrival dates are of the consumer's clock; a day covers an invocation over midnight and clocks that differ. */
const LIST_BACK_MS = DAY_MS

/** The day before which everything was taken: that of the last file where others follow, and never of today. */
function listedTo({ after }: Taken, since: number): string {
  const recent = tablePartitionOf(BARS_LANDING, since - LIST_BACK_MS)
  const days = after === undefined ? [recent] : [recent, tablePartitionIn(BARS_LANDING, after) ?? '']
  return days.sort()[0] ?? ''
}
