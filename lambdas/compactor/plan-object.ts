import type { CompactionMark } from '../../lake/compaction/compaction-mark.ts'
import type { CompactionTask } from '../../lake/compaction/compaction-plan.ts'
import { TickerlakeError } from '../../lake/errors.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'

/** A plan as it stands in the store until its run is over: the tasks, and the mark that the run reaches. */
export interface CompactionPlan {
  /** The snapshot that it was made from, by its id; of an empty table there is none. */
  readonly base?: string | undefined
  readonly mark: CompactionMark
  readonly tasks: readonly CompactionTask[]
}

export async function writePlan(key: string, plan: CompactionPlan, store: ObjectStore): Promise<void> {
  await store.put(key, new TextEncoder().encode(JSON.stringify(plan)), { contentType: 'application/json' })
}

/** The plan at a key, or undefined where its run is over. */
export async function readPlan(key: string, store: ObjectStore): Promise<CompactionPlan | undefined> {
  const found = await store.get(key)
  if (!found) return undefined
  const plan: unknown = JSON.parse(new TextDecoder().decode(found.body))
  if (isPlan(plan)) return plan
  throw new TickerlakeError('plan-corrupt', `${key} is not a compaction plan; delete it and plan again.`)
}

function isPlan(value: unknown): value is CompactionPlan {
  return (
    typeof value === 'object' && value !== null && 'mark' in value && 'tasks' in value && Array.isArray(value.tasks)
  )
}
