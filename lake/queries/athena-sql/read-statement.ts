/** A statement is guarded, then answered from the catalog or translated. */
import type { KeptViews } from '../kept-views.ts'
import type { QueryAnswer } from '../query-engine.ts'
import type { Relation } from '../relations.ts'
import { catalogAnswer, withInformation } from './catalog.ts'
import { GRAMMAR as G } from './grammar.ts'
import { guardedStatement } from './guard.ts'
import { type Translation, translateQuery } from './translate.ts'
import { simple } from './types.ts'

export type ReadStatement =
  | { readonly kind: 'catalog'; readonly answer: Pick<QueryAnswer, 'columns' | 'rows'> }
  | { readonly kind: 'query'; readonly translation: Translation }

export interface ReadOptions {
  readonly relations: ReadonlyMap<string, Relation>
  readonly database: string
  readonly kept: KeptViews
}

/** Throws `SqlError` where the statement does more than read, or means what the local engine cannot do as Athena. */
export function readStatement(sql: string, { relations, database, kept }: ReadOptions): ReadStatement {
  const statement = guardedStatement(sql, { relations: relations.keys(), database })
  const answer = catalogAnswer(statement, relations, database)
  if (answer) return { kind: 'catalog', answer }
  const all = { relations: withInformation(relations, database), kept }
  if (!(statement instanceof G.ExplainContext)) return { kind: 'query', translation: translateQuery(statement, all) }
  const translation = translateQuery(statement.statement(), all)
  return { kind: 'query', translation: explained(translation) }
}

/** The local engine's own plan; Athena's is another. */
function explained(translation: Translation): Translation {
  const columns = ['Step', 'Query Plan'].map((name) => ({ name, type: simple('varchar') }))
  return { ...translation, sql: `EXPLAIN ${translation.sql}`, columns }
}
