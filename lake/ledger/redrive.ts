/**
 * Lands what the event source mapping gave up. The ledger sees to it that each record lands once, however often this runs.
 * Batches sent to the topic again would be new records at new offsets, and the old offsets would stay lost. The consumer
 * could be invoked with them, but for a record that alone exceeds Lambda's 6 MB. Both are why the command lands by itself.
 */

import { messageOf, TickerlakeError } from '../errors.ts'
import { groupOf } from '../records/kafka-event.ts'
import type { PartitionBatch } from '../records/kafka-record.ts'
import type { ObjectStore } from '../store/object-store.ts'
import { faultOfBatch } from './checked-batch.ts'
import { clusterOfArn } from './cluster.ts'
import { GIVEN_UP_PREFIX, type GivenUp, givenUpOf } from './given-up.ts'
import { type LandDeps, land } from './land.ts'
import { isDecided } from './ledger.ts'
import type { TopicLog } from './topic-log.ts'

export interface RedriveRequest {
  /** What was given up at this instant or after it, epoch milliseconds. */
  readonly from: number
  readonly dryRun: boolean
}

export interface RedriveDeps extends LandDeps {
  readonly store: ObjectStore
  /** The topic to hold the batches against; undefined where they are to be trusted as they stand. */
  readonly log: TopicLog | undefined
  /** Brokers of the ledgers' cluster, `host:port`: they tell whose a batch is that names no ARN. Empty where nobody knows. */
  readonly brokers: readonly string[]
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
  { from, dryRun }: RedriveRequest,
  deps: RedriveDeps,
): AsyncGenerator<Redriven | TickerlakeError> {
  for await (const { key } of deps.store.list(GIVEN_UP_PREFIX)) {
    const found = await deps.store.get(key)
    if (!found) continue // expired since it was listed
    const givenUp = givenUpOf(key, found.body)
    if (givenUp instanceof TickerlakeError) yield givenUp
    else if (givenUp.at >= from) yield* redriveObject(givenUp, dryRun, deps)
  }
}

async function* redriveObject(
  givenUp: GivenUp,
  dryRun: boolean,
  deps: RedriveDeps,
): AsyncGenerator<Redriven | TickerlakeError> {
  const stranger = strangerOf(givenUp, deps)
  if (stranger) yield stranger
  else for (const batch of givenUp.batches) yield redriveBatch(batch, givenUp, { ...deps, dryRun })
}

/** Says whose a batch is that another cluster's mapping gave up: its offsets are other records here. */
function strangerOf({ key, source }: GivenUp, { ledgers, brokers }: RedriveDeps): TickerlakeError | undefined {
  const { clusterArn } = source
  if (clusterArn !== undefined) {
    if (isArnOf(clusterArn, ledgers.cluster)) return undefined
    return stranger(key, `the cluster ${clusterArn}, and the ledgers are those of ${ledgers.cluster}`)
  }
  if (brokers.length === 0 || source.brokers.some((broker) => brokers.includes(broker))) return undefined
  const theirs = source.brokers.join(',') || 'brokers that it does not name'
  return stranger(
    key,
    `${theirs}, and the brokers here are ${brokers.join(',')} (where both are one cluster: --same-brokers)`,
  )
}

function isArnOf(clusterArn: string, cluster: string): boolean {
  try {
    return clusterOfArn(clusterArn) === cluster
  } catch {
    return false
  }
}

function stranger(key: string, text: string): TickerlakeError {
  return new TickerlakeError(
    'other-cluster',
    `${key} was given up by a mapping of ${text}: its offsets are other records. It is left out.`,
  )
}

async function redriveBatch(
  batch: PartitionBatch,
  { key, condition, at }: GivenUp,
  deps: RedriveDeps & { readonly dryRun: boolean },
): Promise<Redriven | TickerlakeError> {
  const group = groupOf(batch)
  const { ledger } = await deps.ledgers.read(batch)
  if (at < ledger.epoch) {
    const text = `${key} is of the topic before ${group} was made again: its offsets mean other records now. It is left out.`
    return new TickerlakeError('earlier-topic', text)
  }
  const fault = deps.log && (await faultOfBatch(batch, key, deps.log))
  if (fault) return fault
  const told = { key, condition, group, records: batch.records.length }
  if (deps.dryRun) return { ...told, landed: batch.records.filter(({ offset }) => !isDecided(ledger, offset)).length }
  const { landed, failure } = await land(batch, deps)
  if (failure) return notLanded(key, failure.error)
  await deps.ledgers.settle(batch) // no batch may come to write down that the gap is closed
  return { ...told, landed: landed.records }
}

function notLanded(key: string, cause: unknown): TickerlakeError {
  const said = messageOf(cause)
  return new TickerlakeError('not-landed', `${key} is not landed to its end: ${said}`, { cause })
}
