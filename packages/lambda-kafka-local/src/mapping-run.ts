/** One mapping at work, for as long as it is wanted: a poller that fails is followed by a new one. */
import type { Clock } from './clock.ts'
import { type ChaosAction, type ChaosOptions, chaosPlan, NO_CHAOS } from './core/chaos-plan.ts'
import type { Mapping } from './core/mapping.ts'
import { backOffMs } from './core/retry-policy.ts'
import type { Log } from './log.ts'
import { Poller } from './poller.ts'
import type { FailureDestination, FunctionInvoker, GroupMember, MappingObserver, RecordSource } from './ports.ts'
import { type MappingStatus, type PollerState, statusOf } from './status.ts'
import { Tally } from './tally.ts'

export interface MappingDeps {
  readonly source: RecordSource
  readonly invoker: FunctionInvoker
  readonly destination: FailureDestination
  readonly clock: Clock
  readonly log: Log
  readonly observer?: MappingObserver
}

export interface MappingOptions {
  /** Batches of a mapping that may be with the function at once, each of other partitions. @default 5 */
  readonly concurrency?: number
  /** Bytes of records that may wait, as JSON. @default 48 MiB */
  readonly maxBufferedBytes?: number
  /** How long a stop waits for the invocations that run, in milliseconds. @default 10 s */
  readonly patienceMs?: number
  /** Trouble on purpose. @default none */
  readonly chaos?: ChaosOptions
}

/** What one event poller of AWS does at once (Developer Guide, "Apache Kafka event poller scaling modes"). */
const CONCURRENCY = 5
const MAX_BUFFERED_BYTES = 48 * 1024 * 1024
const PATIENCE_MS = 10_000
/** A poller that worked this long did not fail for its predecessor's reason. */
const HEALTHY_MS = 30_000

/** A broker that comes back is noticed within this. */
const LONGEST_AWAY_MS = 2_000

export class MappingRun {
  readonly mapping: Mapping
  readonly #deps: MappingDeps
  readonly #options: MappingOptions
  readonly #nextChaos: () => ChaosAction
  readonly #tally = new Tally()
  #state: PollerState = 'starting'
  #poller: Poller | undefined

  constructor(mapping: Mapping, deps: MappingDeps, options: MappingOptions = {}) {
    this.mapping = mapping
    this.#deps = deps
    this.#options = options
    this.#nextChaos = options.chaos ? chaosPlan(options.chaos) : () => NO_CHAOS
  }

  status(): MappingStatus {
    const dispatcher = this.#poller?.dispatcher
    return statusOf({
      mapping: this.mapping,
      state: this.#state,
      queues: [...(dispatcher?.queues.values() ?? [])],
      inFlight: dispatcher?.inFlight ?? 0,
      counts: this.#tally.counts,
    })
  }

  /** Runs until the signal; does not reject: a broker that is away is waited for. */
  async run(stopping: AbortSignal): Promise<void> {
    const abandon = abortLater(stopping, this.#options.patienceMs ?? PATIENCE_MS)
    for (let failures = 0; !stopping.aborted; failures++) {
      const began = this.#deps.clock.now()
      try {
        await this.#runPoller(stopping, abandon.signal)
        failures = -1
      } catch (error) {
        if (this.#deps.clock.now() - began > HEALTHY_MS) failures = 0
        await this.#recover(error, failures, stopping)
      }
    }
    this.#state = 'stopped'
    abandon.clear()
  }

  async #runPoller(stopping: AbortSignal, abandon: AbortSignal): Promise<void> {
    const { mapping } = this
    const { concurrency = CONCURRENCY, maxBufferedBytes = MAX_BUFFERED_BYTES } = this.#options
    const member = await this.#join(stopping)
    if (!member) return
    this.#tally.hasJoined()
    const deps = { ...this.#deps, mapping, tally: this.#tally, stopping, abandon }
    const poller = new Poller(member, deps, { concurrency, maxBufferedBytes, nextChaos: this.#nextChaos })
    this.#poller = poller
    this.#state = 'running'
    try {
      await poller.run()
    } finally {
      await poller
        .close()
        .catch((error: unknown) => this.#complain('the poller did not leave its group cleanly', error))
    }
  }

  /** A broker that hangs must not hold up a stop: a member that joins after it just leaves. */
  async #join(stopping: AbortSignal): Promise<GroupMember | undefined> {
    const joining = this.#deps.source.join(this.mapping)
    const stopped = Promise.withResolvers<undefined>()
    const stop = () => stopped.resolve(undefined)
    stopping.addEventListener('abort', stop)
    const member = await Promise.race([joining, stopped.promise])
    stopping.removeEventListener('abort', stop)
    if (!member)
      joining.then((late) => late.close()).catch((error: unknown) => this.#complain('joined too late', error))
    return member
  }

  async #recover(error: unknown, failures: number, stopping: AbortSignal): Promise<void> {
    if (stopping.aborted) return
    this.#state = 'waiting'
    this.#tally.pollingFailed(reasonOf(error))
    this.#complain('the poller cannot go on and will join again', error)
    await this.#deps.clock.sleep(Math.min(backOffMs(failures), LONGEST_AWAY_MS), stopping)
  }

  #complain(message: string, error: unknown): void {
    this.#deps.log.warn(message, { mapping: this.mapping.id, topics: this.mapping.topics, reason: reasonOf(error) })
  }
}

/** A signal that follows another after a while: invocations that run when the stop comes may end by themselves. */
function abortLater(first: AbortSignal, ms: number): { readonly signal: AbortSignal; clear(): void } {
  const controller = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const start = () => {
    timer = setTimeout(() => controller.abort(), ms)
  }
  if (first.aborted) start()
  else first.addEventListener('abort', start, { once: true })
  return {
    signal: controller.signal,
    clear: () => {
      clearTimeout(timer)
      first.removeEventListener('abort', start)
    },
  }
}

/** The client gathers what failed in each of its tries; the last says why. */
function reasonOf(error: unknown): string {
  const last: unknown = error instanceof AggregateError ? error.errors.at(-1) : undefined
  const message = error instanceof Error ? error.message.trim() : String(error)
  return last === undefined ? message : `${message} ${reasonOf(last)}`
}
