import { ENDING_SIGNALS, EXIT_INTERRUPTED, runCommand } from '../command/command.ts'
import { progressOn } from '../command/progress.ts'
import { useProxyOf } from '../command/proxy.ts'
import { HELP, localOptions, OPTIONS } from './command/options.ts'
import { localPaths } from './engine/paths.ts'
import { registryAt } from './process/process-registry.ts'

await runCommand({
  help: HELP,
  options: OPTIONS,
  async run({ values }, interrupted) {
    const options = localOptions(values, process.env)
    useProxyOf(process.env)
    const progress = progressOn(process.stderr)
    const paths = localPaths(options.dir, options.installDir)
    const registry = registryAt(paths, options.verbose ? (output) => progress.say(output.trimEnd()) : undefined)
    const signal = interrupted()
    signal.addEventListener('abort', () => endAtOnceOnOneMore(() => registry.killAll()))
    try {
      // What runs is loaded now, so that help and a misuse answer at once.
      const { runLocal } = await import('./command/local.ts')
      return await runLocal({ options, paths, registry, progress, signal, env: process.env })
    } finally {
      progress.close()
    }
  },
})

/** The first signal asked for an orderly end; one more means it. */
function endAtOnceOnOneMore(killAll: () => void): void {
  for (const name of ENDING_SIGNALS) {
    process.once(name, () => {
      killAll()
      process.exit(EXIT_INTERRUPTED)
    })
  }
}
