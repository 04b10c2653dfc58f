/** Takes the batches of one event into the lake: every record once, the bad ones too. */
import { TickerlakeError } from '../../lake/errors.ts'
import { inParallel } from '../../lake/in-parallel.ts'
import {
  countRejected,
  type LandDeps,
  type Landed,
  type LandReport,
  land,
  NOTHING_LANDED,
  sum,
} from '../../lake/ledger/land.ts'
import type { Log } from '../../lake/log.ts'
import type { Metrics } from '../../lake/metrics.ts'
import { groupOf } from '../../lake/records/kafka-event.ts'
import type { PartitionBatch } from '../../lake/records/kafka-record.ts'

export interface ConsumeDeps extends LandDeps {
  readonly log: Log
  readonly metrics: Metrics
}

/** What the event source mapping reads from the answer (AWS, "Kafka partial batch responses"): each record that has to come again. */
export interface ConsumeAnswer {
  readonly batchItemFailures: readonly {
    readonly itemIdentifier: { readonly partition: string; readonly offset: number }
  }[]
}

/** Partitions on their way at once: enough to hide the puts behind each other, few enough that their files fit into 512 MB. */
const PARALLEL_PARTITIONS = 8

/** Lands all batches side by side. A partition that cannot be landed is named in the answer and holds up no other. */
export async function consume(batches: readonly PartitionBatch[], deps: ConsumeDeps): Promise<ConsumeAnswer> {
  const started = deps.clock.now()
  const reports = await inParallel(batches, PARALLEL_PARTITIONS, (batch) => landOne(batch, deps))
  const total = reports.reduce((so, { landed }) => sum(so, landed), NOTHING_LANDED)
  report(total, deps.clock.now() - started, deps)
  return { batchItemFailures: batches.flatMap((batch, i) => failuresOf(batch, reports[i])) }
}

/**
 * The answer for a mapping that does not read it (Kafka's on-demand mode): there, what is not landed comes again
 * only if the whole invocation fails, and the ledger drops what of it was landed.
 */
export function landedOrThrow(answer: ConsumeAnswer): ConsumeAnswer {
  const [first] = answer.batchItemFailures
  if (!first) return answer
  const { partition, offset } = first.itemIdentifier
  const count = answer.batchItemFailures.length
  const message = `${count} records are not landed, the first ${partition}@${offset}; the event must come again.`
  throw new TickerlakeError('not-landed', message, { retryable: true })
}

async function landOne(batch: PartitionBatch, deps: ConsumeDeps): Promise<LandReport> {
  const done = await land(batch, deps)
  const { landed, failure } = done
  const at = { topic: batch.topic, partition: batch.partition }
  if (failure) {
    deps.metrics.record('PartitionsNotLanded', 1, 'Count')
    deps.log.error('partition not landed', {
      ...at,
      offset: failure.offsets[0],
      records: failure.offsets.length,
      error: failure.error,
    })
  }
  if (landed.givenUp > 0) deps.log.warn('gaps given up', { ...at, offsets: landed.givenUp })
  if (landed.holes > 0) deps.log.warn('offsets skipped', { ...at, offsets: landed.holes })
  if (!failure) recordLatency(batch, deps)
  return done
}

/** From the oldest record's Kafka timestamp until all of the batch is landed; what is no time of ours says nothing. */
function recordLatency({ records }: PartitionBatch, { clock, metrics }: ConsumeDeps): void {
  const now = clock.now()
  const stamped = records.filter(({ timestamp }) => timestamp > 0)
  const oldest = stamped.reduce((least, { timestamp }) => Math.min(least, timestamp), now)
  metrics.record('LandingLatency', now - oldest, 'Milliseconds')
}

function report(total: Landed, milliseconds: number, { log, metrics }: ConsumeDeps): void {
  const rejected = countRejected(total)
  metrics.record('RecordsLanded', total.records, 'Count')
  metrics.record('RecordsRejected', rejected, 'Count')
  metrics.record('DuplicatesDropped', total.duplicates, 'Count')
  metrics.record('OffsetsSkipped', total.holes, 'Count')
  metrics.record('GapsFilled', total.filled, 'Count')
  metrics.record('GapsGivenUp', total.givenUp, 'Count')
  metrics.record('BytesWritten', total.bytes, 'Bytes')
  log.info('event landed', { ...total, rejected, rejectedBy: total.rejected, milliseconds })
}

function failuresOf(batch: PartitionBatch, report: LandReport | undefined): ConsumeAnswer['batchItemFailures'] {
  const partition = groupOf(batch)
  return (report?.failure?.offsets ?? []).map((offset) => ({ itemIdentifier: { partition, offset } }))
}
