import { readCustomResourceRequest, textOf } from './custom-resource.ts'

export type BrokersRequest =
  | { readonly kind: 'ask'; readonly clusterArn: string }
  /** The resource leaves the stack; there is nothing of it. */
  | { readonly kind: 'leave'; readonly id: string }

export function readBrokersRequest(event: unknown): BrokersRequest {
  const { leaves, id, properties } = readCustomResourceRequest(event)
  if (leaves) return { kind: 'leave', id: id ?? 'bootstrap-brokers' }
  return { kind: 'ask', clusterArn: textOf(properties, 'clusterArn') }
}
