/** Brings the records of one batch to their end: handled by the function, or kept at the on-failure destination. */
import type { Clock } from './clock.ts'
import { type InvokeAnswer, type Outcome, outcomeOf } from './core/answer.ts'
import { type EncodedRecord, eventJson } from './core/event-json.ts'
import type { Mapping } from './core/mapping.ts'
import { backOffMs, type Discard, expire, firstUnit, nextStep, type Unit } from './core/retry-policy.ts'
import { groupKey } from './core/source-record.ts'
import type { Log } from './log.ts'
import { type FailureDestination, type FunctionInvoker, type MappingObserver, Undeliverable } from './ports.ts'
import type { Tally } from './tally.ts'

export interface BatchDeps {
  readonly mapping: Mapping
  readonly invoker: FunctionInvoker
  readonly destination: FailureDestination
  readonly clock: Clock
  readonly log: Log
  readonly tally: Tally
  readonly observer?: MappingObserver
  /** Aborted when the poller stops: no further try is begun. */
  readonly stopping: AbortSignal
  /** Aborted when its patience ends: the invocation that runs is given up. */
  readonly abandon: AbortSignal
}

/** What a batch does to the partitions that it came from. */
export interface Ownership {
  /** False once the partition belongs to another poller: that one will have the record again. */
  owns(record: EncodedRecord): boolean
  settle(records: readonly EncodedRecord[]): void
}

/** Returns when every record is settled, belongs to somebody else, or the poller stops. */
export async function runBatch(
  records: readonly EncodedRecord[],
  ownership: Ownership,
  deps: BatchDeps,
): Promise<void> {
  const { mapping, clock, stopping } = deps
  const units: Unit[] = [firstUnit(records)]
  for (let unit = units.shift(); unit && !stopping.aborted; unit = units.shift()) {
    const owned = { ...unit, records: unit.records.filter((record) => ownership.owns(record)) }
    const { live, discarded } = expire(owned, mapping, clock.now())
    if (discarded) await giveUp(discarded, ownership, deps)
    if (live.records.length === 0) continue
    const step = nextStep(live, await tryUnit(live, deps), mapping)
    ownership.settle(step.settled)
    if (step.discarded) await giveUp(step.discarded, ownership, deps)
    units.unshift(...step.again)
    if (step.waitMs > 0) await clock.sleep(step.waitMs, stopping)
  }
}

async function tryUnit({ records }: Unit, deps: BatchDeps): Promise<Outcome> {
  const answer = await invokeOnce(records, deps)
  const outcome = outcomeOf(answer, records, deps.mapping.reportBatchItemFailures)
  deps.tally.outcome(outcome, records.length)
  if (outcome.kind === 'succeeded') return outcome
  const isRefused = outcome.kind === 'not-invoked' && outcome.isRefused
  deps.log[isRefused ? 'error' : 'warn'](isRefused ? 'the function cannot be invoked' : 'invocation did not succeed', {
    mapping: deps.mapping.id,
    function: deps.mapping.functionName,
    outcome: outcome.kind,
    records: records.length,
    first: first(records),
    ...(outcome.kind === 'partly-failed' ? { failed: outcome.failed.length } : { reason: outcome.message }),
  })
  return outcome
}

export async function invokeOnce(records: readonly EncodedRecord[], deps: BatchDeps): Promise<InvokeAnswer> {
  const { mapping, invoker, clock, tally } = deps
  const began = clock.now()
  const payload = eventJson(records, mapping)
  const answer = await invoker.invoke(mapping.functionName, payload, deps.abandon)
  tally.invoked(clock.now(), clock.now() - began, records.length)
  deps.observer?.invoked(payload, answer)
  return answer
}

/** `no-destination` and `undeliverable`: the records are lost. */
type Delivery = 'delivered' | 'no-destination' | 'undeliverable' | 'not-ours'

/**
 * Delivers what is given up, however long the destination is out of reach; only then are the records settled. What can never
 * be delivered is dropped, as on AWS: it would hold up its partition for ever.
 */
export async function giveUp(discard: Discard, ownership: Ownership, deps: BatchDeps): Promise<void> {
  const { mapping, log, tally, observer } = deps
  const delivery = await deliveryOf(discard, ownership, deps)
  if (delivery === 'not-ours') return
  if (delivery === 'undeliverable' && mapping.onFailure?.kind === 'kafka' && discard.records.length > 1)
    return giveUpOneByOne(discard, ownership, deps)
  if (delivery === 'no-destination')
    log.error('records are dropped: the mapping has no on-failure destination', describe(discard, mapping))
  tally.discarded(discard, delivery === 'delivered')
  observer?.discarded(discard, delivery === 'delivered')
  ownership.settle(discard.records)
}

/** A topic gets a message for each record: the one that is too large must not take the others with it. */
async function giveUpOneByOne(discard: Discard, ownership: Ownership, deps: BatchDeps): Promise<void> {
  for (const record of discard.records) await giveUp({ ...discard, records: [record] }, ownership, deps)
}

async function deliveryOf(discard: Discard, ownership: Ownership, deps: BatchDeps): Promise<Delivery> {
  const { mapping, destination, clock, log, stopping } = deps
  if (!mapping.onFailure) return 'no-destination'
  for (let failures = 0; !stopping.aborted && discard.records.some(ownership.owns); failures++) {
    try {
      await destination.deliver(discard, mapping)
      log.warn('records went to the on-failure destination', describe(discard, mapping))
      return 'delivered'
    } catch (error) {
      const facts = { ...describe(discard, mapping), reason: String(error) }
      deps.tally.deliveryFailed()
      if (error instanceof Undeliverable) {
        log.error('the on-failure destination can never take the records', facts)
        return 'undeliverable'
      }
      log.error('the on-failure destination did not take the records; trying again', facts)
      await clock.sleep(backOffMs(failures), stopping)
    }
  }
  return 'not-ours'
}

function describe({ condition, records }: Discard, mapping: Mapping): Readonly<Record<string, unknown>> {
  return { mapping: mapping.id, condition, records: records.length, first: first(records) }
}

function first([record]: readonly EncodedRecord[]): string {
  return record ? `${groupKey(record)}@${record.offset}` : 'none'
}
