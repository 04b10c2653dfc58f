/** What CloudFormation says to the topic's custom resource. */
import { malformedRequest, readCustomResourceRequest, textOf } from './custom-resource.ts'
import type { WantedTopic } from './topic.ts'

export type TopicRequest =
  | { readonly kind: 'ensure'; readonly topic: WantedTopic }
  /** The resource leaves the stack; its topic stays. */
  | { readonly kind: 'leave'; readonly name: string }

export function readTopicRequest(event: unknown): TopicRequest {
  const { leaves, properties } = readCustomResourceRequest(event)
  const name = textOf(properties, 'topic')
  if (leaves) return { kind: 'leave', name }
  const count = (key: string): number => countOf(properties[key], key)
  const shape = { partitions: count('partitions'), replicas: count('replicas'), retentionMs: count('retentionMs') }
  return { kind: 'ensure', topic: { name, ...shape } }
}

function countOf(value: unknown, key: string): number {
  const count = Number(value)
  if (Number.isSafeInteger(count) && count > 0) return count
  throw malformedRequest(`${key} is ${JSON.stringify(value)}`)
}
