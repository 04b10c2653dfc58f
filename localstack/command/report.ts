/** What a run with --once leaves: numbers as JSON, a summary for people, and whether it went well. */

import { answerText } from '../../command/answer-text.ts'
import type { Deployment } from '../../lake/deployment.ts'
import type { QueryEngine } from '../../lake/queries/query-engine.ts'
import type { UploadedHistory } from '../aws/history.ts'
import type { EngineState } from '../engine/run-state.ts'
import type { RunFacts } from './once.ts'
import { count, indented, size } from './words.ts'

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
  /** Different bars among the landed: two history files may hold the same one. */
  readonly differentBars: number
  /** Of those, how many stand in bars as this run sent them. */
  readonly compacted: number
  /** The newest forecasts, one a symbol and horizon. */
  readonly forecasts: number
  /** Landed Parquet files, and their size. */
  readonly objects: number
  readonly bytes: number
  /** From the first record sent until the last had landed, and from there until it was compacted. */
  readonly landSeconds: number
  readonly compactSeconds: number
  readonly seconds: number
  /** The engine that was asked. */
  readonly queriedBy: string
  readonly athena: { readonly sql: string; readonly columns: readonly string[]; readonly rows: readonly unknown[] }
  readonly engine: string
  readonly stage: string
  readonly endpoint: string
  readonly bucket: string
  /** Undefined where the engine has no Athena. */
  readonly database: string | undefined
  readonly workgroup: string | undefined
  readonly brokers: string
  readonly topic: string
  readonly clusterArn: string | undefined
}

/** Where it ran. */
export interface RunPlace {
  readonly state: Pick<EngineState, 'engine' | 'stage' | 'endpoint' | 'brokers' | 'topic' | 'clusterArn'>
  readonly deployment: Pick<Deployment, 'bucket' | 'athena'>
  readonly queries: Pick<QueryEngine, 'name'>
  /** Whether what was left out or rejected makes the run fail. @default false */
  readonly strict?: boolean
}

export function reportOf(
  facts: RunFacts,
  history: UploadedHistory,
  { state, deployment, queries, strict = false }: RunPlace,
): RunReport {
  const { landed, compacted, query } = facts
  const skippedFiles = [...history.skipped, ...facts.skipped]
  const problems = [...problemsOf(facts), ...(strict ? lossesOf(skippedFiles.length, landed) : [])]
  return {
    ok: problems.length === 0,
    problems,
    runId: facts.runId,
    sent: facts.sent,
    landed: landed.records,
    bars: landed.bars,
    markers: landed.markers,
    rejected: landed.rejected,
    rejectedByReason: landed.rejectedByReason,
    historyFiles: history.files,
    skippedFiles,
    differentBars: compacted.different,
    compacted: compacted.compacted,
    forecasts: compacted.forecasts,
    objects: facts.files,
    bytes: facts.bytes,
    landSeconds: facts.landSeconds,
    compactSeconds: facts.compactSeconds,
    seconds: facts.landSeconds + facts.compactSeconds,
    queriedBy: queries.name,
    athena: { sql: query.sql, columns: query.answer.columns.map(({ name }) => name), rows: query.answer.rows },
    engine: state.engine,
    stage: state.stage,
    endpoint: state.endpoint,
    bucket: deployment.bucket,
    database: deployment.athena?.database,
    workgroup: deployment.athena?.workgroup,
    brokers: state.brokers,
    topic: state.topic,
    clusterArn: state.clusterArn,
  }
}

/** What --strict does not let pass. */
export function lossesOf(leftOut: number, landed: Pick<RunFacts['landed'], 'rejected'>): readonly string[] {
  return [
    ...(leftOut > 0 ? [`${count(leftOut)} files were left out.`] : []),
    ...(landed.rejected > 0 ? [`${count(landed.rejected)} records were rejected.`] : []),
  ]
}

function problemsOf({ sent, arrived, landed, compacted }: RunFacts): readonly string[] {
  const problems: string[] = []
  if (arrived !== sent) {
    problems.push(
      `The broker took ${count(arrived)} records while the producer says ${count(sent)}; does somebody else send to this topic?`,
    )
  }
  if (landed.records < arrived) {
    problems.push(
      `${count(arrived - landed.records)} records have not landed. See log/mapping.log, and the consumer's own words beside it (log/aws.log or log/localstack.log).`,
    )
  }
  if (landed.duplicates > 0) problems.push(`${count(landed.duplicates)} rows landed twice.`)
  if (compacted.compacted !== compacted.different) {
    problems.push(
      `${count(compacted.different)} different bars have landed and ${count(compacted.compacted)} of them are compacted; the functions' words are in log/aws.log or log/localstack.log.`,
    )
  }
  return problems
}

/** The summary of a run, for a person who sees the project for the first time. */
export function summaryOf(report: RunReport): string {
  const rate = count(Math.round(report.sent / report.landSeconds))
  const reasons = Object.entries(report.rejectedByReason).map(([reason, rows]) => `${reason} ${count(rows)}`)
  return [
    '',
    `History   ${count(report.historyFiles)} files of bars, replayed as a stream`,
    ...report.skippedFiles.map(({ file, reason }) => `Left out  ${file}: ${reason}`),
    `Sent      ${count(report.sent)} records to Kafka topic ${report.topic} (${count(report.markers)} of them marks the end of the replay)`,
    `Landed    ${count(report.landed)} of them, each once, as ${count(report.objects)} Parquet files (${size(report.bytes)}) in s3://${report.bucket}/landing/`,
    `Rejected  ${count(report.rejected)}${reasons.length > 0 ? `: ${reasons.join(', ')}` : ''} (kept with their bytes and the reason)`,
    `Compacted ${count(report.compacted)} different bars, the newest version of each, sorted by symbol and time`,
    `Forecast  ${count(report.forecasts)} distributions of returns to come, one a symbol and horizon`,
    `Took      ${report.landSeconds.toFixed(1)} s until the last record had landed (${rate} records/s), ${report.compactSeconds.toFixed(1)} s to compact and forecast`,
    '',
    `${report.queriedBy} was asked:`,
    indented(report.athena.sql),
    'and answered:',
  ].join('\n')
}

/** The last line: what the exit code says too. */
export function verdictOf(report: RunReport): string {
  const { ok, problems, sent, landed, compacted } = report
  return ok
    ? `All is well: sent ${count(sent)} = landed ${count(landed)}, and all ${count(compacted)} different bars are compacted.${butOf(report)}`
    : `Not well:\n${indented(problems.join('\n'))}`
}

/** Nothing is left out in silence: what is named above is counted beside the verdict. */
function butOf({ skippedFiles, rejected }: RunReport): string {
  const left = skippedFiles.length > 0 ? ` Left out: ${count(skippedFiles.length)} files, named above.` : ''
  const refused =
    rejected > 0 ? ` Rejected: ${count(rejected)} records; npm run query -- --name rejected-by-reason.` : ''
  return left + refused
}

export function answerLines(facts: RunFacts): string {
  return indented(answerText(facts.query.answer, 'table'))
}
