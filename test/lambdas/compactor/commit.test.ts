import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aroundObjectStore } from '../../../lake/store/retrying-object-store.ts'
import { commit } from '../../../lambdas/compactor/commit.ts'
import { type PlannedRun, plan } from '../../../lambdas/compactor/plan.ts'
import { runTask } from '../../../lambdas/compactor/task.ts'
import { compactionOn } from '../../support/compaction.ts'
import { land, landed, putLedger, readBars } from '../../support/lake-builder.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'

async function plannedOn(store: MemoryObjectStore): Promise<PlannedRun> {
  await land(store, [landed({ kafka_partition: 0, kafka_offset: 0 })], 'a')
  await putLedger(store, { partition: 0, next: 1 })
  return plan(compactionOn(store))
}

test('a commit that was begun twice has nothing left to do where the other one ends between its plan and its notes', async () => {
  const store = new MemoryObjectStore()
  const planned = await plannedOn(store)
  for (const task of planned.tasks) await runTask(task, compactionOn(store))
  let other: Awaited<ReturnType<typeof commit>> | undefined
  const late = aroundObjectStore(store, async (_what, act) => {
    const answer = await act()
    other ??= await commit(planned, compactionOn(store))
    return answer
  })

  const { committed, tasks } = await commit(planned, compactionOn(late))

  assert.deepEqual([committed, tasks, other?.committed], [false, [], true])
  assert.equal((await readBars(store)).length, 1)
})

test('a commit before its tasks have ended says so, and leaves the plan', async () => {
  const store = new MemoryObjectStore()
  const planned = await plannedOn(store)

  await assert.rejects(
    commit(planned, compactionOn(store)),
    /task-0\.json is not there: a task of this plan has not ended/,
  )

  assert.ok(await store.get(planned.plan))
})
