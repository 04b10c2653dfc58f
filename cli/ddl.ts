import { readSavedViews } from '../lambdas/adapters/saved-query-files.ts'
import { UsageError } from '../lambdas/core/errors.ts'
import { athenaDdl, type DdlTarget, trinoDdl, viewDdl } from '../lambdas/core/queries/ddl.ts'
import type { Table } from '../lambdas/core/table.ts'
import { TABLES } from '../lambdas/core/tables.ts'
import { runCommand } from './parts/command.ts'

const HELP = `
Prints the SQL that makes the lake's tables and views: what the lake stack deploys, for another catalog.

  npm run -s ddl -- --bucket my-lake > lake.sql
  npm run -s ddl -- --bucket my-lake --engine trino

Options
  --bucket NAME           the lake's bucket (needed)
  --engine athena|trino   whose dialect (default: athena; its table statements are Hive's, so Spark takes them too)
  --database NAME         the database, or schema (default: tickerlake)
  --landing-from DAY      first arrival date that Athena looks for (default: a month ago)
  --bars-from MONTH       first month that Athena looks for (default: 1962-01)
`

const DAY_MS = 86_400_000

await runCommand({
  help: HELP,
  options: {
    bucket: { type: 'string' },
    engine: { type: 'string', default: 'athena' },
    database: { type: 'string', default: 'tickerlake' },
    'landing-from': { type: 'string' },
    'bars-from': { type: 'string', default: '1962-01' },
  },
  async run({ values }) {
    if (!values.bucket) throw new UsageError("ddl needs --bucket, the lake's bucket. See --help.")
    const landingFrom = values['landing-from'] ?? new Date(Date.now() - 31 * DAY_MS).toISOString().slice(0, 10)
    const rangeOf = ({ partitionKey }: Table): string =>
      partitionKey.grain === 'day' ? `${landingFrom},NOW+1DAYS` : `${values['bars-from']},NOW+1MONTHS`
    const target = { database: values.database, bucket: values.bucket, rangeOf }
    const views = readSavedViews().map((view) => viewDdl(view, values.database))
    process.stdout.write(`${[...tableDdl(values.engine, target), ...views].join(';\n\n')};\n`)
    return 0
  },
})

function tableDdl(engine: string, target: DdlTarget): string[] {
  if (engine === 'athena') return TABLES.map((table) => athenaDdl(table, target))
  if (engine === 'trino') return TABLES.flatMap((table) => trinoDdl(table, target))
  throw new UsageError(`--engine takes athena or trino; got "${engine}".`)
}
