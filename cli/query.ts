import { text } from 'node:stream/consumers'
import { AthenaClient } from '@aws-sdk/client-athena'
import { athenaQueryEngine } from '../lambdas/adapters/athena-query-engine.ts'
import { systemClock } from '../lambdas/adapters/system-clock.ts'
import { UsageError } from '../lambdas/core/errors.ts'
import { answerFormatOf, answerText } from './parts/answer-text.ts'
import { runCommand } from './parts/command.ts'
import { deploymentOf, targetOf } from './parts/target.ts'

const HELP = `
Runs SQL in Athena's dialect over the lake and prints the answer.

  npm run query -- "SELECT symbol, count(*) AS bars FROM bars GROUP BY symbol"
  npm run -s query -- --format csv "SELECT * FROM bars WHERE symbol = 'AAPL'" > aapl.csv
  echo "SHOW TABLES" | npm run query -- -

Options
  --format table|csv|json   how the answer is printed (default: table)
  --stage NAME              the deployed stage (default: the local engine if one runs, else dev)

It asks AWS_ENDPOINT_URL where that is set, else the local engine if one runs, else AWS.
`

await runCommand({
  help: HELP,
  options: { format: { type: 'string' }, stage: { type: 'string' } },
  async run({ values, positionals }) {
    const format = answerFormatOf(values.format)
    const sql = await sqlOf(positionals)
    const target = targetOf(process.env, values.stage)
    const { workgroup, database } = await deploymentOf(target)
    const engine = athenaQueryEngine(new AthenaClient(target.clients), { workgroup, database }, systemClock)
    const answer = await engine.run(sql)
    process.stdout.write(`${answerText(answer, format)}\n`)
    const { bytesScanned, milliseconds } = answer.stats
    process.stderr.write(
      `${answer.rows.length} rows, ${bytesScanned} bytes scanned, ${milliseconds} ms, ${target.where}\n`,
    )
    return 0
  },
})

async function sqlOf(positionals: readonly string[]): Promise<string> {
  const [sql, ...more] = positionals
  if (sql === undefined || more.length > 0) {
    throw new UsageError(`query takes one SQL statement, in quotes; got ${positionals.length} arguments. See --help.`)
  }
  return sql === '-' ? text(process.stdin) : sql
}
