/** What CloudFormation says to the topic's custom resource (AWS CDK, "Custom resource provider framework"). */
import { TickerlakeError } from '../../lake/errors.ts'
import type { WantedTopic } from './topic.ts'

export type TopicRequest =
  | { readonly kind: 'ensure'; readonly topic: WantedTopic }
  /** The resource leaves the stack; its topic stays. */
  | { readonly kind: 'leave'; readonly name: string }

/** CloudFormation hands every number over as text. */
export function readTopicRequest(event: unknown): TopicRequest {
  const { RequestType: type, ResourceProperties: said } = recordOf(event, 'the event')
  const properties = recordOf(said, 'ResourceProperties')
  const name = properties['topic']
  if (typeof name !== 'string' || name === '') throw malformed(`topic is ${JSON.stringify(name)}`)
  if (type === 'Delete') return { kind: 'leave', name }
  const count = (key: string): number => countOf(properties[key], key)
  const shape = { partitions: count('partitions'), replicas: count('replicas'), retentionMs: count('retentionMs') }
  return { kind: 'ensure', topic: { name, ...shape } }
}

function recordOf(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null) return { ...value }
  throw malformed(`${what} is ${JSON.stringify(value)}`)
}

function countOf(value: unknown, key: string): number {
  const count = Number(value)
  if (Number.isSafeInteger(count) && count > 0) return count
  throw malformed(`${key} is ${JSON.stringify(value)}`)
}

function malformed(got: string): TickerlakeError {
  return new TickerlakeError('topic-request', `Not a request of the topic's custom resource: ${got}.`)
}
