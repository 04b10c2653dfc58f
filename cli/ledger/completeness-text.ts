/** The completeness report for eyes and for pipes. */

import { type AnswerFormat, answerText } from '../../command/answer-text.ts'
import { toIso } from '../../lake/instant.ts'
import { isComplete, type PartitionReport } from '../../lake/ledger/completeness.ts'
import { countOffsets, type OffsetRanges } from '../../lake/ledger/offset-ranges.ts'

const COLUMNS = [
  { name: 'topic', type: 'varchar' },
  { name: 'partition', type: 'integer' },
  { name: 'epoch', type: 'varchar' },
  { name: 'first', type: 'bigint' },
  { name: 'last', type: 'bigint' },
  { name: 'landed', type: 'bigint' },
  { name: 'rejected', type: 'bigint' },
  { name: 'duplicates', type: 'bigint' },
  { name: 'gaps', type: 'bigint' },
  { name: 'lost', type: 'bigint' },
  { name: 'lag', type: 'bigint' },
  { name: 'newest_arrival', type: 'varchar' },
  { name: 'log_low', type: 'bigint' },
  { name: 'log_high', type: 'bigint' },
  { name: 'ledger_next', type: 'bigint' },
] as const

export function completenessText(reports: readonly PartitionReport[], format: AnswerFormat): string {
  if (format === 'json') return JSON.stringify(reports.map(jsonOf), undefined, 2)
  return answerText({ columns: COLUMNS, rows: reports.map(cellsOf) }, format)
}

/** One sentence: is everything there, and once? */
export function completenessVerdict(reports: readonly PartitionReport[]): string {
  const total = (count: (report: PartitionReport) => number): number =>
    reports.reduce((sum, report) => sum + count(report), 0)
  const landed = `${total(({ landed }) => landed)} records landed in ${reports.length} topic partitions`
  const lag = total(({ lag }) => lag ?? 0)
  const behind = lag > 0 ? `; ${lag} at the end of the log are still to come` : ''
  if (isComplete(reports)) return `Complete: ${landed}, each once${behind}.`
  const [lost, duplicates] = [total(({ lost }) => countOffsets(lost)), total((report) => report.duplicates)]
  return `NOT COMPLETE: ${landed}, ${lost} lost, ${duplicates} duplicates${behind}. ${wayOn(reports)}`
}

function wayOn(reports: readonly PartitionReport[]): string {
  const lost = reports.find((report) => report.lost.length > 0)
  if (!lost) return 'Rows of one offset stand in two files; see docs/exactly-once.md.'
  const { topic, partition } = lost
  return `First lost: ${topic}-${partition} at ${rangesText(lost.lost, 3)}. What the mapping gave up lies below aws/lambda/ in the bucket: npm run redrive lands it.`
}

function cellsOf(report: PartitionReport): (string | null)[] {
  return [
    report.topic,
    String(report.partition),
    report.epoch === 0 ? '' : toIso(report.epoch),
    textOf(report.first),
    textOf(report.last),
    String(report.landed),
    String(report.rejected),
    String(report.duplicates),
    String(countOffsets(report.gaps)),
    String(countOffsets(report.lost)),
    textOf(report.lag),
    report.newestArrival === null ? null : toIso(report.newestArrival),
    textOf(report.log?.low ?? null),
    textOf(report.log?.high ?? null),
    textOf(report.next),
  ]
}

function jsonOf(report: PartitionReport) {
  const newestArrival = report.newestArrival === null ? null : toIso(report.newestArrival)
  return { ...report, newestArrival, epoch: report.epoch === 0 ? null : toIso(report.epoch) }
}

function textOf(value: number | null): string | null {
  return value === null ? null : String(value)
}

/** `3, 7-9, …` */
export function rangesText(ranges: OffsetRanges, most: number): string {
  const shown = ranges.slice(0, most).map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`))
  return [...shown, ...(ranges.length > most ? ['…'] : [])].join(', ')
}
