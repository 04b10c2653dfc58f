/** What the app is deployed to: an engine, its cluster and, when the broker is there, its topic. */
import { KafkaClient } from '@aws-sdk/client-kafka'
import { ensureCluster } from '../aws/cluster.ts'
import { LOCAL_REGION, localClientConfig } from '../aws/local-aws.ts'
import { ensureTopic } from '../engine/broker-admin.ts'
import type { Engine, EngineDeps } from '../engine/engine.ts'
import { type EnginePlace, writeEngineState } from '../engine/run-state.ts'
import { identify } from '../process/identity.ts'

export interface Ground {
  readonly place: EnginePlace
  readonly engine: Engine
  /** Waits for the broker, which may still be starting; then there is a topic, and other commands are told where. */
  readonly introduce: () => Promise<void>
}

const CLUSTER_NAME = 'tickerlake-local'
/** The stage whose stacks a local engine gets. */
const LOCAL_STAGE = 'local'

/** The ground of an engine, once AWS answers. */
export async function groundOf(engine: Engine, deps: EngineDeps): Promise<Ground> {
  await engine.endpointReady
  const place = await placeOf(engine, deps)
  return { place, engine, introduce: () => introduceEngine(engine, place, deps) }
}

/** Makes the topic once the broker is there, and tells where everything is: other commands first, then whoever reads this. */
async function introduceEngine(
  { brokersReady }: Engine,
  place: EnginePlace,
  { options, paths, registry, progress }: EngineDeps,
): Promise<void> {
  const { endpoint, brokers, topic } = place
  await brokersReady
  await ensureTopic(brokers, { name: topic, partitions: options.partitions })
  writeEngineState(paths.run, { ...place, processes: registry.servers })
  progress.say(`AWS answers at ${endpoint}, Kafka at ${brokers} (topic ${topic}).`)
}

/** Makes the cluster. */
async function placeOf(engine: Engine, { options }: EngineDeps): Promise<EnginePlace> {
  const kafka = new KafkaClient(localClientConfig(engine.endpoint))
  const clusterArn = engine.hasMsk ? await ensureCluster(kafka, CLUSTER_NAME) : undefined
  return {
    engine: engine.kind,
    owner: identify(process.pid),
    endpoint: engine.endpoint,
    brokers: engine.brokers,
    region: LOCAL_REGION,
    stage: LOCAL_STAGE,
    topic: options.topic,
    clusterArn,
    started: new Date().toISOString(),
  }
}
