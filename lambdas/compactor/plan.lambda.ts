import type { InvocationContext } from '../../lake/store/deployed-lake.ts'
import { deployedPorts } from './deployed-ports.ts'
import { type PlannedRun, plan } from './plan.ts'
import { planRequestIn } from './plan-request.ts'

const portsFor = deployedPorts(process.env)

/**
 * Takes any input, or what `commit` answered where a run goes on. Answers `{ plan, tasks: [{ plan, task }], files, rows,
 * more, cursor?, missing? }`: the state machine maps `compact` over `tasks`, gives the answer to `commit` when all have
 * succeeded, and plans again where `more` is true.
 */
export function handler(state: unknown, context: InvocationContext): Promise<PlannedRun> {
  return plan(portsFor(context), undefined, planRequestIn(state))
}
