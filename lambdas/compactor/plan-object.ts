import type { CompactionMark } from '../../lake/compaction/compaction-mark.ts'
import type { CompactionTask } from '../../lake/compaction/compaction-plan.ts'
import { TickerlakeError } from '../../lake/errors.ts'
import { parsedJson } from '../../lake/json.ts'
import { putJson, textAt } from '../../lake/store/json-object.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'

/** A plan as it stands in the store until its run is over: the tasks, and the mark that the run reaches. */
export interface CompactionPlan {
  /** The snapshot that it was made from, by its id; of an empty table there is none. */
  readonly base?: string | undefined
  readonly mark: CompactionMark
  readonly tasks: readonly CompactionTask[]
}

export function writePlan(key: string, plan: CompactionPlan, store: ObjectStore): Promise<void> {
  return putJson(key, JSON.stringify(plan), store)
}

/** The plan at a key, or undefined where its run is over. */
export async function readPlan(key: string, store: ObjectStore): Promise<CompactionPlan | undefined> {
  const text = await textAt(key, store)
  if (text === undefined) return undefined
  const plan = parsedJson(text)
  if (isPlan(plan)) return plan
  throw new TickerlakeError('plan-corrupt', `${key} is not a compaction plan; delete it and plan again.`)
}

function isPlan(value: unknown): value is CompactionPlan {
  return (
    typeof value === 'object' && value !== null && 'mark' in value && 'tasks' in value && Array.isArray(value.tasks)
  )
}
