import { DuckDBBlobValue, DuckDBInstance, type DuckDBValue } from '@duckdb/node-api'
import { TickerlakeError } from '../../lake/errors.ts'
import { timestampCell } from '../../lake/queries/duckdb-dialect.ts'
import type { QueryAnswer } from '../../lake/queries/query-engine.ts'

/** Runs one statement in a database of its own, after others that prepare it; cells as Athena prints them. */
export async function askDuckdb(
  sql: string,
  preparation: readonly string[],
  signal?: AbortSignal,
): Promise<Pick<QueryAnswer, 'columns' | 'rows'>> {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  const interrupt = (): void => connection.interrupt()
  signal?.addEventListener('abort', interrupt)
  try {
    signal?.throwIfAborted()
    for (const statement of preparation) await connection.run(statement)
    const reader = await connection.runAndReadAll(sql)
    const columns = reader.columnTypes().map((type, i) => ({ name: reader.columnName(i), type: athenaType(`${type}`) }))
    const rows = reader.getRows().map((row) => row.map((cell, i) => cellText(cell, columns[i]?.type ?? '')))
    return { columns, rows }
  } catch (cause) {
    signal?.throwIfAborted()
    throw new TickerlakeError('query', `DuckDB: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  } finally {
    signal?.removeEventListener('abort', interrupt)
    connection.closeSync()
    instance.closeSync()
  }
}

const ATHENA_NAMES: Readonly<Record<string, string>> = { BLOB: 'varbinary', HUGEINT: 'bigint', FLOAT: 'real' }

function athenaType(duckdbType: string): string {
  return ATHENA_NAMES[duckdbType] ?? duckdbType.toLowerCase()
}

function cellText(cell: DuckDBValue, type: string): string | null {
  if (cell === null) return null
  if (cell instanceof DuckDBBlobValue)
    return Buffer.from(cell.bytes)
      .toString('hex')
      .replace(/..(?=.)/g, '$& ')
  return type === 'timestamp' ? timestampCell(String(cell)) : String(cell)
}
