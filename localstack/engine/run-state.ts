import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Environment } from '../../lake/environment.ts'
import type { EngineKind } from '../command/options.ts'
import { isAlive, type ProcessIdentity } from '../process/identity.ts'
import { localPaths } from './paths.ts'
import { readNote, writeWhole } from './whole-file.ts'

/** The addresses of a local engine, written to `run/engine.json` as soon as it answers. */
export interface EngineState {
  readonly engine: EngineKind
  /** Who runs it; an engine that was kept (`--keep`) runs without. */
  readonly owner: ProcessIdentity | undefined
  /** Where AWS answers. */
  readonly endpoint: string
  /** Kafka's bootstrap list, separated by commas. */
  readonly brokers: string
  readonly region: string
  readonly stage: string
  readonly topic: string
  /** Where Trino answers queries; undefined where DuckDB does. */
  readonly trino?: { readonly port: number } | undefined
  /** Undefined where the endpoint has no MSK. */
  readonly clusterArn: string | undefined
  /** ISO 8601 */
  readonly started: string
  /** The engine's own processes; it lives while all of them do. */
  readonly processes: readonly (ProcessIdentity & { readonly name: string })[]
}

/** Where an engine is, before it is all started. */
export type EnginePlace = Omit<EngineState, 'processes'>

function engineFile(run: string): string {
  return join(run, 'engine.json')
}

/** The engine that runs on this machine for this project, or undefined. `TICKERLAKE_LOCAL_DIR` names another. */
export function runningEngine(env: Environment): EngineState | undefined {
  return readEngineState(localPaths(env['TICKERLAKE_LOCAL_DIR']).run)
}

/** The state in a folder, or undefined where none is or its processes have ended. */
export function readEngineState(run: string): EngineState | undefined {
  const state = readNote<EngineState>(engineFile(run))
  return state?.processes.every(isAlive) ? state : undefined
}

export function writeEngineState(run: string, state: EngineState): void {
  writeWhole(engineFile(run), JSON.stringify(state, null, 2))
}

export function removeEngineState(run: string): void {
  rmSync(engineFile(run), { force: true })
}
