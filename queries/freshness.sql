-- doc: How old the newest daily bar of each symbol is by its own calendar: every day for crypto, the sessions of the US
-- doc: exchanges for their symbols, weekdays for the others (whose holidays are not known here).
-- param symbol: string, a pattern of Yahoo symbols, % for all
WITH newest AS (
  SELECT symbol, max(CAST(ts_event AS date)) AS newest_bar, max(ts_sent) AS last_sent
  FROM bars_live
  WHERE interval = '1d'
    AND symbol LIKE /* symbol */ '%'
  GROUP BY symbol
),
placed AS (
  SELECT
    newest.*,
    CASE
      WHEN regexp_like(symbol, '-[A-Z]{3,4}$') THEN 'every day'
      WHEN regexp_like(symbol, '[.=]') THEN 'weekdays'
      ELSE 'US sessions'
    END AS calendar,
    date_diff('day', newest_bar, current_date) - 1 AS days
  FROM newest
),
us AS (
  SELECT session_date, session_number FROM us_sessions WHERE session_date < current_date
),
last_us AS (
  SELECT max(session_number) AS last_number FROM us
),
us_numbers AS (
  SELECT placed.symbol, max(us.session_number) AS reached
  FROM placed
  JOIN us ON us.session_date <= placed.newest_bar
  WHERE placed.calendar = 'US sessions'
  GROUP BY placed.symbol
)
SELECT
  placed.symbol,
  placed.calendar,
  placed.newest_bar,
  placed.last_sent,
  greatest(0, CASE placed.calendar
    WHEN 'every day' THEN placed.days
    WHEN 'US sessions' THEN last_us.last_number - us_numbers.reached
    -- Whole weeks have five weekdays; of the rest those before the weekend or after it count.
    ELSE placed.days / 7 * 5
      + (CASE WHEN day_of_week(placed.newest_bar) + placed.days % 7 > 6 THEN placed.days % 7 - 2
              WHEN day_of_week(placed.newest_bar) + placed.days % 7 = 6 THEN placed.days % 7 - 1
              ELSE placed.days % 7 END)
  END) AS sessions_missed
FROM placed
CROSS JOIN last_us
LEFT JOIN us_numbers ON us_numbers.symbol = placed.symbol
ORDER BY sessions_missed DESC, placed.symbol
