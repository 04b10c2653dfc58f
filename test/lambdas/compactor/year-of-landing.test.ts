import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commit } from '../../../lambdas/compactor/commit.ts'
import { PLAN_DEFAULTS, plan } from '../../../lambdas/compactor/plan.ts'
import type { PlanRequest } from '../../../lambdas/compactor/plan-request.ts'
import { runCompaction } from '../../../lambdas/compactor/run.ts'
import { runTask } from '../../../lambdas/compactor/task.ts'
import { compactionOn } from '../../support/compaction.ts'
import { compactedUpTo, YEAR_FILES, YEAR_OVER, YearOfLanding } from '../../support/year-of-landing.ts'

const FEW = { ...PLAN_DEFAULTS, maxFiles: 40 }

const depsOn = (store: YearOfLanding) => ({ ...compactionOn(store, YEAR_OVER), landingDays: 400 })

test('each plan over a year of landing lists and reads what it takes, is committed, and the next one goes on behind it', async () => {
  const store = await YearOfLanding.made()
  const deps = depsOn(store)

  let request: PlanRequest = {}
  for (let turn = 1; turn <= 3; turn++) {
    const [listed, read] = [store.listed, store.read]
    const planned = await plan(deps, FEW, request)
    for (const item of planned.tasks) await runTask(item, deps)
    const state = await commit(planned, deps)

    assert.deepEqual([planned.files, state.committed, state.more], [40, true, true])
    // One key more tells that there is more; each file is read by the plan and by its task.
    assert.deepEqual([store.listed - listed, store.read - read], [41, 80])
    request = state
  }
  assert.equal((await deps.table.current())?.summary['total-records'], '120')
})

test('a run that begins anew in the middle of the year goes on where the one before was left, and lists no day before', async () => {
  const store = await YearOfLanding.made()
  const deps = depsOn(store)
  const half = YEAR_FILES / 2
  await compactedUpTo(half, deps)

  const planned = await plan(deps, FEW)
  for (const item of planned.tasks) await runTask(item, deps)
  await commit(planned, deps)

  assert.deepEqual([planned.files, planned.more], [40, true])
  assert.ok(store.listed < YEAR_FILES / 365 + 50, `${store.listed} keys were listed`)
})

test('the end of the year is an end', async () => {
  const store = await YearOfLanding.made()
  const deps = depsOn(store)
  await compactedUpTo(YEAR_FILES - 100, deps)

  const report = await runCompaction(deps, FEW)

  assert.deepEqual([report.files, report.added], [100, 100])
  assert.ok(store.listed < (YEAR_FILES / 365) * 2, `${store.listed} keys were listed`)
})
