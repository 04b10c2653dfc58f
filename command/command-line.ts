/** The words after a command's name, read by what the command takes; one sentence where it does not take them. */
import { type ParseArgsConfig, parseArgs } from 'node:util'
import { messageOf, UsageError } from '../lake/errors.ts'

export type Options = NonNullable<ParseArgsConfig['options']>
/** What was typed: the options' values, and the words beside them. */
export type CommandLine<O extends Options> = ReturnType<
  typeof parseArgs<{ args: string[]; options: O; allowPositionals: true }>
>

/** What a command takes. */
export interface Accepts<O extends Options> {
  readonly options: O
  /** Whether words that are no options mean something to it. @default false, they are refused */
  readonly words?: boolean
}

/** Reads the arguments; throws a UsageError for what the command does not know. */
export function readCommandLine<const O extends Options>(
  { options, words = false }: Accepts<O>,
  args: readonly string[],
): CommandLine<O> {
  const line = parsed(args, options)
  const [word] = line.positionals
  if (words || word === undefined) return line
  throw new UsageError(`This command takes options only; got "${word}". See --help.`)
}

function parsed<O extends Options>(args: readonly string[], options: O): CommandLine<O> {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true })
  } catch (cause) {
    throw new UsageError(`${refusal(cause)} See --help.`, { cause })
  }
}

/** Node's own message goes on with advice about option values; its beginning says what is wrong. */
function refusal(cause: unknown): string {
  const said = messageOf(cause)
  const [, unknown] = /^Unknown option '([^']*)'/.exec(said) ?? []
  if (unknown !== undefined) return `There is no option ${unknown}.`
  const [, dashed] = /^Option '([^' ,]*)/.exec(said) ?? []
  if (dashed !== undefined && said.includes('ambiguous')) {
    return `${dashed} wants a value; one that begins with a dash goes behind a =, as in ${dashed}=-1.`
  }
  return `${said.split('\n', 1)[0]?.replace(/\.?$/, '.')}`
}
