-- doc: The outcomes that forecasts expected least: how many sigma from the median, and what the 95 % interval was.
-- param horizon: int, bars ahead: 1, 5, 10 or 20
-- param since: month, first month of scores to look at
SELECT
  kind,
  symbol,
  ts_origin,
  ts_target,
  max(round((realised - q50) / sigma, 2)) AS sigmas,
  max(round(100 * (exp(realised) - 1), 2)) AS return_percent,
  max(round(100 * (exp(q025) - 1), 2)) AS low_95_percent,
  max(round(100 * (exp(q975) - 1), 2)) AS high_95_percent
FROM forecast_scores
WHERE horizon = /* horizon */ 1
  AND month >= /* since */ '1900-01'
GROUP BY kind, symbol, ts_origin, ts_target
ORDER BY max(abs((realised - q50) / sigma)) DESC, symbol, ts_origin
LIMIT 20
