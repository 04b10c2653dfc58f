/** What it takes to install and run the engine's programs from a test. */
import { registryAt } from '../../localstack/process/process-registry.ts'

/** What it runs is noted in the folder. */
export function installDeps(folder: string) {
  return {
    registry: registryAt({ run: folder, log: folder }),
    progress: { say() {}, doing() {}, close() {} },
    signal: new AbortController().signal,
    env: process.env,
  }
}
