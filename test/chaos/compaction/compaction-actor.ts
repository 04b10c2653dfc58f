/** Runs of compaction as the state machine has them: every step killed anywhere and tried again, or the run is left. */
import { TickerlakeError } from '../../../lake/errors.ts'
import { currentOf, snapshotsOf } from '../../../lake/iceberg/metadata.ts'
import { rollBack } from '../../../lake/iceberg/upkeep.ts'
import { inParallel } from '../../../lake/in-parallel.ts'
import { isRetryable } from '../../../lake/retry.ts'
import { commit, type RunState } from '../../../lambdas/compactor/commit.ts'
import { type PlannedRun, plan } from '../../../lambdas/compactor/plan.ts'
import type { PlanRequest } from '../../../lambdas/compactor/plan-request.ts'
import type { RunDeps } from '../../../lambdas/compactor/run.ts'
import { runTask } from '../../../lambdas/compactor/task.ts'
import { Killed, mortalStore } from './mortal-store.ts'
import { SMALL_PLANS, type World } from './world.ts'

const DEADLY = 0.015
const MOST_TRIES = 4

/** One run, to its end or to where it is left. */
export async function compactOnce(world: World): Promise<void> {
  let request: PlanRequest | undefined = {}
  while (request) {
    const planned: PlannedRun = await step(world, (deps) => plan(deps, SMALL_PLANS, request))
    world.counts.plans++
    if (planned.missing !== undefined) world.alarms.push(planned.missing)
    let state: RunState & Pick<PlannedRun, 'tasks'> = planned
    do {
      await inParallel(state.tasks, 3, (item) => step(world, (deps) => runTask(item, deps)))
      state = await step(world, (deps) => commit(state, deps))
      world.counts.commits++
      if (state.tasks.length > 0) world.counts.conflicts++
    } while (state.tasks.length > 0)
    request = state.more ? state : undefined
  }
}

/** Makes a snapshot current that is kept, whichever. */
export async function rollBackOnce(world: World): Promise<void> {
  await step(world, async ({ table, clock, freshId, retention }) => {
    const seen = await table.load()
    const kept = seen ? snapshotsOf(seen.metadata).filter((one) => one !== currentOf(seen.metadata)) : []
    if (!seen || kept.length === 0) return
    await rollBack(table, { seen, to: world.dice.pick(kept), now: clock.now(), freshId, retention })
    world.counts.rollbacks++
  })
}

/** A step is tried again by whoever started it, a few times, each time by a process of its own. */
async function step<T>(world: World, act: (deps: RunDeps) => Promise<T>): Promise<T> {
  const deadly = world.isCalm ? 0 : DEADLY
  let why: unknown
  for (let tries = 0; tries < MOST_TRIES && (tries === 0 || world.dice.next() > 0.3); tries++) {
    world.clock.pass()
    try {
      return await act(world.depsOn(mortalStore(world.store, world.dice, deadly)))
    } catch (error) {
      why = mayBeTriedAgain(error, world)
    }
  }
  throw new LeftRun(String(why))
}

function mayBeTriedAgain(error: unknown, { counts }: World): unknown {
  if (error instanceof Killed) counts.kills++
  else if (!isRetryable(error)) throw error
  return error
}

/** The run is over without having ended: the next one goes on. */
export class LeftRun extends TickerlakeError {
  constructor(why: string) {
    super('left', `The run was left: ${why}`)
  }
}
