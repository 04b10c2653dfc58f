import { join } from 'node:path'
import { brokerAnswers } from '../broker-admin.ts'
import type { Engine, EngineDeps } from '../engine.ts'
import { wantFreePort } from '../port.ts'
import type { RunningProcess } from '../process/book.ts'
import { waitUntilReady } from '../wait.ts'
import { startBroker } from './broker.ts'
import { installNative, type NativePrograms } from './install.ts'
import { startMinistack } from './ministack.ts'

/** Kafka takes about 8 s on two idle cores; a busy machine may need a few times that. */
const BROKER_DEADLINE_MS = 90_000
const AWS_DEADLINE_MS = 60_000

/** Apache Kafka and MiniStack as processes of this machine: no Docker, no account. */
export async function startNativeEngine(deps: EngineDeps): Promise<Engine> {
  const { options, paths, progress } = deps
  await wantFreePort(options.portKafka, { what: 'Kafka', flag: '--port-kafka' })
  await wantFreePort(options.portKafka + 1, { what: "Kafka's controller", flag: '--port-kafka' })
  await wantFreePort(options.portAws, { what: 'AWS', flag: '--port-aws' })
  const programs = await installNative(paths.install, deps)

  progress.doing('Starting Apache Kafka and MiniStack …')
  const brokers = `127.0.0.1:${options.portKafka}`
  const awsStarted = startAws(programs, deps)
  const broker = await startBroker(programs, brokerPlace(deps), deps)
  await Promise.all([
    awsStarted,
    waitUntilReady(broker, () => brokerAnswers(brokers), { withinMs: BROKER_DEADLINE_MS, signal: deps.signal }),
  ])
  return { endpoint: endpointOf(deps), brokers }
}

/** Starts MiniStack and waits until it answers. */
export async function startAws(programs: NativePrograms, deps: EngineDeps): Promise<RunningProcess> {
  const { options, paths, book, signal } = deps
  const place = {
    port: options.portAws,
    brokers: `127.0.0.1:${options.portKafka}`,
    data: join(paths.state, 'aws'),
    scratch: join(paths.tmp, 'aws'),
  }
  const aws = startMinistack(programs, place, book)
  await waitUntilReady(aws, () => awsAnswers(endpointOf(deps)), { withinMs: AWS_DEADLINE_MS, signal })
  return aws
}

function brokerPlace({ options, paths }: EngineDeps) {
  return { port: options.portKafka, data: join(paths.state, 'kafka'), scratch: join(paths.tmp, 'kafka') }
}

function endpointOf({ options }: EngineDeps): string {
  return `http://127.0.0.1:${options.portAws}`
}

async function awsAnswers(endpoint: string): Promise<boolean> {
  const answer = await fetch(`${endpoint}/_ministack/ready`)
  return answer.ok
}
