/**
 * A statement that reads a table as one of its snapshots has it, in Athena's own words: `FOR VERSION AS OF`. Athena reads
 * no view as of a time, so a view is put in as the query that it is, of this release. Landing and forecasts are folders
 * without snapshots: a statement that reads them too would be answered half of then and half of now, wrong in silence, so it
 * is refused by the table's name and by the view that it was reached through. What was known at a time and has landed is told
 * by `bars_versions`, without snapshots.
 */
import type { ParserRuleContext } from 'antlr4ng'
import type { Relation } from '../relations.ts'
import { GRAMMAR as G } from './grammar.ts'
import { guardedStatement } from './guard.ts'
import { childrenOf, nameOf, parseStatement, placeOf, walkNamed } from './parse.ts'
import { quoted } from './scope.ts'
import { SqlError } from './sql-error.ts'

export interface AsOfOptions {
  readonly relations: ReadonlyMap<string, Relation>
  readonly database: string
  /** The one table that keeps its past. */
  readonly table: string
  /** The snapshot's id. */
  readonly version: string
}

/** Throws `SqlError` where the statement reads anything that has no past, or is no query. */
export function asOfStatement(sql: string, options: AsOfOptions): string {
  const { relations, database } = options
  const statement = guardedStatement(sql, { relations: relations.keys(), database })
  if (statement instanceof G.StatementDefaultContext) return rewritten(sql, statement, { ...options, through: '' })
  throw new SqlError('--as-of takes a query; SHOW, DESCRIBE and EXPLAIN tell of what is now.', placeOf(statement))
}

interface Reading extends AsOfOptions {
  /** ` through the view bars_live` inside of a view. */
  readonly through: string
}

/** Half open, in characters of the statement. */
interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

function rewritten(sql: string, statement: ParserRuleContext, reading: Reading): string {
  const edits: Edit[] = []
  walkNamed(statement, (context, named) => {
    if (!(context instanceof G.TableRefContext || context instanceof G.ViewRefContext)) return
    const parts = childrenOf(context).map(nameOf)
    const [name = '', schema] = parts.toReversed()
    if (schema === undefined && named.has(name)) return
    edits.push({
      start: context.start?.start ?? 0,
      end: (context.stop?.stop ?? 0) + 1,
      text: pastOf(context, parts, reading),
    })
  })
  return edited(sql, edits)
}

/** What stands in FROM instead of a name. With its database, so that no query of WITH around a view takes its place. */
function pastOf(context: ParserRuleContext, parts: readonly string[], reading: Reading): string {
  const { relations, database, table, version, through } = reading
  const [name = '', schema] = parts.toReversed()
  const source = schema === 'information_schema' ? undefined : relations.get(name)?.source
  if (source?.kind === 'view') {
    const inner = rewritten(source.sql, parseStatement(source.sql), {
      ...reading,
      through: ` through the view ${name}`,
    })
    return `(${inner})${hasAlias(context) ? '' : ` AS ${quoted(name)}`}`
  }
  if (source?.kind !== 'table' || name !== table) {
    throw new SqlError(
      `--as-of knows the past of ${table} alone, and the statement reads ${parts.join('.')}${through}, which would be of now. bars_versions tells without --as-of what was known when.`,
      through === '' ? placeOf(context) : undefined,
    )
  }
  if (!aliasedOf(context)) throw new SqlError(`with --as-of write SELECT * FROM ${table}.`, placeOf(context))
  return `${quoted(database)}.${quoted(table)} FOR VERSION AS OF ${version}`
}

function hasAlias(context: ParserRuleContext): boolean {
  const aliased = aliasedOf(context)
  return aliased instanceof G.AliasedRelationContext && aliased.identifier() !== null
}

/** The place in FROM that a name fills; undefined where it stands elsewhere, as in `TABLE bars`. */
function aliasedOf(context: ParserRuleContext): ParserRuleContext | undefined {
  const primary = context.parent?.parent
  const aliased = primary instanceof G.TableNameContext ? primary.parent : undefined
  return aliased instanceof G.AliasedRelationContext ? aliased : undefined
}

/** The grammar counts characters, not UTF-16's halves of them. */
function edited(sql: string, edits: readonly Edit[]): string {
  const letters = [...sql]
  for (const { start, end, text } of edits.toReversed()) letters.splice(start, end - start, text)
  return letters.join('')
}
