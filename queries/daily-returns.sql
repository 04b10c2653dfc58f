-- doc: One symbol's daily log returns, and their volatility over 20 sessions, annualised with 252.
-- param symbol: string, Yahoo symbol
-- param since: month, first month
WITH returns AS (
  SELECT
    ts_event,
    close,
    adj_close,
    ln(adj_close) - ln(lag(adj_close) OVER (ORDER BY ts_event)) AS log_return
  FROM bars
  WHERE symbol = /* symbol */ 'AAPL'
    AND interval = '1d'
    AND month >= /* since */ '2012-01'
    AND adj_close > 0
)
SELECT
  ts_event,
  close,
  adj_close,
  log_return,
  CASE WHEN count(log_return) OVER last_20 = 20
    THEN sqrt(252e0) * stddev_samp(log_return) OVER last_20
  END AS volatility_20d
FROM returns
WINDOW last_20 AS (ORDER BY ts_event ROWS BETWEEN 19 PRECEDING AND CURRENT ROW)
ORDER BY ts_event
