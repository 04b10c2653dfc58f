/** `npm run local -- --live`: the fetcher's own step from here, each minute, and the producer after it. */
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { systemClock as clock } from '../../lake/clock.ts'
import { yahooCharts } from '../../lake/history/yahoo-chart.ts'
import type { Log } from '../../lake/log.ts'
import { type FetchAnswer, fetchDue } from '../../lambdas/fetcher/fetcher.ts'
import { startScheduledMinute } from '../aws/replay.ts'
import type { EngineDeps } from '../engine/engine.ts'
import type { LiveOptions } from './options.ts'
import type { Pipeline } from './pipeline.ts'
import { count } from './words.ts'

const EVERY_MS = 60_000
const RUN_MS = 15 * 60_000
const YEARS = 10
const BUDGET = 500

export class Feed {
  readonly #live: LiveOptions
  readonly #pipeline: Pipeline
  readonly #deps: EngineDeps
  readonly #log: Log

  constructor(live: LiveOptions, { pipeline, deps, log }: { pipeline: Pipeline; deps: EngineDeps; log: Log }) {
    this.#live = live
    this.#pipeline = pipeline
    this.#deps = deps
    this.#log = log
  }

  /** Asks for what there is now, and says what came of it. */
  async begin(): Promise<void> {
    const { progress } = this.#deps
    const { symbols, intervals } = this.#live
    progress.doing(`Asking Yahoo Finance for ${symbols.join(', ')} …`)
    const { asked, bars, failed, gone } = await this.#fetch()
    progress.say(
      `Fetched ${count(bars)} bars of ${symbols.join(', ')} at ${intervals.join(' and ')}: ${asked} requests.`,
    )
    if (gone.length > 0) progress.say(`Yahoo Finance has no bars of ${[...new Set(gone)].join(', ')}.`)
    if (failed > 0) progress.say(`${failed} could not be fetched and will be tried again; the log is feed.log.`)
  }

  /** Goes on each minute until the end; what is new is sent at once, not with the next minute of the schedule. */
  async run(): Promise<void> {
    const { signal } = this.#deps
    const { lambda, deployment } = this.#pipeline
    while (!signal.aborted) {
      await delay(EVERY_MS, undefined, { signal }).catch(() => undefined)
      if (signal.aborted) return
      const { bars } = await this.#fetch()
      if (bars > 0) await startScheduledMinute({ lambda, functionName: deployment.producerFunction })
    }
  }

  #fetch(): Promise<FetchAnswer> {
    const end = clock.now() + RUN_MS
    return fetchDue(
      { ...this.#live, years: YEARS, budget: BUDGET },
      {
        charts: yahooCharts({ endpoint: this.#live.endpoint }),
        store: this.#pipeline.lake,
        clock,
        random: Math.random,
        freshId: randomUUID,
        log: this.#log,
        metrics: { record: () => {} },
        remainingMs: () => end - clock.now(),
      },
    )
  }
}
