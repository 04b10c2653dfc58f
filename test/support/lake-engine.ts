/** Athena's SQL over a store, as `npm run query` answers it on a laptop. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { QueryEngine } from '../../lake/queries/query-engine.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'
import { lakeQueryEngine } from '../../localstack/duckdb/lake-query-engine.ts'

/** An engine whose copies are gone when the test's process ends. */
export function lakeEngine(store: ObjectStore): QueryEngine {
  const folder = mkdtempSync(join(tmpdir(), 'tickerlake-lake-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return lakeQueryEngine(store, { folder })
}

export type Row = Readonly<Record<string, string | null>>

/** Rows by the names of their columns, as Athena prints their cells. */
export async function rowsOf(engine: QueryEngine, sql: string): Promise<Row[]> {
  const { columns, rows } = await engine.run(sql)
  return rows.map((row) => Object.fromEntries(columns.map(({ name }, i) => [name, row[i] ?? null])))
}
