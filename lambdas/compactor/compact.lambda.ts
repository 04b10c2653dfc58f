import type { InvocationContext } from '../../lake/store/deployed-lake.ts'
import type { CompactReport } from './compact.ts'
import { deployedPorts } from './deployed-ports.ts'
import { runTask } from './task.ts'

const portsFor = deployedPorts(process.env)

/** Takes one of a plan's tasks, `{ plan, task }`; answers `{ months, added, replaced }`. Safe to run twice. */
export function handler(
  item: { readonly plan: string; readonly task: number },
  context: InvocationContext,
): Promise<CompactReport> {
  return runTask(item, portsFor(context))
}
