-- doc: Bars that were sent more than once with other figures: what was known when.
-- param symbol: string, a pattern of Yahoo symbols, % for all
SELECT
  symbol,
  interval,
  ts_event,
  count(*) AS versions,
  min(close) AS lowest_close,
  max(close) AS highest_close,
  min(adj_close) AS lowest_adj_close,
  max(adj_close) AS highest_adj_close,
  max(known_from) AS newest
FROM bars_versions
WHERE symbol LIKE /* symbol */ '%'
GROUP BY symbol, interval, ts_event
HAVING min(close) <> max(close) OR min(adj_close) <> max(adj_close) OR min(volume) <> max(volume)
ORDER BY symbol, interval, ts_event
