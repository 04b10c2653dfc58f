import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { jsonLog } from '../lambdas/adapters/json-log.ts'
import { systemClock } from '../lambdas/adapters/system-clock.ts'
import { uploadHistory } from './aws/history.ts'
import type { Engine, EngineDeps } from './engine.ts'
import { type RunningMappings, startMappings } from './event-source-mapping/start-mappings.ts'
import { showLive } from './live.ts'
import { replayOnce } from './once.ts'
import { PROJECT } from './paths.ts'
import { deployPipeline, type Pipeline } from './pipeline.ts'
import { answerLines, reportOf, summaryOf, verdictOf } from './report.ts'
import type { EngineState } from './run-state.ts'

const SAMPLE = join(PROJECT, 'localstack', 'sample')

/** Deploys the app, gives it history, runs the mapping, and lets the data flow: once, or until Ctrl-C. */
export async function runPipeline(state: EngineState, engine: Engine, deps: EngineDeps): Promise<number> {
  const pipeline = await deployPipeline(state, engine, deps)
  const folder = deps.options.history ?? SAMPLE
  const files = await uploadHistory(folder, pipeline.lake)
  deps.progress.say(`Uploaded ${files} history files from ${folder}.`)

  const ending = new AbortController()
  const mappings = startMapping(state, { ...deps, signal: AbortSignal.any([deps.signal, ending.signal]) })
  try {
    return deps.options.once ? await finish(pipeline, files, deps) : await live(pipeline, mappings, deps)
  } finally {
    ending.abort()
    await mappings.done
  }
}

function startMapping(state: EngineState, { paths, signal }: EngineDeps): RunningMappings {
  mkdirSync(paths.log, { recursive: true })
  const file = createWriteStream(join(paths.log, 'mapping.log'))
  const log = jsonLog((line) => void file.write(line))
  return startMappings({ endpoint: state.endpoint, brokers: state.brokers.split(','), signal, clock: systemClock, log })
}

async function finish(pipeline: Pipeline, files: number, deps: EngineDeps): Promise<number> {
  const facts = await replayOnce(pipeline, deps)
  const report = reportOf(facts, files, pipeline)
  if (deps.options.report) writeFileSync(deps.options.report, `${JSON.stringify(report, null, 2)}\n`)
  for (const text of [summaryOf(report), answerLines(facts), '', verdictOf(report)]) deps.progress.say(text)
  return report.ok ? 0 : 1
}

async function live(pipeline: Pipeline, mappings: RunningMappings, deps: EngineDeps): Promise<number> {
  deps.progress.say('Running. Ctrl-C ends it; "npm run query -- \'SELECT …\'" asks Athena meanwhile.')
  await showLive(pipeline, mappings, deps)
  return 0
}
