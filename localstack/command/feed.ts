/** `npm run local -- --live`: the fetcher's own step from here, and the producer as soon as it has found something. */
import { systemClock as clock } from '../../lake/clock.ts'
import type { Log } from '../../lake/log.ts'
import type { FetchAnswer } from '../../lambdas/fetcher/fetcher.ts'
import { keepFetching } from '../../lambdas/fetcher/keep-fetching.ts'
import { startScheduledMinute } from '../aws/replay.ts'
import type { EngineDeps } from '../engine/engine.ts'
import type { LiveOptions } from './options.ts'
import type { Pipeline } from './pipeline.ts'
import { count } from './words.ts'

const YEARS = 10

interface FeedPlace {
  readonly pipeline: Pipeline
  readonly deps: Pick<EngineDeps, 'progress' | 'signal'>
  readonly log: Log
}

/** Fetches until the end; what is new is sent at once, not with the next minute of the schedule. */
export async function feed(live: LiveOptions, { pipeline, deps, log }: FeedPlace): Promise<void> {
  const { lake: store, lambda, deployment } = pipeline
  const { progress, signal } = deps
  const { symbols, intervals, endpoint } = live
  let isFirst = true
  progress.say(`Fetching ${symbols.join(', ')} at ${intervals.join(' and ')} from ${endpoint ?? 'Yahoo Finance'}.`)
  await keepFetching({ symbols, intervals, years: YEARS }, { store, clock, log, signal, endpoint }, async (answer) => {
    for (const line of told(answer, isFirst)) progress.say(line)
    if (answer.left === 0) isFirst = false
    if (answer.bars > 0 && !signal.aborted) {
      await startScheduledMinute({ lambda, functionName: deployment.producerFunction })
    }
  })
}

/** What came of the first run, and later what went wrong. */
function told({ asked, bars, failed, gone, pausedUntil }: FetchAnswer, isFirst: boolean): readonly string[] {
  return [
    ...(isFirst ? [`Fetched ${count(bars)} bars with ${count(asked)} requests.`] : []),
    ...(gone.length > 0
      ? [`Yahoo Finance has no bars of ${[...new Set(gone)].join(', ')}. It is asked once a day from here on.`]
      : []),
    ...(failed > 0 ? [`${count(failed)} could not be fetched and will be tried again; log/feed.log says why.`] : []),
    ...(pausedUntil === null ? [] : [`Yahoo Finance asks for fewer requests; it is left alone until ${pausedUntil}.`]),
  ]
}
