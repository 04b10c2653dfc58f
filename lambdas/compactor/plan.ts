/** The first step of a compaction run: what is new in landing, and how it is cut into tasks. */

import type { Clock } from '../../lake/clock.ts'
import { type CompactionMark, type Cover, coverOf } from '../../lake/compaction/compaction-mark.ts'
import { monthSpan } from '../../lake/compaction/compaction-merge.ts'
import { cutTasks, type FileContents, newFiles, takeFiles } from '../../lake/compaction/compaction-plan.ts'
import { markIn } from '../../lake/compaction/table-mark.ts'
import type { IcebergTable } from '../../lake/iceberg/iceberg-table.ts'
import { currentOf } from '../../lake/iceberg/metadata.ts'
import { inParallel } from '../../lake/in-parallel.ts'
import { LAYOUT } from '../../lake/layout.ts'
import { type LandingFile, landingFileOf } from '../../lake/ledger/landing-key.ts'
import { type Claim, decided } from '../../lake/ledger/ledger.ts'
import { LEDGER_PREFIX } from '../../lake/ledger/ledger-object.ts'
import { ledgerObjects, lookAt } from '../../lake/ledger/ledgers.ts'
import type { Log } from '../../lake/log.ts'
import type { ParquetGroups } from '../../lake/parquet/row-groups.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'
import { tablePartitionOf, tablePartitionPrefix } from '../../lake/tables/table.ts'
import { BARS, BARS_LANDING } from '../../lake/tables/tables.ts'
import { landingGroups } from './landing-groups.ts'
import { oldBars } from './old-bars.ts'
import { writePlan } from './plan-object.ts'

export interface PlanDeps {
  readonly store: ObjectStore
  readonly table: IcebergTable
  readonly parquet: ParquetGroups
  readonly clock: Clock
  readonly log: Log
  /** A text never given before. */
  readonly freshId: () => string
}

export interface PlanOptions {
  /** Landing files a run takes at most; the next run takes the rest. */
  readonly maxFiles: number
  /** New rows a task gets at most, unless one month alone has more. */
  readonly maxTaskRows: number
}

/** 20,000 files are read in some minutes and are a day and a half of landing at full rate; the tasks fit a function of 2 GB. */
export const PLAN_DEFAULTS: PlanOptions = { maxFiles: 20_000, maxTaskRows: 2_000_000 }

/** What the steps of a run hand to each other; small, whatever the plan. */
export interface PlannedRun {
  readonly plan: string
  /** One entry a task, for the Map over them. */
  readonly tasks: readonly { readonly plan: string; readonly task: number }[]
  readonly files: number
  readonly rows: number
  /** Files were left for the next run. */
  readonly more: boolean
}

/** Plans a run over everything that has landed and is not compacted. */
export async function plan(deps: PlanDeps, options: PlanOptions = PLAN_DEFAULTS): Promise<PlannedRun> {
  const startedAt = deps.clock.now()
  const { base, mark, months } = await standing(deps)
  const ledgers = await settledCovers(startedAt, deps)
  const files = await listLanding(mark.listFrom, deps)
  const taken = takeFiles(newFiles(files, mark, ledgers), { mark, ledgers, limit: options.maxFiles, startedAt })
  const contents = await inParallel(taken.files, READERS, ({ key }) => contentsOf(key, deps))
  const tasks = cutTasks([...months, ...contents], options.maxTaskRows)
  const key = `${LAYOUT.compactionPlans}/${deps.freshId()}.json`
  await writePlan(key, { base, mark: taken.mark, tasks }, deps.store)
  return {
    plan: key,
    tasks: tasks.map((_, task) => ({ plan: key, task })),
    files: taken.files.length,
    rows: tasks.reduce((sum, { rows }) => sum + rows, 0),
    more: taken.more,
  }
}

/** What the run goes on from: the table's snapshot and its mark, or what an older tickerlake has left. */
async function standing(deps: PlanDeps): Promise<{
  readonly base: string | undefined
  readonly mark: CompactionMark
  /** Month files to be taken over. */
  readonly months: readonly FileContents[]
}> {
  const loaded = await deps.table.load()
  const snapshot = loaded && currentOf(loaded.metadata)
  if (!snapshot) return { base: undefined, ...(await oldBars(deps.store)) }
  return { base: String(snapshot['snapshot-id']), mark: await markIn(loaded.metadata, deps.store), months: [] }
}

/**
 * The ledgers as they stand, before landing is listed: whatever they call landed is then in the list. What has not landed
 * is for the next run. An old claim that has is written down in the ledger of its idle partition, long before the landing
 * file expires: a consumer that found nothing at its key would take it for fenced and land its records again.
 */
async function settledCovers(startedAt: number, { store, freshId, log }: PlanDeps): Promise<Record<string, Cover>> {
  const found: Record<string, Cover> = {}
  const ledgers = ledgerObjects(store, freshId)
  for await (const { key } of store.list(LEDGER_PREFIX)) {
    const version = await ledgers.read(key)
    if (!version) continue
    const { value: ledger, etag } = version
    const fate = ledger.claim && (await lookAt(ledger.claim, store)) === 'landed' ? 'landed' : 'fenced'
    found[key.slice(LEDGER_PREFIX.length, -'.json'.length)] = coverOf(ledger, fate)
    if (fate === 'fenced' || !isOld(ledger.claim, startedAt)) continue
    // In a conflict a consumer was quicker; its own write says what happened to the claim.
    const { kind } = await ledgers.replace(key, decided(ledger, 'landed'), etag)
    log.info('old claim settled', { ledger: key, outcome: kind })
  }
  return found
}

function isOld(claim: Claim | null, now: number): boolean {
  const today = tablePartitionPrefix(BARS_LANDING, tablePartitionOf(BARS_LANDING, now))
  return claim !== null && claim.key < today
}

async function listLanding(listFrom: string, { store, log }: PlanDeps): Promise<LandingFile[]> {
  const files: LandingFile[] = []
  let foreign = 0
  const startAfter = listFrom === '' ? {} : { startAfter: tablePartitionPrefix(BARS_LANDING, listFrom) }
  for await (const { key } of store.list(`${BARS_LANDING.prefix}/`, startAfter)) {
    const file = landingFileOf(key)
    if (file) files.push(file)
    else foreign++
  }
  if (foreign > 0) log.warn('objects in landing that no consumer wrote are left out', { objects: foreign })
  return files
}

/** Requests under way at once: S3 answers in some 20 ms, decoding takes one. */
const READERS = 16

/** A void has no rows, and a file of rejected records none of bars: neither has a month. */
async function contentsOf(key: string, deps: PlanDeps): Promise<FileContents> {
  const rowsByMonth: Record<string, number> = {}
  for await (const { cells } of landingGroups(key, ['ts_event'], deps)) {
    const times = cells['ts_event']
    if (times instanceof Float64Array) countMonths(times, rowsByMonth)
  }
  return { key, rowsByMonth }
}

function countMonths(times: Float64Array, rowsByMonth: Record<string, number>): void {
  let month = ''
  let span = { from: 0, to: 0 }
  for (const time of times) {
    if (Number.isNaN(time)) continue
    if (!(time >= span.from && time < span.to)) {
      month = tablePartitionOf(BARS, time)
      span = monthSpan(month)
    }
    rowsByMonth[month] = (rowsByMonth[month] ?? 0) + 1
  }
}
