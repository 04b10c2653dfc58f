/** Runs SQL in Athena's dialect over the lake. */
export interface QueryEngine {
  /** Throws `TickerlakeError` with the engine's own words where the query fails. */
  run(sql: string): Promise<QueryAnswer>
}

export interface QueryAnswer {
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  /** Cells as the engine prints them; null is SQL's null. */
  readonly rows: readonly (readonly (string | null)[])[]
  readonly stats: { readonly bytesScanned: number; readonly milliseconds: number }
}
