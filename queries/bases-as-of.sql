-- doc: A symbol's fetched bars on three bases as they stood at a time: only bars before it, only splits and dividends that the
-- doc: fetcher knew by then. Prices are those of the newest version; bars_versions has what was stated before.
-- param symbol: string, Yahoo symbol
-- param interval: string, length of the bars
-- param as_of: string, an instant of UTC such as 2026-11-20 21:00
WITH asked AS (
  SELECT CAST(/* as_of */ '2100-01-01 00:00' AS timestamp) AS ts
),
known AS (
  SELECT
    max_by(adjustments.split_product, adjustments.ts_event) AS split_product,
    max_by(adjustments.return_product, adjustments.ts_event) AS return_product,
    max_by(adjustments.unpriced, adjustments.ts_event) AS unpriced
  FROM adjustments
  CROSS JOIN asked
  WHERE adjustments.symbol = /* symbol */ 'AAPL'
    AND adjustments.ts_known <= asked.ts
)
SELECT
  bars.ts_event,
  bars.close_traded,
  bars.close_traded * bars.split_product / coalesce(known.split_product, 1) AS close_split,
  CASE
    WHEN coalesce(known.unpriced, 0) = bars.unpriced
      THEN bars.close_traded * bars.split_product / coalesce(known.split_product, 1)
        * coalesce(known.return_product, 1) / bars.return_product
  END AS close_return,
  bars.volume_traded,
  bars.volume_traded * coalesce(known.split_product, 1) / bars.split_product AS volume_split
FROM bars_bases AS bars
CROSS JOIN asked
CROSS JOIN known
WHERE bars.symbol = /* symbol */ 'AAPL'
  AND bars.interval = /* interval */ '1d'
  AND bars.ts_event <= asked.ts
ORDER BY bars.ts_event
