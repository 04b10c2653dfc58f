/** What a run with --once leaves: numbers as JSON, a summary for people, and whether it went well. */
import type { RunFacts } from './once.ts'
import type { Pipeline } from './pipeline.ts'
import { count, grid, size } from './words.ts'

export interface RunReport {
  readonly ok: boolean
  /** One sentence each; empty when all went well. */
  readonly problems: readonly string[]
  readonly runId: string
  readonly sent: number
  readonly landed: number
  readonly bars: number
  readonly markers: number
  readonly rejected: number
  readonly rejectedByReason: Readonly<Record<string, number>>
  readonly historyFiles: number
  readonly skippedFiles: RunFacts['skipped']
  /** Landed Parquet files, and their size. */
  readonly objects: number
  readonly bytes: number
  readonly seconds: number
  readonly athena: { readonly sql: string; readonly columns: readonly string[]; readonly rows: readonly unknown[] }
  readonly engine: string
  readonly stage: string
  readonly endpoint: string
  readonly bucket: string
  readonly database: string
  readonly workgroup: string
  readonly brokers: string
  readonly topic: string
  readonly clusterArn: string | undefined
}

export function reportOf(facts: RunFacts, historyFiles: number, { state, deployment }: Pipeline): RunReport {
  const { landed, query } = facts
  const problems = problemsOf(facts)
  return {
    ok: problems.length === 0,
    problems,
    runId: facts.runId,
    sent: facts.sent,
    landed: landed.records,
    bars: landed.bars,
    markers: landed.markers,
    rejected: landed.rows - landed.bars - landed.markers,
    rejectedByReason: landed.rejectedByReason,
    historyFiles,
    skippedFiles: facts.skipped,
    objects: facts.files,
    bytes: facts.bytes,
    seconds: facts.seconds,
    athena: { sql: query.sql, columns: query.answer.columns.map(({ name }) => name), rows: query.answer.rows },
    engine: state.engine,
    stage: state.stage,
    endpoint: state.endpoint,
    bucket: deployment.bucket,
    database: deployment.database,
    workgroup: deployment.workgroup,
    brokers: state.brokers,
    topic: state.topic,
    clusterArn: state.clusterArn,
  }
}

function problemsOf({ sent, arrived, landed }: RunFacts): readonly string[] {
  const problems: string[] = []
  if (arrived !== sent) {
    problems.push(
      `The broker took ${count(arrived)} records while the producer says ${count(sent)}; does somebody else send to this topic?`,
    )
  }
  if (landed.records < arrived) {
    problems.push(
      `${count(arrived - landed.records)} records have not landed. See log/mapping.log, and log/aws.log for the consumer's own words.`,
    )
  }
  if (landed.rows > landed.records) problems.push(`${count(landed.rows - landed.records)} rows landed twice.`)
  return problems
}

/** The summary of a run, for a person who sees the project for the first time. */
export function summaryOf(report: RunReport): string {
  const rate = count(Math.round(report.sent / report.seconds))
  const reasons = Object.entries(report.rejectedByReason).map(([reason, rows]) => `${reason} ${count(rows)}`)
  return [
    '',
    `History   ${count(report.historyFiles)} files of daily bars, replayed as a stream`,
    ...report.skippedFiles.map(({ file, reason }) => `Left out  ${file}: ${reason}`),
    `Sent      ${count(report.sent)} records to Kafka topic ${report.topic} (${count(report.markers)} of them marks the end of the replay)`,
    `Landed    ${count(report.landed)} of them, each once, as ${count(report.objects)} Parquet files (${size(report.bytes)}) in s3://${report.bucket}/landing/`,
    `Rejected  ${count(report.rejected)}${reasons.length > 0 ? `: ${reasons.join(', ')}` : ''} (kept with their bytes and the reason)`,
    `Took      ${report.seconds.toFixed(1)} s from the first record sent to the last one found by Athena, ${rate} records/s`,
    '',
    'Athena was asked:',
    ...report.athena.sql.split('\n').map((line) => `  ${line}`),
    'and answered:',
  ].join('\n')
}

/** The last line: what the exit code says too. */
export function verdictOf({ ok, problems, sent, landed }: RunReport): string {
  return ok
    ? `All is well: sent ${count(sent)} = landed ${count(landed)}.`
    : `Not well:\n${problems.map((p) => `  ${p}`).join('\n')}`
}

export function answerLines(facts: RunFacts): string {
  return grid(facts.query.answer)
    .map((line) => `  ${line}`)
    .join('\n')
}
