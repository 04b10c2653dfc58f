/** Brings the records of one batch to their end: handled by the function, or kept at the on-failure destination. */
import type { Clock } from './clock.ts'
import { type InvokeAnswer, type Outcome, outcomeOf } from './core/answer.ts'
import { type EncodedRecord, eventJson } from './core/event-json.ts'
import type { Mapping } from './core/mapping.ts'
import { backOffMs, type Discard, expire, firstUnit, nextStep, type Unit } from './core/retry-policy.ts'
import { groupKey } from './core/source-record.ts'
import type { Log } from './log.ts'
import type { FailureDestination, FunctionInvoker } from './ports.ts'
import type { Tally } from './tally.ts'

export interface BatchDeps {
  readonly mapping: Mapping
  readonly invoker: FunctionInvoker
  readonly destination: FailureDestination
  readonly clock: Clock
  readonly log: Log
  readonly tally: Tally
  /** Aborted when the poller stops: no further try is begun. */
  readonly stopping: AbortSignal
  /** Aborted when its patience ends: the invocation that runs is given up. */
  readonly abandon: AbortSignal
}

/** What a batch does to the partitions that it came from. */
export interface Ownership {
  /** False once the partition belongs to another poller: that one will have the record anew. */
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
  deps.log.warn('invocation did not succeed', {
    mapping: deps.mapping.id,
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
  const answer = await invoker.invoke(mapping.functionName, eventJson(records, mapping), deps.abandon)
  tally.invoked(clock.now(), clock.now() - began)
  return answer
}

/** Delivers what is given up; only then are the records settled, however long the destination takes to come back. */
export async function giveUp(discard: Discard, ownership: Ownership, deps: BatchDeps): Promise<void> {
  const { mapping, log, tally } = deps
  if (mapping.onFailure) {
    if (!(await delivered(discard, ownership, deps))) return
  } else {
    log.error('records are dropped: the mapping has no on-failure destination', describe(discard, mapping))
  }
  tally.discarded(discard)
  ownership.settle(discard.records)
}

async function delivered(discard: Discard, ownership: Ownership, deps: BatchDeps): Promise<boolean> {
  const { mapping, destination, clock, log, stopping } = deps
  for (let failures = 0; !stopping.aborted && discard.records.some(ownership.owns); failures++) {
    try {
      await destination.deliver(discard, mapping)
      log.warn('records went to the on-failure destination', describe(discard, mapping))
      return true
    } catch (error) {
      log.error('the on-failure destination did not take the records; trying again', {
        ...describe(discard, mapping),
        reason: String(error),
      })
      await clock.sleep(backOffMs(failures), stopping)
    }
  }
  return false
}

function describe({ condition, records }: Discard, mapping: Mapping): Readonly<Record<string, unknown>> {
  return { mapping: mapping.id, condition, records: records.length, first: first(records) }
}

function first([record]: readonly EncodedRecord[]): string {
  return record ? `${groupKey(record)}@${record.offset}` : 'none'
}
