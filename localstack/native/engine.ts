import { join } from 'node:path'
import type { Engine, EngineDeps } from '../engine/engine.ts'
import { wantFreePort } from '../engine/ports.ts'
import { failWhenEnded, isHttpOk, waitUntilReady } from '../engine/waiting.ts'
import type { RunningProcess } from '../process/process-registry.ts'
import { startBroker } from './broker.ts'
import { installNative, type NativePrograms } from './install.ts'
import { startMinistack } from './ministack.ts'

/** Kafka takes about 8 s on two idle cores; a machine that builds something else meanwhile, many times that. */
const BROKER_DEADLINE_MS = 180_000
const AWS_DEADLINE_MS = 120_000

/** Apache Kafka and MiniStack as processes of this machine: no Docker, no account. */
export async function startNativeEngine(deps: EngineDeps): Promise<Engine> {
  const { options, paths, progress } = deps
  await wantFreePort(options.portKafka, { what: 'Kafka', flag: '--port-kafka' })
  await wantFreePort(options.portKafka + 1, { what: "Kafka's controller", flag: '--port-kafka' })
  await wantFreePort(options.portAws, { what: 'AWS', flag: '--port-aws' })
  const programs = await installNative(paths.install, deps)

  progress.doing('Starting Apache Kafka and MiniStack …')
  const brokers = `127.0.0.1:${options.portKafka}`
  const broker = startKafka(programs, brokers, deps)
  const brokersReady = broker.then(() => undefined)
  brokersReady.catch(deps.fail)
  let current = startAws(programs, deps)
  const endpointReady = current.then(() => undefined)
  endpointReady.catch(deps.fail)
  return {
    kind: 'native',
    endpoint: endpointOf(deps),
    endpointReady,
    brokers,
    brokersReady,
    hasMsk: true,
    emulator: 'ministack',
    endBroker: async () => deps.registry.end(await broker),
    async keepState() {
      await deps.registry.end(await current)
      current = startAws(programs, deps)
      await current
    },
  }
}

async function startKafka(programs: NativePrograms, brokers: string, deps: EngineDeps): Promise<RunningProcess> {
  const { paths, options, signal } = deps
  const place = { port: options.portKafka, data: join(paths.state, 'kafka'), scratch: join(paths.tmp, 'kafka') }
  const kafka = await startBroker(programs, place, deps)
  const { brokerAnswers } = await import('../engine/broker-admin.ts')
  await waitUntilReady(kafka, () => brokerAnswers(brokers), { withinMs: BROKER_DEADLINE_MS, signal })
  failWhenEnded(kafka, deps)
  return kafka
}

async function startAws(programs: NativePrograms, deps: EngineDeps): Promise<RunningProcess> {
  const { options, paths, registry, signal } = deps
  const place = {
    port: options.portAws,
    brokers: `127.0.0.1:${options.portKafka}`,
    data: join(paths.state, 'aws'),
    scratch: join(paths.tmp, 'aws'),
  }
  const aws = startMinistack(programs, place, registry)
  await waitUntilReady(aws, () => isHttpOk(`${endpointOf(deps)}/_ministack/ready`), {
    withinMs: AWS_DEADLINE_MS,
    signal,
  })
  failWhenEnded(aws, deps)
  return aws
}

function endpointOf({ options }: EngineDeps): string {
  return `http://127.0.0.1:${options.portAws}`
}
