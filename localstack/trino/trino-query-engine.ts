/** Athena's own engine over the lake on this machine. */
import type { QueryEngine } from '../../lake/queries/query-engine.ts'
import { trinoCells } from './trino-cells.ts'
import { askTrino } from './trino-client.ts'
import { makeKnown, type TrinoLake } from './trino-lake.ts'
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
