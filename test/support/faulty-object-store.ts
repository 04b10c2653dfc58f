import { TickerlakeError } from '../../lake/errors.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'
import { aroundObjectStore } from '../../lake/store/retrying-object-store.ts'

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
export function faultyObjectStore(inner: ObjectStore, { turn, nextFault }: FaultProps): ObjectStore {
  return aroundObjectStore(inner, async (what, request) => {
    const fault = nextFault()
    if (fault === 'crash-before') throw new Crash(what)
    if (fault === 'done-late') {
      void turn(`${what}, late`).then(request)
      throw unanswered(what)
    }
    await turn(what)
    if (fault === 'unavailable') throw unanswered(what)
    const answer = await request()
    if (fault === 'answer-lost') throw unanswered(what)
    await turn(`answer to ${what}`)
    if (fault === 'crash-after') throw new Crash(what)
    return answer
  })
}

function unanswered(what: string): TickerlakeError {
  return new TickerlakeError('object-store', `no answer to ${what}`, { retryable: true })
}
