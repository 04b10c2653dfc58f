/** Event source mappings on the shared engine's broker, each on topics of its own. */
import { type RunningMappings, type StartOptions, startMappings } from 'lambda-kafka-local'
import { systemClock } from '../../lake/clock.ts'
import type { EngineState } from '../../localstack/engine/run-state.ts'
import type { MappingDescription } from '../../packages/lambda-kafka-local/src/core/mapping-description.ts'
import { sharedState } from './engine.ts'
import { type KafkaTopic, kafkaTopic } from './kafka-topic.ts'
import type { GivenRecord, RecordingFunction } from './recording-function.ts'
import { silentLog } from './silent-log.ts'

export interface Started extends RunningMappings {
  stop(): Promise<void>
}

type TopicOptions = Parameters<typeof kafkaTopic> extends [string, ...infer Rest] ? Rest : never

export interface MappingGround {
  readonly state: EngineState
  start(options: Partial<StartOptions>): Started
  aTopic(...options: TopicOptions): Promise<KafkaTopic>
  /** Stops what a failed test has left, and closes the topics. */
  close(): Promise<void>
}

export function mappingGround(): MappingGround {
  const state = sharedState()
  const running: Started[] = []
  const topics: KafkaTopic[] = []
  return {
    state,
    start(options) {
      const started = startOn(state, options)
      running.push(started)
      return started
    },
    async aTopic(...options) {
      const topic = await kafkaTopic(state.brokers, ...options)
      topics.push(topic)
      return topic
    },
    async close() {
      await Promise.all(running.map(({ stop }) => stop()))
      await Promise.all(topics.map((topic) => topic.close()))
    },
  }
}

function startOn({ endpoint, brokers }: EngineState, options: Partial<StartOptions>): Started {
  const stopping = new AbortController()
  const mappings = startMappings({
    endpoint,
    brokers: brokers.split(','),
    signal: stopping.signal,
    clock: systemClock,
    log: silentLog,
    ...options,
  })
  return {
    ...mappings,
    async stop() {
      stopping.abort()
      await mappings.done
    },
  }
}

/** A mapping of its own group on the topic. */
export function describing(topic: KafkaTopic, fields: MappingDescription = {}): MappingDescription {
  return {
    UUID: `group-of-${topic.name}`,
    FunctionName: 'recorder',
    Topics: [topic.name],
    MaximumBatchingWindowInSeconds: 0,
    StartingPosition: 'TRIM_HORIZON',
    ProvisionedPollerConfig: { MinimumPollers: 1 },
    ...fields,
  }
}

/** The records that a function was given, in the order of its invocations. */
export function recordsGiven(invoker: RecordingFunction): readonly GivenRecord[] {
  return invoker.events.flatMap(({ records }) => Object.values(records).flat())
}
