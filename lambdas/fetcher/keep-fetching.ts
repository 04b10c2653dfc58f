/** The fetcher's step without a scheduler: on this machine, as often as something is due, until it is ended. */
import { randomUUID } from 'node:crypto'
import type { Clock } from '../../lake/clock.ts'
import { yahooCharts } from '../../lake/history/yahoo-chart.ts'
import { parseIso } from '../../lake/instant.ts'
import type { Log } from '../../lake/log.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'
import { type FetchAnswer, type FetchSettings, fetchDue } from './fetcher.ts'

export interface FetchingPlace {
  /** Where history lies, and what the fetcher knows between its runs. */
  readonly store: Pick<ObjectStore, 'get' | 'put'>
  readonly clock: Clock
  readonly log: Log
  readonly signal: AbortSignal
  /** Another server that speaks as Yahoo does. @default - Yahoo's */
  readonly endpoint: string | undefined
}

/** As long as a deployed run may take. */
const RUN_MS = 15 * 60_000
/** Requests of one run, as deployed. */
const BUDGET = 500
/** What became due otherwise is seen after as long: another process writes the same state, or the machine slept. */
const LONGEST_WAIT_MS = 60_000
const SHORTEST_WAIT_MS = 1_000

/** Runs now and whenever a series is due; `tell` is waited for. */
export async function keepFetching(
  settings: Omit<FetchSettings, 'budget'>,
  place: FetchingPlace,
  tell: (answer: FetchAnswer) => Promise<void> | void,
): Promise<void> {
  const { clock, signal, endpoint, ...where } = place
  const charts = yahooCharts({ endpoint, signal })
  const standing = { ...where, clock, signal, charts, random: Math.random, freshId: randomUUID, metrics: NO_METRICS }
  while (!signal.aborted) {
    const end = clock.now() + RUN_MS
    const effects = { ...standing, remainingMs: () => end - clock.now() }
    const answer = await fetchDue({ ...settings, budget: BUDGET }, effects)
    await tell(answer)
    await clock.sleep(waitOf(answer, clock.now()), signal)
  }
}

function waitOf({ next }: FetchAnswer, now: number): number {
  const due = next === null ? undefined : parseIso(next)
  return Math.min(LONGEST_WAIT_MS, Math.max(SHORTEST_WAIT_MS, (due ?? now + LONGEST_WAIT_MS) - now))
}

const NO_METRICS = { record: (): void => {} }
