/** Trino's client protocol: a statement is posted, its answer comes in pages until there is no next. */
import { TickerlakeError } from '../../lake/errors.ts'
import { SqlError } from '../../lake/queries/athena-sql/sql-error.ts'

/** What unqualified names belong to; called as on Athena, so that `awsdatacatalog.tickerlake.bars` means the same. */
export const TRINO_CATALOG = 'awsdatacatalog'

export interface TrinoSession {
  readonly port: number
  /** The database whose tables need no qualifier. */
  readonly schema: string
}

export interface TrinoAnswer {
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  readonly rows: readonly (readonly unknown[])[]
  readonly bytes: number
}

interface StatementPage {
  readonly columns?: TrinoAnswer['columns']
  readonly data?: TrinoAnswer['rows']
  readonly nextUri?: string
  readonly stats?: { readonly processedBytes?: number; readonly physicalInputBytes?: number }
  readonly error?: {
    readonly message: string
    readonly errorLocation?: { readonly lineNumber: number; readonly columnNumber: number }
  }
}

/** Runs one statement; an abort ends it on the server too. */
export async function askTrino(
  { port, schema }: TrinoSession,
  sql: string,
  signal?: AbortSignal | undefined,
): Promise<TrinoAnswer> {
  signal?.throwIfAborted()
  const headers = { 'X-Trino-User': 'tickerlake', 'X-Trino-Catalog': TRINO_CATALOG, 'X-Trino-Schema': schema }
  const rows: (readonly unknown[])[] = []
  let page = await pageOf(await fetch(`http://127.0.0.1:${port}/v1/statement`, { method: 'POST', body: sql, headers }))
  let { columns } = page
  for (;;) {
    if (page.error) throw failureOf(page.error)
    columns ??= page.columns
    rows.push(...(page.data ?? []))
    if (!page.nextUri) return { columns: columns ?? [], rows, bytes: page.stats?.physicalInputBytes ?? 0 }
    if (signal?.aborted) await fetch(page.nextUri, { method: 'DELETE' })
    signal?.throwIfAborted()
    page = await pageOf(await fetch(page.nextUri))
  }
}

function failureOf({ message, errorLocation: at }: NonNullable<StatementPage['error']>): TickerlakeError {
  if (!at) return new TickerlakeError('query', `Trino: ${message}`)
  const position = { line: at.lineNumber, column: at.columnNumber }
  return new SqlError(message.replace(/^line \d+:\d+: /, ''), position)
}

async function pageOf(response: Response): Promise<StatementPage> {
  const text = await response.text()
  if (!response.ok) throw new TickerlakeError('query', `Trino answered ${response.status}: ${text.slice(0, 300)}`)
  const page: unknown = JSON.parse(text, wholeNumber)
  return page as StatementPage
}

/** A bigint that a double cannot hold stays the text that it was. */
function wholeNumber(_key: string, value: unknown, { source }: { readonly source?: string } = {}): unknown {
  return typeof value === 'number' && source && /^-?\d{16,}$/.test(source) && !Number.isSafeInteger(value)
    ? source
    : value
}
