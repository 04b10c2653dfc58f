/** The deployed pipeline, and the ways to use it from here. */

import { join } from 'node:path'
import { CloudFormationClient } from '@aws-sdk/client-cloudformation'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { S3Client } from '@aws-sdk/client-s3'
import { SFNClient } from '@aws-sdk/client-sfn'
import { type Deployment, readDeployment, stacksOf } from '../../lake/deployment.ts'
import type { QueryEngine } from '../../lake/queries/query-engine.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'
import { deployStacks, markBucket } from '../aws/deploy.ts'
import {
  bundlesOf,
  deployedTemplates,
  hashOfSources,
  isDeployedAlready,
  noteDeployment,
} from '../aws/deployed-before.ts'
import { localClientConfig } from '../aws/local-aws.ts'
import { localLake } from '../aws/local-lake.ts'
import { lakeQueryEngine } from '../duckdb/lake-query-engine.ts'
import type { Engine, EngineDeps } from '../engine/engine.ts'
import { type LocalPaths, lakeCopies, PROJECT } from '../engine/paths.ts'
import { type EnginePlace, type EngineState, writeEngineState } from '../engine/run-state.ts'
import type { Ground } from './ground.ts'

export interface Pipeline {
  readonly state: EngineState
  readonly deployment: Deployment
  readonly lake: ObjectStore
  readonly queries: QueryEngine
  readonly lambda: LambdaClient
  readonly stepFunctions: SFNClient
}

/** Deploys the app to the engine; what a first deployment has made is put on disk before anything builds on it. */
export async function deployPipeline({ place, engine, introduce }: Ground, deps: EngineDeps): Promise<Pipeline> {
  const { options, paths, registry, progress } = deps
  const [outcome] = await Promise.all([deployIfChanged({ place, engine }, deps), introduce()])
  if (outcome === 'first') await engine.keepState?.()
  const state: EngineState = { ...place, processes: registry.servers }
  writeEngineState(paths.run, state)
  const pipeline = await openPipeline(state, paths)
  await markBucket(s3Client(place), pipeline.deployment.bucket, state.stage)
  const stacks = `the stacks tickerlake-${state.stage}-lake and -pipeline${options.once ? '' : ', the schedule on'}`
  progress.say(outcome === 'as-before' ? `Nothing has changed in ${stacks}.` : `Deployed ${stacks}.`)
  return pipeline
}

/** Deploys for the first time, or again; leaves the stacks as they stand where a deployment would do that too. */
async function deployIfChanged(
  { place, engine }: Pick<Ground, 'place' | 'engine'>,
  deps: EngineDeps,
): Promise<'first' | 'again' | 'as-before'> {
  const { paths, progress } = deps
  const templateOf = deployedTemplates(new CloudFormationClient(localClientConfig(place.endpoint)))
  const isNew = !(await isDeployed(place))
  deps.signal.throwIfAborted()
  progress.doing('Deploying the CDK app …')
  const sources = hashOfSources(PROJECT)
  const context = contextOf(place, engine, deps)
  const note = { file: join(paths.state, 'deployed.json'), madeOf: JSON.stringify({ sources, context }) }
  if (!isNew && (await isDeployedAlready(note, templateOf))) return 'as-before'
  const request = {
    endpoint: place.endpoint,
    context,
    scratch: `${paths.tmp}/cdk`,
    compileCache: paths.compiled,
    bundles: bundlesOf(sources, paths.install),
  }
  await deployStacks(request, { ...deps, s3: s3Client(place) })
  await noteDeployment(note, stacksOf(place.stage), templateOf)
  return isNew ? 'first' : 'again'
}

async function openPipeline(state: EngineState, paths: LocalPaths): Promise<Pipeline> {
  const aws = localClientConfig(state.endpoint)
  const deployment = await readDeployment(new CloudFormationClient(aws), state.stage)
  const { store: lake } = localLake(state.endpoint, deployment)
  return {
    state,
    deployment,
    lake,
    queries: lakeQueryEngine(lake, {
      folder: join(lakeCopies(paths), deployment.bucket),
      translations: join(paths.compiled, 'sql'),
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
