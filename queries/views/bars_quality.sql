-- doc: Per symbol: how many daily bars there are and how many of each finding of bars_findings.
-- column symbol: varchar, Yahoo symbol
-- column bars: bigint, daily bars
-- column first_day: date, the oldest
-- column last_day: date, the newest
-- column missing_sessions: bigint, sessions of the US calendar without a bar between the two
-- column off_session: bigint, bars on days without a session
-- column spikes: bigint, closes that the next day takes back
-- column jumps: bigint, moves beyond ten robust deviations that adj_close shows too
-- column adjustments: bigint, moves of adj_close that close does not show
-- column stale: bigint, bars that repeat the bar before them
-- column zero_volume: bigint, bars without volume of a symbol that has volume
-- column outside_range: bigint, bars whose open or close lies outside low and high, within the tolerance
-- column not_positive: bigint, bars with a price of nought or less
SELECT
  counted.symbol,
  counted.bars,
  counted.first_day,
  counted.last_day,
  coalesce(found.missing_sessions, 0) AS missing_sessions,
  coalesce(found.off_session, 0) AS off_session,
  coalesce(found.spikes, 0) AS spikes,
  coalesce(found.jumps, 0) AS jumps,
  coalesce(found.adjustments, 0) AS adjustments,
  coalesce(found.stale, 0) AS stale,
  coalesce(found.zero_volume, 0) AS zero_volume,
  coalesce(found.outside_range, 0) AS outside_range,
  coalesce(found.not_positive, 0) AS not_positive
FROM (
  SELECT
    symbol,
    count(*) AS bars,
    CAST(min(ts_event) AS date) AS first_day,
    CAST(max(ts_event) AS date) AS last_day
  FROM bars
  WHERE interval = '1d'
  GROUP BY symbol
) AS counted
LEFT JOIN (
  SELECT
    symbol,
    count_if(finding = 'missing_session') AS missing_sessions,
    count_if(finding = 'off_session') AS off_session,
    count_if(finding = 'spike') AS spikes,
    count_if(finding = 'jump') AS jumps,
    count_if(finding = 'adjustment') AS adjustments,
    count_if(finding = 'stale') AS stale,
    count_if(finding = 'zero_volume') AS zero_volume,
    count_if(finding = 'outside_range') AS outside_range,
    count_if(finding = 'not_positive') AS not_positive
  FROM bars_findings
  GROUP BY symbol
) AS found ON found.symbol = counted.symbol
