import { setTimeout as delay } from 'node:timers/promises'
import { DescribeExecutionCommand, type SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn'
import { TickerlakeError } from '../errors.ts'
import type { QueryEngine } from '../queries/query-engine.ts'

const POLL_MS = 200

export interface Waiting {
  /** What ledgers call landed and no file has may stay missing. */
  readonly acceptMissing?: boolean
  readonly signal: AbortSignal
  /** Called while it runs, with the whole seconds that it has taken. */
  readonly tell: (seconds: number) => void
}

/** Runs the compaction once, as its schedule would, and waits for its end. Whoever asks for it may have brought a file back. */
export async function runCompaction(
  sfn: SFNClient,
  stateMachineArn: string,
  { signal, tell, acceptMissing }: Waiting,
): Promise<void> {
  const started = Date.now()
  const { executionArn } = await sfn.send(
    new StartExecutionCommand({
      stateMachineArn,
      input: JSON.stringify({ lookAgain: true, ...(acceptMissing && { acceptMissing }) }),
    }),
  )
  for (;;) {
    tell(Math.floor((Date.now() - started) / 1_000))
    const { status, cause, error } = await sfn.send(new DescribeExecutionCommand({ executionArn }))
    if (status === 'SUCCEEDED') return
    if (status !== 'RUNNING') {
      throw new TickerlakeError(
        'compaction-failed',
        `The compaction ended as ${status}: ${cause ?? error ?? 'no cause given'}; the functions' words are in log/aws.log or log/localstack.log.`,
      )
    }
    await delay(POLL_MS, undefined, { signal })
  }
}

/** How many different bars a run has landed, asked by SQL. */
export function askDifferent(athena: QueryEngine, runId: string): Promise<number> {
  return single(
    athena,
    `SELECT count(*) FROM (SELECT DISTINCT symbol, interval, ts_event FROM bars_landing
    WHERE run_id = '${runId}' AND reject_reason IS NULL AND symbol IS NOT NULL) AS landed`,
  )
}

/** What became of a run's bars. */
export interface CompactedAnswer {
  /** How many of the run's bars stand in bars. */
  readonly compacted: number
  /** The newest forecasts, one a symbol and horizon. */
  readonly forecasts: number
}

/** Asks by SQL. The newest version of a bar wins, so a run that has just ended has all of its bars in the table. */
export async function askCompacted(athena: QueryEngine, runId: string): Promise<CompactedAnswer> {
  const [compacted, forecasts] = await Promise.all([
    single(athena, `SELECT count(*) FROM bars WHERE run_id = '${runId}'`),
    single(athena, FORECASTS_SQL),
  ])
  return { compacted, forecasts }
}

const FORECASTS_SQL = `SELECT count(*) FROM forecasts
  WHERE skip_reason IS NULL AND as_of = (SELECT max(as_of) FROM forecasts)`

async function single(athena: QueryEngine, sql: string): Promise<number> {
  const { rows } = await athena.run(sql)
  return Number(rows[0]?.[0])
}
