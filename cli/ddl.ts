import { runCommand } from '../command/command.ts'
import { needed, oneOf } from '../command/option-values.ts'
import { UsageError } from '../lake/errors.ts'
import { DAY_MS, isoDay } from '../lake/instant.ts'
import { athenaDdl, type DdlTarget, icebergDdl, trinoDdl, viewDdl } from '../lake/queries/ddl.ts'
import { readSavedViews } from '../lake/queries/saved-query-files.ts'
import type { Table } from '../lake/tables/table.ts'
import { BARS, FOLDER_TABLES } from '../lake/tables/tables.ts'

const HELP = `
Prints the SQL that makes the lake's tables and views: what the lake stack deploys, for another catalog.

  npm run -s ddl -- --bucket my-lake > lake.sql
  npm run -s ddl -- --bucket my-lake --engine trino

Options
  --bucket NAME           the lake's bucket (needed)
  --engine athena|trino   whose dialect (default: athena; its table statements are Hive's, so Spark takes them too)
  --database NAME         the database, or schema (default: tickerlake)
  --landing-from DAY      first arrival date that Athena looks for (default: a month ago)
  --bars-from MONTH       first month of forecasts that Athena looks for (default: 1962-01)

bars is an Iceberg table, which the compactor makes and keeps: in Athena's catalog it is there already. Trino has it by
its Iceberg connector, here as the catalog "iceberg", with iceberg.register-table-procedure.enabled=true; the Hive
connector finds it there with hive.iceberg-catalog-name=iceberg.
`

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
    const bucket = bucketOf(needed(values.bucket, '--bucket NAME'))
    const landingFrom = values['landing-from'] ?? isoDay(Date.now() - 31 * DAY_MS)
    const rangeOf = ({ partitionKey }: Table): string =>
      partitionKey.grain === 'day' ? `${landingFrom},NOW+1DAYS` : `${values['bars-from']},NOW+1MONTHS`
    const target = { database: values.database, bucket, rangeOf }
    const views = readSavedViews().map((view) => viewDdl(view, values.database))
    process.stdout.write(`${[...tableDdl(values.engine, target), ...views].join(';\n\n')};\n`)
    return 0
  },
})

function bucketOf(name: string): string {
  if (/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name)) return name
  throw new UsageError(`--bucket takes the name of an S3 bucket, without s3://; got "${name}".`)
}

function tableDdl(engine: string, target: DdlTarget): string[] {
  const isTrino = oneOf(['athena', 'trino'], '--engine', engine) === 'trino'
  const folders = FOLDER_TABLES.flatMap((table) => (isTrino ? trinoDdl(table, target) : [athenaDdl(table, target)]))
  return isTrino ? [...folders, icebergDdl(BARS, target)] : folders
}
