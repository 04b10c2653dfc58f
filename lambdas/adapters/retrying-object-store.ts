import { TickerlakeError } from '../core/errors.ts'
import { backoffMs, isRetryable } from '../core/retry.ts'
import type { Clock } from '../ports/clock.ts'
import type {
  ObjectHead,
  ObjectStore,
  ObjectSummary,
  PutOptions,
  PutOutcome,
  StoredObject,
} from '../ports/object-store.ts'

export interface RetryingProps {
  readonly clock: Clock
  /** Epoch milliseconds after which nothing is tried and nothing is waited for. */
  readonly deadline: () => number
  /** In [0, 1). */
  readonly random: () => number
}

/**
 * An object store that tries again what its inner one says may be tried again, until the deadline. A put that failed may
 * have happened: the retry of a conditional one then fails its condition, and the caller has to look whose object it is.
 */
export class RetryingObjectStore implements ObjectStore {
  readonly #inner: ObjectStore
  readonly #props: RetryingProps

  constructor(inner: ObjectStore, props: RetryingProps) {
    this.#inner = inner
    this.#props = props
  }

  get(key: string): Promise<StoredObject | undefined> {
    return this.#retry(`get ${key}`, () => this.#inner.get(key))
  }

  head(key: string): Promise<ObjectHead | undefined> {
    return this.#retry(`head ${key}`, () => this.#inner.head(key))
  }

  getRange(key: string, start: number, end: number): Promise<Uint8Array> {
    return this.#retry(`get ${key}`, () => this.#inner.getRange(key, start, end))
  }

  put(key: string, body: Uint8Array, options?: PutOptions): Promise<PutOutcome> {
    return this.#retry(`put ${key}`, () => this.#inner.put(key, body, options))
  }

  list(prefix: string, options?: { readonly startAfter?: string }): AsyncIterable<ObjectSummary> {
    return this.#inner.list(prefix, options)
  }

  delete(key: string): Promise<void> {
    return this.#retry(`delete ${key}`, () => this.#inner.delete(key))
  }

  async #retry<T>(what: string, act: () => Promise<T>): Promise<T> {
    const { clock, deadline, random } = this.#props
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#beforeDeadline(what, act)
      } catch (error) {
        const wait = backoffMs(attempt, random())
        if (!isRetryable(error) || clock.now() + wait >= deadline()) throw error
        await clock.sleep(wait)
      }
    }
  }

  /** A request that hangs must not take the answer of the other partitions with it. */
  async #beforeDeadline<T>(what: string, act: () => Promise<T>): Promise<T> {
    const left = this.#props.deadline() - this.#props.clock.now()
    if (left <= 0) throw outOfTime(what)
    const answered = new AbortController()
    const late = this.#props.clock.sleep(left, answered.signal).then(() => {
      throw outOfTime(what)
    })
    try {
      return await Promise.race([act(), late])
    } finally {
      answered.abort()
      late.catch(() => undefined)
    }
  }
}

/** Not retryable here and now; the mapping tries the records again. */
function outOfTime(what: string): TickerlakeError {
  return new TickerlakeError(
    'out-of-time',
    `The invocation's time was up before it could ${what}; its records come again.`,
  )
}
