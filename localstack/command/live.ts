/** `npm run local` without --once: the scheduler sends, and this tells what arrives until Ctrl-C. */
import { setTimeout as delay } from 'node:timers/promises'
import type { RunningMappings } from 'lambda-kafka-local'
import { answerText } from '../../command/answer-text.ts'
import { CountedFiles, type FileCount } from '../../lake/parquet/counted-files.ts'
import { BARS, BARS_LANDING } from '../../lake/tables/tables.ts'
import { startScheduledMinute } from '../aws/replay.ts'
import type { EngineDeps } from '../engine/engine.ts'
import { shownSql } from './once.ts'
import type { Pipeline } from './pipeline.ts'
import { count, indented } from './words.ts'

const POLL_MS = 1_000

/** Records that were rejected meanwhile; ends before Ctrl-C at the first of them where nothing may be lost. */
export async function showLive(pipeline: Pipeline, mappings: RunningMappings, deps: EngineDeps): Promise<number> {
  const { progress, signal, options } = deps
  const landing = new CountedFiles(pipeline.lake, BARS_LANDING)
  const bars = new CountedFiles(pipeline.lake, BARS)
  const before = await landing.count()
  // The schedule fires at whole minutes; nobody wants to wait for the first one.
  await startScheduledMinute({ lambda: pipeline.lambda, functionName: pipeline.deployment.producerFunction })
  let isShown = false
  let totals = ''
  let rejected = 0
  while (!signal.aborted && !(options.strict && rejected > 0)) {
    const [landed, compacted] = await Promise.all([landing.count(), bars.count()])
    rejected = landed.rejected - before.rejected
    // With the signal the mapping ends, and knows its topic no more.
    if (signal.aborted && totals !== '') break
    if (landed.rows > 0 && !isShown) {
      isShown = true
      progress.say(await shownAnswer(pipeline))
    }
    totals = totalsOf(broker(mappings), landed, compacted)
    progress.doing(totals)
    await delay(POLL_MS, undefined, { signal }).catch(() => undefined)
  }
  if (totals !== '') progress.say(`Until now: ${totals}`)
  return rejected
}

function totalsOf({ sent, lag, givenUp }: BrokerSide, landed: FileCount, compacted: FileCount): string {
  const parts = [
    `sent ${count(sent)}`,
    `landed ${count(landed.rows)}`,
    `lag ${lag === undefined ? '?' : count(lag)}`,
    `rejected ${count(landed.rejected)}`,
    `files ${count(landed.files)}`,
    `compacted ${count(compacted.rows)}`,
    ...(givenUp > 0 ? [`given up ${count(givenUp)} since the start: npm run redrive`] : []),
  ]
  return parts.join('  ')
}

interface BrokerSide {
  readonly sent: number
  readonly lag: number | undefined
  /** Records that went to the on-failure destination since the start. */
  readonly givenUp: number
}

function broker(mappings: RunningMappings): BrokerSide {
  const status = mappings.status()
  const partitions = status.flatMap((mapping) => mapping.partitions)
  return {
    sent: partitions.reduce((sum, { highWatermark }) => sum + (highWatermark ?? 0), 0),
    lag: status.reduce<number | undefined>((sum, { lag }) => (lag === null ? sum : (sum ?? 0) + lag), undefined),
    givenUp: status.reduce((sum, { discarded }) => sum + discarded, 0),
  }
}

async function shownAnswer({ queries }: Pipeline): Promise<string> {
  const answer = await queries.run(shownSql())
  return ['', `${queries.name} says of what has landed until now:`, indented(answerText(answer, 'table')), ''].join(
    '\n',
  )
}
