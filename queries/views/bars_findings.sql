-- doc: Daily bars that look wrong, one row a finding. docs/glossary.md explains each finding and its threshold.
-- column symbol: varchar, Yahoo symbol
-- column session_date: date, the day of the bar, or of the session that is missing
-- column finding: varchar, missing_session, off_session, spike, jump, adjustment, stale, zero_volume, outside_range, not_positive
-- column size: double, log return of a spike, jump or adjustment; else null
WITH daily AS (
  SELECT
    symbol,
    CAST(ts_event AS date) AS session_date,
    open,
    high,
    low,
    close,
    volume,
    flags,
    CASE WHEN close > 0 THEN ln(close) END AS log_close,
    CASE WHEN coalesce(adj_close, close) > 0 THEN ln(coalesce(adj_close, close)) END AS log_adj
  FROM bars
  WHERE interval = '1d'
),
placed AS (
  SELECT daily.*, sessions.session_number
  FROM daily
  LEFT JOIN us_sessions AS sessions ON sessions.session_date = daily.session_date
),
steps AS (
  SELECT
    placed.*,
    log_close - lag(log_close) OVER by_time AS move,
    log_adj - lag(log_adj) OVER by_time AS adj_move,
    lead(log_close) OVER by_time - log_close AS next_move,
    lead(log_adj) OVER by_time - log_adj AS next_adj_move,
    open = lag(open) OVER by_time
      AND high = lag(high) OVER by_time
      AND low = lag(low) OVER by_time
      AND close = lag(close) OVER by_time
      AND volume = lag(volume) OVER by_time
      AND (volume > 0 OR high > low) AS repeats
  FROM placed
  WINDOW by_time AS (PARTITION BY symbol ORDER BY session_date)
),
ranked AS (
  SELECT
    symbol,
    abs(adj_move) AS size,
    row_number() OVER (PARTITION BY symbol ORDER BY abs(adj_move)) AS position,
    count(*) OVER (PARTITION BY symbol) AS moves
  FROM steps
  WHERE adj_move IS NOT NULL
),
-- 1.4826 times the median makes the standard deviation of a normal law; outliers hardly move it.
scales AS (
  SELECT symbol, 1.4826e0 * min(size) AS scale
  FROM ranked
  WHERE position * 2 >= moves
  GROUP BY symbol
),
habits AS (
  SELECT
    symbol,
    count_if(session_number IS NULL) * 100 <= count(*) OR count_if(session_number IS NULL) <= 1 AS keeps_us_sessions,
    count_if(volume = 0) * 2 < count(*) AS has_volume
  FROM placed
  GROUP BY symbol
),
judged AS (
  SELECT
    steps.*,
    greatest(0.25e0, 10 * scale) AS far,
    greatest(0.08e0, 6 * scale) AS wide,
    keeps_us_sessions,
    has_volume
  FROM steps
  JOIN habits ON habits.symbol = steps.symbol
  LEFT JOIN scales ON scales.symbol = steps.symbol
),
spikes AS (
  SELECT
    judged.*,
    (abs(move) > wide AND abs(move + next_move) < 0.2e0 * abs(move))
      OR (abs(adj_move) > wide AND abs(adj_move + next_adj_move) < 0.2e0 * abs(adj_move)) AS is_spike
  FROM judged
),
marked AS (
  SELECT spikes.*, lag(is_spike) OVER (PARTITION BY symbol ORDER BY session_date) AS after_spike
  FROM spikes
),
session_steps AS (
  SELECT
    symbol,
    session_number,
    lag(session_number) OVER (PARTITION BY symbol ORDER BY session_number) AS previous_number
  FROM marked
  WHERE session_number IS NOT NULL AND keeps_us_sessions
),
missing AS (
  SELECT symbol, number
  FROM session_steps
  CROSS JOIN UNNEST(sequence(previous_number + 1, session_number - 1)) AS skipped (number)
  WHERE session_number - previous_number BETWEEN 2 AND 9000
)
SELECT missing.symbol, sessions.session_date, 'missing_session' AS finding, CAST(NULL AS double) AS size
FROM missing
JOIN us_sessions AS sessions ON sessions.session_number = missing.number
UNION ALL
SELECT symbol, session_date, 'off_session', CAST(NULL AS double)
FROM marked
WHERE session_number IS NULL AND keeps_us_sessions
UNION ALL
SELECT symbol, session_date, 'spike', move
FROM marked
WHERE is_spike AND NOT coalesce(after_spike, false)
UNION ALL
SELECT symbol, session_date, 'jump', move
FROM marked
WHERE abs(move) > far
  AND abs(adj_move) > far
  AND NOT coalesce(is_spike, false)
  AND NOT coalesce(after_spike, false)
UNION ALL
SELECT symbol, session_date, 'adjustment', adj_move
FROM marked
WHERE abs(adj_move) > wide
  AND abs(adj_move) - abs(move) > 0.1e0
  AND NOT coalesce(is_spike, false)
  AND NOT coalesce(after_spike, false)
UNION ALL
SELECT symbol, session_date, 'stale', CAST(NULL AS double)
FROM marked
WHERE repeats
UNION ALL
SELECT symbol, session_date, 'zero_volume', CAST(NULL AS double)
FROM marked
WHERE volume = 0 AND has_volume
UNION ALL
SELECT symbol, session_date, 'outside_range', CAST(NULL AS double)
FROM marked
WHERE flags LIKE '%outside_range%'
UNION ALL
SELECT symbol, session_date, 'not_positive', CAST(NULL AS double)
FROM marked
WHERE flags LIKE '%not_positive%'
