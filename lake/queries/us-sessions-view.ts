/** The exchange calendar for SQL: a view of the sessions since 1990, written from `calendar.ts`. */
import { DAY_MS, isoDay } from '../instant.ts'
import { CALENDAR_FROM, closuresOf, REGULAR_END, sessionEnd, sessionsBetween } from './calendar.ts'
import type { SavedView } from './saved-query.ts'

/** Holidays are computed ahead; closures that no rule foresees are not in a view that was made before them. */
const LAST_YEAR = 2039
const END = Date.UTC(LAST_YEAR + 1, 0, 1)

/** Trino's `sequence` makes at most 10,000 entries at once. */
const DAYS_AT_ONCE = 9_000

/** 1990-01-01 was a Monday, so the fifth and sixth day of each seven are the weekend. */
export const US_SESSIONS: SavedView = {
  name: 'us_sessions',
  doc: `Sessions of the US stock exchanges, 1990 to ${LAST_YEAR}: weekends, holidays by rule, one-off closures up to 2025.`,
  columns: [
    { name: 'session_date', type: 'date', doc: 'the day' },
    { name: 'session_number', type: 'bigint', doc: 'counts the sessions from 1, so that differences count sessions' },
    { name: 'ends_early', type: 'boolean', doc: 'the session ends before 16:00 New York time' },
  ],
  sql: `WITH days AS (
${spans().map(daysBetween).join('\n  UNION ALL\n')}
),
closures AS (
  SELECT closed FROM (VALUES ${dates(closures())}) AS t (closed)
),
early_ends AS (
  SELECT early FROM (VALUES ${dates(earlyEnds())}) AS t (early)
)
SELECT
  calendar_day AS session_date,
  row_number() OVER (ORDER BY calendar_day) AS session_number,
  early IS NOT NULL AS ends_early
FROM days
LEFT JOIN closures ON closed = calendar_day
LEFT JOIN early_ends ON early = calendar_day
WHERE closed IS NULL
  AND date_diff('day', DATE '${isoDay(CALENDAR_FROM)}', calendar_day) % 7 < 5`,
}

function spans(): { readonly first: number; readonly last: number }[] {
  const spans = []
  for (let first = CALENDAR_FROM; first < END; first += DAYS_AT_ONCE * DAY_MS) {
    spans.push({ first, last: Math.min(END, first + DAYS_AT_ONCE * DAY_MS) - DAY_MS })
  }
  return spans
}

function daysBetween({ first, last }: { readonly first: number; readonly last: number }): string {
  return `  SELECT CAST(one_day AS date) AS calendar_day
  FROM UNNEST(sequence(DATE '${isoDay(first)}', DATE '${isoDay(last)}', INTERVAL '1' DAY)) AS t (one_day)`
}

function closures(): number[] {
  const years = Array.from({ length: LAST_YEAR - 1990 + 1 }, (_, i) => 1990 + i)
  return years.flatMap((year) => closuresOf(year).map(({ day }) => day))
}

function earlyEnds(): number[] {
  return sessionsBetween(CALENDAR_FROM, END).filter((day) => sessionEnd(day) !== REGULAR_END)
}

function dates(days: readonly number[]): string {
  return days.map((day) => `(DATE '${isoDay(day)}')`).join(', ')
}
