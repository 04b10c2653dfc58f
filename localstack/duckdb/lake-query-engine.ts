/** Athena's SQL over a lake that has no Athena: DuckDB in this process, asked over a copy of the tables' files. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toDuckdb } from '../../lake/queries/duckdb-dialect.ts'
import type { QueryEngine } from '../../lake/queries/query-engine.ts'
import { readSavedViews } from '../../lake/queries/saved-query-files.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'
import type { Table } from '../../lake/tables/table.ts'
import { TABLES } from '../../lake/tables/tables.ts'
import { askDuckdb } from './ask-duckdb.ts'
import { copyTable } from './lake-copy.ts'
import { tableView } from './table-view.ts'

/** Each statement copies what it reads anew: its answer is of the lake as it is now. */
export function lakeQueryEngine(store: ObjectStore): QueryEngine {
  const views = readSavedViews()
  return {
    async run(sql, { signal } = {}) {
      const started = Date.now()
      const read = new Set<Table>()
      const relationOf = (table: Table): string => {
        read.add(table)
        return `lake.${table.name}`
      }
      const statement = toDuckdb(sql, { tables: TABLES, views, relationOf })
      const folder = mkdtempSync(join(tmpdir(), 'tickerlake-lake-'))
      try {
        const { definitions, bytes } = await copyTables(read, store, folder)
        const answer = await askDuckdb(
          statement,
          ['CREATE SCHEMA lake', ...definitions, "SET search_path = 'lake'"],
          signal,
        )
        return { ...answer, stats: { bytesScanned: bytes, milliseconds: Date.now() - started } }
      } finally {
        rmSync(folder, { recursive: true, force: true })
      }
    },
  }
}

interface LakeCopy {
  /** Statements that make every table a view; of a table that nobody reads, an empty one. */
  readonly definitions: readonly string[]
  readonly bytes: number
}

async function copyTables(read: ReadonlySet<Table>, store: ObjectStore, folder: string): Promise<LakeCopy> {
  const definitions: string[] = []
  let bytes = 0
  for (const table of TABLES) {
    const copy = read.has(table) ? await copyTable(table, store, folder) : undefined
    definitions.push(tableView(table, copy?.files ?? []))
    bytes += copy?.bytes ?? 0
  }
  return { definitions, bytes }
}
