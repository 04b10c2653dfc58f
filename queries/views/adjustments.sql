-- doc: What splits and dividends make of prices, a row for each day with one: from this day on the products hold, until the
-- doc: next one. Of several statements of one action the newest counts. A dividend needs the daily bar before it.
-- column symbol: varchar, Yahoo symbol
-- column ts_event: timestamp(3), the first session with the new price basis
-- column ts_effective: timestamp(3), when that session opens
-- column ts_known: timestamp(3), when the fetcher was told
-- column ratio: double, new shares for an old one; 1 on a day without a split
-- column amount: double, dividends of the day as they were paid; 0 without one
-- column split_product: double, the ratios of all splits up to this day, multiplied
-- column return_product: double, what is left of a price after all dividends up to this day, multiplied
-- column unpriced: bigint, dividends up to this day whose bar before them is not in the lake: they are not in the product
-- column until_event: timestamp(3), ts_event of the next one; null for the newest
-- column until_effective: timestamp(3), ts_effective of the next one
WITH statements AS (
  SELECT
    symbol,
    kind,
    ts_event,
    min(ts_known) AS ts_known,
    max_by(ts_effective, ts_known) AS ts_effective,
    max_by(ratio, ts_known) AS ratio,
    max_by(amount, ts_known) AS amount
  FROM actions
  GROUP BY symbol, kind, ts_event
),
days AS (
  SELECT
    symbol,
    ts_event,
    min(ts_effective) AS ts_effective,
    max(ts_known) AS ts_known,
    exp(sum(ln(coalesce(ratio, 1)))) AS ratio,
    sum(coalesce(amount, 0)) AS amount
  FROM statements
  GROUP BY symbol, ts_event
),
split_days AS (
  SELECT
    days.*,
    exp(sum(ln(ratio)) OVER (PARTITION BY symbol ORDER BY ts_event)) AS split_product,
    lead(ts_event) OVER (PARTITION BY symbol ORDER BY ts_event) AS until_event,
    lead(ts_effective) OVER (PARTITION BY symbol ORDER BY ts_event) AS until_effective
  FROM days
),
-- The last daily bar before each dividend. Its price takes out the splits up to its own day or to the day that its source
-- names, whichever is later.
bars_before AS (
  SELECT
    split_days.symbol,
    split_days.ts_event,
    max_by(bars_live.close, bars_live.ts_event) AS close,
    max_by(
      greatest(bars_live.ts_event, coalesce(TRY_CAST(substr(bars_live.source, 7) AS timestamp), bars_live.ts_event)),
      bars_live.ts_event
    ) AS ts_basis
  FROM split_days
  JOIN bars_live
    ON bars_live.symbol = split_days.symbol
    AND bars_live.ts_event < split_days.ts_event
    AND bars_live.ts_event >= split_days.ts_event - INTERVAL '14' DAY
  WHERE split_days.amount > 0
    AND bars_live.interval = '1d'
    AND (bars_live.source = 'yahoo' OR bars_live.source LIKE 'yahoo@%')
  GROUP BY split_days.symbol, split_days.ts_event
),
priced AS (
  SELECT
    bars_before.symbol,
    bars_before.ts_event,
    -- On the basis of the dividend's day.
    bars_before.close * coalesce(stated.split_product, 1) / paid.split_product AS close_before
  FROM bars_before
  JOIN split_days AS paid
    ON paid.symbol = bars_before.symbol
    AND paid.ts_event = bars_before.ts_event
  LEFT JOIN split_days AS stated
    ON stated.symbol = bars_before.symbol
    AND stated.ts_event <= bars_before.ts_basis
    AND (stated.until_event IS NULL OR stated.until_event > bars_before.ts_basis)
),
factors AS (
  SELECT
    split_days.*,
    CASE
      WHEN split_days.amount = 0 THEN 1
      WHEN split_days.amount < priced.close_before THEN 1 - split_days.amount / priced.close_before
    END AS factor
  FROM split_days
  LEFT JOIN priced
    ON priced.symbol = split_days.symbol
    AND priced.ts_event = split_days.ts_event
)
SELECT
  symbol,
  ts_event,
  ts_effective,
  ts_known,
  ratio,
  amount,
  split_product,
  exp(sum(ln(coalesce(factor, 1))) OVER (PARTITION BY symbol ORDER BY ts_event)) AS return_product,
  sum(CASE WHEN factor IS NULL THEN 1 ELSE 0 END) OVER (PARTITION BY symbol ORDER BY ts_event) AS unpriced,
  until_event,
  until_effective
FROM factors
