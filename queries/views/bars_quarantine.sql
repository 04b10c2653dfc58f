-- doc: Every record that is not a valid bar, with its reason and its bytes.
-- column topic: varchar, Kafka topic
-- column kafka_partition: integer, Kafka partition
-- column kafka_offset: bigint, Kafka offset within the partition
-- column ts_sent: timestamp(3), when it was sent
-- column ts_recv: timestamp(3), when the consumer took it
-- column reject_code: varchar, why it is not a bar; codes in docs/glossary.md
-- column reject_detail: varchar, what was wanted and got
-- column source: varchar, where it says that it comes from
-- column run_id: varchar, the replay that sent it
-- column raw_key: varbinary, its key, byte for byte
-- column raw_value: varbinary, its value, byte for byte
-- column dt: varchar, arrival date (UTC)
SELECT
  topic,
  kafka_partition,
  kafka_offset,
  ts_sent,
  ts_recv,
  split_part(reject_reason, ': ', 1) AS reject_code,
  substr(reject_reason, length(split_part(reject_reason, ': ', 1)) + 3) AS reject_detail,
  source,
  run_id,
  raw_key,
  raw_value,
  dt
FROM bars_landing
WHERE reject_reason IS NOT NULL
