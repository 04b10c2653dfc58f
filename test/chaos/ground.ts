/** What the chaos runs on: broker and AWS emulator of its own, which it may restart, or somebody else's. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { Kafka, logLevel } from 'kafkajs'
import { progressOn } from '../../command/progress.ts'
import { systemClock } from '../../lake/clock.ts'
import { createTopic } from '../../lake/kafka/kafka-topic-admin.ts'
import { localClientConfig } from '../../localstack/aws/local-aws.ts'
import { brokerAnswers } from '../../localstack/engine/broker-admin.ts'
import { startEngine } from '../../localstack/engine/engines.ts'
import { localPaths, refuseForeignFolder } from '../../localstack/engine/paths.ts'
import { waitUntilReady } from '../../localstack/engine/waiting.ts'
import { startBroker } from '../../localstack/native/broker.ts'
import { installNative } from '../../localstack/native/install.ts'
import { registryAt } from '../../localstack/process/process-registry.ts'
import { localOptionsOf } from '../support/local-options.ts'
import type { ChaosRunOptions } from './options.ts'

export interface Ground {
  readonly endpoint: string
  readonly brokers: readonly string[]
  /** Kills the broker and starts it again on its log; undefined where it is somebody else's. */
  readonly restartBroker: (() => Promise<void>) | undefined
  close(): Promise<void>
}

const BROKER_DEADLINE_MS = 90_000
const LOOK_EVERY_MS = 100

export async function prepareGround(options: ChaosRunOptions, signal: AbortSignal): Promise<Ground> {
  const { KAFKA_BROKERS: brokers, AWS_ENDPOINT_URL: endpoint } = process.env
  if (brokers && endpoint) {
    return { endpoint, brokers: brokers.split(','), restartBroker: undefined, close: async () => undefined }
  }
  return ownGround(options, signal)
}

async function ownGround({ dir, port }: ChaosRunOptions, signal: AbortSignal): Promise<Ground> {
  const ports = ['--port-kafka', String(port), '--port-aws', String(port + 3)]
  const paths = localPaths(dir)
  refuseForeignFolder(paths)
  const deps = {
    options: localOptionsOf(['--engine', 'native', '--engine-only', '--dir', dir, ...ports], {}),
    paths,
    registry: registryAt(paths),
    progress: progressOn(process.stderr),
    signal,
    env: process.env,
    fail: (error: Error): void => {
      throw error
    },
  }
  rmSync(paths.state, { recursive: true, force: true })
  process.once('exit', () => deps.registry.killAll())
  const { endpoint, endpointReady, brokers, brokersReady } = await startEngine(deps)
  await Promise.all([endpointReady, brokersReady])
  return {
    endpoint,
    brokers: brokers.split(','),
    async restartBroker() {
      const broker = deps.registry.running.find(({ name }) => name === 'kafka')
      if (!broker) return
      const ended = deps.registry.end(broker)
      process.kill(broker.pid, 'SIGKILL')
      await ended
      const place = { port, data: join(paths.state, 'kafka'), scratch: join(paths.tmp, 'kafka') }
      const restarted = await startBroker(await installNative(paths.install, deps), place, deps)
      await waitUntilReady(restarted, () => brokerAnswers(brokers), { withinMs: BROKER_DEADLINE_MS, signal })
    },
    close: () => deps.registry.endAll(),
  }
}

/** Large enough for every record that the chaos sends; the broker's own limit is 1 MB. */
const MAX_MESSAGE_BYTES = 8 * 1024 * 1024

export async function makeTopic(brokers: readonly string[], topic: string, partitions: number): Promise<void> {
  const admin = new Kafka({ clientId: 'chaos', brokers: [...brokers], logLevel: logLevel.NOTHING }).admin()
  await admin.connect()
  try {
    const configEntries = [{ name: 'max.message.bytes', value: String(MAX_MESSAGE_BYTES) }]
    await createTopic(admin, { topic, numPartitions: partitions, replicationFactor: 1, configEntries })
  } finally {
    await admin.disconnect()
  }
}

/** Takes a topic and all its records away, as a change of the cluster does. */
export async function removeTopic(brokers: readonly string[], topic: string): Promise<void> {
  const admin = new Kafka({ clientId: 'chaos', brokers: [...brokers], logLevel: logLevel.NOTHING }).admin()
  await admin.connect()
  try {
    await admin.deleteTopics({ topics: [topic] })
    // A broker that has not heard of it yet would take records for the old one after a new one of its name is made.
    while ((await admin.listTopics()).includes(topic)) await systemClock.sleep(LOOK_EVERY_MS)
  } finally {
    await admin.disconnect()
  }
}

export async function makeBucket(endpoint: string, bucket: string): Promise<S3Client> {
  const s3 = new S3Client({ ...localClientConfig(endpoint), forcePathStyle: true })
  await s3.send(new CreateBucketCommand({ Bucket: bucket }))
  return s3
}
