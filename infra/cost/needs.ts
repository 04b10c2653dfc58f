/** What a load asks of AWS, in the units of its limits, and which limit is met first. */
import { PLAN_FILES } from '../../lake/compaction/compaction-plan.ts'
import type { Stage } from '../stage.ts'
import { crossing, gbPerMonth, type Load, SECONDS_PER_MONTH, WIRE_BYTES } from './load.ts'
import { mergeSeconds } from './merge.ts'
import { BAR_SECONDS, batchesPerMonth, INVOCATION_SECONDS } from './monthly-cost.ts'

export interface Need {
  readonly what: string
  readonly needed: number
  /** The most that one has, of AWS or of our own way of doing it. */
  readonly limit: number
  readonly how: string
}

/** AWS: what a poller reads at most, a synchronous invocation's payload, what S3 takes for one prefix, a function's time. */
const POLLER_MB = 5
const MOST_POLLERS = 200
const PAYLOAD_BYTES = 6_291_456
const PREFIX_PUTS = 3_500
const FUNCTION_SECONDS = 900
/** A record in the event: its value in base64, and where it stands. */
export const EVENT_BYTES = 500

/** In the order of a bar's way. The compactor merges into the month of the bars, in one task: that month is what grows. */
export function needsOf(stage: Stage, load: Load): readonly Need[] {
  const { barsPerSecond } = load
  const megabytes = (barsPerSecond * WIRE_BYTES) / 1e6
  const invocations = batchesPerMonth(largestBatch(stage), load) / SECONDS_PER_MONTH
  const seconds = INVOCATION_SECONDS + (barsPerSecond / invocations) * BAR_SECONDS
  const monthRows = barsPerSecond * SECONDS_PER_MONTH
  const files = invocations * stage.compactMinutes * 60
  return [
    need(
      'pollers',
      Math.ceil(megabytes / POLLER_MB),
      MOST_POLLERS,
      `${megabytes.toFixed(1)} MB/s by ${POLLER_MB} each`,
    ),
    need('partitions', Math.ceil(invocations * seconds), stage.partitions, 'busy with an invocation at any time'),
    need(
      'invocations a second',
      invocations,
      stage.partitions / seconds,
      `${seconds.toFixed(2)} s each, one a partition at a time`,
    ),
    need('PUTs a second', 2 * invocations, PREFIX_PUTS, 'a claim and a file each'),
    need('files of a compaction', files, PLAN_FILES, `each ${stage.compactMinutes} minutes; more take more plans`),
    need(
      'seconds of one task',
      mergeSeconds(monthRows, stage),
      FUNCTION_SECONDS,
      'the month at its end, with new bars of every symbol',
    ),
  ]
}

function need(what: string, needed: number, limit: number, how: string): Need {
  return { what, needed, limit, how }
}

/** Fewer records than are wanted where the payload of Lambda ends first. */
function largestBatch(stage: Stage): Stage {
  return { ...stage, batchSize: Math.min(stage.batchSize, Math.floor(PAYLOAD_BYTES / EVENT_BYTES)) }
}

/** Bars a second at which a limit is met: the least is the first wall. */
export function wallOf(stage: Stage, what: string): number {
  const over = (barsPerSecond: number): number => {
    const found = needsOf(stage, { barsPerSecond, scannedGb: 0 }).find((each) => each.what === what)
    return found && found.needed > found.limit ? 1 : -1
  }
  return crossing(over, MOST_BARS) ?? MOST_BARS
}

const MOST_BARS = 1e9

/** As a Markdown table, as it stands in docs/scale.md. */
export function needsText(stage: Stage, load: Load): string {
  const year = (gbPerMonth(load).wire * 12) / 1e3
  const rows = needsOf(stage, load).map(({ what, needed, limit, how }) => {
    return `| ${what} | ${figure(needed)} | ${figure(limit)} | ${figure(wallOf(stage, what))} | ${how} |`
  })
  return [
    `${stage.name} at ${figure(load.barsPerSecond)} bars/s (${year.toFixed(1)} TB of JSON a year):`,
    '',
    '| what | needed | most | met at bars/s | how |',
    '|---|--:|--:|--:|---|',
    ...rows,
  ].join('\n')
}

/** Three digits are all that such arithmetic is good for. */
function figure(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString('en-US', { maximumFractionDigits: 2 })
}
