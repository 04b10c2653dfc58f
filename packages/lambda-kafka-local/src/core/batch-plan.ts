/**
 * Which waiting records become the next batch (Developer Guide, "Batching behavior"): a batch goes out when BatchSize
 * records wait, when the next would make the payload larger than 6 MB, or when the batching window has passed since
 * the first arrived. A batch may hold several partitions of the topic, each record in its partition's order.
 */
import { type EncodedRecord, groupHeadBytes, MAX_PAYLOAD_BYTES } from './event-json.ts'

/** What a plan needs to see of a partition. */
export interface Backlog {
  readonly key: string
  readonly topic: string
  readonly partition: number
  readonly length: number
  at(index: number): EncodedRecord | undefined
}

export interface BatchLimits {
  readonly batchSize: number
  readonly windowMs: number
  /** The event's bytes around its groups. */
  readonly headBytes: number
}

export type BatchPlan =
  | { readonly kind: 'send'; readonly slices: readonly Slice[] }
  /** A record that no event can hold: it stands alone and is never sent. */
  | { readonly kind: 'oversize'; readonly slices: readonly [Slice] }
  /** Not due yet: ask again at `at` (epoch milliseconds), or when records arrive. */
  | { readonly kind: 'wait'; readonly at: number }

export interface Slice {
  readonly key: string
  readonly count: number
}

/**
 * The oldest arrival goes first, so no partition starves; a partition with a long backlog fills a batch alone,
 * so the others can be sent beside it.
 */
export function planBatch(backlogs: readonly Backlog[], limits: BatchLimits, now: number): BatchPlan {
  const ready = backlogs.filter(({ length }) => length > 0).toSorted((a, b) => arrival(a) - arrival(b))
  const [oldest] = ready
  if (!oldest) return { kind: 'wait', at: Number.POSITIVE_INFINITY }
  const { slices, full } = fill(ready, limits)
  if (slices.length === 0) return { kind: 'oversize', slices: [{ key: oldest.key, count: 1 }] }
  const due = arrival(oldest) + limits.windowMs
  return full || now >= due ? { kind: 'send', slices } : { kind: 'wait', at: due }
}

function arrival(backlog: Backlog): number {
  return backlog.at(0)?.arrivedAt ?? Number.POSITIVE_INFINITY
}

interface Filled {
  readonly slices: readonly Slice[]
  /** No further record of any partition goes in. */
  readonly full: boolean
}

function fill(ready: readonly Backlog[], { batchSize, headBytes }: BatchLimits): Filled {
  const slices: Slice[] = []
  let room = batchSize
  let bytes = headBytes
  for (const backlog of ready) {
    const head = groupHeadBytes(backlog.topic, backlog.partition)
    const { count, used } = takeable(backlog, room, MAX_PAYLOAD_BYTES - bytes - head)
    if (count > 0) {
      slices.push({ key: backlog.key, count })
      room -= count
      bytes += head + used
    }
    if (room === 0 || count < backlog.length) return { slices, full: true }
  }
  return { slices, full: false }
}

function takeable(
  backlog: Backlog,
  room: number,
  bytesLeft: number,
): { readonly count: number; readonly used: number } {
  let count = 0
  let used = 0
  while (count < room) {
    const record = backlog.at(count)
    if (!record || used + record.bytes + 1 > bytesLeft) break
    used += record.bytes + 1
    count++
  }
  return { count, used }
}
