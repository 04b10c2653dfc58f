/** The dashboard beside a run: a process of its own, so that whoever looks at the lake never holds up what flows into it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import type { RunningMappings } from 'lambda-kafka-local'
import type { EngineDeps } from '../engine/engine.ts'
import { PROJECT } from '../engine/paths.ts'
import type { EngineState } from '../engine/run-state.ts'

/** How often the page hears what the mapping does. */
const TELL_MS = 500

export interface RunningDashboard {
  /** Resolves when its process has ended. */
  end(): Promise<void>
}

/** Starts it, says its address as soon as it answers, and tells it what the mapping does. It ends with this process, however that ends. */
export function startDashboard(
  state: EngineState,
  mappings: RunningMappings,
  { env, progress }: Pick<EngineDeps, 'env' | 'progress'>,
): RunningDashboard {
  // As an address: in a path, a mark such as # would end it.
  const compiled = import.meta.resolve('../../command/compiled.mjs')
  const flags = ['--import', compiled, '--disable-warning=TimeoutNegativeWarning']
  const child = spawn(process.execPath, [...flags, join(PROJECT, 'cli', 'dashboard.ts')], {
    env: {
      ...env,
      AWS_ENDPOINT_URL: state.endpoint,
      AWS_REGION: state.region,
      KAFKA_BROKERS: state.brokers,
      TICKERLAKE_STAGE: state.stage,
    },
    // Over the last one it hears of the mapping; when it closes, the dashboard ends.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const ended = new Promise<void>((done) => child.once('close', () => done()))
  const say = (text: unknown): void => progress.say(String(text).trimEnd())
  child.stdout?.on('data', say)
  child.stderr?.on('data', say)
  child.once('error', (error) => say(`The dashboard cannot be started: ${error.message}`))
  const telling = setInterval(() => tell(child, mappings), TELL_MS)
  return {
    async end() {
      clearInterval(telling)
      child.kill('SIGTERM')
      await ended
    },
  }
}

function tell(child: ChildProcess, mappings: RunningMappings): void {
  const [status] = mappings.status()
  // Its process may have gone a moment ago; its end is told elsewhere.
  if (status && child.connected) child.send(status, () => undefined)
}
