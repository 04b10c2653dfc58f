import { TickerlakeError } from '../../lambdas/core/errors.ts'
import type {
  ObjectHead,
  ObjectStore,
  ObjectSummary,
  PutOptions,
  PutOutcome,
  StoredObject,
} from '../../lambdas/ports/object-store.ts'

/** What can happen to one request on its way to a store and back. */
export const FAULTS = [
  'none',
  /** The store answers 503 and has done nothing. */
  'unavailable',
  /** It was done; its answer never came. */
  'answer-lost',
  /** The caller gave up waiting; it is done later, whenever the network likes. */
  'done-late',
  /** The caller dies before it asks. */
  'crash-before',
  /** The caller dies before it hears the answer. */
  'crash-after',
] as const
export type Fault = (typeof FAULTS)[number]

/** Ends the writer that meets it: nothing of ours catches it as something to be tried again. */
export class Crash extends Error {}

export interface FaultProps {
  /** Resolves when it is this step's turn: a test decides how the steps of all writers are woven together. */
  readonly turn: (what: string) => Promise<unknown>
  /** The fault of the next request. */
  readonly nextFault: () => Fault
}

/** One writer's way to a store that others share: requests and answers wait for their turn, and some go wrong. */
export class FaultyObjectStore implements ObjectStore {
  readonly #inner: ObjectStore
  readonly #props: FaultProps

  constructor(inner: ObjectStore, props: FaultProps) {
    this.#inner = inner
    this.#props = props
  }

  get(key: string): Promise<StoredObject | undefined> {
    return this.#request(`get ${key}`, () => this.#inner.get(key))
  }

  head(key: string): Promise<ObjectHead | undefined> {
    return this.#request(`head ${key}`, () => this.#inner.head(key))
  }

  getRange(key: string, start: number, end: number): Promise<Uint8Array> {
    return this.#request(`get ${key}`, () => this.#inner.getRange(key, start, end))
  }

  put(key: string, body: Uint8Array, options?: PutOptions): Promise<PutOutcome> {
    return this.#request(`put ${key}`, () => this.#inner.put(key, body, options))
  }

  list(prefix: string, options?: { readonly startAfter?: string }): AsyncIterable<ObjectSummary> {
    return this.#inner.list(prefix, options)
  }

  delete(key: string): Promise<void> {
    return this.#request(`delete ${key}`, () => this.#inner.delete(key))
  }

  async #request<T>(what: string, act: () => Promise<T>): Promise<T> {
    const fault = this.#props.nextFault()
    if (fault === 'crash-before') throw new Crash(what)
    if (fault === 'done-late') {
      void this.#props.turn(`${what}, late`).then(act)
      throw unanswered(what)
    }
    await this.#props.turn(what)
    if (fault === 'unavailable') throw unanswered(what)
    const answer = await act()
    if (fault === 'answer-lost') throw unanswered(what)
    await this.#props.turn(`answer to ${what}`)
    if (fault === 'crash-after') throw new Crash(what)
    return answer
  }
}

function unanswered(what: string): TickerlakeError {
  return new TickerlakeError('object-store', `no answer to ${what}`, { retryable: true })
}
