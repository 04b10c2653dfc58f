import type { InvocationContext } from '../../lake/store/deployed-lake.ts'
import { type CommitReport, commit, type RunState } from './commit.ts'
import { deployedPorts } from './deployed-ports.ts'

const portsFor = deployedPorts(process.env)

/**
 * Takes a plan whose tasks have all succeeded, `{ plan, more }`; answers `{ committed, tasks, more }`: the state machine
 * runs `tasks` again where there are any, and plans again where `more` is true. Safe to run twice.
 */
export function handler(state: RunState, context: InvocationContext): Promise<CommitReport> {
  return commit(state, portsFor(context))
}
