-- doc: Of each replay: how many bars its end marker says were sent, how many records landed, and how many of them are no bars.
-- column topic: varchar, Kafka topic
-- column run_id: varchar, the replay
-- column sent: bigint, bars that the end marker tells of; null while the replay runs
-- column landed: bigint, records of the replay that landed, without the marker
-- column rejected: bigint, how many of them are no valid bars
-- column complete: boolean, as many landed as were sent; null while the replay runs
-- column first_sent: timestamp(3), when its first record was sent
-- column last_received: timestamp(3), when its last record was taken
SELECT
  topic,
  run_id,
  max(sent) AS sent,
  count_if(NOT is_marker) AS landed,
  count_if(reject_reason IS NOT NULL) AS rejected,
  count_if(NOT is_marker) >= max(sent) AS complete,
  min(ts_sent) AS first_sent,
  max(ts_recv) AS last_received
FROM (
  SELECT
    topic,
    run_id,
    reject_reason,
    ts_sent,
    ts_recv,
    symbol IS NULL AND reject_reason IS NULL AS is_marker,
    CASE
      WHEN symbol IS NULL AND reject_reason IS NULL
        THEN CAST(json_extract_scalar(from_utf8(raw_value), '$.sent') AS bigint)
    END AS sent
  FROM bars_landing
) AS records
WHERE run_id IS NOT NULL
GROUP BY topic, run_id
