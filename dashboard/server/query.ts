/** The routes of the page Query. The engine that is asked stands behind the guard: only what reads the lake passes. */
import { UsageError } from '../../lake/errors.ts'
import { relationsOf } from '../../lake/queries/relations.ts'
import { renderQuery } from '../../lake/queries/saved-query.ts'
import { readSavedQueries, readSavedViews } from '../../lake/queries/saved-query-files.ts'
import type { GridAnswer, QueriesAnswer, SqlAnswer } from '../api.ts'
import { boundedCells, ENOUGH_ROWS, firstRows } from './bounded-cells.ts'
import type { Answer } from './handler.ts'
import type { Reader } from './reader.ts'

export function queriesAnswer(): Answer {
  const relations = [...relationsOf(readSavedViews()).values()]
  const data: QueriesAnswer = {
    queries: readSavedQueries(),
    relations: relations.map(({ name, doc, columns }) => ({ name, doc, columns })),
  }
  return { data }
}

/** What `queryAnswer` would run. */
export async function sqlAnswer(request: Request): Promise<Answer> {
  const data: SqlAnswer = { sql: statementOf(await bodyOf(request)) }
  return { data }
}

/**
 * Runs until it has answered or its asker has gone: who closes the connection ends the query where it runs. Long cells
 * are whole where the request says `"whole": true`.
 */
export async function queryAnswer(request: Request, { lake }: Pick<Reader, 'lake'>): Promise<Answer> {
  const body = await bodyOf(request)
  const options = { signal: request.signal, enoughRows: ENOUGH_ROWS }
  const answer = firstRows(await lake.engine.run(statementOf(body), options))
  const data: GridAnswer = { ...answer, cut: 0, ...(body['whole'] !== true && boundedCells(answer)) }
  return { data }
}

async function bodyOf(request: Request): Promise<Readonly<Record<string, unknown>>> {
  const body: unknown = await request.json().catch(() => undefined)
  if (typeof body === 'object' && body !== null) return body as Readonly<Record<string, unknown>>
  throw new UsageError('A query is sent as {"sql": "SELECT …"} or {"name": "…", "params": {…}}.')
}

function statementOf({ sql, name, params }: Readonly<Record<string, unknown>>): string {
  if (typeof sql === 'string' && sql.trim() !== '') return sql
  if (typeof name !== 'string') throw new UsageError('There is no SQL to run; write some, or choose a saved query.')
  const query = readSavedQueries().find((one) => one.name === name)
  if (!query) throw new UsageError('There is no such saved query; load the page again.')
  return renderQuery(query, valuesOf(params))
}

function valuesOf(params: unknown): Readonly<Record<string, string>> {
  const entries = Object.entries(typeof params === 'object' && params !== null ? params : {})
  if (entries.every((entry): entry is [string, string] => typeof entry[1] === 'string'))
    return Object.fromEntries(entries)
  throw new UsageError('The parameters of a saved query are texts.')
}
