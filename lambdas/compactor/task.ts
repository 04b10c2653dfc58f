import { type CompactDeps, type CompactReport, compact } from './compact.ts'
import { readPlan } from './plan-object.ts'

/** Runs one task of a plan; of a plan whose run is over there is nothing left to do. */
export async function runTask(
  { plan, task }: { readonly plan: string; readonly task: number },
  deps: CompactDeps,
): Promise<CompactReport> {
  const found = (await readPlan(plan, deps.store))?.tasks[task]
  return found ? compact(found, deps) : { months: 0, added: 0, replaced: 0 }
}
