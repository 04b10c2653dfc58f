import type { QueryEngine } from './query-engine.ts'
import type { Relation } from './relations.ts'

export interface GuardOptions {
  readonly relations: ReadonlyMap<string, Relation>
  readonly database?: string | undefined
  /** The tables that the engine reads as they were, too. */
  readonly withPast?: Iterable<string>
}

/** An engine that is asked only what reads the lake; anything else is refused before it can cost anything. */
export function guardedQueryEngine(engine: QueryEngine, { relations, ...guarded }: GuardOptions): QueryEngine {
  return {
    name: engine.name,
    async run(sql, options) {
      // Loaded here, for it takes as long as a small query.
      const { guardedStatement } = await import('./athena-sql/guard.ts')
      guardedStatement(sql, { relations: relations.keys(), ...guarded })
      return engine.run(sql, options)
    },
  }
}
