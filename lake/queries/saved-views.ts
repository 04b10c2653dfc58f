/** The views of the lake, and the form in which Glue keeps a view for Athena. */
import { UsageError } from '../errors.ts'
import type { SavedView } from './saved-query.ts'
import { namesReadBy } from './sql-tokens.ts'
import { US_SESSIONS } from './us-sessions-view.ts'

/** The views of the files and the calendar's, each after the views that it reads. */
export function viewsInOrder(files: readonly SavedView[]): readonly SavedView[] {
  const left = [US_SESSIONS, ...files]
  const ordered: SavedView[] = []
  while (left.length > 0) {
    const next = left.findIndex(
      (view) => !left.some(({ name }) => name !== view.name && namesReadBy(view.sql).has(name)),
    )
    const [view] = left.splice(next, 1)
    if (next < 0 || !view) throw new UsageError('Views read each other in a circle.')
    ordered.push(view)
  }
  return ordered
}

export interface GlueView {
  /** What `ViewOriginalText` of a Glue table holds: Presto's view in base64. */
  readonly originalText: string
  /** What `ViewExpandedText` holds. */
  readonly expandedText: string
  readonly columns: readonly { readonly name: string; readonly type: string; readonly comment: string }[]
}

/** A view as Athena itself stores it: a Glue table of type VIRTUAL_VIEW with parameter `presto_view`. */
export function glueViewOf(view: SavedView, database: string): GlueView {
  const columns = view.columns.map(({ name, type }) => ({ name, type }))
  const presto = { originalSql: view.sql, catalog: 'awsdatacatalog', schema: database, columns }
  return {
    originalText: `/* Presto View: ${base64(JSON.stringify(presto))} */`,
    expandedText: '/* Presto View */',
    columns: view.columns.map(({ name, type, doc }) => ({ name, type: hiveTypeOf(type), comment: doc })),
  }
}

const HIVE_TYPES: Readonly<Record<string, string>> = {
  varchar: 'string',
  integer: 'int',
  varbinary: 'binary',
  real: 'float',
}

function hiveTypeOf(trinoType: string): string {
  const bare = trinoType.replace(/\(\d{1,10}\)$/, '')
  return bare === 'decimal' ? trinoType : (HIVE_TYPES[bare] ?? bare)
}

function base64(text: string): string {
  const bytes = new TextEncoder().encode(text)
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}
