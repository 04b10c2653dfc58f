/** The deployed pipeline, and the ways to use it from here. */

import { join } from 'node:path'
import { CloudFormationClient } from '@aws-sdk/client-cloudformation'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { S3Client } from '@aws-sdk/client-s3'
import { SFNClient } from '@aws-sdk/client-sfn'
import { type Deployment, readDeployment } from '../../lake/deployment.ts'
import type { QueryEngine } from '../../lake/queries/query-engine.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'
import { deployStacks, markBucket } from '../aws/deploy.ts'
import { localClientConfig } from '../aws/local-aws.ts'
import { localLake } from '../aws/local-lake.ts'
import { lakeQueryEngine } from '../duckdb/lake-query-engine.ts'
import type { Engine, EngineDeps } from '../engine/engine.ts'
import { type LocalPaths, lakeCopies } from '../engine/paths.ts'
import { type EnginePlace, type EngineState, writeEngineState } from '../engine/run-state.ts'

export interface Pipeline {
  readonly state: EngineState
  readonly deployment: Deployment
  readonly lake: ObjectStore
  readonly queries: QueryEngine
  readonly lambda: LambdaClient
  readonly stepFunctions: SFNClient
}

/** What the app is deployed to. */
export interface Ground {
  readonly place: EnginePlace
  readonly engine: Engine
  /** Waits for the broker, which may still be starting; then there is a topic, and other commands are told where. */
  readonly introduce: () => Promise<void>
}

/** Deploys the app to the engine; what a first deployment has made is put on disk before anything builds on it. */
export async function deployPipeline({ place, engine, introduce }: Ground, deps: EngineDeps): Promise<Pipeline> {
  const { options, paths, registry, progress } = deps
  const isNew = !(await isDeployed(place))
  progress.doing('Deploying the CDK app …')
  const request = {
    endpoint: place.endpoint,
    context: contextOf(place, engine, deps),
    scratch: `${paths.tmp}/cdk`,
    compileCache: join(paths.install, 'compiled'),
  }
  await Promise.all([deployStacks(request, { ...deps, s3: s3Client(place) }), introduce()])
  if (isNew) await engine.keepState?.()
  const state: EngineState = { ...place, processes: registry.servers }
  writeEngineState(paths.run, state)
  const pipeline = await openPipeline(state, paths)
  await markBucket(s3Client(place), pipeline.deployment.bucket, state.stage)
  progress.say(
    `Deployed the stacks tickerlake-${state.stage}-lake and -pipeline${options.once ? '' : ', the schedule on'}.`,
  )
  return pipeline
}

async function openPipeline(state: EngineState, paths: LocalPaths): Promise<Pipeline> {
  const aws = localClientConfig(state.endpoint)
  const deployment = await readDeployment(new CloudFormationClient(aws), state.stage)
  const { lake } = localLake(state.endpoint, deployment)
  return {
    state,
    deployment,
    lake,
    queries: lakeQueryEngine(lake, {
      folder: join(lakeCopies(paths), deployment.bucket),
      database: deployment.athena?.database,
    }),
    lambda: new LambdaClient(aws),
    stepFunctions: new SFNClient(aws),
  }
}

function s3Client({ endpoint }: EnginePlace): S3Client {
  return new S3Client({ ...localClientConfig(endpoint), forcePathStyle: true })
}

async function isDeployed({ endpoint, stage }: EnginePlace): Promise<boolean> {
  try {
    await readDeployment(new CloudFormationClient(localClientConfig(endpoint)), stage)
    return true
  } catch {
    return false
  }
}

/** With --once every record is sent by one run by hand; else the scheduler sends, as on AWS. */
function contextOf(place: EnginePlace, engine: Engine, { options }: EngineDeps): Record<string, string> {
  const brokers = engine.functionBrokers ?? place.brokers
  return {
    stage: place.stage,
    topic: place.topic,
    emulator: engine.emulator,
    ...(place.clusterArn ? { clusterArn: place.clusterArn } : { brokers }),
    schedule: String(!options.once),
    speed: String(options.speed),
  }
}
