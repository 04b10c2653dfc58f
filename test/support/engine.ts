/** The engine that all e2e tests share: started by test/e2e/setup.ts, with the sample replayed once. */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { CloudFormationClient } from '@aws-sdk/client-cloudformation'
import { type Deployment, readDeployment } from '../../lake/deployment.ts'
import type { IcebergTable } from '../../lake/iceberg/iceberg-table.ts'
import type { QueryEngine } from '../../lake/queries/query-engine.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'
import { localClientConfig } from '../../localstack/aws/local-aws.ts'
import { localLake } from '../../localstack/aws/local-lake.ts'
import type { RunReport } from '../../localstack/command/report.ts'
import { localPaths } from '../../localstack/engine/paths.ts'
import { type EngineState, readEngineState } from '../../localstack/engine/run-state.ts'
import { lakeEngine } from './lake-engine.ts'

export const SHARED_DIR = resolve('.local', 'e2e')
const REPORT = join(SHARED_DIR, 'report.json')

/** What the shared engine was started with; its mapping has ended with that run. */
export const SHARED_ARGS = ['--once', '--keep', '--report', REPORT]

export interface SharedEngine {
  readonly state: EngineState
  readonly deployment: Deployment
  readonly lake: ObjectStore
  readonly bars: IcebergTable
  readonly queries: QueryEngine
  /** Of the run that replayed the sample. */
  readonly report: RunReport
}

/** Its addresses alone, for a test that brings its own topics and stacks. */
export function sharedState(): EngineState {
  const state = readEngineState(localPaths(SHARED_DIR).run)
  if (!state) throw new Error('No engine runs for the e2e tests; start them with npm run test:e2e.')
  return state
}

export async function sharedEngine(): Promise<SharedEngine> {
  const state = sharedState()
  const aws = localClientConfig(state.endpoint)
  const deployment = await readDeployment(new CloudFormationClient(aws), state.stage)
  const { store: lake, bars } = localLake(state.endpoint, deployment)
  return {
    state,
    deployment,
    lake,
    bars,
    queries: lakeEngine(lake),
    report: JSON.parse(readFileSync(REPORT, 'utf8')),
  }
}
