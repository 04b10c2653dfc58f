import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Progress } from '../../command/progress.ts'
import { installOnce } from './install-once.ts'
import { fetchJar, type LockedJar, mavenSource } from './maven.ts'

const LOCK_FILE = join(import.meta.dirname, 'kafka-jars.lock.json')
const AT_ONCE = 6

/** Installs Apache Kafka's server jars and gives the folder that holds them. */
export async function installKafka(parent: string, progress: Progress, signal: AbortSignal): Promise<string> {
  const text = readFileSync(LOCK_FILE, 'utf8')
  const { kafka, jars }: { readonly kafka: string; readonly jars: readonly LockedJar[] } = JSON.parse(text)
  return installOnce(parent, { name: `kafka-${kafka}`, madeOf: [text] }, async (folder) => {
    const source = mavenSource()
    const waiting = [...jars]
    const worker = async () => {
      for (let jar = waiting.pop(); jar; jar = waiting.pop()) {
        signal.throwIfAborted()
        await fetchJar(jar, folder, source)
        progress.doing(`Installing Apache Kafka ${kafka}: ${jars.length - waiting.length} of ${jars.length} jars`)
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, worker))
    progress.say(`Installed Apache Kafka ${kafka}.`)
  })
}
