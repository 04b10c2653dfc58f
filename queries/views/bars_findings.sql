-- doc: Daily bars that look wrong, one row a finding. docs/queries.md explains each finding and its threshold.
-- column symbol: varchar, Yahoo symbol
-- column session_date: date, the day of the bar, or of the session that is missing
-- column finding: varchar, missing_session, off_session, spike, jump, adjustment, stale, zero_volume, outside_range, not_positive
-- column size: double, log return of a spike, jump or adjustment; else null
WITH placed AS (
  SELECT
    bars.symbol,
    sessions.session_number,
    CAST(bars.ts_event AS date) AS session_date,
    bars.open,
    bars.high,
    bars.low,
    bars.close,
    bars.volume,
    bars.flags,
    CASE WHEN bars.close > 0 THEN ln(bars.close) END AS log_close,
    CASE WHEN coalesce(bars.adj_close, bars.close) > 0 THEN ln(coalesce(bars.adj_close, bars.close)) END AS log_adj
  FROM bars
  LEFT JOIN us_sessions AS sessions ON sessions.session_date = CAST(bars.ts_event AS date)
  WHERE bars.interval = '1d'
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
      AND (volume > 0 OR high > low) AS repeats,
    max(session_number) OVER (by_time ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS previous_number
  FROM placed
  WINDOW by_time AS (PARTITION BY symbol ORDER BY session_date)
),
ranked AS (
  SELECT
    steps.*,
    row_number() OVER (PARTITION BY symbol ORDER BY abs(adj_move) NULLS LAST) AS position,
    count(adj_move) OVER (PARTITION BY symbol) AS moves,
    count(*) OVER (PARTITION BY symbol) AS days,
    sum(CASE WHEN session_number IS NULL THEN 1 ELSE 0 END) OVER (PARTITION BY symbol) AS days_off,
    sum(CASE WHEN volume = 0 THEN 1 ELSE 0 END) OVER (PARTITION BY symbol) AS days_without_volume
  FROM steps
),
-- 1.4826 times the median makes the standard deviation of a normal law; outliers hardly move it.
scaled AS (
  SELECT
    ranked.*,
    1.4826e0 * min(CASE WHEN position * 2 >= moves THEN abs(adj_move) END) OVER (PARTITION BY symbol) AS scale
  FROM ranked
),
spikes AS (
  SELECT
    scaled.*,
    greatest(0.25e0, 10 * scale) AS far,
    greatest(0.08e0, 6 * scale) AS wide,
    days_off * 100 <= days OR days_off <= 1 AS keeps_us_sessions,
    coalesce(
      (abs(move) > greatest(0.08e0, 6 * scale) AND abs(move + next_move) < 0.2e0 * abs(move))
        OR (abs(adj_move) > greatest(0.08e0, 6 * scale) AND abs(adj_move + next_adj_move) < 0.2e0 * abs(adj_move)),
      false
    ) AS is_spike
  FROM scaled
),
marked AS (
  SELECT
    spikes.*,
    coalesce(lag(is_spike) OVER (PARTITION BY symbol ORDER BY session_date), false) AS after_spike
  FROM spikes
)
SELECT
  symbol,
  session_date,
  CAST(finding AS varchar) AS finding,
  CASE finding WHEN 'spike' THEN move WHEN 'jump' THEN move WHEN 'adjustment' THEN adj_move END AS size
FROM marked
CROSS JOIN (
  VALUES ('off_session'), ('spike'), ('jump'), ('adjustment'), ('stale'), ('zero_volume'), ('outside_range'), ('not_positive')
) AS kinds (finding)
WHERE CASE finding
  WHEN 'off_session' THEN session_number IS NULL AND keeps_us_sessions
  WHEN 'spike' THEN is_spike AND NOT after_spike
  WHEN 'jump' THEN abs(move) > far AND abs(adj_move) > far AND NOT is_spike AND NOT after_spike
  WHEN 'adjustment' THEN
    abs(adj_move) > wide AND abs(adj_move) - abs(move) > 0.1e0 AND NOT is_spike AND NOT after_spike
  WHEN 'stale' THEN repeats
  WHEN 'zero_volume' THEN volume = 0 AND days_without_volume * 2 < days
  WHEN 'outside_range' THEN flags LIKE '%outside_range%'
  WHEN 'not_positive' THEN flags LIKE '%not_positive%'
END
UNION ALL
SELECT missing.symbol, sessions.session_date, CAST('missing_session' AS varchar), CAST(NULL AS double)
FROM (
  SELECT symbol, skipped_number
  FROM marked
  CROSS JOIN UNNEST(sequence(previous_number + 1, session_number - 1)) AS skipped (skipped_number)
  WHERE keeps_us_sessions AND session_number - previous_number BETWEEN 2 AND 9000
) AS missing
JOIN us_sessions AS sessions ON sessions.session_number = missing.skipped_number
