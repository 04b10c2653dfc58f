/** The last step of a compaction run: what all its tasks have made is put in place at once, with the mark of what is compacted. */
import type { Clock } from '../../lake/clock.ts'
import { isSameMark, joinMarks } from '../../lake/compaction/compaction-mark.ts'
import { markIn, writeMark } from '../../lake/compaction/table-mark.ts'
import { TickerlakeError } from '../../lake/errors.ts'
import { type CommitOutcome, commit as commitTo } from '../../lake/iceberg/commit.ts'
import type { IcebergTable } from '../../lake/iceberg/iceberg-table.ts'
import { currentOf, type Retention, type Snapshot, type TableMetadata } from '../../lake/iceberg/metadata.ts'
import type { MonthChange } from '../../lake/iceberg/table-change.ts'
import { inParallel } from '../../lake/in-parallel.ts'
import { DAY_MS } from '../../lake/instant.ts'
import type { Log } from '../../lake/log.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'
import { type CompactionPlan, readPlan } from './plan-object.ts'
import type { PlanRequest } from './plan-request.ts'
import { sweepLake } from './sweep-lake.ts'
import { noteKey, readNote } from './task-note.ts'

export interface CommitDeps {
  readonly store: ObjectStore
  readonly table: IcebergTable
  readonly clock: Clock
  readonly log: Log
  readonly retention: Retention
  /** Makes a UUID. */
  readonly freshId: () => string
}

/** A run as its steps hand it on. */
export interface RunState extends PlanRequest {
  readonly plan: string
  /** Files were left for the next plan. */
  readonly more: boolean
  /** What no landing file has, in a sentence. */
  readonly missing?: string
  /** How often the tasks were merged again. */
  readonly races?: number
}

export interface CommitReport extends RunState {
  readonly races: number
  /** False where another run of the same plan had committed it, or there was nothing to commit. */
  readonly committed: boolean
  /** Tasks to run again before another commit: others have changed their months meanwhile. */
  readonly tasks: readonly { readonly plan: string; readonly task: number }[]
}

/** Each lost race means that another run has changed a month; that many in a row means something is looping. */
const MOST_RACES = 20
const AT_ONCE = 16

/** Commits a plan whose tasks have all succeeded: every month of it and its mark, or nothing. */
export async function commit(run: RunState, deps: CommitDeps): Promise<CommitReport> {
  const { plan: key, races = 0 } = run
  const state = { ...handedOn(run), races, tasks: [], committed: false }
  const plan = await readPlan(key, deps.store)
  if (!plan) return state
  const changes = await changesOf(key, plan, deps.store)
  if (!changes) return state
  const outcome = await commitPlan(key, plan, { ...deps, changes })
  if (outcome.kind === 'conflict') {
    const tasks = plan.tasks.flatMap(({ months }, task) =>
      months.some((month) => outcome.months.includes(month)) ? [{ plan: key, task }] : [],
    )
    if (races < MOST_RACES) return { ...state, races: races + 1, tasks }
    const message = `The months ${outcome.months.join(', ')} were changed by others ${MOST_RACES} times in a row; stop the other compactions and run again.`
    throw new TickerlakeError('month-contended', message, { retryable: true })
  }
  // The plan first: whoever finds it wants its notes too.
  await deps.store.delete(key)
  await inParallel(plan.tasks, AT_ONCE, (_, task) => deps.store.delete(noteKey(key, task)))
  // What the plan goes by was rolled back, so the next one begins where the table stands now.
  if (outcome.kind === 'rolled-back') {
    const { cursor: _, ...fromTheStart } = state
    return { ...fromTheStart, more: true }
  }
  return { ...state, committed: outcome.kind === 'committed' }
}

/** What the next plan, and whoever looks at the run's end, want to know. */
function handedOn({ plan, more, cursor, acceptMissing, lookAgain, missing }: RunState): RunState {
  return {
    plan,
    more,
    ...(cursor && { cursor }),
    ...(acceptMissing && { acceptMissing }),
    ...(lookAgain && { lookAgain }),
    ...(missing !== undefined && { missing }),
  }
}

/** What the tasks have made; undefined where another commit of the plan has ended meanwhile, and taken the notes away. */
async function changesOf(
  key: string,
  { tasks }: CompactionPlan,
  store: ObjectStore,
): Promise<readonly MonthChange[] | undefined> {
  const notes = await inParallel(tasks, AT_ONCE, (_, task) => readNote(noteKey(key, task), store))
  const missing = notes.indexOf(undefined)
  if (missing < 0) return notes.flatMap((note) => note ?? [])
  if (!(await readPlan(key, store))) return undefined
  throw new TickerlakeError(
    'task-missing',
    `${noteKey(key, missing)} is not there: a task of this plan has not ended. Run again.`,
  )
}

async function commitPlan(
  id: string,
  { base, mark }: CompactionPlan,
  { changes, ...deps }: CommitDeps & { readonly changes: readonly MonthChange[] },
): Promise<CommitOutcome | { readonly kind: 'nothing' }> {
  const options = { now: deps.clock.now(), freshId: deps.freshId, retention: deps.retention }
  const loaded = await deps.table.loadOrMake(options)
  const before = currentOf(loaded.metadata)
  const standing = await markIn(loaded.metadata, deps.store)
  if (changes.length === 0 && isSameMark(standing, joinMarks(standing, mark))) {
    if (loaded.isUnnamed) await deps.table.register(loaded)
    return { kind: 'nothing' }
  }
  const change = {
    id,
    base,
    changes,
    summaryOn: async (_: Snapshot | undefined, on: TableMetadata) =>
      writeMark(joinMarks(await markIn(on, deps.store), mark), deps),
  }
  const outcome = await commitTo(deps.table, change, options)
  if (outcome.kind === 'committed') {
    deps.log.info('committed', { snapshot: String(outcome.snapshot['snapshot-id']), ...countsOf(outcome.snapshot) })
    if (isFirstOfDay(outcome.snapshot, before)) await sweepLake(deps)
  }
  return outcome
}

function countsOf({ summary }: Snapshot): Record<string, string> {
  const names = [
    'changed-partition-count',
    'added-data-files',
    'deleted-data-files',
    'total-data-files',
    'total-records',
  ]
  return Object.fromEntries(names.map((name) => [name.replaceAll('-', '_'), summary[name] ?? '']))
}

function isFirstOfDay(snapshot: Snapshot, before: Snapshot | undefined): boolean {
  const dayOf = (one: Snapshot) => Math.floor(one['timestamp-ms'] / DAY_MS)
  return before === undefined || dayOf(snapshot) > dayOf(before)
}
