/** Cuts batches from the partitions that a poller owns and has the function handle them, several at a time. */
import { type BatchDeps, giveUp, invokeOnce, type Ownership, runBatch } from './batch-run.ts'
import { type BatchPlan, planBatch, type Slice } from './core/batch-plan.ts'
import type { ChaosAction } from './core/chaos-plan.ts'
import { type EncodedRecord, eventHeadBytes } from './core/event-json.ts'
import type { PartitionQueue } from './core/partition-queue.ts'
import { groupKey } from './core/source-record.ts'

export interface DispatcherOptions {
  /** Batches that may be with the function at once. AWS's event poller: up to 5 (Developer Guide, scaling modes). */
  readonly concurrency: number
  /** What is to go wrong with the next batch; nothing, unless the chaos switch is on. */
  readonly nextChaos: () => ChaosAction
  /** Called whenever a batch ended: there may be something to commit and room to fetch. */
  readonly onProgress: () => void
  /** Called where the poller must end at once and commit nothing: by chaos, or for an error. */
  readonly onKill: (error?: unknown) => void
}

interface Taken {
  readonly queue: PartitionQueue
  readonly records: readonly EncodedRecord[]
}

export class Dispatcher {
  /** The partitions that are owned now, by group key. */
  readonly queues = new Map<string, PartitionQueue>()
  readonly #deps: BatchDeps
  readonly #options: DispatcherOptions
  readonly #running = new Set<Promise<void>>()
  #timer: NodeJS.Timeout | undefined
  #chaos: ChaosAction

  constructor(deps: BatchDeps, options: DispatcherOptions) {
    this.#deps = deps
    this.#options = options
    this.#chaos = options.nextChaos()
  }

  get inFlight(): number {
    return this.#running.size
  }

  /** Starts every batch that is due, and sets itself a timer for the next that will be. */
  dispatch(): void {
    clearTimeout(this.#timer)
    while (this.#running.size < this.#options.concurrency && !this.#deps.stopping.aborted) {
      const plan = this.#plan()
      if (plan.kind === 'wait') {
        this.#wakeAt(plan.at)
        return
      }
      this.#start(plan)
    }
  }

  /** Resolves when no batch is with the function any more. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running)
  }

  /** Lets go of all partitions; what is with the function is no longer this poller's. */
  close(): void {
    clearTimeout(this.#timer)
    this.queues.clear()
  }

  #plan(): BatchPlan {
    const { mapping, clock } = this.#deps
    const free = [...this.queues.values()].filter(({ busy }) => !busy)
    const batchSize = Math.min(mapping.batchSize, this.#chaos.batchSize)
    return planBatch(free, { batchSize, windowMs: mapping.windowMs, headBytes: eventHeadBytes(mapping) }, clock.now())
  }

  #wakeAt(at: number): void {
    if (!Number.isFinite(at)) return
    this.#timer = setTimeout(() => this.dispatch(), Math.max(1, at - this.#deps.clock.now()))
  }

  #start(plan: Exclude<BatchPlan, { readonly kind: 'wait' }>): void {
    const taken = plan.slices.flatMap((slice) => this.#take(slice))
    const chaos = this.#chaos
    this.#chaos = this.#options.nextChaos()
    const run = (plan.kind === 'oversize' ? this.#discard(taken) : this.#handle(taken, chaos))
      .catch((error: unknown) => this.#fail(error))
      .finally(() => {
        for (const { queue } of taken) queue.busy = false
        this.#running.delete(run)
        this.#options.onProgress()
        this.dispatch()
      })
    this.#running.add(run)
  }

  #take({ key, count }: Slice): readonly Taken[] {
    const queue = this.queues.get(key)
    if (!queue) return []
    queue.busy = true
    return [{ queue, records: queue.take(count) }]
  }

  async #handle(taken: readonly Taken[], chaos: ChaosAction): Promise<void> {
    const records = taken.flatMap((part) => part.records)
    if (chaos.double) await invokeOnce(records, this.#deps)
    if (chaos.fate === 'go-on') return runBatch(records, this.#ownership(taken), this.#deps)
    await invokeOnce(records, this.#deps)
    if (chaos.fate === 'kill') return this.#kill()
    for (const part of taken) part.queue.putBack(part.records)
  }

  /** A record that no event can hold is never sent (condition MaximumPayloadSizeExceeded). */
  #discard(taken: readonly Taken[]): Promise<void> {
    const records = taken.flatMap((part) => part.records)
    const discard = { condition: 'MaximumPayloadSizeExceeded', records, invocations: 0, response: null } as const
    return giveUp(discard, this.#ownership(taken), this.#deps)
  }

  #ownership(taken: readonly Taken[]): Ownership {
    const queues = new Map(taken.map(({ queue }) => [queue.key, queue]))
    return {
      owns: (record) => this.queues.get(groupKey(record)) === queues.get(groupKey(record)),
      settle: (records) => {
        for (const record of records) queues.get(groupKey(record))?.settle(record.offset)
      },
    }
  }

  /** An aborted invocation ends here; the batch's records stay open and are fetched again by whoever comes next. */
  #fail(error: unknown): void {
    if (this.#deps.abandon.aborted) return
    this.#deps.tally.problem(String(error))
    this.#deps.log.error('a batch ended without an outcome', {
      mapping: this.#deps.mapping.id,
      reason: String(error),
    })
    this.#kill(error)
  }

  /** At once: what stands behind the lost batch in its partitions must not overtake it. */
  #kill(error?: unknown): void {
    this.close()
    this.#options.onKill(error)
  }
}
