import type { Clock } from '../clock.ts'
import { TickerlakeError } from '../errors.ts'
import { backoffMs, isRetryable } from '../retry.ts'
import type { ObjectStore } from './object-store.ts'

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
export function retryingObjectStore(inner: ObjectStore, props: RetryingProps): ObjectStore {
  const { clock, deadline, random } = props
  return aroundObjectStore(inner, async (what, request) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await beforeDeadline(what, request, props)
      } catch (error) {
        const wait = backoffMs(attempt, random())
        if (!isRetryable(error) || clock.now() + wait >= deadline()) throw error
        await clock.sleep(wait)
      }
    }
  })
}

/** A request that hangs must not take the answer of the other partitions with it. */
async function beforeDeadline<T>(
  what: string,
  request: () => Promise<T>,
  { clock, deadline }: RetryingProps,
): Promise<T> {
  const left = deadline() - clock.now()
  if (left <= 0) throw outOfTime(what)
  const answered = new AbortController()
  const late = clock.sleep(left, answered.signal).then(() => {
    throw outOfTime(what)
  })
  try {
    return await Promise.race([request(), late])
  } finally {
    answered.abort()
    late.catch(() => undefined)
  }
}

/** Not retryable here and now; the mapping tries the records again. */
function outOfTime(what: string): TickerlakeError {
  return new TickerlakeError(
    'out-of-time',
    `The invocation's time was up before it could ${what}; its records come again.`,
  )
}

/** What is done with each request to a store; `what` names it: `put ledger/…`. */
export type Around = <T>(what: string, request: () => Promise<T>) => Promise<T>

/** A store each of whose requests goes through `around`. A listing, which is many requests, goes straight through. */
export function aroundObjectStore(inner: ObjectStore, around: Around): ObjectStore {
  return {
    get: (key) => around(`get ${key}`, () => inner.get(key)),
    head: (key) => around(`head ${key}`, () => inner.head(key)),
    getRange: (key, start, end, options) => around(`get ${key}`, () => inner.getRange(key, start, end, options)),
    put: (key, body, options) => around(`put ${key}`, () => inner.put(key, body, options)),
    list: (prefix, options) => inner.list(prefix, options),
    delete: (key) => around(`delete ${key}`, () => inner.delete(key)),
  }
}
