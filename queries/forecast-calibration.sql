-- doc: Whether the intervals hold what they promise, by horizon: live forecasts, and the last walk-forward over the past.
-- doc: A pinball ratio below 1 beats the random walk with the symbol's past quantiles.
-- param since: month, first month of scores to look at
WITH newest AS (
  SELECT kind, max(as_of) AS as_of
  FROM forecast_scores
  WHERE month >= /* since */ '1900-01'
  GROUP BY kind
)
SELECT
  scores.kind,
  scores.horizon,
  count(*) AS forecasts,
  round(100 * avg(CASE WHEN inside_50 THEN 1e0 ELSE 0e0 END), 1) AS inside_50_percent,
  round(100 * avg(CASE WHEN inside_80 THEN 1e0 ELSE 0e0 END), 1) AS inside_80_percent,
  round(100 * avg(CASE WHEN inside_90 THEN 1e0 ELSE 0e0 END), 1) AS inside_90_percent,
  round(100 * avg(CASE WHEN inside_95 THEN 1e0 ELSE 0e0 END), 1) AS inside_95_percent,
  round(avg(pinball), 5) AS scaled_pinball,
  round(avg(pinball) / avg(pinball_random_walk), 4) AS pinball_to_random_walk,
  round(avg(qlike), 4) AS qlike
FROM forecast_scores AS scores
INNER JOIN newest
  ON scores.kind = newest.kind
  AND (scores.kind = 'live' OR scores.as_of = newest.as_of)
WHERE scores.month >= /* since */ '1900-01'
GROUP BY scores.kind, scores.horizon
ORDER BY scores.kind, scores.horizon
