/** The plain CDK CLI against an endpoint on this machine, in an environment that leads to no account. */
import { spawnSync } from 'node:child_process'
import { localEnvironment } from '../../localstack/aws/local-aws.ts'

export interface CdkPlace {
  readonly endpoint: string
  readonly region: string
  /** Where the CLI keeps its own files. */
  readonly home: string
}

/** Runs it to its end; throws with what it wrote where it does not end with 0. */
export function runCdk({ endpoint, region, home }: CdkPlace, ...args: readonly string[]): void {
  const aws = { ...localEnvironment(endpoint), AWS_REGION: region, AWS_DEFAULT_REGION: region }
  const env = { PATH: process.env['PATH'], HOME: home, CDK_DISABLE_CLI_TELEMETRY: 'true', ...aws }
  const { status, stderr } = spawnSync('node_modules/.bin/cdk', args, { encoding: 'utf8', env })
  if (status !== 0) throw new Error(`cdk ${args.join(' ')} ended with ${status}:\n${stderr}`)
}
