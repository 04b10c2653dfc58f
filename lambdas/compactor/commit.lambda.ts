import type { InvocationContext } from '../../lake/store/deployed-lake.ts'
import { type CommitReport, commit } from './commit.ts'
import { deployedPorts } from './deployed-ports.ts'

const portsFor = deployedPorts(process.env)

/** Takes a plan whose tasks have all succeeded, `{ plan }`; answers `{ committed }`. Safe to run twice. */
export function handler({ plan }: { readonly plan: string }, context: InvocationContext): Promise<CommitReport> {
  return commit(plan, portsFor(context))
}
