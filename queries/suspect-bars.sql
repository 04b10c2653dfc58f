-- doc: Daily bars that look wrong, with the bar itself where there is one.
-- param symbol: string, a pattern of Yahoo symbols, % for all
SELECT
  found.symbol,
  found.session_date,
  found.finding,
  found.size,
  bars.open,
  bars.high,
  bars.low,
  bars.close,
  bars.adj_close,
  bars.volume
FROM bars_findings AS found
LEFT JOIN bars
  ON bars.symbol = found.symbol
  AND bars.interval = '1d'
  AND CAST(bars.ts_event AS date) = found.session_date
WHERE found.symbol LIKE /* symbol */ '%'
ORDER BY found.symbol, found.session_date, found.finding
