import { spawnSync } from 'node:child_process'
import { localEnvironment } from '../../localstack/aws/local-aws.ts'

export interface StagePlace {
  readonly endpoint: string
  readonly region: string
  readonly home: string
}

/** Runs a command of the project as somebody would who has AWS at this endpoint and nothing else around him. */
export function stageCommand({ endpoint, region, home }: StagePlace, file: string, ...args: readonly string[]) {
  const aws = { ...localEnvironment(endpoint), AWS_REGION: region }
  const env = { PATH: process.env['PATH'], HOME: home, CDK_DISABLE_CLI_TELEMETRY: 'true', ...aws }
  return spawnSync(process.execPath, [file, ...args], { encoding: 'utf8', env })
}
