-- doc: One symbol's bars of one year.
-- param symbol: string, Yahoo symbol
-- param interval: string, length of the bars: 1d, 1h, 1m
-- param year: year, the year
SELECT ts_event, open, high, low, close, adj_close, volume, flags
FROM bars
WHERE symbol = /* symbol */ 'AAPL'
  AND interval = /* interval */ '1d'
  AND month BETWEEN /* year */ '2012' || '-01' AND /* year */ '2012' || '-12'
ORDER BY ts_event
