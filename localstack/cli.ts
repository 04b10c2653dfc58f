import { TickerlakeError, UsageError } from '../lambdas/core/errors.ts'
import { EngineError } from './errors.ts'
import { runLocal } from './local.ts'
import { HELP, parseOptions } from './options.ts'
import { localPaths } from './paths.ts'
import { bookAt } from './process/book.ts'
import { progressOn } from './progress.ts'

const EXIT_MISUSE = 2
/** The shell's convention for a process that SIGINT ended. */
const EXIT_INTERRUPTED = 130

const abort = new AbortController()
const progress = progressOn(process.stderr)

async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2), process.env)
  if (options.command === 'help') {
    process.stdout.write(`${HELP}\n`)
    return 0
  }
  const paths = localPaths(options.dir, options.installDir)
  const book = bookAt(paths, options.verbose ? (output) => progress.say(output.trimEnd()) : undefined)
  endWithSignals(() => book.killAll())
  return runLocal({ options, paths, book, progress, signal: abort.signal, env: process.env })
}

/** The first signal asks for an orderly end; one more means it. */
function endWithSignals(killAll: () => void): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (!abort.signal.aborted) return abort.abort(new EngineError(`Ended by ${signal}.`))
      killAll()
      process.exit(EXIT_INTERRUPTED)
    })
  }
}

function exitCodeFor(error: unknown): number {
  progress.close()
  if (abort.signal.aborted) return EXIT_INTERRUPTED
  const sentence =
    error instanceof TickerlakeError ? error.message : error instanceof Error ? error.stack : String(error)
  process.stderr.write(`${sentence}\n`)
  return error instanceof UsageError ? EXIT_MISUSE : 1
}

process.exitCode = await main().catch(exitCodeFor)
