/** Sends records to one Kafka topic: all replicas acknowledge, in order within a key, none doubled by a retry. */
export interface RecordSender {
  /** Resolves when the broker has acknowledged every record. */
  send(records: readonly OutgoingRecord[]): Promise<void>
  close(): Promise<void>
}

export interface OutgoingRecord {
  readonly key: string | Uint8Array | null
  /** UTF-8 text, raw bytes, or null for a tombstone. */
  readonly value: string | Uint8Array | null
  readonly headers?: Readonly<Record<string, string>>
}
