import { RecordingSender } from '../support/recording-sender.ts'
import { VirtualClock } from '../support/virtual-clock.ts'
import { recordSenderContract } from './record-sender.ts'

const bytesOf = (content: string | Uint8Array | null): Uint8Array | null =>
  typeof content === 'string' ? new TextEncoder().encode(content) : content

recordSenderContract('the recorder of the tests', async () => {
  const sender = new RecordingSender(new VirtualClock())
  const partitionOf = (key: Uint8Array | null): number => (key?.[0] ?? 0) % 3
  return {
    sender,
    landed: async () =>
      sender.batches
        .flatMap(({ records }) => records)
        .map(({ key, value, headers = {} }) => ({ key: bytesOf(key), value: bytesOf(value), headers }))
        .map((record) => ({ partition: partitionOf(record.key), ...record }))
        .sort((a, b) => a.partition - b.partition),
  }
})
