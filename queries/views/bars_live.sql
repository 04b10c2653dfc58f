-- doc: The newest version of every bar, of `bars` and of what has landed and is not compacted yet: a bar is here as soon as
-- doc: its file has landed. Landing files of the last four days are looked at; compaction runs at least once a day.
-- column symbol: varchar, Yahoo symbol
-- column interval: varchar, length of the bar
-- column ts_event: timestamp(3), the bar's own time
-- column open: double, first price
-- column high: double, highest price
-- column low: double, lowest price
-- column close: double, last price
-- column adj_close: double, close adjusted for splits and dividends, newest statement
-- column volume: bigint, volume traded
-- column source: varchar, where the bar comes from
-- column run_id: varchar, the run that sent this version
-- column ts_sent: timestamp(3), when the producer sent this version
-- column ts_recv: timestamp(3), when the consumer took this version
-- column is_compacted: boolean, whether this version is in `bars` already
WITH known AS (
  SELECT
    symbol, interval, CAST(ts_event AS timestamp(3)) AS ts_event, open, high, low, close, adj_close, volume, source,
    run_id, CAST(ts_sent AS timestamp(3)) AS ts_sent, CAST(ts_recv AS timestamp(3)) AS ts_recv, kafka_offset,
    1 AS compacted
  FROM bars
  UNION ALL
  SELECT
    symbol, interval, ts_event, open, high, low, close, adj_close, volume, source, run_id, ts_sent, ts_recv,
    kafka_offset,
    0 AS compacted
  FROM bars_landing
  WHERE symbol IS NOT NULL
    AND reject_reason IS NULL
    AND dt >= date_format(current_date - INTERVAL '3' DAY, '%Y-%m-%d')
),
ranked AS (
  SELECT
    known.*,
    row_number() OVER (
      PARTITION BY symbol, interval, ts_event
      ORDER BY ts_sent DESC, kafka_offset DESC, compacted DESC
    ) AS place
  FROM known
)
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
  ts_sent,
  ts_recv,
  compacted = 1 AS is_compacted
FROM ranked
WHERE place = 1
