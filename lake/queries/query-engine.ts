/** Runs SQL in Athena's dialect over the lake. */
export interface QueryEngine {
  /** Who answers, for people. */
  readonly name: string
  /** Throws `TickerlakeError` where the query fails: where the statement is wrong, a `SqlError` with the place in it. */
  run(sql: string, options?: RunOptions): Promise<QueryAnswer>
}

export interface RunOptions {
  /** Ends the query where it runs: Athena is told to stop it, so that it scans no further. */
  readonly signal?: AbortSignal | undefined
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
