-- doc: Of each topic partition what landed: first and last offset, offsets missing between them, offsets that stand twice, rejects.
-- column topic: varchar, Kafka topic
-- column kafka_partition: integer, Kafka partition
-- column first_offset: bigint, the first offset landed
-- column last_offset: bigint, the last offset landed
-- column landed: bigint, rows
-- column gaps: bigint, offsets between first and last that are in no row; npm run verify tells which of them are records
-- column duplicates: bigint, rows beyond the first of their offset
-- column rejected: bigint, rows that are no valid bars
-- column newest_arrival: timestamp(3), when its newest record was taken
SELECT
  topic,
  kafka_partition,
  min(kafka_offset) AS first_offset,
  max(kafka_offset) AS last_offset,
  count(*) AS landed,
  max(kafka_offset) - min(kafka_offset) + 1 - count(DISTINCT kafka_offset) AS gaps,
  count(*) - count(DISTINCT kafka_offset) AS duplicates,
  count_if(reject_reason IS NOT NULL) AS rejected,
  max(ts_recv) AS newest_arrival
FROM bars_landing
GROUP BY topic, kafka_partition
