/** Lands what the event source mapping gave up. The ledger sees to it that each record lands once, however often this runs. */
import { type LandDeps, land } from '../../lambdas/consumer/land.ts'
import { TickerlakeError } from '../../lambdas/core/errors.ts'
import { groupOf } from '../../lambdas/core/kafka-event.ts'
import type { PartitionBatch } from '../../lambdas/core/kafka-record.ts'
import { isDecided } from '../../lambdas/core/ledger/ledger.ts'
import type { ObjectStore } from '../../lambdas/ports/object-store.ts'
import { GIVEN_UP_PREFIX, type GivenUp, givenUpOf } from './given-up.ts'

export interface RedriveWish {
  /** What was given up at this instant or after it, epoch milliseconds. */
  readonly from: number
  readonly dryRun: boolean
}

export interface RedriveDeps extends LandDeps {
  readonly store: ObjectStore
}

/** A batch that was given up, and what became of it now. */
export interface Redriven {
  readonly key: string
  readonly condition: string
  /** `topic-partition`. */
  readonly group: string
  readonly records: number
  /** Landed now, or to be landed in a dry run; the others had landed before. */
  readonly landed: number
}

/** One by one, so that no more than one object is in memory; what cannot be landed is told and holds up no other. */
export async function* redrive(
  { from, dryRun }: RedriveWish,
  deps: RedriveDeps,
): AsyncGenerator<Redriven | TickerlakeError> {
  for await (const { key } of deps.store.list(GIVEN_UP_PREFIX)) {
    const found = await deps.store.get(key)
    if (!found) continue // expired since it was listed
    const givenUp = givenUpOf(key, found.body)
    if (givenUp instanceof TickerlakeError) yield givenUp
    else if (givenUp.at >= from)
      for (const batch of givenUp.batches) yield redriveBatch(batch, givenUp, { ...deps, key, dryRun })
  }
}

async function redriveBatch(
  batch: PartitionBatch,
  { condition, at }: Pick<GivenUp, 'condition' | 'at'>,
  deps: RedriveDeps & { readonly key: string; readonly dryRun: boolean },
): Promise<Redriven | TickerlakeError> {
  const { key, dryRun } = deps
  const group = groupOf(batch)
  const { ledger } = await deps.ledgers.read(batch)
  if (at < ledger.epoch) {
    const text = `${key} is of the topic before ${group} was made anew: its offsets mean other records now. It is left out.`
    return new TickerlakeError('earlier-topic', text)
  }
  const told = { key, condition, group, records: batch.records.length }
  if (dryRun) return { ...told, landed: batch.records.filter(({ offset }) => !isDecided(ledger, offset)).length }
  const { landed, failure } = await land(batch, deps)
  if (failure) return notLanded(key, failure.error)
  await deps.ledgers.settle(batch) // no batch may come to write down that the gap is closed
  return { ...told, landed: landed.records }
}

function notLanded(key: string, cause: unknown): TickerlakeError {
  const said = cause instanceof Error ? cause.message : String(cause)
  return new TickerlakeError('not-landed', `${key} is not landed to its end: ${said}`, { cause })
}
