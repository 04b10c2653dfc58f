import { deployedPorts } from '../adapters/compactor-ports.ts'
import type { InvocationContext } from '../adapters/deployed-lake.ts'
import { type CommitReport, commit } from './commit.ts'

const portsFor = deployedPorts(process.env)

/** Takes a plan whose tasks have all succeeded, `{ plan }`; answers `{ committed }`. Safe to run twice. */
export function handler({ plan }: { readonly plan: string }, context: InvocationContext): Promise<CommitReport> {
  return commit(plan, portsFor(context))
}
