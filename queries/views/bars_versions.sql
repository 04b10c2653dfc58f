-- doc: Every version of every bar, and when it was the newest known: for training without look-ahead. As of an instant t:
-- doc: WHERE known_from <= t AND (known_until IS NULL OR known_until > t). As long as landing files are kept.
-- column symbol: varchar, Yahoo symbol
-- column interval: varchar, length of the bar
-- column ts_event: timestamp(3), the bar's own time
-- column open: double, first price
-- column high: double, highest price
-- column low: double, lowest price
-- column close: double, last price
-- column adj_close: double, close adjusted for splits and dividends, as it was stated in this version
-- column volume: bigint, volume traded
-- column source: varchar, where the bar comes from
-- column run_id: varchar, the replay that sent this version
-- column known_from: timestamp(3), when this version was sent
-- column known_until: timestamp(3), when the next version was sent; null for the newest
-- column version: bigint, 1 for the first version
-- column topic: varchar, Kafka topic
-- column kafka_partition: integer, Kafka partition
-- column kafka_offset: bigint, Kafka offset
-- column dt: varchar, arrival date (UTC)
SELECT
  symbol,
  interval,
  ts_event,
  open,
  high,
  low,
  close,
  adj_close,
  volume,
  source,
  run_id,
  ts_sent AS known_from,
  lead(ts_sent) OVER (PARTITION BY symbol, interval, ts_event ORDER BY ts_sent, kafka_offset) AS known_until,
  row_number() OVER (PARTITION BY symbol, interval, ts_event ORDER BY ts_sent, kafka_offset) AS version,
  topic,
  kafka_partition,
  kafka_offset,
  dt
FROM bars_landing
WHERE symbol IS NOT NULL
