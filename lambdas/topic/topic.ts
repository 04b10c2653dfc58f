/** The topic as a deploy step: made if it is not there, grown if it is too small, never made smaller, never deleted. */
import { UsageError } from '../../lake/errors.ts'
import type { TopicAdmin, TopicShape } from '../../lake/kafka/kafka-topic-admin.ts'
import type { Log } from '../../lake/log.ts'

export interface WantedTopic extends TopicShape {
  readonly name: string
  /** Copies of each partition; decided once, when the topic is made. */
  readonly replicas: number
}

export type TopicStep =
  | { readonly kind: 'create' }
  | { readonly kind: 'grow'; readonly to: number }
  | { readonly kind: 'keep-for'; readonly retentionMs: number }
  | { readonly kind: 'bound-ahead'; readonly aheadMs: number }

/**
 * A record from the future is refused at the door where the broker can: retention and our guard against a topic that was
 * made again go by timestamps. Kafka 4's own default.
 */
const MOST_AHEAD_MS = 3_600_000

/** What is to be done so that the topic is as wanted. */
export function planTopic(wanted: WantedTopic, found: TopicShape | undefined): readonly TopicStep[] {
  if (found === undefined) return [{ kind: 'create' }]
  if (wanted.partitions < found.partitions) {
    throw new UsageError(
      `The topic ${wanted.name} has ${found.partitions} partitions and ${wanted.partitions} are asked for: partitions can only grow. Give -c partitions=${found.partitions} or more, or make a topic of another name.`,
    )
  }
  const { partitions: to, retentionMs } = wanted
  return [
    ...(to > found.partitions ? [{ kind: 'grow', to } as const] : []),
    ...(retentionMs !== found.retentionMs ? [{ kind: 'keep-for', retentionMs } as const] : []),
    ...((found.aheadMs ?? 0) > MOST_AHEAD_MS ? [{ kind: 'bound-ahead', aheadMs: MOST_AHEAD_MS } as const] : []),
  ]
}

export interface TopicDeps {
  readonly admin: TopicAdmin
  readonly log: Log
}

/** May be run any number of times, and by two deployments at once. */
export async function ensureTopic(wanted: WantedTopic, { admin, log }: TopicDeps): Promise<readonly TopicStep[]> {
  const { name } = wanted
  const steps = planTopic(wanted, await admin.describe(name))
  for (const step of steps) {
    log.info('topic', { topic: name, ...step })
    if (step.kind === 'grow') await admin.grow(name, step.to)
    else if (step.kind === 'keep-for') await admin.keepFor(name, step.retentionMs)
    else if (step.kind === 'bound-ahead') await admin.boundAhead(name, step.aheadMs)
    else {
      // Made by us or, at the same moment, by somebody else: what it still lacks is seen by looking again.
      const made = await admin.create(name, wanted)
      const rest = await ensureTopic(wanted, { admin, log })
      return made ? [step, ...rest] : rest
    }
  }
  return steps
}
