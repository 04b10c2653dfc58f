-- doc: Bars that more than one source has sent, by symbol and sources: the newest version stands in `bars`, whoever sent it.
-- doc: As long as landing files are kept.
-- param symbol: string, a pattern of Yahoo symbols, % for all
WITH said AS (
  SELECT symbol, interval, ts_event, known_from, split_part(source, '@', 1) AS said_by
  FROM bars_versions
  WHERE symbol LIKE /* symbol */ '%'
),
bars_said AS (
  SELECT
    symbol,
    interval,
    ts_event,
    array_join(array_sort(array_agg(DISTINCT said_by)), ', ') AS sources,
    max_by(said_by, known_from) AS stands_as,
    count(DISTINCT said_by) AS how_many
  FROM said
  GROUP BY symbol, interval, ts_event
)
SELECT
  symbol,
  interval,
  sources,
  stands_as,
  count(*) AS bars,
  min(ts_event) AS first_bar,
  max(ts_event) AS last_bar
FROM bars_said
WHERE how_many > 1
GROUP BY symbol, interval, sources, stands_as
ORDER BY bars DESC, symbol, interval
