-- doc: The symbols with the most money traded a day, on average of the daily bars since a month.
-- param since: month, first month
-- param rows: int, how many symbols
SELECT
  symbol,
  count(*) AS days,
  avg(close * volume) AS money_a_day,
  avg(CAST(volume AS double)) AS volume_a_day
FROM bars
WHERE interval = '1d'
  AND month >= /* since */ '2012-01'
GROUP BY symbol
ORDER BY money_a_day DESC, symbol
LIMIT /* rows */ 20
