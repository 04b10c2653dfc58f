/**
 * Kafka's classes, read and checked once and mapped into memory at each start after: two fifths of a start's CPU time
 * (class data sharing, JEP 350). A JVM that finds an archive of another build, or of other jars, does without.
 */
import { existsSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { freePortsFrom } from '../engine/ports.ts'
import { waitUntilReady } from '../engine/waiting.ts'
import { endGroup } from '../process/group.ts'
import { startBroker } from './broker.ts'
import { installOnce } from './install-once.ts'
import type { PythonInstallDeps } from './python-packages.ts'
import type { Java } from './tools.ts'

const READY_WITHIN_MS = 180_000
/** A JVM writes its archive when it ends: 4 s of CPU time. */
const WRITTEN_WITHIN_MS = 120_000
const ARCHIVE = 'kafka.jsa'

/** Starts a broker once on storage of its own, and keeps the classes that it has loaded; undefined where its Java cannot. */
export async function installClassArchive(
  parent: string,
  { kafkaJars, java }: { readonly kafkaJars: string; readonly java: Java },
  deps: PythonInstallDeps,
): Promise<string | undefined> {
  // A JVM compares the paths of the jars too.
  const name = { name: 'classes', madeOf: [kafkaJars, java.version] }
  const place = await installOnce(parent, name, async (folder) => {
    deps.progress.doing('Preparing Apache Kafka for quick starts …')
    await writeArchive(folder, { kafkaJars, java: java.command, classArchive: undefined }, deps)
  })
  const archive = join(place, ARCHIVE)
  return existsSync(archive) ? archive : undefined
}

type Programs = Parameters<typeof startBroker>[0]

async function writeArchive(folder: string, programs: Programs, deps: PythonInstallDeps): Promise<void> {
  const { registry, signal } = deps
  const scratch = join(folder, 'scratch')
  const unfinished = join(scratch, ARCHIVE)
  // The controller takes the next port.
  const place = { port: await freePortsFrom(2), data: join(scratch, 'data'), scratch }
  const brokers = `127.0.0.1:${place.port}`
  try {
    const jvm = [`-XX:ArchiveClassesAtExit=${unfinished}`]
    const broker = await startBroker(programs, place, { registry, signal, jvm })
    try {
      const { brokerAnswers, ensureTopic } = await import('../engine/broker-admin.ts')
      await waitUntilReady(broker, () => brokerAnswers(brokers), { withinMs: READY_WITHIN_MS, signal })
      await ensureTopic(brokers, { name: 'classes', partitions: 1 })
      const isWhole = await endGroup(broker.pid, WRITTEN_WITHIN_MS)
      if (isWhole && existsSync(unfinished)) renameSync(unfinished, join(folder, ARCHIVE))
    } finally {
      await registry.end(broker)
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}
