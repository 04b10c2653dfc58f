/** Lands what the event source mapping gave up. The ledger sees to it that each record lands once, however often this runs. */

import { TickerlakeError } from '../errors.ts'
import { parseIso } from '../instant.ts'
import { groupOf, partitionBatches } from '../records/kafka-event.ts'
import type { PartitionBatch } from '../records/kafka-record.ts'
import type { ObjectStore } from '../store/object-store.ts'
import { type LandDeps, land } from './land.ts'
import { isDecided } from './ledger.ts'

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

/**
 * What the event source mapping gave up: its invocation record at the S3 on-failure destination, the whole event in it
 * (Lambda Developer Guide, "Capturing discarded batches for Amazon MSK and self-managed Apache Kafka").
 */
/** Where Lambda puts invocation records; the mapping's id follows. */
const GIVEN_UP_PREFIX = 'aws/lambda/'

export interface GivenUp {
  /** Why, in Lambda's words: `RetryAttemptsExhausted`, `RecordAgeExceeded`, `MaximumPayloadSizeExceeded`. */
  readonly condition: string
  /** When it was given up, epoch milliseconds. */
  readonly at: number
  readonly batches: readonly PartitionBatch[]
}

/** The batches of an invocation record, or what is wrong with an object that is none. */
function givenUpOf(key: string, body: Uint8Array): GivenUp | TickerlakeError {
  try {
    const record: unknown = JSON.parse(new TextDecoder().decode(body))
    const payload = field(record, 'payload')
    const at = parseIso(String(field(record, 'timestamp')))
    if (typeof payload !== 'string' || at === undefined) throw new Error('it has no payload, or no timestamp')
    const condition = String(field(field(record, 'requestContext'), 'condition'))
    return { condition, at, batches: partitionBatches(JSON.parse(payload)) }
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause)
    return new TickerlakeError('no-batch', `${key} is no Kafka batch that was given up: ${said}`, { cause })
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
