/** From the batches of a fetch response to the records that a consumer may see. */
import type { Consumer, KafkaRecord, RecordsBatch } from '@platformatic/kafka'
import type { SourceRecord, TopicPartition } from '../core/source-record.ts'
import type { Fetched, Position } from '../ports.ts'

/** Bits of a batch's attributes (Kafka protocol, "Record Batch"). */
const LOG_APPEND_TIME = 1 << 3
const TRANSACTIONAL = 1 << 4
const CONTROL = 1 << 5

/** One partition's part of a fetch response; the client does not export its name. */
type FetchResponsePartition = Awaited<ReturnType<Consumer['fetch']>>['responses'][number]['partitions'][number]

export function fetchedOf(from: Position, response: FetchResponsePartition): Fetched {
  const batches = response.records ?? []
  const records = committedBatches(batches, response.abortedTransactions ?? [])
    .flatMap((batch) => batch.records.map((record) => sourceRecord(from, batch, record)))
    .filter(({ offset }) => offset >= from.offset) // the broker sends whole batches, the first may begin earlier
  const last = batches.at(-1)
  return {
    topic: from.topic,
    partition: from.partition,
    records,
    nextOffset: last ? Math.max(from.offset, Number(last.firstOffset) + last.lastOffsetDelta + 1) : from.offset,
    highWatermark: Number(response.lastStableOffset >= 0n ? response.lastStableOffset : response.highWatermark),
  }
}

interface AbortedTransaction {
  readonly producerId: bigint
  readonly firstOffset: bigint
}

/**
 * Batches without control batches and without what aborted transactions wrote. The broker lists the aborted
 * transactions that touch the response; each ends at its producer's next control batch, in this response or a later one.
 */
function committedBatches(
  batches: readonly RecordsBatch[],
  aborted: readonly AbortedTransaction[],
): readonly RecordsBatch[] {
  const pending = aborted.toSorted((a, b) => Number(a.firstOffset - b.firstOffset))
  const open = new Set<bigint>()
  return batches.filter((batch) => {
    const lastOffset = batch.firstOffset + BigInt(batch.lastOffsetDelta)
    while (pending[0] && pending[0].firstOffset <= lastOffset)
      open.add((pending.shift() as AbortedTransaction).producerId)
    if (batch.attributes & CONTROL) {
      open.delete(batch.producerId)
      return false
    }
    return !(batch.attributes & TRANSACTIONAL && open.has(batch.producerId))
  })
}

function sourceRecord({ topic, partition }: TopicPartition, batch: RecordsBatch, record: KafkaRecord): SourceRecord {
  const byBroker = (batch.attributes & LOG_APPEND_TIME) !== 0
  return {
    topic,
    partition,
    offset: Number(batch.firstOffset) + record.offsetDelta,
    timestamp: Number(byBroker ? batch.maxTimestamp : batch.firstTimestamp + record.timestampDelta),
    timestampType: byBroker ? 'LOG_APPEND_TIME' : 'CREATE_TIME',
    key: record.key,
    value: record.value,
    headers: record.headers.map(([key, value]) => ({ key: key?.toString('utf8') ?? '', value })),
  }
}
