-- doc: The newest version of every fetched bar on three bases: as it was traded, adjusted for splits, and total return, which
-- doc: takes dividends out too. Bars of other sources do not say on which basis they are: they are not here.
-- column symbol: varchar, Yahoo symbol
-- column interval: varchar, length of the bar, a day at most
-- column ts_event: timestamp(3), the bar's own time
-- column open_traded: double, first price as it was traded
-- column high_traded: double, highest price as it was traded
-- column low_traded: double, lowest price as it was traded
-- column close_traded: double, last price as it was traded
-- column volume_traded: double, shares as they were traded
-- column open_split: double, first price, splits since then taken out
-- column high_split: double, highest price, splits since then taken out
-- column low_split: double, lowest price, splits since then taken out
-- column close_split: double, last price, splits since then taken out
-- column volume_split: double, shares of today's kind
-- column open_return: double, first price, splits and dividends since then taken out
-- column high_return: double, highest price, splits and dividends since then taken out
-- column low_return: double, lowest price, splits and dividends since then taken out
-- column close_return: double, last price, splits and dividends since then taken out; null where the bar before one is missing
-- column split_product: double, ratios of the splits up to this bar, multiplied
-- column return_product: double, what is left of a price after the dividends up to this bar
-- column unpriced: bigint, dividends up to this bar whose bar before them is not in the lake
-- column source: varchar, yahoo, with the day of the last split that its prices took out
-- column ts_sent: timestamp(3), when this version was sent
WITH fetched AS (
  SELECT
    bars_live.*,
    greatest(ts_event, coalesce(TRY_CAST(substr(source, 7) AS timestamp), ts_event)) AS ts_basis
  FROM bars_live
  WHERE (source = 'yahoo' OR source LIKE 'yahoo@%')
    AND interval NOT IN ('5d', '1wk', '1mo', '3mo')
),
newest AS (
  SELECT
    symbol,
    max_by(split_product, ts_event) AS split_product,
    max_by(return_product, ts_event) AS return_product,
    max_by(unpriced, ts_event) AS unpriced
  FROM adjustments
  GROUP BY symbol
),
placed AS (
  SELECT
    fetched.symbol,
    fetched.interval,
    fetched.ts_event,
    fetched.open,
    fetched.high,
    fetched.low,
    fetched.close,
    fetched.volume,
    fetched.source,
    fetched.ts_sent,
    coalesce(own.split_product, 1) AS split_product,
    coalesce(own.return_product, 1) AS return_product,
    coalesce(own.unpriced, 0) AS unpriced,
    -- What the row's price has to be multiplied with to be as it was traded.
    CASE
      WHEN fetched.ts_basis > fetched.ts_event THEN coalesce(stated.split_product, 1) / coalesce(own.split_product, 1)
      ELSE 1
    END AS traded
  FROM fetched
  LEFT JOIN adjustments AS own
    ON own.symbol = fetched.symbol
    AND (CASE WHEN fetched.interval = '1d' THEN own.ts_event ELSE own.ts_effective END) <= fetched.ts_event
    AND (
      own.until_event IS NULL
      OR (CASE WHEN fetched.interval = '1d' THEN own.until_event ELSE own.until_effective END) > fetched.ts_event
    )
  LEFT JOIN adjustments AS stated
    ON stated.symbol = fetched.symbol
    AND stated.ts_event <= fetched.ts_basis
    AND (stated.until_event IS NULL OR stated.until_event > fetched.ts_basis)
),
factors AS (
  SELECT
    placed.*,
    placed.split_product / coalesce(newest.split_product, 1) AS split,
    CASE
      WHEN coalesce(newest.unpriced, 0) = placed.unpriced
        THEN coalesce(newest.return_product, 1) / placed.return_product
    END AS paid
  FROM placed
  LEFT JOIN newest
    ON newest.symbol = placed.symbol
)
SELECT
  symbol,
  interval,
  ts_event,
  open * traded AS open_traded,
  high * traded AS high_traded,
  low * traded AS low_traded,
  close * traded AS close_traded,
  volume / traded AS volume_traded,
  open * traded * split AS open_split,
  high * traded * split AS high_split,
  low * traded * split AS low_split,
  close * traded * split AS close_split,
  volume / traded / split AS volume_split,
  open * traded * split * paid AS open_return,
  high * traded * split * paid AS high_return,
  low * traded * split * paid AS low_return,
  close * traded * split * paid AS close_return,
  split_product,
  return_product,
  unpriced,
  source,
  ts_sent
FROM factors
