import {
  type AthenaClient,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  type QueryExecution,
  type Row,
  StartQueryExecutionCommand,
  StopQueryExecutionCommand,
} from '@aws-sdk/client-athena'
import type { Clock } from '../clock.ts'
import type { AthenaTarget } from '../deployment.ts'
import { TickerlakeError } from '../errors.ts'
import type { QueryAnswer, QueryEngine } from './query-engine.ts'

/** Polling starts fast for small tables and slows down for large scans. */
const FIRST_POLL_MS = 50
const SLOWEST_POLL_MS = 1_000

/** Athena through its API: start, wait, page through the results. */
export function athenaQueryEngine(athena: AthenaClient, target: AthenaTarget, clock: Clock): QueryEngine {
  return {
    name: 'Athena',
    async run(sql, { signal, enoughRows } = {}) {
      signal?.throwIfAborted()
      const { QueryExecutionId: id = '' } = await athena.send(
        new StartQueryExecutionCommand({
          QueryString: sql,
          WorkGroup: target.workgroup,
          QueryExecutionContext: { Database: target.database },
        }),
      )
      const execution = await finished(athena, id, { clock, signal })
      return { ...(await resultsOf(athena, id, enoughRows)), stats: statsOf(execution) }
    },
  }
}

async function finished(
  athena: AthenaClient,
  id: string,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal | undefined },
): Promise<QueryExecution> {
  for (let wait = FIRST_POLL_MS; ; wait = Math.min(wait * 2, SLOWEST_POLL_MS)) {
    const { QueryExecution: execution } = await athena.send(new GetQueryExecutionCommand({ QueryExecutionId: id }))
    const state = execution?.Status?.State
    if (execution && state === 'SUCCEEDED') return execution
    if (state === 'FAILED' || state === 'CANCELLED') {
      throw new TickerlakeError('query', `Athena: ${execution?.Status?.StateChangeReason ?? `the query ${state}`}`)
    }
    await clock.sleep(wait)
    if (signal?.aborted) {
      await athena.send(new StopQueryExecutionCommand({ QueryExecutionId: id }))
      signal.throwIfAborted()
    }
  }
}

type Cells = readonly (string | null)[]

async function resultsOf(
  athena: AthenaClient,
  id: string,
  enoughRows = Number.POSITIVE_INFINITY,
): Promise<Pick<QueryAnswer, 'columns' | 'rows'>> {
  const rows: Cells[] = []
  let columns: QueryAnswer['columns'] = []
  let token: string | undefined
  do {
    const command = new GetQueryResultsCommand({ QueryExecutionId: id, ...(token ? { NextToken: token } : {}) })
    const page = await athena.send(command)
    const cells = (page.ResultSet?.Rows ?? []).map(cellsOf)
    if (!token) {
      const info = page.ResultSet?.ResultSetMetadata?.ColumnInfo ?? []
      columns = info.map(({ Name, Type }) => ({ name: Name ?? '', type: Type ?? '' }))
    }
    rows.push(...(token ? cells : withoutHeader(cells, columns)))
    token = page.NextToken
  } while (token && rows.length < enoughRows)
  return { columns, rows }
}

function cellsOf(row: Row): Cells {
  return (row.Data ?? []).map(({ VarCharValue }) => VarCharValue ?? null)
}

/** Athena's first row of a SELECT repeats the column names; of SHOW and DESCRIBE it does not. */
function withoutHeader(rows: readonly Cells[], columns: QueryAnswer['columns']): readonly Cells[] {
  const isHeader = rows[0]?.every((cell, i) => cell === columns[i]?.name) ?? false
  return isHeader ? rows.slice(1) : rows
}

function statsOf({ Statistics }: QueryExecution): QueryAnswer['stats'] {
  return {
    bytesScanned: Statistics?.DataScannedInBytes ?? 0,
    milliseconds: Statistics?.TotalExecutionTimeInMillis ?? 0,
  }
}
