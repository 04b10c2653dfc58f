-- doc: Records that are no valid bars, by reason and arrival date, with one example each.
-- param since: date, first arrival date
SELECT
  reject_code,
  dt,
  count(*) AS records,
  min(reject_detail) AS example
FROM bars_quarantine
WHERE dt >= /* since */ '2000-01-01'
GROUP BY reject_code, dt
ORDER BY records DESC, reject_code, dt
