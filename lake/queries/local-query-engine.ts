/** Athena on a laptop: the emulator's engine is DuckDB and knows no views, so statements go to it translated. */
import { TABLES } from '../tables/tables.ts'
import { timestampCell, toDuckdb } from './duckdb-dialect.ts'
import type { QueryAnswer, QueryEngine } from './query-engine.ts'
import { readSavedViews } from './saved-query-files.ts'

/** An engine of the emulator that takes Athena's SQL and prints cells as Athena does. */
export function localQueryEngine(emulated: QueryEngine, database: string): QueryEngine {
  const views = readSavedViews()
  return {
    async run(sql, options) {
      const relationOf = ({ name }: { readonly name: string }): string => `"${database}"."${name}"`
      const answer = await emulated.run(toDuckdb(sql, { tables: TABLES, views, relationOf }), options)
      return { ...answer, rows: printedAsAthena(answer) }
    },
  }
}

function printedAsAthena({ columns, rows }: QueryAnswer): QueryAnswer['rows'] {
  const isTimestamp = columns.map(({ type }) => type.startsWith('timestamp'))
  return rows.map((row) => row.map((cell, i) => (cell !== null && isTimestamp[i] ? timestampCell(cell) : cell)))
}
