import { text } from 'node:stream/consumers'
import { answerFormatOf, answerText } from '../command/answer-text.ts'
import { runCommand } from '../command/command.ts'
import { UsageError } from '../lake/errors.ts'
import { readSavedQueries } from '../lake/queries/saved-query-files.ts'
import { queryList, savedSql } from '../lake/queries/saved-query-list.ts'
import { queryEngineOf } from './lake/query-engine.ts'
import { targetOf } from './lake/target.ts'

const HELP = `
Runs SQL in Athena's dialect over the lake and prints the answer.

  npm run query -- "SELECT symbol, count(*) AS bars FROM bars GROUP BY symbol"
  npm run query -- --list
  npm run query -- --name daily-returns --param symbol=MSFT --param since=2012-06
  npm run -s query -- --format csv "SELECT * FROM bars WHERE symbol = 'AAPL'" > aapl.csv
  echo "SHOW TABLES" | npm run query -- -

Options
  --list                    the saved queries, with their parameters and defaults
  --name NAME               run a saved query
  --param NAME=VALUE        a parameter of it; may be given several times
  --format table|csv|json   how the answer is printed (default: table)
  --stage NAME              the deployed stage (default: the local engine if one runs, else dev)

It asks AWS_ENDPOINT_URL where that is set, else the local engine if one runs, else AWS.
`

await runCommand({
  help: HELP,
  words: true,
  options: {
    list: { type: 'boolean', default: false },
    name: { type: 'string' },
    param: { type: 'string', multiple: true, default: [] },
    format: { type: 'string' },
    stage: { type: 'string' },
  },
  async run({ values, positionals }) {
    const format = answerFormatOf(values.format)
    if (values.list) {
      process.stdout.write(`${queryList(readSavedQueries(), format)}\n`)
      return 0
    }
    const sql = await sqlOf(values, positionals)
    const target = targetOf(process.env, values.stage)
    const answer = await (await queryEngineOf(target)).run(sql)
    process.stdout.write(`${answerText(answer, format)}\n`)
    const { bytesScanned, milliseconds } = answer.stats
    process.stderr.write(
      `${answer.rows.length} rows, ${bytesScanned} bytes scanned, ${milliseconds} ms, ${target.where}\n`,
    )
    return 0
  },
})

async function sqlOf(
  { name, param }: { readonly name?: string | undefined; readonly param: readonly string[] },
  positionals: readonly string[],
): Promise<string> {
  const [sql, ...more] = positionals
  if (name !== undefined && sql === undefined) return savedSql(readSavedQueries(), name, param)
  if (name !== undefined || sql === undefined || more.length > 0) {
    const got = `${positionals.length} arguments${name === undefined ? '' : ' beside --name'}`
    throw new UsageError(`query takes one SQL statement, in quotes, or --name; got ${got}. See --help.`)
  }
  if (param.length > 0) throw new UsageError('--param belongs to a saved query; give its --name.')
  const statement = sql === '-' ? await text(process.stdin) : sql
  if (statement.trim() === '') throw new UsageError('The SQL statement is empty. See --help.')
  return statement
}
