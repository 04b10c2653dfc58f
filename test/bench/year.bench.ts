/**
 * `npm run bench -- year`: plans over a year of landing, six million files of one record each, which a store makes as they are
 * asked for: what a plan, its task and its commit take at the beginning, in the middle and at the end, the memory that stays,
 * and a listing of all of it. Plans are a tenth of their size, so that it ends within a minute.
 */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { commit } from '../../lambdas/compactor/commit.ts'
import { takeFiles } from '../../lambdas/compactor/new-files.ts'
import { PLAN_DEFAULTS, plan } from '../../lambdas/compactor/plan.ts'
import type { PlanRequest } from '../../lambdas/compactor/plan-request.ts'
import { runTask } from '../../lambdas/compactor/task.ts'
import { compactionOn } from '../support/compaction.ts'
import { compactedUpTo, markUpTo, YEAR_FILES, YEAR_OVER, YearOfLanding } from '../support/year-of-landing.ts'
import type { Measure } from './measures.ts'

const PLANS = 3
const TENTH = { ...PLAN_DEFAULTS, maxFiles: PLAN_DEFAULTS.maxFiles / 10 }
const say = (line: string): void => void process.stdout.write(`${line}\n`)

/** Compared with nothing. */
export async function benchYear(): Promise<readonly Measure[]> {
  say('| files compacted before | plan | keys listed | files taken | files read | seconds | heap MB after |')
  say('|--:|--:|--:|--:|--:|--:|--:|')
  for (const before of [0, YEAR_FILES / 2, YEAR_FILES - PLANS * TENTH.maxFiles]) await plansFrom(before)
  await wholeList()
  return []
}

const depsOn = (store: YearOfLanding) => ({ ...compactionOn(store, YEAR_OVER), landingDays: 400 })

/** A run of some plans, as the state machine has it, in a lake whose first files are compacted. */
async function plansFrom(before: number): Promise<void> {
  const store = await YearOfLanding.made()
  const deps = depsOn(store)
  if (before > 0) await compactedUpTo(before, deps)
  let request: PlanRequest | undefined = {}
  for (let number = 1; request && number <= PLANS; number++) {
    const [began, listed, read] = [performance.now(), store.listed, store.read]
    const planned = await plan(deps, TENTH, request)
    for (const item of planned.tasks) await runTask(item, deps)
    const state = await commit(planned, deps)
    const seconds = ((performance.now() - began) / 1e3).toFixed(1)
    const counts = [store.listed - listed, planned.files, store.read - read]
    say(`| ${[before, number, ...counts, seconds, heapMb()].join(' | ')} |`)
    request = state.more ? state : undefined
  }
}

/** What a search for missing offsets lists, S3's own time aside: all that is compacted. */
async function wholeList(): Promise<void> {
  const store = await YearOfLanding.made()
  const began = performance.now()
  const { listed } = await takeFiles({ from: '', mark: markUpTo(YEAR_FILES), limit: TENTH.maxFiles }, depsOn(store))
  const seconds = ((performance.now() - began) / 1e3).toFixed(1)
  say(
    `\nA listing of all ${listed} keys: ${seconds} s beside S3's ${Math.ceil(listed / 1_000)} answers, heap ${heapMb()} MB after.`,
  )
}

/** What stays once all that nobody holds is gone. */
function heapMb(): string {
  setFlagsFromString('--expose_gc')
  runInNewContext('gc')()
  return (process.memoryUsage().heapUsed / 1e6).toFixed(0)
}
