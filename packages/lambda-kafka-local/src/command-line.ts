/** A command's arguments, help, exit code and end by Ctrl-C. */
import { type ParseArgsConfig, parseArgs } from 'node:util'
import { MappingError, UsageError } from './errors.ts'

type Options = NonNullable<ParseArgsConfig['options']>
export type Values<O extends Options> = ReturnType<typeof parseArgs<{ args: string[]; options: O }>>['values']

interface Command<O extends Options> {
  readonly help: string
  readonly options: O
  /** Does the work until the signal of Ctrl-C, SIGTERM or a closed terminal; returns the exit code. */
  readonly run: (values: Values<O>, interrupted: AbortSignal) => Promise<number>
}

const ENDING_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Runs a command with the process's arguments; the exit code is what it returned, 1 for a failure, 2 for a misuse. */
export async function runCommand<const O extends Options>(command: Command<O>): Promise<void> {
  const args = process.argv.slice(2)
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(`${command.help.trim()}\n`)
    return
  }
  const interrupt = new AbortController()
  for (const signal of ENDING_SIGNALS) process.once(signal, () => interrupt.abort())
  endQuietlyWithThePipe()
  try {
    process.exitCode = await command.run(valuesOf(command.options, args), interrupt.signal)
  } catch (error) {
    process.stderr.write(`${sentenceOf(error)}\n`)
    process.exitCode = error instanceof UsageError ? 2 : 1
  }
}

/** A whole number from `min` to `max`, or one sentence. */
export function wholeNumber(option: string, text: string, [min, max]: readonly [number, number]): number {
  const value = Number(text)
  if (text.trim() !== '' && Number.isInteger(value) && value >= min && value <= max) return value
  throw new UsageError(`${option} takes a whole number from ${min} to ${max}; got "${text}".`)
}

/** The values of a command line; one sentence where the command does not take them. */
export function valuesOf<const O extends Options>(options: O, args: readonly string[]): Values<O> {
  try {
    return parseArgs({ args: [...args], options }).values
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause)
    throw new UsageError(`${said.split('. To specify', 1)[0]}. See --help.`, { cause })
  }
}

function endQuietlyWithThePipe(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    process.exit(0)
  })
}

function sentenceOf(error: unknown): string {
  if (error instanceof MappingError) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
