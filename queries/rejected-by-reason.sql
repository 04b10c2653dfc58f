-- doc: Records that are no valid bars, by reason, history file, symbol and arrival date, with one example each.
-- param since: date, first arrival date
SELECT
  reject_code,
  source AS file,
  TRY(from_utf8(raw_key)) AS symbol,
  dt,
  count(*) AS records,
  min(reject_detail) AS example
FROM bars_quarantine
WHERE dt >= /* since */ '2000-01-01'
GROUP BY reject_code, source, TRY(from_utf8(raw_key)), dt
ORDER BY records DESC, reject_code, file, symbol, dt
