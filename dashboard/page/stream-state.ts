/** How the stream is, in a word and a sentence. Pure. */
import type { PartitionNow, Shell, StreamNow } from '../api.ts'
import { npmRun } from './command-text.ts'
import { count, duration, rate } from './format.ts'

export interface StreamState {
  readonly kind: 'flowing' | 'idle' | 'behind' | 'broken'
  readonly word: string
  readonly sentence: string
}

/** Waiting longer than this is more than the consumer's batching. */
const BEHIND_SECONDS = 15

/** Where the dashboard itself does not answer. */
export const GONE: StreamState = {
  kind: 'broken',
  word: 'No answer',
  sentence: 'The dashboard does not answer any more. Start it again: npm run dashboard',
}

export function stateOf(now: StreamNow, shell: Shell): StreamState {
  const worst = now.partitions.reduce<PartitionNow | undefined>(
    (so, one) => ((one.lagSeconds ?? 0) > (so?.lagSeconds ?? 0) ? one : so),
    undefined,
  )
  if (now.troubles[0] !== undefined) return { kind: 'broken', word: 'Broken', sentence: now.troubles[0] }
  if (worst && (worst.lagSeconds ?? 0) > BEHIND_SECONDS)
    return { kind: 'behind', word: 'Behind', sentence: partitionSentence(worst) }
  if (now.unshown > 0)
    return {
      kind: 'behind',
      word: 'Not compacted',
      sentence: `${count(now.unshown)} landed bars are in no chart until they are compacted: ${npmRun(shell, 'compact')}.`,
    }
  if ((now.sentPerSecond ?? 0) > 0 || now.landedPerSecond > 0)
    return { kind: 'flowing', word: 'Flowing', sentence: `${rate(now.landedPerSecond)} records a second land.` }
  return { kind: 'idle', word: 'Idle', sentence: idleSentence(now) }
}

function idleSentence({ landed }: StreamNow): string {
  return landed === 0 ? 'Nothing has landed yet.' : `Nothing is being sent; ${count(landed)} records have landed.`
}

/** `Partition 3 is 12 s behind (180 records) and catching up.` */
export function partitionSentence({ partition, lag, lagSeconds, trend }: PartitionNow): string {
  if (lag === null) return `Partition ${partition}: the broker does not say.`
  if (lag === 0) return `Partition ${partition} is landed up to its end.`
  const behind =
    lagSeconds === null
      ? `${count(lag)} records behind`
      : `${duration(lagSeconds * 1000)} behind (${count(lag)} records)`
  const moves = trend === null || Math.abs(trend) < 0.5 ? 'holding' : trend < 0 ? 'catching up' : 'falling further back'
  return `Partition ${partition} is ${behind} and ${moves}.`
}
