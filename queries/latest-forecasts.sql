-- doc: The newest forecasts: where the price of every symbol may stand after 1, 5, 10 and 20 bars, or why there is none.
-- param since: month, first month to look at
SELECT
  symbol,
  horizon,
  as_of,
  ts_origin,
  ts_target,
  last_close,
  round(p025, 2) AS low_95,
  round(p10, 2) AS low_80,
  round(p50, 2) AS median,
  round(p90, 2) AS high_80,
  round(p975, 2) AS high_95,
  -- A coin's twenty bars take twenty days, a share's four weeks: 365 or 252 bars a year.
  round(100 * sigma * sqrt(
    CASE
      WHEN max(date_diff('day', ts_origin, ts_target)) OVER (PARTITION BY symbol) <= max(horizon) OVER (PARTITION BY symbol)
        THEN 365e0
      ELSE 252e0
    END / horizon
  ), 1) AS volatility_percent_a_year,
  skip_reason,
  model_version
FROM forecasts
WHERE month >= /* since */ '1900-01'
  AND as_of = (SELECT max(as_of) FROM forecasts WHERE month >= /* since */ '1900-01')
ORDER BY symbol, horizon
