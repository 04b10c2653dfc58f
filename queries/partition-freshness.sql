-- doc: The newest record of each topic partition, and the newest bar time that it brought.
-- param since: date, first arrival date
SELECT
  topic,
  kafka_partition,
  count(*) AS records,
  max(kafka_offset) AS last_offset,
  max(ts_event) AS newest_bar,
  max(ts_sent) AS last_sent,
  max(ts_recv) AS last_received
FROM bars_landing
WHERE dt >= /* since */ '2000-01-01'
GROUP BY topic, kafka_partition
ORDER BY topic, kafka_partition
