/** The topic as a deploy step: made if it is not there, grown if it is too small, never made smaller, never deleted. */
import { UsageError } from '../../lake/errors.ts'
import {
  BY_BROKER,
  type NewTopic,
  type TopicAdmin,
  type TopicSettings,
  type TopicShape,
} from '../../lake/kafka/kafka-topic-admin.ts'
import type { Log } from '../../lake/log.ts'

export interface WantedTopic extends NewTopic {
  readonly name: string
}

export type TopicStep =
  | { readonly kind: 'create' }
  | { readonly kind: 'grow'; readonly to: number }
  | { readonly kind: 'configure'; readonly settings: TopicSettings }

/** What is to be done so that the topic is as wanted. */
export function planTopic(wanted: WantedTopic, found: TopicShape | undefined): readonly TopicStep[] {
  if (found === undefined) return [{ kind: 'create' }]
  if (wanted.partitions < found.partitions) {
    throw new UsageError(
      `The topic ${wanted.name} has ${found.partitions} partitions and ${wanted.partitions} are asked for: partitions can only grow. Give -c partitions=${found.partitions} or more, or make a topic of another name.`,
    )
  }
  const { partitions: to, retentionMs } = wanted
  const settings: TopicSettings = {
    ...(retentionMs !== found.retentionMs ? { retentionMs } : {}),
    ...(found.stampedBy !== BY_BROKER ? { stampedBy: BY_BROKER } : {}),
  }
  return [
    ...(to > found.partitions ? [{ kind: 'grow', to } as const] : []),
    ...(Object.keys(settings).length > 0 ? [{ kind: 'configure', settings } as const] : []),
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
    else if (step.kind === 'configure') await admin.configure(name, step.settings)
    else {
      // Made by us or, at the same moment, by somebody else: what it still lacks is seen by looking again.
      const made = await admin.create(name, wanted)
      const rest = await ensureTopic(wanted, { admin, log })
      return made ? [step, ...rest] : rest
    }
  }
  return steps
}
