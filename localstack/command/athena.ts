/** `--athena trino`: Athena's own engine on this machine, over the lake that was deployed. */
import { join } from 'node:path'
import type { EngineDeps } from '../engine/engine.ts'
import { EngineError } from '../engine/engine-error.ts'
import { wantFreePort } from '../engine/ports.ts'
import { type EngineState, writeEngineState } from '../engine/run-state.ts'
import { failWhenEnded } from '../engine/waiting.ts'
import { installTrino, startTrino, TRINO_VERSION } from '../trino/trino-server.ts'
import type { Pipeline } from './pipeline.ts'

/** Starts Trino where it is asked for, and tells other commands of it. */
export async function withAthena(pipeline: Pipeline, deps: EngineDeps): Promise<Pipeline> {
  const { options, paths, progress, registry } = deps
  if (options.athena !== 'trino') return pipeline
  if (!pipeline.deployment.athena)
    throw new EngineError(
      '--athena trino finds tables in a catalog, which this engine has not; --engine native has one.',
    )
  const port = options.portTrino
  await wantFreePort(port, { what: 'Trino', flag: '--port-trino' })
  const programs = await installTrino(paths.install, deps)
  progress.doing(`Starting Trino ${TRINO_VERSION}; it takes a minute …`)
  const place = { port, folder: join(paths.tmp, 'trino'), awsEndpoint: pipeline.state.endpoint }
  failWhenEnded(await startTrino(programs, place, deps), deps)
  const state: EngineState = { ...pipeline.state, trino: { port }, processes: registry.servers }
  writeEngineState(paths.run, state)
  progress.say(`Trino ${TRINO_VERSION} answers "npm run query", and by its own protocol at http://127.0.0.1:${port}.`)
  return { ...pipeline, state }
}
