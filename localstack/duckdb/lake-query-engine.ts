/** Athena's SQL over the lake on this machine: translated, and asked of DuckDB in this process over a copy of the files. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { QueryAnswer, QueryEngine, RunOptions } from '../../lake/queries/query-engine.ts'
import { type Relation, relationsOf } from '../../lake/queries/relations.ts'
import { readSavedViews } from '../../lake/queries/saved-query-files.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'
import type { Table } from '../../lake/tables/table.ts'
import { TABLES } from '../../lake/tables/tables.ts'
import { copyTable } from './lake-copy.ts'
import { tableView } from './table-view.ts'

const DATABASE = 'tickerlake'

/** Each statement copies what it reads anew: its answer is of the lake as it is now. */
export function lakeQueryEngine(store: ObjectStore, database = DATABASE): QueryEngine {
  const relations = relationsOf(readSavedViews())
  return {
    async run(sql, options = {}) {
      const started = Date.now()
      const { answer, bytes } = await answered(sql, { store, relations, database, ...options })
      return { ...answer, stats: { bytesScanned: bytes, milliseconds: Date.now() - started } }
    },
  }
}

interface Asked extends RunOptions {
  readonly store: ObjectStore
  readonly relations: ReadonlyMap<string, Relation>
  readonly database: string
}

interface Answered {
  readonly answer: Pick<QueryAnswer, 'columns' | 'rows'>
  readonly bytes: number
}

async function answered(sql: string, { store, relations, database, signal }: Asked): Promise<Answered> {
  // The grammar and DuckDB are loaded where they are needed: together they take as long as a small query.
  const { readStatement, cellText, typeText, PRELUDE } = await import('../../lake/queries/athena-sql/read-statement.ts')
  const statement = readStatement(sql, { relations, database })
  if (statement.kind === 'catalog') return { answer: statement.answer, bytes: 0 }
  const { askDuckdb } = await import('./ask-duckdb.ts')
  const { translation } = statement
  const folder = mkdtempSync(join(tmpdir(), 'tickerlake-lake-'))
  try {
    const { definitions, bytes } = await copyTables(translation.tables, store, folder)
    const preparation = [...PRELUDE, 'CREATE SCHEMA lake', ...definitions, ...translation.views]
    const rows = await askDuckdb(translation.sql, { preparation, signal })
    const { columns } = translation
    const texts = rows.map((row) => columns.map(({ type }, i) => cellText(row[i], type)))
    return {
      answer: {
        columns: columns.map(({ name, type }) => ({
          name,
          type: typeText(type).replace(/^timestamp\(\d\)/, 'timestamp'),
        })),
        rows: texts,
      },
      bytes,
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

interface LakeCopy {
  /** Statements that make every table that is read a view. */
  readonly definitions: readonly string[]
  readonly bytes: number
}

async function copyTables(read: ReadonlySet<Table>, store: ObjectStore, folder: string): Promise<LakeCopy> {
  const definitions: string[] = []
  let bytes = 0
  for (const table of TABLES.filter((one) => read.has(one))) {
    const copy = await copyTable(table, store, folder)
    definitions.push(tableView(table, copy.files))
    bytes += copy.bytes
  }
  return { definitions, bytes }
}
