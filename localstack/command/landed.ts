/** What has landed of a run: the account of `npm run verify`, cut to the offsets that the run sent. */
import type { RunningMappings } from 'lambda-kafka-local'
import type { PartitionReport } from '../../lake/ledger/completeness.ts'
import { countOffsets, type OffsetRanges, subtract, union } from '../../lake/ledger/offset-ranges.ts'
import type { QueryEngine } from '../../lake/queries/query-engine.ts'
import { BARS_LANDING } from '../../lake/tables/tables.ts'

/** The offsets of one Kafka partition that a run has sent: from `first` up to, not including, `end`. */
export interface OffsetWindow {
  readonly partition: number
  readonly first: number
  readonly end: number
}

/** What is found of a run's records in the landing files. */
export interface LandedRun {
  /** Records that stand in a file. */
  readonly records: number
  /** Rows beyond the first of an offset, in the files that have offsets of this run. */
  readonly duplicates: number
  readonly bars: number
  readonly markers: number
  readonly rejected: number
  readonly rejectedByReason: Readonly<Record<string, number>>
}

/** Records of the windows that the mapping is not done with. */
export function stillOpen(mappings: RunningMappings, topic: string, windows: readonly OffsetWindow[]): number {
  const partitions = mappings.status().flatMap((mapping) => mapping.partitions)
  return windows.reduce((open, { partition, first, end }) => {
    const at = partitions.find((one) => one.topic === topic && one.partition === partition)
    return open + Math.max(0, end - Math.max(first, at?.committed ?? first))
  }, 0)
}

/** How many records of the windows stand in files, by what is lost, missing and still to come of their partitions. */
export function landedWithin(reports: readonly PartitionReport[], windows: readonly OffsetWindow[]): number {
  return windows.reduce((landed, window) => {
    // A partition has one report an epoch; the broker's bounds stand in that of the epoch that runs.
    const current = reports.find(({ partition, log }) => partition === window.partition && log !== null)
    const reached = Math.min(window.end, (current?.log?.high ?? 0) - (current?.lag ?? 0))
    if (!current || reached <= window.first) return landed
    const done: OffsetRanges = [[window.first, reached - 1]]
    return landed + countOffsets(subtract(done, union(current.lost, current.gaps)))
  }, 0)
}

/** Asks why records of the windows were rejected. */
export async function askReasons(
  engine: QueryEngine,
  topic: string,
  windows: readonly OffsetWindow[],
): Promise<Readonly<Record<string, number>>> {
  const within = windows
    .filter(({ first, end }) => end > first)
    .map((w) => `(kafka_partition = ${w.partition} AND kafka_offset >= ${w.first} AND kafka_offset < ${w.end})`)
  const { rows } = await engine.run(`SELECT split_part(reject_reason, ':', 1) AS reason, count(*) AS records
FROM ${BARS_LANDING.name}
WHERE topic = '${topic.replaceAll("'", "''")}' AND reject_reason IS NOT NULL AND (${within.join(' OR ') || 'false'})
GROUP BY 1`)
  return Object.fromEntries(rows.map(([reason, records]) => [reason ?? '', Number(records)]))
}
