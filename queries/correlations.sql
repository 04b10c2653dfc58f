-- doc: Correlation matrix of daily log returns, one row for each pair of symbols with enough days in common.
-- param since: month, first month
-- param days: int, days in common that a pair needs
WITH returns AS (
  SELECT
    symbol,
    ts_event,
    ln(adj_close) - ln(lag(adj_close) OVER (PARTITION BY symbol ORDER BY ts_event)) AS log_return
  FROM bars
  WHERE interval = '1d'
    AND month >= /* since */ '2012-01'
    AND adj_close > 0
)
SELECT
  a.symbol AS symbol_a,
  b.symbol AS symbol_b,
  count(*) AS days,
  corr(a.log_return, b.log_return) AS correlation
FROM returns AS a
JOIN returns AS b ON b.ts_event = a.ts_event AND b.symbol >= a.symbol
WHERE a.log_return IS NOT NULL AND b.log_return IS NOT NULL
GROUP BY a.symbol, b.symbol
HAVING count(*) >= /* days */ 20
ORDER BY a.symbol, b.symbol
