/** Runs SQL in Athena's dialect over the lake. */

import { BARS } from '../tables/tables.ts'
import type { Relation } from './relations.ts'

export interface QueryEngine {
  /** Who answers, for people. */
  readonly name: string
  /** Throws `TickerlakeError` where the query fails: where the statement is wrong, a `SqlError` with the place in it. */
  run(sql: string, options?: RunOptions): Promise<QueryAnswer>
}

export interface RunOptions {
  /** Ends the query where it runs: Athena is told to stop it, so that it scans no further. */
  readonly signal?: AbortSignal | undefined
  /** Fetches no further when it has so many rows; it may have some more by then. @default all */
  readonly enoughRows?: number | undefined
}

export interface QueryAnswer {
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  /** Cells as the engine prints them; null is SQL's null. */
  readonly rows: readonly (readonly (string | null)[])[]
  /** What a reader must know of it, in whole sentences: which of its numbers are exact here and near the truth on Athena. */
  readonly notes?: readonly string[] | undefined
  readonly stats: QueryStats
}

export interface QueryStats {
  readonly bytesScanned: number
  readonly milliseconds: number
  /** The bytes are those of all files of the tables that are read, for the engine does not count what it skips in them. */
  readonly isOfWholeFiles?: boolean | undefined
}

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
