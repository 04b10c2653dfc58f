/** A view in DuckDB's SQL, with all that it reads. */
export interface TranslatedView {
  /** Names of ours and the statements that make them, each after those that it reads. */
  readonly statements: readonly (readonly [string, string])[]
  /** The tables that it reads, also through other views. */
  readonly tables: readonly string[]
  /** See `QueryAnswer`. */
  readonly notes: readonly string[]
}

/** Where translations of views are kept from one process to the next: a view changes seldom and takes long to parse. */
export interface KeptViews {
  readonly view: (name: string, make: () => TranslatedView) => TranslatedView
}
