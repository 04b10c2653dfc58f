/** `npm run query`: what is asked, of which engine, and how the answer is given out. */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { answerFormatOf, answerText } from '../../command/answer-text.ts'
import { say } from '../../command/progress.ts'
import { refuseOut, writeResult } from '../../command/result-file.ts'
import { UsageError } from '../../lake/errors.ts'
import { relationsOf } from '../../lake/queries/relations.ts'
import { readSavedQueries, readSavedViews } from '../../lake/queries/saved-query-files.ts'
import { queryList, savedSql } from '../../lake/queries/saved-query-list.ts'
import { localPaths } from '../../localstack/engine/paths.ts'
import { asOfOf } from '../lake/as-of.ts'
import { type EngineOptions, queryEngineOf } from '../lake/query-engine.ts'
import { type Target, targetOf } from '../lake/target.ts'
import { ask, footer } from './ask.ts'

interface Asked {
  readonly values: QueryValues
  readonly positionals: readonly string[]
  readonly env: NodeJS.ProcessEnv
}

interface QueryValues extends Given {
  readonly list: boolean
  readonly expanded: boolean
  readonly 'safe-csv': boolean
  readonly 'allow-ddl': boolean
  readonly 'as-of'?: string | undefined
  readonly stage?: string | undefined
}

interface Given {
  readonly name?: string | undefined
  readonly file?: string | undefined
  readonly param: readonly string[]
  readonly out?: string | undefined
  readonly format?: string | undefined
}

/** The exit code. */
export async function runQuery({ values, positionals, env }: Asked, interrupted: () => AbortSignal): Promise<number> {
  const format = answerFormatOf(values.format)
  if (values.list) {
    process.stdout.write(`${queryList(readSavedQueries(), format)}\n`)
    return 0
  }
  const target = targetOf(env, values.stage)
  const options = { allowDdl: values['allow-ddl'], asOf: asOfOf(values['as-of']) }
  if (isPrompt(values, positionals)) {
    await prompt(target, options, env)
    return 0
  }
  const write = await writerOf({ ...values, safeCsv: values['safe-csv'] })
  const sql = await sqlOf(values, positionals)
  const engine = await queryEngineOf(target, options)
  const answer = await ask(engine, sql, { signal: interrupted(), stream: process.stderr })
  if (write) write(answer)
  else
    process.stdout.write(`${answerText(answer, format, { expanded: values.expanded, safeCsv: values['safe-csv'] })}\n`)
  say(footer(answer, engine, target.where))
  return 0
}

function isPrompt({ name, file, out, format, param }: Given, positionals: readonly string[]): boolean {
  const isAsked = name ?? file ?? out ?? format ?? positionals[0]
  return isAsked === undefined && param.length === 0 && process.stdin.isTTY && process.stdout.isTTY
}

async function prompt(target: Target, options: EngineOptions, env: NodeJS.ProcessEnv): Promise<void> {
  const { runPrompt } = await import('./prompt.ts')
  const file = join(localPaths(env['TICKERLAKE_LOCAL_DIR']).log, 'query-history')
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

/** So many statements are kept from one prompt to the next. */
const KEPT = 500

/** The newest first. */
function readHistory(file: string): readonly string[] {
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
}

/** For this user alone. */
function writeHistory(file: string, history: readonly string[]): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  writeFileSync(file, `${history.slice(0, KEPT).join('\n')}\n`, { mode: 0o600 })
}

/** What writes the answer to the file that `--out` names; a name that says no format is refused before anything is asked. */
async function writerOf({ out, format, safeCsv }: Given & { readonly safeCsv: boolean }) {
  if (out === undefined) return undefined
  const { answerFile, fileFormatOf } = await import('./answer-file.ts')
  const fileFormat = fileFormatOf(out, format === undefined ? undefined : answerFormatOf(format))
  refuseOut(out)
  return (answer: Parameters<typeof answerFile>[0]): void => writeResult(out, answerFile(answer, fileFormat, safeCsv))
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
