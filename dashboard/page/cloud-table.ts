/** What AWS tells of the stream: of a cluster that is closed to this machine, all that is known of its lag. */
import type { CloudNow } from '../cloud-now.ts'
import { h } from './dom.ts'
import { factsTable } from './facts-table.ts'
import { count, duration } from './format.ts'

export function cloudTable(cloud: CloudNow): HTMLElement {
  return h(
    'div',
    {},
    factsTable('As AWS tells it', cloudFacts(cloud)),
    h(
      'p',
      { class: 'dim' },
      `From CloudWatch and Lambda, the last ${cloud.minutes} minutes that are told; once a minute.`,
    ),
  )
}

function cloudFacts(cloud: CloudNow): readonly (readonly [string, string])[] {
  const counted = (value: number | null): string => (value === null ? '–' : count(value))
  const lasting = (ms: number | null): string => (ms === null ? '–' : duration(ms))
  return [
    ['Mapping', cloud.mapping ?? 'none'],
    ['Behind, records', counted(cloud.lag)],
    ['Behind, time', lasting(cloud.lagSeconds === null ? null : cloud.lagSeconds * 1000)],
    ['Sent', counted(cloud.sent)],
    ['Landed', counted(cloud.landed)],
    ['Rejected', counted(cloud.rejected)],
    ['Longest, sent → landed', lasting(cloud.latencyMs)],
    ['Invocations', counted(cloud.invocations)],
    ['Errors', counted(cloud.errors)],
    ['Throttled', counted(cloud.throttles)],
  ]
}
