import type { QueryEngine } from '../../lake/queries/query-engine.ts'
import { BARS_LANDING } from '../../lake/tables/tables.ts'

/** The offsets of one Kafka partition that a run has sent: from `first` up to, not including, `end`. */
export interface OffsetWindow {
  readonly partition: number
  readonly first: number
  readonly end: number
}

/** What is found of a run's records in the landing table. */
export interface LandedAnswer {
  readonly rows: number
  /** Different (partition, offset) pairs; fewer than rows means that something landed twice. */
  readonly records: number
  readonly bars: number
  readonly markers: number
  readonly rejectedByReason: Readonly<Record<string, number>>
}

/** Asks how often each record between the offsets has landed, and what became of it. */
export async function askLanded(
  engine: QueryEngine,
  { topic, windows }: { readonly topic: string; readonly windows: readonly OffsetWindow[] },
): Promise<LandedAnswer> {
  const answer = await engine.run(landedSql(topic, windows))
  const kinds = answer.rows.map(([kind, rows, records]) => ({
    kind: kind ?? '',
    rows: Number(rows),
    records: Number(records),
  }))
  const rowsOf = (wanted: string) => kinds.find(({ kind }) => kind === wanted)?.rows ?? 0
  const rejected = kinds.filter(({ kind }) => kind !== 'bar' && kind !== 'marker')
  return {
    rows: kinds.reduce((sum, { rows }) => sum + rows, 0),
    records: kinds.reduce((sum, { records }) => sum + records, 0),
    bars: rowsOf('bar'),
    markers: rowsOf('marker'),
    rejectedByReason: Object.fromEntries(rejected.map(({ kind, rows }) => [kind, rows])),
  }
}

function landedSql(topic: string, windows: readonly OffsetWindow[]): string {
  const within = windows
    .filter(({ first, end }) => end > first)
    .map((w) => `(kafka_partition = ${w.partition} AND kafka_offset >= ${w.first} AND kafka_offset < ${w.end})`)
  return `SELECT CASE WHEN reject_reason IS NOT NULL THEN split_part(reject_reason, ':', 1)
            WHEN symbol IS NULL THEN 'marker' ELSE 'bar' END AS kind,
       count(*) AS landed,
       count(DISTINCT concat(cast(kafka_partition AS varchar), '/', cast(kafka_offset AS varchar))) AS records
FROM ${BARS_LANDING.name}
WHERE topic = '${topic.replaceAll("'", "''")}' AND (${within.join(' OR ') || 'false'})
GROUP BY 1`
}
