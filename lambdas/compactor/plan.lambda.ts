import type { InvocationContext } from '../../lake/store/deployed-lake.ts'
import { deployedPorts } from './deployed-ports.ts'
import { type PlannedRun, plan } from './plan.ts'

const portsFor = deployedPorts(process.env)

/**
 * Any input. Answers `{ plan, tasks: [{ plan, task }], files, rows, more }`: the state machine maps `compact` over
 * `tasks`, gives the answer to `commit` when all have succeeded, and begins again where `more` is true.
 */
export function handler(_event: unknown, context: InvocationContext): Promise<PlannedRun> {
  return plan(portsFor(context))
}
