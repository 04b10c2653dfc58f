-- doc: Sessions of the US calendar for which a symbol has no daily bar, between its first and its last.
-- param symbol: string, a pattern of Yahoo symbols, % for all
SELECT symbol, session_date
FROM bars_findings
WHERE finding = 'missing_session'
  AND symbol LIKE /* symbol */ '%'
ORDER BY symbol, session_date
