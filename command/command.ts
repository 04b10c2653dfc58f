/** What every command of the project does alike: help, one-line errors, exit codes, an end on Ctrl-C. */
import { isFullDisk, messageOf, TickerlakeError, UsageError } from '../lake/errors.ts'
import { type Accepts, type CommandLine, type Options, readCommandLine } from './command-line.ts'
import { helpText } from './help-text.ts'

export interface Command<O extends Options> extends Accepts<O> {
  /** The whole text of `--help`. */
  readonly help: string
  /** Does the work. What it returns is the exit code, 0 where it returns nothing. */
  readonly run: (
    line: CommandLine<O>,
    interrupted: () => AbortSignal,
  ) => Promise<number | undefined> | number | undefined
}

/** The end of a process that Ctrl-C ended: the shell's convention for SIGINT. */
export const EXIT_INTERRUPTED = 130
/** Ctrl-C, a supervisor, a terminal that is closed. */
export const ENDING_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const EXIT_FAILURE = 1
const EXIT_MISUSE = 2

/**
 * Runs a command with the process's arguments and sets its exit code. A signal ends it at once, as any process, unless
 * it has called `interrupted`: from then on the first signal aborts what that returns, and the command ends itself.
 */
export async function runCommand<const O extends Options>(command: Command<O>): Promise<void> {
  const abort = new AbortController()
  const interrupted = (): AbortSignal => {
    for (const signal of ENDING_SIGNALS) process.once(signal, () => abort.abort())
    return abort.signal
  }
  endQuietlyWithThePipe()
  try {
    process.exitCode = await exitCodeOf(command, interrupted)
  } catch (error) {
    process.exitCode = abort.signal.aborted ? EXIT_INTERRUPTED : exitCodeFor(error)
    if (!abort.signal.aborted) process.stderr.write(`${sentenceOf(error)}\n`)
  }
  await written()
  // A connection that a library has left open would hold the process for ever: it ends when its work has.
  process.exit()
}

/** When all that was printed is out. Output that failed ends the process by itself. */
function written(): Promise<void> {
  return new Promise((isOut) => process.stdout.write('', (error) => error ?? isOut()))
}

async function exitCodeOf<O extends Options>(command: Command<O>, interrupted: () => AbortSignal): Promise<number> {
  const args = process.argv.slice(2)
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(`${helpText(command.help)}\n`)
    return 0
  }
  return (await command.run(readCommandLine(command, args), interrupted)) ?? 0
}

/** `npm run query … | head` closes the pipe early; that is no error of ours. */
function endQuietlyWithThePipe(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') process.stderr.write(`${sentenceOf(error)}\n`)
    process.exit(error.code === 'EPIPE' ? 0 : EXIT_FAILURE)
  })
  // Who closes it wants no progress and no errors; the work goes on.
  process.stderr.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') process.exitCode = EXIT_FAILURE
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
  if (isFullDisk(error)) return `${error.message}. Make room on the disk, or name another place.`
  if (isFileError(error)) return `${error.message}. Name a file or folder that can be used.`
  if (isUnreached(error)) return `${saidBy(error)}: nobody answers there. ${UNREACHED_HELP}`
  const known = Object.keys(AWS_SENTENCES).find((start) => error.message.startsWith(start))
  return (known && AWS_SENTENCES[known]) ?? error.stack ?? error.message
}

/** What the operating system says of a connection, whoever has made it: `connect ECONNREFUSED 127.0.0.1:4566`. */
function isUnreached(error: Error): boolean {
  return 'code' in error && /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/.test(String(error.code))
}

/** Of a name with several addresses each has said it, and the whole says nothing. */
function saidBy(error: Error): string {
  return error instanceof AggregateError ? error.errors.map(messageOf).join(', ') : error.message
}

const UNREACHED_HELP =
  'See whether that runs, whether the network is there, and what AWS_ENDPOINT_URL and KAFKA_BROKERS name.'

/** What the operating system says of a path that was given: `ENOENT: no such file or directory, open '…'`. */
function isFileError(error: Error): boolean {
  return 'syscall' in error && 'path' in error && 'code' in error
}
