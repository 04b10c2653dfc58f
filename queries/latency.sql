-- doc: How long records take from the producer to the consumer, per arrival date: exact percentiles in milliseconds.
-- param since: date, first arrival date
WITH latencies AS (
  SELECT dt, date_diff('millisecond', ts_sent, ts_recv) AS latency_ms, count(*) AS records
  FROM bars_landing
  WHERE dt >= /* since */ '2000-01-01'
  GROUP BY dt, date_diff('millisecond', ts_sent, ts_recv)
),
running AS (
  SELECT
    dt,
    latency_ms,
    records,
    sum(records) OVER (PARTITION BY dt ORDER BY latency_ms) AS up_to,
    sum(records) OVER (PARTITION BY dt) AS total
  FROM latencies
)
SELECT
  dt,
  sum(records) AS records,
  min(CASE WHEN up_to * 2 >= total THEN latency_ms END) AS p50_ms,
  min(CASE WHEN up_to * 100 >= total * 95 THEN latency_ms END) AS p95_ms,
  min(CASE WHEN up_to * 100 >= total * 99 THEN latency_ms END) AS p99_ms,
  max(latency_ms) AS max_ms
FROM running
GROUP BY dt
ORDER BY dt
