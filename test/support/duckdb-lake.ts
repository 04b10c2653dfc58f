/** A lake in a folder, asked by DuckDB in this process: what the local engine does, without the engine. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { toDuckdb } from '../../lake/queries/duckdb-dialect.ts'
import { readSavedViews } from '../../lake/queries/saved-query-files.ts'
import { TABLES } from '../../lake/tables/tables.ts'
import type { MemoryObjectStore } from './memory-object-store.ts'

export type Row = Readonly<Record<string, unknown>>

/** Asks DuckDB as it is. */
export async function askDuckdb(sql: string): Promise<Row[]> {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  try {
    const reader = await connection.runAndReadAll(sql)
    return reader.getRowObjectsJS()
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

/** Writes a store's objects to a folder. */
export function writeLake(store: MemoryObjectStore, folder: string): void {
  for (const [key, { body }] of store.objects) {
    mkdirSync(dirname(join(folder, key)), { recursive: true })
    writeFileSync(join(folder, key), body)
  }
}

/** Asks a lake's folder in Athena's SQL. */
export function askLake(sql: string, folder: string): Promise<Row[]> {
  const views = readSavedViews()
  const translated = toDuckdb(sql, {
    tables: TABLES,
    views,
    relationOf: ({ prefix, partitionKey: { name } }) =>
      `read_parquet('${folder}/${prefix}/*/*.parquet', hive_partitioning = true, hive_types = {'${name}': VARCHAR})`,
  })
  return askDuckdb(translated)
}
