/** Where a deployment keeps its templates while it looks, asks and deploys. */
import { mkdirSync } from 'node:fs'
import { UsageError } from '../../lake/errors.ts'
import { takeLock } from '../../localstack/process/lock.ts'

export interface AssemblyFolder {
  readonly path: string
  release(): void
}

/**
 * The stage's folder below `root`, or one beside it while another deployment of the stage holds that: two regions, or
 * accounts, from one checkout. What was agreed to must not be another's templates by the time it is deployed.
 */
export function takeAssemblyFolder(root: string, stage: string): AssemblyFolder {
  if (!/^[\w-]+$/.test(stage))
    throw new UsageError(`--stage takes the name of a stage, local, dev, prod or byo; got "${stage}".`)
  for (let number = 1; ; number++) {
    const path = `${root}/${stage}${number === 1 ? '' : `.${number}`}`
    const outcome = takeLock(`${path}.lock`)
    if (outcome.kind === 'held') continue
    mkdirSync(path, { recursive: true })
    return { path, release: () => outcome.lock.release() }
  }
}
