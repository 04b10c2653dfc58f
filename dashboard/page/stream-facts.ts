/** What is told of the mapping: by the one on this machine, or by AWS. */
import type { MappingNow } from '../api.ts'
import type { CloudNow } from '../cloud-now.ts'
import type { Fact } from './facts-table.ts'
import { bytes, count, duration } from './format.ts'

export function mappingFacts(mapping: MappingNow): readonly Fact[] {
  const { state, invocations, handled, failures, discarded, inFlight, bufferedBytes, lastProcessingResult } = mapping
  const { lastMilliseconds } = mapping
  return [
    ['State', state],
    ['Last result', lastProcessingResult],
    ['Last invocation', lastMilliseconds === null ? '–' : duration(lastMilliseconds)],
    ['Invocations', count(invocations)],
    ['Records handled', count(handled)],
    ['Failures', count(failures)],
    ['Records given up', count(discarded)],
    ['With the function now', inFlight === 1 ? '1 batch' : `${count(inFlight)} batches`],
    ['Buffered', bytes(bufferedBytes)],
  ]
}

/** Of a cluster that is closed to this machine, all that is known of its lag. */
export function cloudFacts(cloud: CloudNow): readonly Fact[] {
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
