/** Athena's own engine over the lake on this machine. */
import type { IcebergTable } from '../../lake/iceberg/iceberg-table.ts'
import { doubleText } from '../../lake/queries/athena-sql/cells.ts'
import { type SqlType, typeOf } from '../../lake/queries/athena-sql/types.ts'
import { icebergDdl, trinoDdl, viewDdl } from '../../lake/queries/ddl.ts'
import type { QueryEngine } from '../../lake/queries/query-engine.ts'
import { readSavedViews } from '../../lake/queries/saved-query-files.ts'
import type { Table } from '../../lake/tables/table.ts'
import { BARS, FOLDER_TABLES } from '../../lake/tables/tables.ts'
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

/** How a column's cells are printed. */
export function trinoCells(type: string): (cell: unknown) => string | null {
  const known = typeOf(type)
  return (cell) => text(cell, known)
}

function text(cell: unknown, type: SqlType | undefined): string | null {
  if (cell === null || cell === undefined) return null
  if (type?.kind === 'double' || type?.kind === 'real') return doubleText(Number(cell))
  if (type?.kind === 'varbinary') return bytesText(String(cell))
  if (Array.isArray(cell)) return listText(cell, type)
  return typeof cell === 'object' ? mapText(cell, type) : String(cell)
}

function bytesText(base64: string): string {
  return Buffer.from(base64, 'base64')
    .toString('hex')
    .replace(/..(?=.)/g, '$& ')
}

function listText(cell: readonly unknown[], type: SqlType | undefined): string {
  if (type?.kind !== 'row')
    return `[${cell.map((item) => text(item, type?.kind === 'array' ? type.of : undefined) ?? 'null').join(', ')}]`
  const fields = cell.map((item, i) => {
    const field = type.fields[i]
    return `${field?.name ?? `field${i}`}=${text(item, field?.type) ?? 'null'}`
  })
  return `{${fields.join(', ')}}`
}

/** Keys are texts in JSON, whatever they are. */
function mapText(cell: object, type: SqlType | undefined): string {
  const of = type?.kind === 'map' ? type.value : undefined
  return `{${Object.entries(cell)
    .map(([key, value]) => `${key}=${text(value, of) ?? 'null'}`)
    .join(', ')}}`
}
