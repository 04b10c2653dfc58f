import { type CompactDeps, type CompactReport, compact } from './compact.ts'
import { readPlan } from './plan-object.ts'
import { noteKey, writeNote } from './task-note.ts'

/** Runs one task of a plan, and notes what it made for the commit; of a plan whose run is over there is nothing left to do. */
export async function runTask(
  { plan, task }: { readonly plan: string; readonly task: number },
  deps: CompactDeps,
): Promise<CompactReport> {
  const found = (await readPlan(plan, deps.store))?.tasks[task]
  if (!found) return { months: 0, added: 0, replaced: 0, crossed: 0 }
  const { report, changes } = await compact(found, deps)
  await writeNote(noteKey(plan, task), changes, { store: deps.store, names: deps.table.shape.names })
  return report
}
