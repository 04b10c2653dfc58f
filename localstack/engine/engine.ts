import type { Progress } from '../../command/progress.ts'
import type { Environment } from '../../lake/environment.ts'
import type { EngineKind, LocalOptions } from '../command/options.ts'
import type { ProcessRegistry } from '../process/process-registry.ts'
import type { LocalPaths } from './paths.ts'

/** An AWS endpoint and a broker that answer, or will; whoever made them knows how. */
export interface Engine {
  readonly kind: EngineKind
  readonly endpoint: string
  /** When AWS answers: what needs it is loaded meanwhile. */
  readonly endpointReady: Promise<void>
  readonly brokers: string
  /** When the broker serves clients, which takes longer than AWS: the app can be deployed meanwhile. */
  readonly brokersReady: Promise<void>
  /** The brokers as functions reach them, where they have a network of their own. */
  readonly functionBrokers?: string
  /** Whether the endpoint has MSK's API; without it the pipeline is given the brokers themselves. */
  readonly hasMsk: boolean
  /** Whose abilities AWS has here: LocalStack's free edition has no Athena, no Kafka mappings, and fires no schedule. */
  readonly emulator: 'ministack' | 'localstack'
  /** Ends the broker alone: whoever has landed all has no more use for it. */
  endBroker?(): Promise<void>
  /** Puts on disk what AWS otherwise keeps in memory until it is asked to stop. */
  keepState?(): Promise<void>
}

export interface EngineDeps {
  readonly options: LocalOptions
  readonly paths: LocalPaths
  readonly registry: ProcessRegistry
  readonly progress: Progress
  readonly signal: AbortSignal
  readonly env: Environment
  /** Ends the run with an error: a part of the engine has died under it. */
  readonly fail: (error: Error) => void
}
