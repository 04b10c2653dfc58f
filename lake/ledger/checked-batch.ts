/**
 * Whether a batch that was given up is what the topic has. Whoever can write below aws/lambda/ could otherwise put records
 * of their own into the lake, at offsets that were never theirs.
 */
import { TickerlakeError } from '../errors.ts'
import { groupOf } from '../records/kafka-event.ts'
import type { KafkaRecord, PartitionBatch } from '../records/kafka-record.ts'
import type { LoggedRecord, TopicLog } from './topic-log.ts'

/** What is wrong with the batch at `key`, or undefined where every record stands in the topic as it stands in the batch. */
export async function faultOfBatch(
  batch: PartitionBatch,
  key: string,
  log: TopicLog,
): Promise<TickerlakeError | undefined> {
  const bounds = (await log.bounds(batch.topic)).get(batch.partition)
  const given = new Map(batch.records.map((record) => [record.offset, record]))
  const offsets = [...given.keys()].sort((a, b) => a - b)
  const [first = 0, last = first] = [offsets[0], offsets.at(-1)]
  if (!bounds || first < bounds.low) return tooOld(batch, key, first)
  for await (const records of log.read(batch, first, last + 1)) {
    for (const record of records) {
      const copy = given.get(record.offset)
      if (copy && !isCopy(copy, record)) return forged(batch, key, record.offset)
      given.delete(record.offset)
    }
  }
  const [unknown] = given.keys()
  return unknown === undefined ? undefined : forged(batch, key, unknown)
}

function isCopy(copy: KafkaRecord, { key, value }: LoggedRecord): boolean {
  return sameBytes(copy.key, key) && sameBytes(copy.value, value)
}

function sameBytes(a: Uint8Array | null, b: Uint8Array | null): boolean {
  if (a === null || b === null) return a === b
  return a.length === b.length && a.every((byte, i) => byte === b[i])
}

function tooOld(batch: PartitionBatch, key: string, offset: number): TickerlakeError {
  return new TickerlakeError(
    'batch-unchecked',
    `${key}: the topic does not keep ${groupOf(batch)} at ${offset} any more, so that nothing shows that the batch is what ` +
      'was sent. It is left out; look at it, and give --unchecked to land it as it is.',
  )
}

function forged(batch: PartitionBatch, key: string, offset: number): TickerlakeError {
  return new TickerlakeError(
    'batch-differs',
    `${key}: the topic has another record, or none, at offset ${offset} of ${groupOf(batch)}. The batch is of another topic ` +
      'of that name, or was made by somebody else than the mapping; none of it is landed.',
  )
}
