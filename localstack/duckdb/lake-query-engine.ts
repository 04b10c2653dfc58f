/** Athena's SQL over the lake on this machine: translated, and asked of DuckDB in this process over a copy of the files. */
import { join } from 'node:path'
import type { KeptViews } from '../../lake/queries/kept-views.ts'
import type { QueryAnswer, QueryEngine, RunOptions } from '../../lake/queries/query-engine.ts'
import { type Relation, relationsOf } from '../../lake/queries/relations.ts'
import { readSavedViews } from '../../lake/queries/saved-query-files.ts'
import { text } from '../../lake/queries/sql-text.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'
import type { Table } from '../../lake/tables/table.ts'
import { TABLES } from '../../lake/tables/tables.ts'
import { LakeCopy } from './lake-copy.ts'
import { tableView } from './table-view.ts'
import { keptViews } from './view-folder.ts'

/** What a lake's database is called where no deployment says it. */
export const LOCAL_DATABASE = 'tickerlake'

export interface LakeEngineOptions {
  /** Where the copies of files are kept, from one process to the next. */
  readonly folder: string
  /** What the lake is called: `tickerlake.bars` is `bars`. */
  readonly database?: string | undefined
}

/** Each statement lists the files and copies what is new: its answer is of the lake as it is now. */
export function lakeQueryEngine(
  store: ObjectStore,
  { folder, database = LOCAL_DATABASE }: LakeEngineOptions,
): QueryEngine {
  const relations = relationsOf(readSavedViews())
  const copy = new LakeCopy(store, folder)
  const kept = keptViews(join(folder, 'views'), relations)
  let opened: ReturnType<typeof openedFor> | undefined
  const duckdb = () => {
    opened ??= openedFor(copy.folder)
    return opened
  }
  return {
    name: 'DuckDB',
    async run(sql, options = {}) {
      const started = Date.now()
      const { answer, bytes } = await answered(sql, { copy, kept, duckdb, relations, database, ...options })
      return { ...answer, stats: { bytesScanned: bytes, milliseconds: Date.now() - started } }
    },
  }
}

interface Asked extends RunOptions {
  readonly copy: LakeCopy
  readonly kept: KeptViews
  /** One database for all statements; its own views are each connection's. */
  readonly duckdb: () => ReturnType<typeof openedFor>
  readonly relations: ReadonlyMap<string, Relation>
  readonly database: string
}

interface Answered {
  readonly answer: Pick<QueryAnswer, 'columns' | 'rows'>
  readonly bytes: number
}

async function answered(sql: string, { copy, kept, duckdb, relations, database, signal }: Asked): Promise<Answered> {
  // The grammar and DuckDB are loaded where they are needed: together they take as long as a small query.
  const { readStatement, cellText, typeText } = await import('../../lake/queries/athena-sql/read-statement.ts')
  const statement = readStatement(sql, { relations, database, kept })
  if (statement.kind === 'catalog') return { answer: statement.answer, bytes: 0 }
  const { translation } = statement
  const { definitions, bytes } = await copyTables(translation.tables, copy)
  const { askDuckdb } = await import('./ask-duckdb.ts')
  const preparation = [...definitions, ...translation.views]
  const rows = await askDuckdb(await duckdb(), translation.sql, { preparation, signal })
  const { columns } = translation
  return {
    answer: {
      columns: columns.map(({ name, type }) => ({
        name,
        type: typeText(type).replace(/^timestamp\(\d\)/, 'timestamp'),
      })),
      rows: rows.map((row) => columns.map(({ type }, i) => cellText(row[i], type))),
    },
    bytes,
  }
}

async function openedFor(folder: string) {
  const { openDuckdb } = await import('./ask-duckdb.ts')
  const { PRELUDE } = await import('../../lake/queries/athena-sql/prelude.ts')
  return openDuckdb([...PRELUDE, ...lockedTo(folder)])
}

interface LakeFiles {
  /** Statements that make every table that is read a view. */
  readonly definitions: readonly string[]
  readonly bytes: number
}

async function copyTables(read: ReadonlySet<Table>, copy: LakeCopy): Promise<LakeFiles> {
  const tables = TABLES.filter((one) => read.has(one))
  const copies = await Promise.all(tables.map(async (table) => ({ table, ...(await copy.of(table)) })))
  return {
    definitions: copies.map(({ table, files }) => tableView(table, files)),
    bytes: copies.reduce((sum, { bytes }) => sum + bytes, 0),
  }
}

/** Whatever a statement would do, DuckDB itself reads nothing but the copies, writes nothing, and cannot be told otherwise. */
function lockedTo(folder: string): readonly string[] {
  return [
    `SET allowed_directories = [${text(folder)}]`,
    'SET enable_external_access = false',
    'SET lock_configuration = true',
  ]
}
