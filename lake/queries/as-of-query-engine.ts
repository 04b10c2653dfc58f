import { BARS } from '../tables/tables.ts'
import type { QueryEngine } from './query-engine.ts'
import type { Relation } from './relations.ts'

export interface AsOfEngineOptions {
  readonly relations: ReadonlyMap<string, Relation>
  readonly database: string
  /** The snapshot of `bars`, and since when it was current. */
  readonly snapshot: { readonly id: string; readonly since: string }
  /** Whether the engine reads that snapshot by itself, whatever it is asked; else it is told by the statement. */
  readonly isPinned: boolean
}

/** An engine that reads `bars` as a snapshot has it, and refuses what reads more than `bars`: that would be of now. */
export function asOfQueryEngine(engine: QueryEngine, { snapshot, isPinned, ...names }: AsOfEngineOptions): QueryEngine {
  return {
    name: `${engine.name} as of snapshot ${snapshot.id} (${snapshot.since})`,
    async run(sql, options) {
      // Loaded here, for it takes as long as a small query.
      const { asOfStatement } = await import('./athena-sql/as-of.ts')
      const past = asOfStatement(sql, { ...names, table: BARS.name, version: snapshot.id })
      return engine.run(isPinned ? sql : past, options)
    },
  }
}
