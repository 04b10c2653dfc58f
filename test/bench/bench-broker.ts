/** A broker of a benchmark's own, and a topic full of bars: on this machine alone, gone with the benchmark. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Kafka, logLevel } from 'kafkajs'
import { ENDING_SIGNALS, EXIT_INTERRUPTED } from '../../command/command.ts'
import { progressOn } from '../../command/progress.ts'
import { KafkajsSender } from '../../lake/kafka/kafkajs-sender.ts'
import { brokerAnswers, ensureTopic } from '../../localstack/engine/broker-admin.ts'
import { localPaths } from '../../localstack/engine/paths.ts'
import { freePortsFrom } from '../../localstack/engine/ports.ts'
import { waitUntilReady } from '../../localstack/engine/waiting.ts'
import { startBroker } from '../../localstack/native/broker.ts'
import { installNative } from '../../localstack/native/install.ts'
import { registryAt } from '../../localstack/process/process-registry.ts'

export interface BenchBroker {
  readonly brokers: string
  /** Programs are installed here, for all benchmarks and engines. */
  readonly install: string
  /** For whatever a benchmark writes. */
  readonly folder: string
  makeTopic(name: string): Promise<void>
  sender(topic: string): KafkajsSender
  close(): Promise<void>
}

const PARTITIONS = 4
const READY_WITHIN_MS = 180_000

export async function benchBroker(signal: AbortSignal): Promise<BenchBroker> {
  const folder = mkdtempSync(join(tmpdir(), 'tickerlake-bench-'))
  const { install } = localPaths()
  const registry = registryAt({ run: join(folder, 'run'), log: join(folder, 'log') })
  const endAtOnce = (): void => {
    registry.killAll()
    rmSync(folder, { recursive: true, force: true })
    process.exit(EXIT_INTERRUPTED)
  }
  for (const name of ENDING_SIGNALS) process.once(name, endAtOnce)
  const close = async (): Promise<void> => {
    for (const name of ENDING_SIGNALS) process.off(name, endAtOnce)
    await registry.endAll()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    const deps = { registry, progress: progressOn(process.stderr), signal, env: process.env }
    const programs = await installNative(install, deps)
    const port = await freePortsFrom(2)
    const brokers = `127.0.0.1:${port}`
    const place = { port, data: join(folder, 'kafka'), scratch: join(folder, 'scratch') }
    const kafka = await startBroker(programs, place, deps)
    await waitUntilReady(kafka, () => brokerAnswers(brokers), { withinMs: READY_WITHIN_MS, signal })
    const client = new Kafka({ clientId: 'bench', brokers: [brokers], logLevel: logLevel.NOTHING })
    return {
      brokers,
      install,
      folder,
      makeTopic: async (name) => void (await ensureTopic(brokers, { name, partitions: PARTITIONS })),
      sender: (topic) => new KafkajsSender(client, topic),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
