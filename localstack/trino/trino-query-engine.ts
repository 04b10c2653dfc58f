/** Athena's own engine over the lake on this machine. */

import type { IcebergTable } from '../../lake/iceberg/iceberg-table.ts'
import { icebergDdl, trinoDdl, viewDdl } from '../../lake/queries/ddl.ts'
import type { QueryEngine } from '../../lake/queries/query-engine.ts'
import { readSavedViews } from '../../lake/queries/saved-query-files.ts'
import type { Table } from '../../lake/tables/table.ts'
import { BARS, FOLDER_TABLES } from '../../lake/tables/tables.ts'
import { trinoCells } from './trino-cells.ts'
import { askTrino, type TrinoSession } from './trino-client.ts'
import { TRINO_VERSION } from './trino-server.ts'

/** It is asked what `guardedQueryEngine` lets pass. */
export function trinoQueryEngine(lake: TrinoLake): QueryEngine {
  return {
    name: `Trino ${TRINO_VERSION}`,
    async run(sql, { signal } = {}) {
      const started = Date.now()
      await makeKnown(lake)
      const { columns, rows, bytes } = await askTrino(lake.session, withoutEnd(sql), signal)
      const cells = columns.map(({ type }) => trinoCells(type))
      return {
        columns,
        rows: rows.map((row) => cells.map((cell, i) => cell(row[i]))),
        stats: { bytesScanned: bytes, milliseconds: Date.now() - started },
      }
    },
  }
}

/** Trino's protocol takes a statement without its semicolon. */
function withoutEnd(sql: string): string {
  return sql.replace(/;(?:\s|--[^\n]*|\/\*[\s\S]*?\*\/)*$/, '')
}

export interface TrinoLake {
  readonly session: TrinoSession
  readonly bucket: string
  readonly bars: Pick<IcebergTable, 'load'>
}

/** Before each statement, for another process may have landed or compacted since the last. */
export async function makeKnown(lake: TrinoLake): Promise<void> {
  const { session } = lake
  await askTrino(
    session,
    `CREATE SCHEMA IF NOT EXISTS "${session.schema}" WITH (location = 'local:///meta/${session.schema}')`,
  )
  const known = new Set((await askTrino(session, 'SHOW TABLES')).rows.map(([name]) => String(name)))
  await Promise.all(FOLDER_TABLES.map((table) => makeFolderTable(table, known, lake)))
  if (!known.has(BARS.name)) await registerBars(lake)
  const missing = readSavedViews().filter(({ name }) => !known.has(name))
  if (missing.length === 0 || !(await hasBars(lake))) return
  for (const view of missing) await askTrino(session, viewDdl(view, session.schema))
}

/** Partitions are registered, not projected: a projected range costs a LIST for each day that nothing stands at. */
async function makeFolderTable(
  table: Table,
  known: ReadonlySet<string>,
  { session, bucket }: TrinoLake,
): Promise<void> {
  const registered: Table = { ...table, partitionKey: { ...table.partitionKey, grain: 'month' } }
  const target = { database: session.schema, bucket, rangeOf: () => '' }
  const [create = '', synchronize = ''] = trinoDdl(registered, target)
  if (!known.has(table.name)) await askTrino(session, create)
  await askTrino(session, synchronize)
}

/** The entry says where it is; the snapshot that is read is the one that the lake's own catalog has. */
async function registerBars(lake: TrinoLake): Promise<void> {
  if (!(await hasBars(lake))) return
  const { session, bucket } = lake
  const register = icebergDdl(BARS, { database: session.schema, bucket, rangeOf: () => '' })
  await askTrino(session, register.replace('CALL iceberg.', 'CALL registered.'))
}

/** The table is made by the first compaction. */
async function hasBars({ bars }: TrinoLake): Promise<boolean> {
  return (await bars.load()) !== undefined
}
