import { spawnSync } from 'node:child_process'
import { bundlesOf, hashOfSources } from '../../localstack/aws/deployed-before.ts'
import { localEnvironment } from '../../localstack/aws/local-aws.ts'
import { localPaths, PROJECT } from '../../localstack/engine/paths.ts'

/** What npm run local has bundled of these sources for the shared engine. */
export const BUNDLES = bundlesOf(hashOfSources(PROJECT), localPaths().install)

export interface StagePlace {
  readonly endpoint: string
  readonly region: string
  /** Where programs keep their own files. */
  readonly home: string
}

/**
 * What somebody has around him who has AWS at this endpoint and nothing else. What was compiled and bundled once is taken
 * as it is.
 */
export function stageEnvironment({ endpoint, region, home }: StagePlace): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    HOME: home,
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
    TICKERLAKE_BUNDLES: BUNDLES,
    ...localEnvironment(endpoint),
    AWS_REGION: region,
  }
}

/** Runs a command of the project in such an environment. */
export function stageCommand(place: StagePlace, file: string, ...args: readonly string[]) {
  return spawnSync(process.execPath, [file, ...args], { encoding: 'utf8', env: stageEnvironment(place) })
}
