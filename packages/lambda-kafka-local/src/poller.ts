/** One group member at work: fetches what there is room for, hands it to the dispatcher, commits what is settled. */
import type { BatchDeps } from './batch-run.ts'
import type { ChaosAction } from './core/chaos-plan.ts'
import { encodeRecord, MAX_PAYLOAD_BYTES } from './core/event-json.ts'
import { passes } from './core/filter-match.ts'
import { PartitionQueue } from './core/partition-queue.ts'
import { groupKey } from './core/source-record.ts'
import { Dispatcher } from './dispatcher.ts'
import type { Assignment, Fetched, GroupMember, Position } from './ports.ts'

export interface PollerOptions {
  /** Batches that may be with the function at once. */
  readonly concurrency: number
  /** Bytes of records, as JSON, that may wait; a fetch may overshoot by what it brings. */
  readonly maxBufferedBytes: number
  readonly nextChaos: () => ChaosAction
}

/** A fetch waits this long for new records where all partitions have room … */
const IDLE_WAIT_MS = 500
/** … and this long where some are full: they may have room any moment. */
const BUSY_WAIT_MS = 50
/** Enough for the next batch to be ready when one ends, however small BatchSize is. */
const MIN_WAITING_RECORDS = 1000

export class Poller {
  readonly dispatcher: Dispatcher
  readonly #member: GroupMember
  readonly #deps: BatchDeps
  readonly #maxBufferedBytes: number
  #generation: number | undefined
  #killed = false
  #failure: unknown
  #committing: Promise<void> | undefined
  #wake: () => void = () => {}

  constructor(member: GroupMember, deps: BatchDeps, { concurrency, maxBufferedBytes, nextChaos }: PollerOptions) {
    this.#member = member
    this.#deps = deps
    this.#maxBufferedBytes = maxBufferedBytes
    this.dispatcher = new Dispatcher(deps, {
      concurrency,
      nextChaos,
      onProgress: () => this.#progressed(),
      onKill: (error) => this.#kill(error),
    })
  }

  /** Until the poller is stopped or killed; rejects where the member is of no more use. */
  async run(): Promise<void> {
    const { stopping } = this.#deps
    const wake = () => this.#wake()
    stopping.addEventListener('abort', wake)
    try {
      while (!stopping.aborted && !this.#killed) {
        await this.#step()
        if (this.#failure) throw this.#failure
      }
    } finally {
      stopping.removeEventListener('abort', wake)
    }
  }

  /**
   * An orderly stop waits for what is with the function and commits it. After a failure nothing can be committed: what is
   * with the function may end, so that the next poller does not overtake it, but nothing is tried again.
   * A killed poller just goes.
   */
  async close(): Promise<void> {
    const isOrderly = this.#deps.stopping.aborted && this.#failure === undefined && !this.#killed
    try {
      if (!isOrderly) this.dispatcher.close()
      if (!this.#killed) await this.dispatcher.idle()
      await this.#committing
      if (isOrderly) await this.#commit()
    } finally {
      this.dispatcher.close()
      await this.#member.close()
    }
  }

  async #step(): Promise<void> {
    await this.#follow(this.#member.assignment())
    const queues = [...this.dispatcher.queues.values()]
    const wanted = this.#withRoom(queues)
    if (wanted.length === 0) {
      await this.#nextProgress(IDLE_WAIT_MS)
    } else {
      const waitMs = wanted.length < queues.length ? BUSY_WAIT_MS : IDLE_WAIT_MS
      for (const fetched of await this.#member.fetch(wanted, waitMs)) this.#take(fetched)
    }
    this.#deps.tally.hasPolled()
    this.dispatcher.dispatch()
    this.#commitSoon()
  }

  /**
   * Partitions that went to another poller are dropped with all that waits; an invocation that still runs cannot be
   * called back, but what it settles is no longer committed here. After a gap between assignments somebody else may
   * have had a partition in the meantime, so all start from what is committed.
   */
  async #follow({ generation, partitions }: Assignment): Promise<void> {
    if (generation === this.#generation) return
    const { queues } = this.dispatcher
    const kept = generation - 1 === this.#generation ? new Set(partitions.map(groupKey)) : new Set<string>()
    for (const key of [...queues.keys()]) if (!kept.has(key)) queues.delete(key)
    const gained = partitions.filter((partition) => !queues.has(groupKey(partition)))
    for (const position of await this.#member.startOffsets(gained)) {
      const queue = new PartitionQueue(position, position.offset)
      queues.set(queue.key, queue)
    }
    this.#generation = generation
    this.#deps.log.info('partitions assigned', {
      mapping: this.#deps.mapping.id,
      partitions: [...queues.values()].map(({ key, position }) => `${key}@${position}`),
    })
  }

  #withRoom(queues: readonly PartitionQueue[]): readonly Position[] {
    const waiting = queues.reduce((sum, { bytes }) => sum + bytes, 0)
    if (waiting >= this.#maxBufferedBytes) return []
    const records = Math.max(2 * this.#deps.mapping.batchSize, MIN_WAITING_RECORDS)
    return queues
      .filter(({ length, bytes }) => length < records && bytes < 2 * MAX_PAYLOAD_BYTES)
      .map(({ topic, partition, position }) => ({ topic, partition, offset: position }))
  }

  #take(fetched: Fetched): void {
    const { mapping, clock, tally } = this.#deps
    const queue = this.dispatcher.queues.get(groupKey(fetched))
    if (!queue) return
    const now = clock.now()
    const wanted = fetched.records.filter((record) => passes(mapping.filters, record))
    tally.polled(fetched.records.length, fetched.records.length - wanted.length)
    queue.append(
      wanted.map((record) => encodeRecord(record, now)),
      fetched.nextOffset,
    )
    queue.highWatermark = fetched.highWatermark
  }

  #progressed(): void {
    this.#commitSoon()
    this.#wake()
  }

  #kill(error: unknown): void {
    if (error === undefined) this.#killed = true
    this.#failure ??= error
    this.#wake()
  }

  #nextProgress(waitMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, waitMs)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  /** One commit at a time; what is settled meanwhile goes with the next. */
  #commitSoon(): void {
    if (this.#committing || this.#killed) return
    this.#committing = this.#commit()
      .catch((error: unknown) => {
        this.#failure = error
        this.#wake()
      })
      .finally(() => {
        this.#committing = undefined
      })
  }

  async #commit(): Promise<void> {
    const { queues } = this.dispatcher
    const dirty = [...queues.values()].filter(({ committable, committed }) => committable > committed)
    if (dirty.length === 0) return
    const positions = dirty.map((queue) => ({ queue, offset: queue.committable }))
    await this.#member.commit(
      positions.map(({ queue: { topic, partition }, offset }) => ({ topic, partition, offset })),
    )
    for (const { queue, offset } of positions) {
      this.#deps.tally.committed(offset - queue.committed)
      queue.committed = offset
    }
  }
}
