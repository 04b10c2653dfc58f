/** Before the first test: LocalStack and Kafka, both empty. After the last: nothing is left. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { progressOn } from '../../command/progress.ts'
import { brokerAnswers } from '../../localstack/engine/broker-admin.ts'
import { localPaths } from '../../localstack/engine/paths.ts'
import { waitUntilReady } from '../../localstack/engine/waiting.ts'
import { startBroker } from '../../localstack/native/broker.ts'
import { installNative, whileInstalling } from '../../localstack/native/install.ts'
import type { PythonInstallDeps } from '../../localstack/native/python-packages.ts'
import { leftRunning, registryAt } from '../../localstack/process/process-registry.ts'
import { type LocalPlace, placeFor, processesOf } from '../support/local-command.ts'
import { BROKERS, ENDPOINT } from './engine.ts'
import { installLocalStack, startLocalStack } from './server.ts'

const BROKER_DEADLINE_MS = 180_000

const place = await placeFor('localstack-emulator')
const paths = localPaths(place.dir)
const abort = new AbortController()
const registry = registryAt(paths)
const deps: PythonInstallDeps = {
  registry,
  progress: progressOn(process.stderr),
  signal: abort.signal,
  env: process.env,
}

export async function globalSetup(): Promise<void> {
  registry.adopt(leftRunning(join(paths.run, 'processes.json')))
  await registry.endAll()
  rmSync(place.dir, { recursive: true, force: true })
  const localstack = await whileInstalling(paths.install, deps, () => installLocalStack(paths.install, deps))

  const [endpoint, brokers] = await Promise.all([
    startLocalStack(localstack, { port: place.portAws, folder: join(paths.state, 'localstack') }, deps),
    startKafka(place),
  ])

  // The tests' processes inherit them.
  process.env[ENDPOINT] = endpoint
  process.env[BROKERS] = brokers
}

export async function globalTeardown(): Promise<void> {
  abort.abort()
  await registry.endAll()
  const left = processesOf(place)
  if (left.length > 0) throw new Error(`The engine has left processes behind:\n${left.join('\n')}`)
}

async function startKafka({ portKafka }: LocalPlace): Promise<string> {
  const brokers = `127.0.0.1:${portKafka}`
  const programs = await installNative(paths.install, deps)
  const folders = { data: join(paths.state, 'kafka'), scratch: join(paths.tmp, 'kafka') }
  const kafka = await startBroker(programs, { port: portKafka, ...folders }, deps)
  await waitUntilReady(kafka, () => brokerAnswers(brokers), { withinMs: BROKER_DEADLINE_MS, signal: abort.signal })
  return brokers
}
