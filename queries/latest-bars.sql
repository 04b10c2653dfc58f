-- doc: The newest bar of every symbol of one interval.
-- param interval: string, length of the bars: 1d, 1h, 1m
-- param since: month, first month to look at
SELECT
  symbol,
  max(ts_event) AS ts_event,
  max_by(open, ts_event) AS open,
  max_by(high, ts_event) AS high,
  max_by(low, ts_event) AS low,
  max_by(close, ts_event) AS close,
  max_by(adj_close, ts_event) AS adj_close,
  max_by(volume, ts_event) AS volume
FROM bars
WHERE interval = /* interval */ '1d'
  AND month >= /* since */ '1900-01'
GROUP BY symbol
ORDER BY symbol
