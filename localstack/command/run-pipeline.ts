import { createWriteStream, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { SchedulerClient } from '@aws-sdk/client-scheduler'
import { type RunningMappings, startMappings } from 'lambda-kafka-local'
import { writeResult } from '../../command/result-file.ts'
import { systemClock } from '../../lake/clock.ts'
import { jsonLog, type Log } from '../../lake/log.ts'
import { type UploadedHistory, uploadHistory } from '../aws/history.ts'
import { localClientConfig } from '../aws/local-aws.ts'
import type { EngineDeps } from '../engine/engine.ts'
import { PROJECT } from '../engine/paths.ts'
import { deployedRates, fireSchedules } from '../schedules/fire-schedules.ts'
import { withAthena } from './athena.ts'
import { startDashboard } from './dashboard.ts'
import type { Ground } from './ground.ts'
import { showLive } from './live.ts'
import { replayOnce } from './once.ts'
import { deployPipeline, type Pipeline } from './pipeline.ts'
import { answerLines, lossesOf, reportOf, summaryOf, verdictOf } from './report.ts'
import { count } from './words.ts'

const SAMPLE = join(PROJECT, 'localstack', 'sample')

const NOTHING_UPLOADED: UploadedHistory = { files: 0, skipped: [] }

/** Deploys the app, gives it history, runs the mapping, and lets the data flow: once, or until Ctrl-C. */
export async function runPipeline(ground: Ground, deps: EngineDeps): Promise<number> {
  const pipeline = await withAthena(await deployPipeline(ground, deps), deps)
  const history = deps.options.live ? NOTHING_UPLOADED : await uploaded(pipeline, deps)
  const { strict, once } = deps.options
  if (strict && !once && history.skipped.length > 0) return endStrictly(history.skipped.length, 0, deps)

  const ending = new AbortController()
  const background = { ...deps, signal: AbortSignal.any([deps.signal, ending.signal]) }
  const log = logTo(join(deps.paths.log, 'mapping.log'), deps.fail)
  const mappings = startMapping(pipeline, background, log)
  const schedules =
    ground.engine.emulator === 'localstack' ? fireDeployed(pipeline, background, log).catch(deps.fail) : undefined
  const endStream = async () => {
    ending.abort()
    await Promise.all([mappings.done, schedules])
  }
  const landed = async () => {
    await endStream()
    if (!deps.options.keep) await ground.engine.endBroker?.()
  }
  try {
    return deps.options.once
      ? await finish(pipeline, { history, mappings }, { ...deps, landed })
      : await live(pipeline, mappings, deps)
  } finally {
    await endStream()
  }
}

/** A log in a file; one that cannot be written, as on a full disk, fails the run: nobody listening, it would end the process and leave broker and AWS. */
export function logTo(file: string, fail: (error: Error) => void): Log {
  mkdirSync(dirname(file), { recursive: true })
  const stream = createWriteStream(file)
  stream.on('error', fail)
  return jsonLog((line) => void stream.write(line))
}

function startMapping({ state, deployment }: Pipeline, { signal }: EngineDeps, log: Log): RunningMappings {
  const { mappingDescription } = deployment
  const described = mappingDescription ? { mappings: [JSON.parse(mappingDescription)] } : {}
  const brokers = state.brokers.split(',')
  return startMappings({ endpoint: state.endpoint, brokers, ...described, signal, clock: systemClock, log })
}

async function fireDeployed(
  { state, lambda, stepFunctions }: Pipeline,
  { signal }: EngineDeps,
  log: Log,
): Promise<void> {
  const rates = await deployedRates(new SchedulerClient(localClientConfig(state.endpoint)))
  await fireSchedules(rates, { lambda, stepFunctions, clock: systemClock, log, signal })
}

async function finish(
  pipeline: Pipeline,
  { history, mappings }: { readonly history: UploadedHistory; readonly mappings: RunningMappings },
  deps: EngineDeps & { readonly landed: () => Promise<void> },
): Promise<number> {
  const facts = await replayOnce(pipeline, mappings, deps)
  const report = reportOf(facts, history, { ...pipeline, strict: deps.options.strict })
  if (deps.options.report) writeResult(deps.options.report, `${JSON.stringify(report, null, 2)}\n`)
  for (const text of [summaryOf(report), answerLines(facts), '', verdictOf(report)]) deps.progress.say(text)
  return report.ok ? 0 : 1
}

async function uploaded({ lake }: Pipeline, { options, progress }: EngineDeps): Promise<UploadedHistory> {
  const folder = options.history ?? SAMPLE
  progress.doing(`Uploading the history in ${folder} …`)
  const { files, skipped, fetched } = await uploadHistory(folder, lake)
  // What stands beside the sample is ours, and nobody misses it.
  const history = { files, skipped: options.history === undefined ? [] : skipped }
  progress.say(`Uploaded ${filesOf(files)} of history from ${folder}.`)
  if (fetched > 0) progress.say(`What --live fetched before stays beside them: ${filesOf(fetched)} in history/yahoo.`)
  for (const { file, reason } of history.skipped) progress.say(`Left out ${file}: ${reason}`)
  return history
}

function filesOf(number: number): string {
  return number === 1 ? '1 file' : `${count(number)} files`
}

async function live(pipeline: Pipeline, mappings: RunningMappings, deps: EngineDeps): Promise<number> {
  const dashboard = startDashboard(pipeline.state, mappings, deps)
  deps.progress.say('Running. Ctrl-C ends it; "npm run query -- \'SELECT …\'" asks the lake meanwhile.')
  const ending = new AbortController()
  const feeding = feedFrom(pipeline, { ...deps, signal: AbortSignal.any([deps.signal, ending.signal]) })
  try {
    const rejected = await showLive(pipeline, mappings, deps)
    return deps.options.strict ? endStrictly(0, rejected, deps) : 0
  } finally {
    ending.abort()
    await Promise.all([dashboard.end(), feeding])
  }
}

/** With --live: from the web into the lake, until the signal. */
async function feedFrom(pipeline: Pipeline, deps: EngineDeps): Promise<void> {
  const { live } = deps.options
  if (!live) return
  const { feed } = await import('./feed.ts')
  await feed(live, { pipeline, deps, log: logTo(join(deps.paths.log, 'feed.log'), deps.fail) }).catch(deps.fail)
}

/** The exit code of a run that may lose nothing, with a sentence for what it has lost. */
function endStrictly(leftOut: number, rejected: number, { progress }: EngineDeps): number {
  const losses = lossesOf(leftOut, { rejected })
  for (const loss of losses) progress.say(`${loss} --strict ends the run.`)
  return losses.length > 0 ? 1 : 0
}
