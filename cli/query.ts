import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { answerFormatOf, answerText } from '../command/answer-text.ts'
import { runCommand } from '../command/command.ts'
import { UsageError } from '../lake/errors.ts'
import { relationsOf } from '../lake/queries/relations.ts'
import { readSavedQueries, readSavedViews } from '../lake/queries/saved-query-files.ts'
import { queryList, savedSql } from '../lake/queries/saved-query-list.ts'
import { localPaths } from '../localstack/engine/paths.ts'
import { asOfOf } from './lake/as-of.ts'
import { type EngineOptions, queryEngineOf } from './lake/query-engine.ts'
import { type Target, targetOf } from './lake/target.ts'
import { ask, footer } from './query/ask.ts'

const HELP = `
Runs SQL in Athena's dialect over the lake and prints the answer.

  npm run query                                   asks for statements, on a terminal
  npm run query -- "SELECT symbol, count(*) AS bars FROM bars GROUP BY symbol"
  npm run query -- --list
  npm run query -- --name daily-returns --param symbol=MSFT
  npm run query -- --file report.sql --out report.parquet
  npm run query -- --as-of 2026-11-20T12:00 "SELECT count(*) FROM bars"
  npm run -s query -- --format csv "SELECT * FROM bars" > bars.csv
  echo "SHOW TABLES" | npm run query -- -

Options
  --list                    the saved queries, with their parameters and defaults
  --name NAME               run a saved query
  --param NAME=VALUE        a parameter of it; may be given several times
  --file FILE.sql           run the statement of a file
  --format table|csv|json   how the answer is printed (default: table)
  --expanded                a line for each cell, for rows wider than the terminal
  --out FILE                write the answer to a file instead: .csv, .json, .parquet
  --safe-csv                keep spreadsheets from running cells of the CSV as formulas
  --allow-ddl               let Athena on AWS run what is no query: CREATE, DROP, INSERT …
  --as-of TIME|SNAPSHOT     bars as it was then, as far back as snapshots are kept ("npm run lake -- snapshots");
                            a statement that reads more than bars is refused, for the rest has no past
  --stage NAME              the deployed stage (default: the local engine if one runs, else dev)

It asks AWS_ENDPOINT_URL where that is set, else the local engine if one runs, else AWS. On this machine DuckDB answers
over the lake's files, as Athena would, or says that it cannot. Ctrl-C cancels the query.
`

await runCommand({
  help: HELP,
  words: true,
  options: {
    list: { type: 'boolean', default: false },
    name: { type: 'string' },
    param: { type: 'string', multiple: true, default: [] },
    file: { type: 'string' },
    format: { type: 'string' },
    expanded: { type: 'boolean', default: false },
    out: { type: 'string' },
    'safe-csv': { type: 'boolean', default: false },
    'allow-ddl': { type: 'boolean', default: false },
    'as-of': { type: 'string' },
    stage: { type: 'string' },
  },
  async run({ values, positionals }, interrupted) {
    const format = answerFormatOf(values.format)
    if (values.list) {
      process.stdout.write(`${queryList(readSavedQueries(), format)}\n`)
      return 0
    }
    const target = targetOf(process.env, values.stage)
    const options = { allowDdl: values['allow-ddl'], asOf: asOfOf(values['as-of']) }
    if (isPrompt(values, positionals)) {
      await prompt(target, options)
      return 0
    }
    const write = await writerOf({ ...values, safeCsv: values['safe-csv'] })
    const sql = await sqlOf(values, positionals)
    const engine = await queryEngineOf(target, options)
    const answer = await ask(engine, sql, { signal: interrupted(), stream: process.stderr })
    if (write) write(answer)
    else
      process.stdout.write(
        `${answerText(answer, format, { expanded: values.expanded, safeCsv: values['safe-csv'] })}\n`,
      )
    process.stderr.write(`${footer(answer, engine, target.where)}\n`)
    return 0
  },
})

interface Given {
  readonly name?: string | undefined
  readonly file?: string | undefined
  readonly param: readonly string[]
  readonly out?: string | undefined
  readonly format?: string | undefined
}

function isPrompt({ name, file, out, format, param }: Given, positionals: readonly string[]): boolean {
  const isAsked = name ?? file ?? out ?? format ?? positionals[0]
  return isAsked === undefined && param.length === 0 && process.stdin.isTTY && process.stdout.isTTY
}

async function prompt(target: Target, options: EngineOptions): Promise<void> {
  const { runPrompt } = await import('./query/prompt.ts')
  const { readHistory, writeHistory } = await import('./query/prompt-history.ts')
  const file = join(localPaths(process.env['TICKERLAKE_LOCAL_DIR']).log, 'query-history')
  const relations = [...relationsOf(readSavedViews()).values()]
  const history = await runPrompt({
    engine: await queryEngineOf(target, options),
    where: target.where,
    input: process.stdin,
    output: process.stdout,
    history: readHistory(file),
    names: [...new Set(relations.flatMap(({ name, columns }) => [name, ...columns.map((column) => column.name)]))],
  })
  writeHistory(file, history)
}

/** What writes the answer to the file that `--out` names; a name that says no format is refused before anything is asked. */
async function writerOf({ out, format, safeCsv }: Given & { readonly safeCsv: boolean }) {
  if (out === undefined) return undefined
  const { answerFile, fileFormatOf } = await import('./query/answer-file.ts')
  const fileFormat = fileFormatOf(out, format === undefined ? undefined : answerFormatOf(format))
  return (answer: Parameters<typeof answerFile>[0]): void => writeFileSync(out, answerFile(answer, fileFormat, safeCsv))
}

async function sqlOf(given: Given, positionals: readonly string[]): Promise<string> {
  const { name, file, param } = given
  const [sql] = positionals
  checkOneStatement(given, positionals)
  if (name !== undefined) return savedSql(readSavedQueries(), name, param)
  if (param.length > 0) throw new UsageError('--param belongs to a saved query; give its --name.')
  const statement = file === undefined ? sql : readFileSync(file, 'utf8')
  const read = statement === '-' ? await text(process.stdin) : (statement ?? '')
  if (read.trim() === '') throw new UsageError('The SQL statement is empty. See --help.')
  return read
}

function checkOneStatement({ name, file }: Given, positionals: readonly string[]): void {
  const options = [...(name === undefined ? [] : ['--name']), ...(file === undefined ? [] : ['--file'])]
  if (options.length + positionals.length === 1) return
  const got = [`${positionals.length} arguments`, ...options].join(' and ')
  throw new UsageError(`query takes one SQL statement, in quotes, or --name, or --file; got ${got}. See --help.`)
}
