-- doc: Forecast against realised volatility, in percent a year, by symbol and month of the origin.
-- param horizon: int, bars ahead: 1, 5, 10 or 20
-- param since: month, first month of scores to look at
SELECT
  symbol,
  date_trunc('month', ts_origin) AS origin_month,
  count(*) AS forecasts,
  -- Bars a year as these forecasts had them: 365 for a coin, about 252 for a share.
  round(100 * sqrt(avg(sigma * sigma) * 365.25e0 / avg(date_diff('day', ts_origin, ts_target))), 1) AS forecast_percent,
  round(100 * sqrt(avg(realised_volatility * realised_volatility) * 365.25e0 / avg(date_diff('day', ts_origin, ts_target))), 1)
    AS realised_percent,
  round(sqrt(avg(realised_volatility * realised_volatility) / avg(sigma * sigma)), 2) AS realised_to_forecast
FROM forecast_scores
WHERE horizon = /* horizon */ 5
  AND month >= /* since */ '1900-01'
GROUP BY symbol, date_trunc('month', ts_origin)
ORDER BY symbol, origin_month
