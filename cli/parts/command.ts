/** What every command of the project does alike: help, one-line errors, exit codes, a quiet end on Ctrl-C. */
import { type ParseArgsConfig, parseArgs } from 'node:util'
import { TickerlakeError, UsageError } from '../../lambdas/core/errors.ts'

type Options = NonNullable<ParseArgsConfig['options']>
type Parsed<O extends Options> = ReturnType<typeof parseArgs<{ args: string[]; options: O; allowPositionals: true }>>

export interface Command<O extends Options> {
  /** The whole text of `--help`. */
  readonly help: string
  readonly options: O
  /** Does the work; `signal` is aborted by Ctrl-C. What it returns is the exit code, 0 where it returns nothing. */
  readonly run: (parsed: Parsed<O>, signal: AbortSignal) => Promise<number | undefined>
}

const EXIT_FAILURE = 1
const EXIT_MISUSE = 2
/** The shell's convention for a process that SIGINT ended. */
const EXIT_INTERRUPTED = 130

/** Runs a command with the process's arguments and sets its exit code. */
export async function runCommand<const O extends Options>(command: Command<O>): Promise<void> {
  const abort = new AbortController()
  process.once('SIGINT', () => abort.abort())
  process.once('SIGTERM', () => abort.abort())
  endQuietlyWithThePipe()
  try {
    process.exitCode = await exitCodeOf(command, abort.signal)
  } catch (error) {
    process.exitCode = abort.signal.aborted ? EXIT_INTERRUPTED : exitCodeFor(error)
    if (!abort.signal.aborted) process.stderr.write(`${sentenceOf(error)}\n`)
  }
}

async function exitCodeOf<O extends Options>(command: Command<O>, signal: AbortSignal): Promise<number> {
  const args = process.argv.slice(2)
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(`${command.help.trim()}\n`)
    return 0
  }
  return (await command.run(parse(args, command.options), signal)) ?? 0
}

function parse<O extends Options>(args: string[], options: O): Parsed<O> {
  try {
    return parseArgs({ args, options, allowPositionals: true })
  } catch (cause) {
    throw new UsageError(`${cause instanceof Error ? cause.message : cause}\nSee --help.`, { cause })
  }
}

/** `npm run query … | head` closes the pipe early; that is no error of ours. */
function endQuietlyWithThePipe(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    process.exit(0)
  })
}

function exitCodeFor(error: unknown): number {
  return error instanceof UsageError ? EXIT_MISUSE : EXIT_FAILURE
}

/** What the AWS SDK says where nothing tells it which account or region is meant, by the start of its message. */
const AWS_SENTENCES: Readonly<Record<string, string>> = {
  'Region is missing':
    'No AWS region is set: set AWS_REGION or a profile, or start the local engine with "npm run local".',
  'Could not load credentials':
    'No AWS credentials are found: set AWS_PROFILE or log in, or start the local engine with "npm run local".',
}

/** Our own errors are sentences already; anything else is a defect or a library's, and its stack helps. */
function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error instanceof TickerlakeError) return error.message
  const known = Object.keys(AWS_SENTENCES).find((start) => error.message.startsWith(start))
  return (known && AWS_SENTENCES[known]) ?? error.stack ?? error.message
}
