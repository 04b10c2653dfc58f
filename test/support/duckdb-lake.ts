/** A lake in a folder, and DuckDB as it is: a reader that knows nothing of the project. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import type { MemoryObjectStore } from './memory-object-store.ts'

type Row = Readonly<Record<string, unknown>>

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
