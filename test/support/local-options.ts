import { readCommandLine } from '../../command/command-line.ts'
import type { Environment } from '../../lake/environment.ts'
import { type LocalOptions, localOptions, OPTIONS } from '../../localstack/command/options.ts'

/** What `npm run local` would do when it is typed with these words. */
export function localOptionsOf(args: readonly string[], env: Environment = {}): LocalOptions {
  return localOptions(readCommandLine({ options: OPTIONS }, args).values, env)
}
