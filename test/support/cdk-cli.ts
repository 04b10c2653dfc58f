/** The plain CDK CLI against an endpoint on this machine, in an environment that leads to no account. */
import { spawnSync } from 'node:child_process'
import { type StagePlace, stageEnvironment } from './stage-command.ts'

/** Runs it to its end; throws with what it wrote where it does not end with 0. */
export function runCdk(place: StagePlace, ...args: readonly string[]): void {
  const env = { ...stageEnvironment(place), AWS_DEFAULT_REGION: place.region }
  const { status, stderr } = spawnSync('node_modules/.bin/cdk', args, { encoding: 'utf8', env })
  if (status !== 0) throw new Error(`cdk ${args.join(' ')} ended with ${status}:\n${stderr}`)
}
