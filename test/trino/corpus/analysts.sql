-- Windows, gaps, groups
SELECT symbol, ts_event, close, avg(close) OVER (PARTITION BY symbol ORDER BY ts_event RANGE BETWEEN INTERVAL '30' DAY PRECEDING AND CURRENT ROW) AS m30 FROM bars WHERE ts_event >= TIMESTAMP '2012-12-01' ORDER BY symbol, ts_event LIMIT 40
SELECT symbol, ts_event, count(*) OVER (PARTITION BY symbol ORDER BY ts_event RANGE BETWEEN INTERVAL '7' DAY PRECEDING AND INTERVAL '1' DAY PRECEDING) AS n FROM bars WHERE ts_event >= TIMESTAMP '2013-01-01' ORDER BY symbol, ts_event LIMIT 30
SELECT x, sum(x) OVER (ORDER BY x ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE CURRENT ROW) FROM (VALUES 1, 2, 3) AS t (x)
SELECT x, sum(x) OVER (ORDER BY x ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE TIES) FROM (VALUES 1, 2, 2, 3) AS t (x)
SELECT d, v, sum(v) OVER (ORDER BY d RANGE INTERVAL '2' DAY PRECEDING) FROM (VALUES (DATE '2024-01-01', 1), (DATE '2024-01-02', 2), (DATE '2024-01-05', 5), (NULL, 9)) AS t (d, v) ORDER BY d
SELECT d, v, sum(v) OVER (ORDER BY d DESC RANGE BETWEEN INTERVAL '2' DAY PRECEDING AND CURRENT ROW) FROM (VALUES (DATE '2024-01-01', 1), (DATE '2024-01-02', 2), (DATE '2024-01-05', 5)) AS t (d, v) ORDER BY d
SELECT x, sum(x) OVER (ORDER BY x RANGE BETWEEN 1.5 PRECEDING AND CURRENT ROW) FROM (VALUES 1.0, 2.0, 2.5, 4.0) AS t (x) ORDER BY x
SELECT x, sum(x) OVER (ORDER BY x RANGE BETWEEN 1.5e0 PRECEDING AND 0.5e0 FOLLOWING) FROM (VALUES 1e0, 2e0, 2.5e0, 4e0) AS t (x) ORDER BY x
SELECT x, sum(x) OVER (ORDER BY x RANGE BETWEEN 1e0 PRECEDING AND CURRENT ROW) FROM (VALUES 1, 2, 4) AS t (x) ORDER BY x
SELECT x, sum(x) OVER (ORDER BY x RANGE BETWEEN -1 PRECEDING AND CURRENT ROW) FROM (VALUES 1, 2, 4) AS t (x) ORDER BY x
SELECT x, sum(x) OVER (ORDER BY x ROWS BETWEEN -1 PRECEDING AND CURRENT ROW) FROM (VALUES 1, 2, 4) AS t (x) ORDER BY x
SELECT x, sum(x) OVER (ORDER BY x ROWS BETWEEN NULL PRECEDING AND CURRENT ROW) FROM (VALUES 1, 2, 4) AS t (x) ORDER BY x
SELECT x, sum(x) OVER (ORDER BY x ROWS n PRECEDING) FROM (VALUES (1, 0), (2, 1), (3, 2)) AS t (x, n) ORDER BY x
SELECT x, sum(x) OVER (ORDER BY x, n RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) FROM (VALUES (1, 0), (2, 1), (3, 2)) AS t (x, n) ORDER BY x
SELECT x, sum(x) OVER (RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) FROM (VALUES 1, 2) AS t (x)
SELECT x, sum(x) OVER (GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM (VALUES 1, 2) AS t (x)
SELECT x, last_value(x) OVER (ORDER BY g GROUPS CURRENT ROW) FROM (VALUES (1, 1), (2, 1), (3, 2)) AS t (x, g) ORDER BY 1
SELECT x, sum(x) OVER (ORDER BY x ROWS BETWEEN CURRENT ROW AND 1 PRECEDING) FROM (VALUES 1, 2) AS t (x)
SELECT x, sum(x) OVER (ORDER BY x ROWS BETWEEN UNBOUNDED FOLLOWING AND CURRENT ROW) FROM (VALUES 1, 2) AS t (x)
SELECT x, sum(x) OVER (ORDER BY x ROWS 1 FOLLOWING) FROM (VALUES 1, 2) AS t (x)
SELECT x, count(x) OVER (ORDER BY s RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) FROM (VALUES (1, 'a'), (2, 'b')) AS t (x, s)
SELECT symbol, ts_event, close, nth_value(close, 2) OVER (PARTITION BY symbol ORDER BY close DESC ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS second FROM bars WHERE month = '2013-02' ORDER BY symbol, ts_event LIMIT 12
SELECT n, nth_value(x, 2) IGNORE NULLS OVER (ORDER BY n ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM (VALUES (1, NULL), (2, 5), (3, NULL), (4, 7)) AS t (n, x) ORDER BY n
SELECT n, nth_value(x, n) OVER (ORDER BY n ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM (VALUES (1, 10), (2, 20), (3, 30)) AS t (n, x) ORDER BY n
SELECT n, lead(x, 2) IGNORE NULLS OVER (ORDER BY n), lag(x, 1, -1) IGNORE NULLS OVER (ORDER BY n) FROM (VALUES (1, NULL), (2, 5), (3, NULL), (4, 7), (5, 8)) AS t (n, x) ORDER BY n
SELECT n, sum(x) IGNORE NULLS OVER (ORDER BY n) FROM (VALUES (1, NULL), (2, 5)) AS t (n, x) ORDER BY n
SELECT n, lag(x, 1, 'none') OVER (ORDER BY n) FROM (VALUES (1, 5), (2, 6)) AS t (n, x)
SELECT n, lag(x, 1, 0.5) OVER (ORDER BY n) FROM (VALUES (1, 5), (2, 6)) AS t (n, x) ORDER BY n
SELECT n, lag(x, 1, 7) OVER (ORDER BY n) FROM (VALUES (1, 5e0), (2, 6e0)) AS t (n, x) ORDER BY n
SELECT x, sum(x) OVER w1, avg(x) OVER w2 FROM (VALUES 1, 2, 3) AS t (x) WINDOW w1 AS (ORDER BY x), w2 AS (w1 ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) ORDER BY x
SELECT x, sum(x) OVER w FROM (VALUES 1, 2) AS t (x) WINDOW W AS (ORDER BY x DESC) ORDER BY x
SELECT x, sum(x) OVER nosuch FROM (VALUES 1, 2) AS t (x)
SELECT x, sum(x) OVER (w PARTITION BY x) FROM (VALUES 1, 2) AS t (x) WINDOW w AS (ORDER BY x)
SELECT x, sum(x) OVER (w ORDER BY x) FROM (VALUES 1, 2) AS t (x) WINDOW w AS (ORDER BY x)
SELECT x, row_number() OVER (ORDER BY row_number() OVER (ORDER BY x)) FROM (VALUES 1, 2) AS t (x)
SELECT x FROM (VALUES 1, 2, 3) AS t (x) WHERE row_number() OVER (ORDER BY x) = 1
SELECT x, sum(count(*)) OVER (ORDER BY x) FROM (VALUES 1, 2, 2) AS t (x) GROUP BY x ORDER BY 1
SELECT x, sum(y) OVER (ORDER BY x) FROM (VALUES (1, 2), (2, 3)) AS t (x, y) GROUP BY x
SELECT count(*) OVER (PARTITION BY g) AS n, rank() OVER (PARTITION BY g ORDER BY x DESC NULLS LAST) AS r, x FROM (VALUES ('a', 1), ('a', NULL), ('a', 3), ('b', 2)) AS t (g, x) ORDER BY 3, 2
SELECT * FROM (SELECT symbol, ts_event, close, row_number() OVER (PARTITION BY symbol ORDER BY close DESC, ts_event) AS rn FROM bars) WHERE rn <= 2 ORDER BY symbol, rn
SELECT symbol, d, close, percent_rank() OVER (PARTITION BY symbol ORDER BY close) AS pr FROM (SELECT symbol, date(ts_event) AS d, close FROM bars WHERE month = '2013-02') ORDER BY symbol, d LIMIT 12
SELECT x, ntile(3) OVER (ORDER BY x) AS t, cume_dist() OVER (ORDER BY x DESC) AS c FROM (VALUES 1, 2, 3, 4, 5, 6, 7) AS v (x) ORDER BY x
SELECT x, ntile(BIGINT '2') OVER (ORDER BY x) AS t FROM (VALUES 1, 2, 3) AS v (x) ORDER BY x
SELECT x, first_value(x) OVER (ORDER BY x DESC NULLS LAST) FROM (VALUES 1, NULL, 3) AS t (x) ORDER BY x
SELECT x, max(x) OVER (ORDER BY n ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING) AS prior_high FROM (VALUES (1, 5), (2, 9), (3, 1), (4, 3)) AS t (n, x) ORDER BY n
SELECT n, array_agg(x ORDER BY x) OVER (ORDER BY n) FROM (VALUES (1, 5), (2, 9)) AS t (n, x)
SELECT n, listagg(x, ',') WITHIN GROUP (ORDER BY x) OVER () FROM (VALUES (1, 'a')) AS t (n, x)
SELECT n, count(DISTINCT x) OVER (PARTITION BY n) FROM (VALUES (1, 5), (1, 5), (1, 6)) AS t (n, x)
SELECT n, count_if(x > 5) OVER (ORDER BY n), bool_or(x > 5) OVER (ORDER BY n), min_by(x, n) OVER (ORDER BY n) FROM (VALUES (1, 5), (2, 9)) AS t (n, x) ORDER BY n
SELECT n, corr(x, y) OVER (ORDER BY n ROWS 2 PRECEDING), regr_slope(y, x) OVER (ORDER BY n ROWS 2 PRECEDING), stddev_pop(x) OVER (ORDER BY n ROWS 2 PRECEDING), var_samp(y) OVER (ORDER BY n) FROM (VALUES (1, 1e0, 2e0), (2, 2e0, 3e0), (3, 4e0, 3e0), (4, 4e0, 9e0)) AS t (n, x, y) ORDER BY n
SELECT n, sum(x) OVER (ORDER BY n) FROM (VALUES (1, 1.5), (2, NULL), (3, 2.25)) AS t (n, x) ORDER BY n
SELECT n, avg(x) OVER (ORDER BY n ROWS 1 PRECEDING) FROM (VALUES (1, 1.5), (2, 1.0), (3, 2.25)) AS t (n, x) ORDER BY n
SELECT n, avg(x) OVER (ORDER BY n ROWS 1 PRECEDING) FROM (VALUES (1, REAL '1.1'), (2, REAL '2.2')) AS t (n, x) ORDER BY n
SELECT n, sum(x) OVER (ORDER BY n ROWS 1 PRECEDING) FROM (VALUES (1, nan()), (2, 1e0), (3, 2e0), (4, 3e0)) AS t (n, x) ORDER BY n
SELECT n, max(x) OVER (ORDER BY n ROWS 1 PRECEDING) FROM (VALUES (1, nan()), (2, 1e0), (3, 2e0)) AS t (n, x) ORDER BY n
SELECT n, sum(x) OVER (ORDER BY n ROWS 1 PRECEDING) FROM (VALUES (1, infinity()), (2, 1e0), (3, 2e0)) AS t (n, x) ORDER BY n
SELECT n, avg(x) OVER (ORDER BY n ROWS 1 PRECEDING) FROM (VALUES (1, infinity()), (2, 1e0), (3, 2e0)) AS t (n, x) ORDER BY n
SELECT n, stddev(x) OVER (ORDER BY n ROWS 1 PRECEDING) FROM (VALUES (1, nan()), (2, 1e0), (3, 2e0)) AS t (n, x) ORDER BY n
SELECT n, sum(x) OVER (PARTITION BY n % 2, b ORDER BY n) FROM (VALUES (1, 1, true), (2, 1, NULL), (3, 1, true), (4, 3, NULL)) AS t (n, x, b) ORDER BY n
SELECT n, lag(n) OVER (ORDER BY t), date_diff('minute', lag(t) OVER (ORDER BY t), t) FROM (VALUES (1, TIMESTAMP '2024-01-01 10:00:00'), (2, TIMESTAMP '2024-01-01 10:20:30')) AS v (n, t) ORDER BY n
SELECT t, count(*) OVER (ORDER BY t RANGE BETWEEN INTERVAL '1' DAY PRECEDING AND CURRENT ROW) FROM (VALUES TIMESTAMP '2024-03-10 00:00:00 America/New_York', TIMESTAMP '2024-03-11 00:30:00 America/New_York') AS v (t) ORDER BY t
SELECT t, count(*) OVER (ORDER BY t RANGE BETWEEN INTERVAL '1' MONTH PRECEDING AND CURRENT ROW) FROM (VALUES TIMESTAMP '2024-01-31 12:00:00', TIMESTAMP '2024-02-29 11:00:00', TIMESTAMP '2024-02-29 13:00:00', TIMESTAMP '2024-03-31 12:00:00') AS v (t) ORDER BY t
SELECT t, count(*) OVER (ORDER BY t RANGE BETWEEN INTERVAL '1' YEAR PRECEDING AND INTERVAL '1' YEAR FOLLOWING) FROM (VALUES DATE '2023-02-28', DATE '2024-02-29', DATE '2025-02-28', DATE '2025-03-01') AS v (t) ORDER BY t
WITH b AS (SELECT symbol, date(ts_event) AS d, close > open AS up FROM bars WHERE month >= '2013-01'), g AS (SELECT symbol, d, up, row_number() OVER (PARTITION BY symbol ORDER BY d) - row_number() OVER (PARTITION BY symbol, up ORDER BY d) AS grp FROM b) SELECT symbol, up, min(d), max(d), count(*) AS n FROM g GROUP BY symbol, up, grp HAVING count(*) >= 4 ORDER BY symbol, 3
WITH s AS (SELECT symbol, ts_event, lead(ts_event) OVER (PARTITION BY symbol ORDER BY ts_event) AS next FROM bars) SELECT symbol, ts_event, next, date_diff('day', ts_event, next) AS gap FROM s WHERE date_diff('day', ts_event, next) > 4 ORDER BY gap DESC, symbol, ts_event LIMIT 10
SELECT q.t, (SELECT max_by(p.px, p.t) FROM (VALUES (TIMESTAMP '2024-01-01 09:00:00', 10e0), (TIMESTAMP '2024-01-01 09:05:00', 11e0)) AS p (t, px) WHERE p.t <= q.t) AS px FROM (VALUES TIMESTAMP '2024-01-01 09:04:00', TIMESTAMP '2024-01-01 09:05:00', TIMESTAMP '2024-01-01 08:00:00') AS q (t) ORDER BY q.t
WITH q AS (SELECT 'q' AS k, TIMESTAMP '2024-01-01 09:04:00' AS t, CAST(NULL AS double) AS px UNION ALL SELECT 'p', TIMESTAMP '2024-01-01 09:00:00', 10e0 UNION ALL SELECT 'p', TIMESTAMP '2024-01-01 09:05:00', 11e0) SELECT t, k, last_value(px) IGNORE NULLS OVER (ORDER BY t, k ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) FROM q ORDER BY t
SELECT * FROM (SELECT a.x, b.y, row_number() OVER (PARTITION BY a.x ORDER BY b.y DESC) AS rn FROM (VALUES 1, 5, 10) AS a (x) LEFT JOIN (VALUES 2, 4, 7) AS b (y) ON b.y <= a.x) WHERE rn = 1 ORDER BY x
SELECT t.symbol, u.symbol FROM (SELECT DISTINCT symbol FROM bars) t CROSS JOIN LATERAL (SELECT symbol FROM bars b WHERE b.symbol = t.symbol LIMIT 1) u ORDER BY 1
SELECT t.symbol, u.close FROM (SELECT DISTINCT symbol FROM bars) t CROSS JOIN LATERAL (SELECT close FROM bars b WHERE b.symbol = t.symbol ORDER BY ts_event DESC LIMIT 1) u ORDER BY 1
SELECT t.symbol, u.ts_event, u.close FROM (SELECT DISTINCT symbol FROM bars) t CROSS JOIN LATERAL (SELECT ts_event, close FROM bars b WHERE b.symbol = t.symbol ORDER BY ts_event DESC LIMIT 2) u ORDER BY 1, 2
SELECT x, y FROM (VALUES 1, 2) AS t (x), LATERAL (VALUES x + 1) AS u (y) ORDER BY x
SELECT x, y, z FROM (VALUES 1, 2) AS t (x) CROSS JOIN LATERAL (SELECT x + 1 AS y) CROSS JOIN LATERAL (SELECT y * 2 AS z) ORDER BY x
SELECT symbol, open, close, body, body / nullif(rng, 0) AS share FROM bars CROSS JOIN LATERAL (SELECT abs(close - open) AS body, high - low AS rng) WHERE month = '2013-02' ORDER BY ts_event, symbol LIMIT 5
SELECT symbol, year(ts_event) AS y, grouping(symbol, year(ts_event)) AS g, count(*) AS n FROM bars WHERE ts_event >= TIMESTAMP '2012-01-01' GROUP BY CUBE (symbol, year(ts_event)) ORDER BY g, 1, 2
SELECT symbol, y, grouping(symbol), grouping(y), sum(v) FROM (SELECT symbol, year(ts_event) AS y, volume AS v FROM bars WHERE ts_event >= TIMESTAMP '2012-01-01') GROUP BY ROLLUP (symbol, y) HAVING grouping(y) = 1 ORDER BY 1
SELECT coalesce(symbol, 'TOTAL') AS s, avg(close) FROM bars GROUP BY GROUPING SETS (symbol, ()) ORDER BY 1
SELECT x, y, count(*) FROM (VALUES (1, 'a'), (1, 'b'), (NULL, 'a')) AS t (x, y) GROUP BY CUBE (x, y) ORDER BY grouping(x, y), 1, 2
SELECT x, count(*) FROM (VALUES 1, NULL) AS t (x) GROUP BY GROUPING SETS ((x), (x), ()) ORDER BY 1, 2
SELECT x, y, count(*) FROM (VALUES (1, 2)) AS t (x, y) GROUP BY x, GROUPING SETS ((y), ()) ORDER BY 2
SELECT x, count(*) FROM (VALUES 1) AS t (x) WHERE false GROUP BY GROUPING SETS ((x), ())
SELECT grouping(x) FROM (VALUES 1) AS t (x)
SELECT grouping(y) FROM (VALUES (1, 2)) AS t (x, y) GROUP BY x
SELECT x, count(*) FROM (VALUES (1, 2)) AS t (x, y) GROUP BY DISTINCT ROLLUP (x), CUBE (x) ORDER BY 1
SELECT x, y, count(*) FROM (VALUES (1, 2), (2, 3)) AS t (x, y) GROUP BY ALL
SELECT x, count(DISTINCT y), sum(DISTINCT z) FROM (VALUES (1, 2, 3), (1, 3, 3)) AS t (x, y, z) GROUP BY ROLLUP (x) ORDER BY 1
SELECT x, rank() OVER (PARTITION BY grouping(x) ORDER BY sum(y) DESC) FROM (VALUES (1, 2), (2, 9)) AS t (x, y) GROUP BY ROLLUP (x) ORDER BY 1
SELECT x FROM (VALUES 1, 1) AS t (x) GROUP BY 1 HAVING count(*) > 1
SELECT x + 1 FROM (VALUES 1, 1) AS t (x) GROUP BY x + 1
SELECT x + 1 FROM (VALUES 1, 1) AS t (x) GROUP BY 1 + x
SELECT (x + 1) * 2 FROM (VALUES 1, 1) AS t (x) GROUP BY x + 1
SELECT upper(s) || '!' FROM (VALUES 'a') AS t (s) GROUP BY upper(s)
SELECT s FROM (VALUES 'a') AS t (s) GROUP BY upper(s)
SELECT CASE WHEN x > 1 THEN 'a' ELSE 'b' END AS k, count(*) FROM (VALUES 1, 2) AS t (x) GROUP BY CASE WHEN x > 1 THEN 'a' ELSE 'b' END ORDER BY k
SELECT x FROM (VALUES 1) AS t (x) GROUP BY 2
SELECT x, count(*) FROM (VALUES 1) AS t (x) GROUP BY 2
SELECT count(*) FROM (VALUES 1) AS t (x) GROUP BY ()
SELECT count(*) FROM (VALUES 1) AS t (x) WHERE false GROUP BY ()
SELECT count(*) FROM (VALUES 1) AS t (x) WHERE false HAVING count(*) > 0
SELECT x, max(y) FROM (VALUES (1, 2)) AS t (x, y)
SELECT *, count(*) FROM (VALUES (1, 2)) AS t (x, y) GROUP BY 1, 2
SELECT t.* FROM (VALUES (1, 2)) AS t (x, y) GROUP BY x, y
SELECT x, y FROM (VALUES (1, 2)) AS t (x, y) GROUP BY x
SELECT x FROM (VALUES (1, 2)) AS t (x, y) GROUP BY x ORDER BY y
SELECT x FROM (VALUES (1, 2)) AS t (x, y) GROUP BY x HAVING y > 1
SELECT x, (SELECT max(z) FROM (VALUES 1) AS u (z) WHERE z < y) FROM (VALUES (1, 2)) AS t (x, y) GROUP BY x
SELECT x, (SELECT max(z) FROM (VALUES 1) AS u (z) WHERE z <= x) FROM (VALUES (1, 2)) AS t (x, y) GROUP BY x
SELECT sum(sum(x)) FROM (VALUES 1) AS t (x)
SELECT x AS a, sum(y) AS b FROM (VALUES (1, 2), (3, 4)) AS t (x, y) GROUP BY x HAVING b > 2
SELECT date_trunc('month', ts_event) AS m, symbol, count(*) FROM bars WHERE month >= '2013-01' GROUP BY m, symbol
SELECT date_trunc('month', ts_event) AS m, symbol, count(*) FROM bars WHERE month >= '2013-01' GROUP BY 1, symbol ORDER BY m, 2
SELECT date_trunc('month', ts_event) AS m, max(close) FILTER (WHERE symbol = 'AAPL') AS aapl, max(CASE WHEN symbol = 'IBM' THEN close END) AS ibm, sum(IF(symbol = 'MSFT', volume, 0)) AS msft FROM bars WHERE month >= '2012-10' GROUP BY 1 ORDER BY 1
SELECT element_at(m, 'IBM') AS ibm, m['AAPL'] AS aapl, cardinality(m) AS n FROM (SELECT map_agg(symbol, n) AS m FROM (SELECT symbol, count(*) AS n FROM bars GROUP BY symbol))
SELECT m['nope'] FROM (SELECT map_agg(symbol, n) AS m FROM (SELECT symbol, count(*) AS n FROM bars GROUP BY symbol))
SELECT k, sum(v) FROM bars CROSS JOIN UNNEST(MAP(ARRAY['o', 'c'], ARRAY[open, close])) AS u (k, v) WHERE symbol = 'IBM' AND month = '2013-02' GROUP BY k ORDER BY k
SELECT symbol, f.name, f.value FROM bars CROSS JOIN UNNEST(ARRAY[ROW('open', open), ROW('close', close)]) AS f (name, value) WHERE month = '2013-02' AND symbol = 'IBM' ORDER BY ts_event, 2 LIMIT 4
SELECT bool_and(x) FILTER (WHERE y > 5), count(*) FILTER (WHERE NULL), sum(y) FILTER (WHERE y > 100), array_agg(y) FILTER (WHERE y > 100), map_agg(y, y) FILTER (WHERE y > 100) FROM (VALUES (true, 1)) AS t (x, y)
-- Aggregates, arrays, maps at their edges
SELECT stddev(x), stddev_samp(x), stddev_pop(x), variance(x), var_pop(x), var_samp(x), skewness(x), kurtosis(x) FROM (VALUES 5e0) AS t (x)
SELECT stddev(x), var_pop(x), corr(x, x), regr_slope(x, x), regr_intercept(x, x), covar_pop(x, x), covar_samp(x, x) FROM (VALUES CAST(NULL AS double)) AS t (x)
SELECT stddev(x), var_pop(x), avg(x), sum(x), max(x), min(x) FROM (VALUES 1e0, nan(), 3e0) AS t (x)
SELECT avg(x), sum(x), max(x), min(x) FROM (VALUES infinity(), -infinity(), 3e0) AS t (x)
SELECT corr(x, y), covar_pop(x, y), regr_slope(y, x), regr_intercept(y, x) FROM (VALUES (1e0, nan()), (2e0, 3e0)) AS t (x, y)
SELECT corr(x, y), regr_slope(y, x), regr_intercept(y, x) FROM (VALUES (1e0, 5e0), (2e0, 5e0), (3e0, 5e0)) AS t (x, y)
SELECT corr(x, y), covar_pop(x, y) FROM (VALUES (1, 2e0), (2, 4e0), (NULL, 5e0)) AS t (x, y)
SELECT stddev(x), variance(x) FROM (VALUES 1, 2, 3, 4) AS t (x)
SELECT stddev(x), variance(x) FROM (VALUES 1.5, 2.5) AS t (x)
SELECT stddev(x), variance(x), avg(x) FROM (VALUES REAL '1.5', REAL '2.5') AS t (x)
SELECT variance(x) FROM (VALUES 1e10, 1e10 + 1, 1e10 + 2) AS t (x)
SELECT skewness(x), kurtosis(x) FROM (VALUES 1, 2, 3, 10) AS t (x)
SELECT skewness(x), kurtosis(x) FROM (VALUES 2e0, 2e0, 2e0, 2e0) AS t (x)
SELECT sum(x) FROM (VALUES 2147483647, 1) AS t (x)
SELECT sum(x), avg(x) FROM (VALUES REAL '16777216', REAL '1', REAL '1') AS t (x)
SELECT sum(x), avg(x), max(x) FROM (VALUES 1.10, 2.25, NULL) AS t (x)
SELECT avg(x) FROM (VALUES 1, 2) AS t (x)
SELECT avg(x) FROM (VALUES 0.5, 0.6, 0.6) AS t (x)
SELECT avg(x) FROM (VALUES -0.5, -0.6, -0.4, -0.4) AS t (x)
SELECT sum(x) FROM (VALUES CAST('99999999999999999999999999999999999999' AS decimal(38,0)), 1) AS t (x)
SELECT sum(DISTINCT x), avg(DISTINCT x) FROM (VALUES 1.5, 1.5, 2.5) AS t (x)
SELECT max(x), min(x) FROM (VALUES 'b', 'B', 'é', '') AS t (x)
SELECT max(x), min(x) FROM (VALUES true, false, NULL) AS t (x)
SELECT max(x), min(x) FROM (VALUES X'01', X'0100', X'FF') AS t (x)
SELECT max(x), min(x) FROM (VALUES TIMESTAMP '2024-01-01 00:00:00', TIMESTAMP '2024-01-01 00:00:00.5') AS t (x)
SELECT max(x), min(x) FROM (VALUES ROW(1, 'a'), ROW(1, 'b')) AS t (x, y)
SELECT max(ROW(x, y)) FROM (VALUES (1, 'a'), (1, 'b')) AS t (x, y)
SELECT max(ARRAY[x, y]) FROM (VALUES (1, 2), (1, 3)) AS t (x, y)
SELECT max_by(symbol, ROW(close, ts_event)) FROM bars
SELECT max_by(x, y, 2), min_by(x, y, 5), max_by(x, y, 0) FROM (VALUES ('a', 1), ('b', 2), ('c', NULL)) AS t (x, y)
SELECT max_by(x, y, 2), min_by(x, y, 5) FROM (VALUES ('a', 1), (NULL, 2), ('c', NULL)) AS t (x, y)
SELECT max(x, 2), min(x, 1), max(x, 10) FROM (VALUES 'a', 'c', 'b', NULL) AS t (x)
SELECT max(x, 0) FROM (VALUES 1, 2) AS t (x)
SELECT max(x, -1) FROM (VALUES 1, 2) AS t (x)
SELECT max_by(x, y) FROM (VALUES ('a', NULL), ('b', NULL)) AS t (x, y)
SELECT min_by(x, y) FROM (VALUES ('a', nan()), ('b', 1e0)) AS t (x, y)
SELECT max_by(x, y) FROM (VALUES ('a', nan()), ('b', 1e0)) AS t (x, y)
SELECT max_by(x, y) FROM (VALUES ('a', 1e0), ('b', nan())) AS t (x, y)
SELECT symbol, max_by(close, ts_event, 3) FROM bars GROUP BY symbol ORDER BY symbol
SELECT array_agg(x ORDER BY y DESC, x), array_agg(x ORDER BY y NULLS FIRST) FROM (VALUES ('a', 1), ('b', 2), ('c', NULL)) AS t (x, y)
SELECT array_agg(DISTINCT x ORDER BY x DESC) FROM (VALUES 3, 1, 3, NULL) AS t (x)
SELECT array_agg(DISTINCT x ORDER BY y) FROM (VALUES (3, 1)) AS t (x, y)
SELECT array_agg(x ORDER BY x) FILTER (WHERE x IS NOT NULL) FROM (VALUES 3, 1, NULL) AS t (x)
SELECT array_agg(ROW(x, y) ORDER BY x) FROM (VALUES (3, 'c'), (1, 'a')) AS t (x, y)
SELECT array_agg(CAST(ROW(x, y) AS ROW(id integer, name varchar)) ORDER BY x) FROM (VALUES (3, 'c'), (1, 'a')) AS t (x, y)
SELECT map_agg(x, y) FROM (VALUES ('a', 1), ('a', 1), (NULL, 3)) AS t (x, y)
SELECT multimap_agg(x, y) FROM (VALUES ('a', 1), ('a', 2), ('b', NULL)) AS t (x, y)
SELECT histogram(x) FROM (VALUES 1, 1, NULL, 2) AS t (x)
SELECT histogram(x) FROM (VALUES CAST(NULL AS integer)) AS t (x)
SELECT map_union(m) FROM (VALUES MAP(ARRAY['a'], ARRAY[1]), MAP(ARRAY['b'], ARRAY[2])) AS t (m)
SELECT histogram(date_trunc('year', ts_event)) FROM bars WHERE symbol = 'FB'
SELECT map_entries(histogram(symbol)) FROM bars WHERE symbol = 'IBM'
SELECT transform_values(multimap_agg(g, x), (k, v) -> reduce(v, 0, (s, e) -> s + e, s -> s)) FROM (VALUES ('a', 1), ('a', 2), ('b', 5)) AS t (g, x)
SELECT count(*), count(x), count(DISTINCT x), count(ALL x) FROM (VALUES 1, 1, NULL) AS t (x)
SELECT count(DISTINCT x), approx_distinct(x) FROM (VALUES 'a', 'A', 'a ') AS t (x)
SELECT count(t) FROM (VALUES 1, NULL) AS t (x)
SELECT count(t.*) FROM (VALUES 1, NULL) AS t (x)
SELECT count(DISTINCT *) FROM (VALUES 1, NULL) AS t (x)
SELECT arbitrary(x), any_value(x) FROM (VALUES NULL, 2) AS t (x)
SELECT any_value(x) FROM (VALUES CAST(NULL AS varchar)) AS t (x)
SELECT bool_and(x), bool_or(x), every(x) FROM (VALUES true, NULL) AS t (x)
SELECT bool_and(x), bool_or(x), count_if(x) FROM (VALUES CAST(NULL AS boolean)) AS t (x)
SELECT geometric_mean(x), geometric_mean(y) FROM (VALUES (1e0, 2), (4e0, 8)) AS t (x, y)
SELECT exp(sum(ln(1 + r))) - 1 FROM (VALUES 0.1e0, -0.05e0, 0.02e0) AS t (r)
SELECT bitwise_and_agg(x), bitwise_or_agg(x), bitwise_xor_agg(x) FROM (VALUES 6, 3, NULL) AS t (x)
SELECT checksum(x) FROM (VALUES 1) AS t (x)
SELECT approx_percentile(x, 0.5), approx_percentile(x, 0.25), approx_percentile(x, 0.999) FROM (VALUES 1, 2, 3, 4) AS t (x)
SELECT approx_percentile(x, 0.5) FROM (VALUES 1.5, 2.5) AS t (x)
SELECT approx_percentile(x, ARRAY[0.5, 0.9]) FROM (VALUES 10e0, 20e0, 30e0, 40e0) AS t (x)
SELECT approx_percentile(x, 2, 0.5) FROM (VALUES 10e0, 20e0, 30e0, 40e0) AS t (x)
SELECT approx_percentile(x, 1.5) FROM (VALUES 10e0) AS t (x)
SELECT approx_percentile(x, 0.5) FROM (VALUES CAST(NULL AS double)) AS t (x)
SELECT approx_percentile(x, 0.5) FROM (VALUES REAL '1.5', REAL '2.5') AS t (x)
SELECT approx_percentile(x, 0.5) FROM (VALUES DATE '2024-01-01') AS t (x)
SELECT g, approx_percentile(x, 0.9) AS p90 FROM (VALUES ('a', 1), ('a', 5), ('a', 9), ('b', 2)) AS t (g, x) GROUP BY g ORDER BY g
SELECT listagg(x, ', ') WITHIN GROUP (ORDER BY x DESC) FROM (VALUES 'a', 'b', NULL) AS t (x)
SELECT listagg(x) WITHIN GROUP (ORDER BY y) FROM (VALUES ('a', 2), ('b', 1)) AS t (x, y)
SELECT listagg(DISTINCT x, ',') WITHIN GROUP (ORDER BY x) FILTER (WHERE x <> 'a') FROM (VALUES 'a', 'b', 'b') AS t (x)
SELECT listagg(x, ',') WITHIN GROUP (ORDER BY x) FROM (VALUES 1, 2) AS t (x)
SELECT listagg(x, ',') WITHIN GROUP (ORDER BY x) FROM (VALUES CAST(NULL AS varchar)) AS t (x)
SELECT listagg(x, ',' ON OVERFLOW ERROR) WITHIN GROUP (ORDER BY x) FROM (VALUES 'a', 'b') AS t (x)
SELECT sum(x) FROM (VALUES 'a') AS t (x)
SELECT avg(x) FROM (VALUES true) AS t (x)
SELECT sum(x) FROM (VALUES DATE '2024-01-01') AS t (x)
SELECT max(*) FROM (VALUES 1) AS t (x)
SELECT sum(x, 2) FROM (VALUES 1) AS t (x)
SELECT count(1, 2) FROM (VALUES 1) AS t (x)
SELECT reduce_agg(x, 0e0, (s, e) -> s + e, (a, b) -> a + b) FROM (VALUES 1e0, 2e0) AS t (x)
SELECT reduce_agg(v, 1e0, (s, e) -> s * (1 + e), (a, b) -> a * b) FROM (VALUES 0.1e0, 0.2e0) AS t (v)
SELECT g, reduce_agg(v, '', (s, e) -> s || e, (a, b) -> a || b) FROM (VALUES (1, 'x')) AS t (g, v) GROUP BY g
SELECT sum(x) FILTER (WHERE x > 1) / count(*) AS r, sum(x) * 1.0 / count(*) AS q FROM (VALUES 1, 2, 4) AS t (x)
SELECT sum(price * qty) / sum(qty) AS vwap FROM (VALUES (10.5, 100), (11.25, 50)) AS t (price, qty)
SELECT symbol, sum(close * volume) / sum(volume) AS vwap, min(low), max(high), sum(volume) FROM bars WHERE month = '2013-02' GROUP BY symbol ORDER BY symbol
SELECT symbol, stddev(ret) * sqrt(252) AS vol, avg(ret) * 252 AS mu FROM (SELECT symbol, ln(adj_close / lag(adj_close) OVER (PARTITION BY symbol ORDER BY ts_event)) AS ret FROM bars) GROUP BY symbol ORDER BY symbol
SELECT a.symbol, regr_slope(a.r, b.r) AS beta, regr_intercept(a.r, b.r) AS alpha, corr(a.r, b.r) AS c FROM (SELECT symbol, ts_event, close / lag(close) OVER (PARTITION BY symbol ORDER BY ts_event) - 1 AS r FROM bars) a JOIN (SELECT ts_event, close / lag(close) OVER (ORDER BY ts_event) - 1 AS r FROM bars WHERE symbol = 'IBM') b ON a.ts_event = b.ts_event GROUP BY a.symbol ORDER BY 1
SELECT reduce(ARRAY[5, 20, 50], CAST(ROW(0.0, 0) AS ROW(sum double, count integer)), (s, x) -> CAST(ROW(x + s.sum, s.count + 1) AS ROW(sum double, count integer)), s -> IF(s.count = 0, NULL, s.sum / s.count))
SELECT reduce(ARRAY[1, 2, NULL], 0, (s, x) -> s + coalesce(x, 0), s -> s), reduce(ARRAY[1, NULL], 0, (s, x) -> s + x, s -> s), reduce(ARRAY['a', 'b'], '', (s, x) -> s || x, s -> s)
SELECT reduce(ARRAY[1, 2, 3], ARRAY[], (s, x) -> s || x, s -> s)
SELECT reduce(ARRAY[1, 2, 3], CAST(ARRAY[] AS array(integer)), (s, x) -> s || (x * 2), s -> s)
SELECT reduce(ARRAY[1, 2, 3], 0, (s, x) -> IF(x > 1, s + x, s), s -> CAST(s AS varchar) || '!')
SELECT reduce(ARRAY[2147483647], 1, (s, x) -> s + x, s -> s)
SELECT reduce(ARRAY[1.5e0, 2.5e0], 0, (s, x) -> s + x, s -> s)
SELECT reduce(ARRAY[1, 2], 0e0, (s, x) -> s + x, s -> s)
SELECT reduce(ARRAY[1, 2], 0.0, (s, x) -> s + x, s -> s)
SELECT reduce(ARRAY[1, 2, 3], MAP(), (s, x) -> map_concat(s, MAP(ARRAY[x], ARRAY[x])), s -> s)
SELECT transform(ARRAY[1, 2, NULL], x -> x * 1.5), transform(ARRAY['a'], x -> length(x)), transform(ARRAY[ARRAY[1, 2], ARRAY[3]], a -> transform(a, x -> x + cardinality(a)))
SELECT transform(sequence(1, 3), i -> ROW(i, i * i)), transform(sequence(1, 3), i -> CAST(ROW(i) AS ROW(a bigint)).a)
SELECT zip_with(ARRAY[1, 2, 3], ARRAY['a', 'b'], (x, y) -> ROW(x, y)), zip_with(ARRAY[1, 2], ARRAY[3, 4], (x, y) -> x * y), zip(ARRAY[1, 2], ARRAY['a'])
SELECT filter(ARRAY[1, NULL, 3], x -> x > 1), filter(ARRAY[1, NULL, 3], x -> x IS NOT NULL), filter(ARRAY['a', 'bb'], x -> length(x) > 1)
SELECT array_sort(ARRAY[3, 1, NULL, 2]), array_sort(ARRAY['b', 'A', 'a']), array_sort(ARRAY[3, 1, 2], (a, b) -> IF(a < b, 1, IF(a = b, 0, -1))), array_sort(ARRAY[nan(), 1e0, infinity()])
SELECT array_sort(ARRAY[ROW(2, 'a'), ROW(1, 'b')])
SELECT array_sort(ARRAY[ARRAY[2], ARRAY[1, 5], ARRAY[1]])
SELECT array_max(ARRAY[ROW(2, 'a'), ROW(1, 'b')]), array_min(ARRAY[ARRAY[2], ARRAY[1, 5]])
SELECT array_max(ARRAY[1, NULL]), array_min(ARRAY[1, 2]), array_max(ARRAY[nan(), 1e0]), array_max(CAST(ARRAY[] AS array(integer)))
SELECT greatest(1, 2.5, 3e0), least('b', 'a'), greatest(1, NULL), greatest(DATE '2024-01-01', TIMESTAMP '2024-01-01 01:00:00'), greatest(nan(), 1e0), least(nan(), 1e0)
SELECT greatest(ROW(1, 2), ROW(1, 3))
SELECT array_distinct(ARRAY[1, 1, NULL, NULL]), array_union(ARRAY[1, 2], ARRAY[2, 3]), array_intersect(ARRAY[1, 2, 2], ARRAY[2, 2, 3]), array_except(ARRAY[1, 2, 2, 3], ARRAY[2]), array_remove(ARRAY[1, 2, NULL, 1], 1), arrays_overlap(ARRAY[1, NULL], ARRAY[2])
SELECT array_position(ARRAY[1, 2, 2], 2), array_position(ARRAY[1], 5), array_position(ARRAY[1, 2, 2], 2, 2), contains(ARRAY[1, NULL], 2), contains(ARRAY[1, NULL], 1), contains(ARRAY['a'], 'a')
SELECT slice(ARRAY[1, 2, 3, 4], 2, 2), slice(ARRAY[1, 2, 3, 4], -2, 2), slice(ARRAY[1, 2], 5, 1), trim_array(ARRAY[1, 2, 3], 1), flatten(ARRAY[ARRAY[1], NULL, ARRAY[2, 3]]), repeat('a', 3), reverse(ARRAY[1, 2]), shuffle(ARRAY[1])
SELECT sequence(1, 10, 3), sequence(5, 1, -2), sequence(5, 1), sequence(DATE '2024-01-30', DATE '2024-02-02'), sequence(DATE '2024-01-31', DATE '2024-04-30', INTERVAL '1' MONTH), sequence(TIMESTAMP '2024-01-01 00:00:00', TIMESTAMP '2024-01-01 02:00:00', INTERVAL '1' HOUR)
SELECT sequence(1, 20000)
SELECT cardinality(ARRAY[]), cardinality(MAP()), cardinality(NULL), ARRAY[] = ARRAY[], ARRAY[1, 2] = ARRAY[1, 2], ARRAY[1, 2] < ARRAY[1, 3], ARRAY[1] < ARRAY[1, 0]
SELECT ARRAY[1, 2] || ARRAY[3], ARRAY[1] || 2, 0 || ARRAY[1], ARRAY['a'] || ARRAY[NULL], concat(ARRAY[1], ARRAY[2], ARRAY[3])
SELECT ARRAY[1, 2.5], ARRAY[1, NULL], ARRAY[1, 2e0], ARRAY['a', NULL], ARRAY[DATE '2024-01-01', TIMESTAMP '2024-01-01 00:00:00']
SELECT ARRAY[1, 'a']
SELECT ARRAY[1, 2][0]
SELECT ARRAY[1, 2][-1]
SELECT ngrams(ARRAY['a', 'b', 'c'], 2), combinations(ARRAY[1, 2, 3], 2), array_join(ARRAY[1, NULL, 3], ','), array_join(ARRAY[1, NULL, 3], ',', '?'), array_join(ARRAY[1.50, 2], '|'), array_join(ARRAY[true], '|'), array_join(ARRAY[DATE '2024-01-01'], '|')
SELECT any_match(ARRAY[1, NULL], x -> x = 1), all_match(ARRAY[1, NULL], x -> x = 1), none_match(ARRAY[1, NULL], x -> x = 2), any_match(CAST(ARRAY[] AS array(integer)), x -> true)
SELECT map_keys(m), map_values(m), map_entries(m), m['a'], element_at(m, 'z'), cardinality(m) FROM (SELECT MAP(ARRAY['a', 'b'], ARRAY[1, NULL]) AS m)
SELECT MAP(ARRAY['a', NULL], ARRAY[1, 2])
SELECT map_from_entries(ARRAY[ROW('a', 1), ROW('b', 2)]), map_from_entries(ARRAY[('a', 1), ('a', 2)])
SELECT map_concat(MAP(ARRAY['a'], ARRAY[1]), MAP(ARRAY['a'], ARRAY[2])), map_filter(MAP(ARRAY['a', 'b'], ARRAY[1, 2]), (k, v) -> v > 1), transform_keys(MAP(ARRAY['a'], ARRAY[1]), (k, v) -> upper(k)), transform_values(MAP(ARRAY['a'], ARRAY[1]), (k, v) -> v * 1.5), map_zip_with(MAP(ARRAY['a', 'b'], ARRAY[1, 2]), MAP(ARRAY['b', 'c'], ARRAY[5, 6]), (k, a, b) -> coalesce(a, 0) + coalesce(b, 0))
SELECT transform_keys(MAP(ARRAY['a', 'A'], ARRAY[1, 2]), (k, v) -> upper(k))
SELECT multimap_from_entries(ARRAY[('a', 1), ('a', 2)]), split_to_map('a=1,b=2', ',', '='), split_to_multimap('a=1,a=2', ',', '='), split_to_map('a=1,a=2', ',', '=', (k, x, y) -> y)
SELECT split_to_map('a=1,b', ',', '=')
SELECT MAP(ARRAY[1.5, 2.5], ARRAY['a', 'b'])[1.5], MAP(ARRAY[DATE '2024-01-01'], ARRAY[1])[DATE '2024-01-01'], MAP(ARRAY[1e0], ARRAY['x'])[1]
SELECT * FROM UNNEST(ARRAY[1, 2], ARRAY['a', 'b', 'c']) WITH ORDINALITY AS t (n, s, i)
SELECT * FROM UNNEST(ARRAY[ROW(1, 'a'), ROW(2, 'b')]) AS t (n, s)
SELECT * FROM UNNEST(ARRAY[ROW(1, 'a'), ROW(2, 'b')], ARRAY[9]) AS t (n, s, k)
SELECT * FROM UNNEST(ARRAY[CAST(ROW(1, 'a') AS ROW(id integer, name varchar))])
SELECT * FROM UNNEST(MAP(ARRAY['a', 'b'], ARRAY[1, 2]), ARRAY[true]) AS t (k, v, b)
SELECT * FROM UNNEST(NULL) AS t (x)
SELECT * FROM UNNEST(CAST(NULL AS array(integer))) AS t (x)
SELECT * FROM UNNEST(ARRAY[]) AS t (x)
SELECT * FROM UNNEST(ARRAY[ARRAY[1, 2], ARRAY[3]]) AS t (a) CROSS JOIN UNNEST(a) AS u (x) ORDER BY x
SELECT id, x, o FROM (VALUES (1, ARRAY[10, 20]), (2, ARRAY[]), (3, NULL)) AS t (id, a) LEFT JOIN UNNEST(a) WITH ORDINALITY AS u (x, o) ON TRUE ORDER BY id, o
SELECT id, x FROM (VALUES (1, ARRAY[10, 20]), (2, NULL)) AS t (id, a) CROSS JOIN UNNEST(a) AS u (x) ORDER BY id, x
SELECT id, x FROM (VALUES (1, ARRAY[10, 20])) AS t (id, a), UNNEST(a) AS u (x) ORDER BY id, x
SELECT id, k, v FROM (VALUES (1, MAP(ARRAY['x', 'y'], ARRAY[1.5, 2]))) AS t (id, m) CROSS JOIN UNNEST(m) AS u (k, v) ORDER BY k
SELECT x FROM UNNEST(5) AS t (x)
SELECT x, y FROM UNNEST(ARRAY[1]) AS t (x, y)
SELECT d, count(b.symbol) FROM UNNEST(sequence(DATE '2013-02-25', DATE '2013-03-03')) AS t (d) LEFT JOIN bars b ON date(b.ts_event) = t.d GROUP BY d ORDER BY d
SELECT sum(x) FROM UNNEST(ARRAY[1, 2, 3]) t (x) WHERE x > 1
-- Numbers, texts, JSON at their edges
SELECT 1.5 + 2, 1.5 * 2.25, 10.00 / 3, 1.00 / 3.0, 7.5 % 2, -7.5 % 2, 1.5 - 3, -(1.5), +2.5
SELECT CAST(1 AS decimal(10,2)) / 3, CAST(1 AS decimal(38,10)) * CAST(2 AS decimal(38,10)), CAST(10 AS decimal(5,0)) / CAST(3 AS decimal(5,4))
SELECT CAST(99.995 AS decimal(5,2)), CAST(-99.995 AS decimal(5,2)), CAST(2.345e0 AS decimal(10,2)), CAST(-2.5e0 AS decimal(2,0)), CAST('1.005' AS decimal(5,2)), CAST(12345 AS decimal(5,0))
SELECT CAST(123456 AS decimal(5,0))
SELECT CAST(1e10 AS decimal(5,2))
SELECT CAST('abc' AS decimal(5,2))
SELECT CAST(nan() AS decimal(5,2))
SELECT TRY_CAST(1e10 AS decimal(5,2)), TRY_CAST('x' AS double), TRY_CAST('12x' AS bigint), TRY_CAST('2024-02-30' AS date), TRY_CAST(300 AS tinyint), TRY_CAST('' AS integer), TRY_CAST(' 12 ' AS integer), TRY_CAST('+5' AS integer)
SELECT CAST(DECIMAL '99999999999999999999999999999999999999' AS double), DECIMAL '0.00000000000000000000000000000000000001', DECIMAL '-0.5', DECIMAL '007'
SELECT DECIMAL '99999999999999999999' * DECIMAL '99999999999999999999'
SELECT round(2.5), round(-2.5), round(2.345, 2), round(2.345, 0), round(2.345, -1), round(1234.5, -2), round(2.5e0), round(-2.5e0), round(3.14159e0, 3), round(5, -1), round(15, -1), round(DECIMAL '99.99', 1)
SELECT truncate(2.789), truncate(-2.789, 1), truncate(2.789e0), truncate(12345.678e0), floor(-2.5), ceil(-2.5), ceiling(2.000001), floor(2.5e0), sign(-2.5), sign(0e0), sign(-5), abs(-2.5), abs(-2147483647)
SELECT abs(-2147483648)
SELECT abs(CAST('-9223372036854775808' AS bigint))
SELECT -CAST('-9223372036854775808' AS bigint)
SELECT BIGINT '9223372036854775807' * 2
SELECT TINYINT '127' + TINYINT '1'
SELECT SMALLINT '32767' + SMALLINT '1'
SELECT TINYINT '100' + 100, SMALLINT '1' + TINYINT '1', 1 + BIGINT '1'
SELECT 7 / 2, -7 / 2, 7 / -2, 7 % -3, -7 % 3, 7e0 / 2, 7 / 2.0, 1 / 3 * 3, mod(-7, 3), mod(7.5, 2), 5 / 2e0
SELECT 1e0 / 0, -1e0 / 0, 0e0 / 0, 1e0 % 0, 5.5e0 % 2
SELECT CAST(2.5e0 AS integer), CAST(3.5e0 AS integer), CAST(-2.5e0 AS integer), CAST(2.5 AS integer), CAST(-2.5 AS bigint), CAST(1e0 AS boolean), CAST(true AS double), CAST(0.1e0 AS real), CAST(REAL '0.1' AS double)
SELECT CAST(3e9 AS integer)
SELECT CAST(nan() AS integer)
SELECT CAST(infinity() AS bigint)
SELECT REAL '0.1' + REAL '0.2', REAL '0.1' + 0.2e0, REAL '0.1' = 0.1e0, REAL '1' / 3, REAL '16777217', REAL '1.1' * 2, CAST(REAL '3.4e38' * 10 AS double)
SELECT REAL '1.5' + 1.5, REAL '1.5' > 1.2, 1.2 > 1e0, CAST(1.1 AS double) + 1.1
SELECT nan() = nan(), nan() <> 1, nan() > infinity(), nan() < 1, nan() IS NULL, is_nan(nan()), is_finite(1e0), is_infinite(-infinity()), nan() IS NOT DISTINCT FROM nan(), nan() BETWEEN 0 AND 1
SELECT x FROM (VALUES nan(), 1e0, NULL, -infinity(), infinity(), 0e0, -0e0) AS t (x) ORDER BY x DESC
SELECT x FROM (VALUES nan(), 1e0, NULL) AS t (x) ORDER BY x NULLS FIRST
SELECT DISTINCT x FROM (VALUES nan(), nan(), 0e0, NULL, NULL) AS t (x) ORDER BY x
SELECT a.x, b.x FROM (VALUES nan(), 1e0) AS a (x) LEFT JOIN (VALUES nan(), 2e0) AS b (x) ON a.x = b.x ORDER BY 1
SELECT x, count(*) FROM (VALUES nan(), nan(), 0e0, -0e0) AS t (x) GROUP BY x ORDER BY 1
SELECT x FROM (VALUES nan(), 1e0) AS t (x) WHERE x > 0 ORDER BY 1
SELECT x FROM (VALUES nan(), 1e0) AS t (x) WHERE x <> x
SELECT x FROM (VALUES nan(), 1e0) AS t (x) WHERE NOT (x = 1)
SELECT x FROM (VALUES nan(), 1e0) UNION SELECT nan() 
SELECT x FROM (VALUES nan(), 1e0) AS t (x) UNION SELECT nan() ORDER BY 1
SELECT x FROM (VALUES nan(), 1e0) AS t (x) EXCEPT SELECT nan() ORDER BY 1
SELECT CASE WHEN 0e0 / 0 > 5 THEN 'gt' ELSE 'not' END, sqrt(-1e0), ln(0e0), ln(-1e0), log10(0), power(0, 0), power(2, 0.5), power(-8e0, 1e0 / 3), exp(1000), cbrt(-8e0), mod(5e0, 0)
SELECT least(1, 2.5), greatest(1e0, 2), nullif(1, 1e0), nullif(1.5, 1), coalesce(NULL, 1, 2.5), coalesce(1, 2e0), if(true, 1, 2.5), CASE WHEN false THEN 1 ELSE 2e0 END
SELECT coalesce(1, 'a')
SELECT CASE WHEN true THEN 1 ELSE 'a' END
SELECT '1' + 1
SELECT 1 || 'a'
SELECT symbol FROM bars WHERE close > '100' LIMIT 1
SELECT true = 1
SELECT NOT 1
SELECT 1 AND true
SELECT DATE '2024-01-01' = '2024-01-01'
SELECT 1 IN (1, 'a')
SELECT width_bucket(5e0, 0e0, 10e0, 5), width_bucket(-1e0, 0e0, 10e0, 5), width_bucket(10e0, 0e0, 10e0, 5), width_bucket(3.5e0, ARRAY[1e0, 3e0, 5e0])
SELECT from_base('ff', 16), to_base(255, 2), from_base('zz', 36), to_base(-10, 16)
SELECT bitwise_and(12, 10), bitwise_or(12, 10), bitwise_xor(12, 10), bitwise_not(5), bitwise_left_shift(1, 5), bitwise_right_shift(-8, 60), bitwise_right_shift_arithmetic(-8, 2), bit_count(255, 8), bit_count(-1, 64)
SELECT pi(), e(), degrees(pi()), radians(180), sin(1), atan2(1, 2), tanh(0.5e0), log(2, 8), log2(8), log10(1000), ln(2), sqrt(2), cosine_similarity(ARRAY[1e0, 2e0], ARRAY[2e0, 4e0])
SELECT 1e308 * 10, 1e-320, 4.9e-324, 1.7976931348623157e308, 0.1e0 + 0.2e0, 1e15, 1e16, 123456789012345680e0, 1e-5, 100e0, 1.0E21
SELECT CAST(0.1e0 + 0.2e0 AS varchar), CAST(1e15 AS varchar), CAST(1e7 AS varchar), CAST(1234567e0 AS varchar), CAST(1e-3 AS varchar), CAST(0.00012e0 AS varchar), CAST(100e0 AS varchar), CAST(nan() AS varchar), CAST(infinity() AS varchar), CAST(-0e0 AS varchar), CAST(REAL '1.5e10' AS varchar), CAST(REAL '0.001' AS varchar), CAST(1.50 AS varchar), CAST(true AS varchar), CAST(DATE '2024-01-01' AS varchar), CAST(TIMESTAMP '2024-01-01 00:00:00.120' AS varchar), CAST(-0.0 AS varchar)
SELECT 1_000_000, 0x1F, 0b101, 0o17, 1_0.5_0
SELECT .5, 5., 1.e2, 1E-2, 00012
SELECT typeof(1.5 + 2), typeof(1.5 * 2.25), typeof(10.00 / 3), typeof(7.5 % 2), typeof(1.5 + 1e0), typeof(REAL '1' + 1), typeof(REAL '1' + 1.5), typeof(TINYINT '1' + SMALLINT '1'), typeof(-1.5), typeof(round(2.345, 1)), typeof(sum(1.5)), typeof(avg(1.5)), typeof(abs(1.50)), typeof(floor(1.50)), typeof(ceil(12.345)), typeof(truncate(12.345)), typeof(truncate(12.345, 1)), typeof(mod(5, 2.5)), typeof(power(2, 2)), typeof(sign(1.5)), typeof(1 / 2.0), typeof(CAST(1 AS decimal(38,10)) * CAST(2 AS decimal(38,10))), typeof(1 + 1.5), typeof(BIGINT '1' + 1.5), typeof(BIGINT '1' * 1.50), typeof(BIGINT '1' / 1.50)
SELECT typeof(coalesce(1, 2.5)), typeof(coalesce(BIGINT '1', 2.5)), typeof(greatest(1.5, 22.75)), typeof(ARRAY[1, 2.5]), typeof(if(true, 1, 2e0)), typeof(NULL), typeof(CASE WHEN true THEN 1 END), typeof(nullif(1, 2)), typeof(1 IN (1)), typeof(DATE '2024-01-01' - DATE '2023-01-01'), typeof(DATE '2024-01-01' + INTERVAL '1' DAY), typeof(TIMESTAMP '2024-01-01 00:00:00' + INTERVAL '1' HOUR), typeof(now() - now()), typeof(current_date), typeof(current_timestamp), typeof(localtimestamp), typeof(from_unixtime(1)), typeof(to_unixtime(now())), typeof(date_trunc('day', TIMESTAMP '2024-01-01 00:00:00.123456')), typeof(year(DATE '2024-01-01')), typeof(length('a')), typeof(cardinality(ARRAY[1])), typeof(bit_count(1, 8)), typeof(row_number() OVER ())
SELECT 5 BETWEEN 1 AND 10.5, 5 NOT BETWEEN 6 AND 10, NULL BETWEEN 1 AND 2, 3 BETWEEN 5 AND 1, 'b' BETWEEN 'a' AND 'c', DATE '2024-01-01' BETWEEN DATE '2023-12-31' AND TIMESTAMP '2024-01-01 00:00:00'
SELECT CAST('NaN' AS double), CAST('Infinity' AS double), CAST('-Infinity' AS real), CAST('1e3' AS double), CAST(' 1.5 ' AS double), CAST('1_000' AS integer)
SELECT CAST('nan' AS double)
SELECT CAST('inf' AS double)
SELECT CAST(' 15 ' AS integer)
SELECT CAST('t' AS boolean), CAST('F' AS boolean), CAST('1' AS boolean), CAST('TRUE' AS boolean)
SELECT CAST('2024-1-5' AS date), CAST('2024-01-05' AS timestamp), CAST('2024-01-05 10:20' AS timestamp), CAST('2024-01-05 10:20:30.123456' AS timestamp(6)), CAST('2024-01-05 10:20:30.123456' AS timestamp)
SELECT CAST('2024-01-05T10:20:30' AS timestamp)
SELECT CAST('2024-01-05 10:20:30' AS date)
SELECT CAST('01/05/2024' AS date)
SELECT CAST(1704067200 AS timestamp)
SELECT CAST(20240105 AS date)
SELECT CAST(DATE '2024-01-05' AS integer)
SELECT substr('hello', 2), substr('hello', 2, 3), substr('hello', -3), substr('hello', -3, 2), substr('hello', 0), substr('hello', 10), substring('hello' FROM 2 FOR 2), substring('hello', 1, 0), substr('hello', 2, -1)
SELECT trim('  a '), ltrim('  a '), rtrim('  a '), trim(BOTH 'x' FROM 'xxaxx'), trim(LEADING 'x' FROM 'xxa'), trim(TRAILING FROM 'a  '), trim('xy' FROM 'xyaxy'), ltrim('xxa', 'x'), rtrim('axx', 'x'), trim(chr(9) || 'a' || chr(10))
SELECT lpad('a', 3, 'xy'), rpad('abc', 2, 'x'), lpad('abc', 2, 'x'), rpad('a', 5, 'xy'), lpad('', 0, 'x')
SELECT lpad('a', 3, '')
SELECT lpad('a', -1, 'x')
SELECT split('a,b,c', ','), split('a,b,c', ',', 2), split('', ','), split(',a,', ','), split_part('a-b-c', '-', 2), split_part('a-b-c', '-', 5), split_part('abc', '', 1)
SELECT split('abc', '')
SELECT split_part('a-b', '-', 0)
SELECT split_part('a-b', '-', -1)
SELECT upper('éß'), lower('İ'), lower('ÀÉÎ'), upper('ǆ'), lower('Σ'), upper('ﬁ')
SELECT length('é'), length('e' || chr(769)), length('😀'), reverse('añb'), strpos('añb', 'b'), codepoint('€'), chr(8364), length(''), strpos('abc', 'z'), strpos('abcabc', 'c', -1), position('c' IN 'abc')
SELECT concat('a', 'b', 'c'), concat_ws(',', 'a', NULL, 'b'), 'a' || NULL, concat('a', NULL), concat_ws(NULL, 'a'), concat_ws(',', ARRAY['x', 'y'])
SELECT replace('banana', 'an', 'X'), replace('banana', 'a'), translate('abcd', 'ab', '12'), translate('abcd', 'abc', '1'), levenshtein_distance('kitten', 'sitting'), hamming_distance('abc', 'abd'), soundex('Robert'), starts_with('abc', 'ab'), normalize('e' || chr(769), NFC), luhn_check('4242424242424242')
SELECT 'abc' LIKE 'A%', 'abc' LIKE '%b%', 'a_c' LIKE 'a\_c' ESCAPE '\', '50%' LIKE '50!%' ESCAPE '!', 'abc' NOT LIKE 'a__', '' LIKE '', 'a' LIKE '_', 'ab' LIKE '_', NULL LIKE 'a', 'a' LIKE NULL, '😀' LIKE '_'
SELECT 'a\c' LIKE 'a\c', 'a%c' LIKE 'a\%c', 'a\%c' LIKE 'a\%c'
SELECT x FROM (VALUES 'apple', 'Apple', 'élan', 'zoo', 'Zoo', '_x', '1a', '') AS t (x) ORDER BY x
SELECT x FROM (VALUES 'a', 'a ', 'A', 'á', 'z') AS t (x) WHERE x > 'a' ORDER BY x
SELECT regexp_like('abc123', '\d+'), regexp_extract('key=val', '(\w+)=(\w+)', 2), regexp_extract('abc', '(x)'), regexp_replace('2024-01-05', '(\d+)-(\d+)-(\d+)', '$3/$2/$1'), regexp_replace('aaa', 'a'), regexp_extract_all('a1b2', '([a-z])(\d)', 2), regexp_split('a, b;c', '[,;]\s*'), regexp_count('banana', 'an'), regexp_position('banana', 'na')
SELECT regexp_like('ABC', '(?i)abc'), regexp_like('AAPL', '^[A-Z]{1,5}$'), regexp_like('x' || chr(10) || 'y', '^y$'), regexp_like('x' || chr(10) || 'y', '(?m)^y$'), regexp_replace('a.b.c', '\.', ''), regexp_replace('x', '(x)', '$1$1'), regexp_replace('hello world', '(\w+) (\w+)', '$2 $1'), regexp_extract('$12.50', '\$([\d.]+)', 1)
SELECT regexp_replace('abc', '(b)', '$2')
SELECT regexp_replace('abc', 'b', '$')
SELECT regexp_like('a', '[')
SELECT symbol, regexp_replace(symbol, '[AEIOU]', '*') FROM bars GROUP BY symbol ORDER BY 1
SELECT regexp_like(s, p) FROM (VALUES ('abc', 'b')) AS t (s, p)
SELECT format('%s has %d rows', symbol, count(*)) FROM bars GROUP BY symbol ORDER BY 1
SELECT format('%.2f%%', 12.345), format('%,d', 1234567), format('%05d', 42), format('%+d', 5), format('%x', 255), format('%s', true), format('%s', DATE '2024-01-01'), format('%10.3f|', 3.14159e0), format('%-5s|', 'a'), format('%5s|', 'a'), format('%%')
SELECT format('%s', 1.5), format('%s', NULL), format('%s', ARRAY[1])
SELECT format('%s %s', 'a')
SELECT format('%1$s %1$s', 'a'), format('%c', 'a'), format('%b', true), format('%e', 12345.678e0), format('%o', 8), format('%S', 'abc'), format('%X', 255), format('%08.2f', 3.14159e0), format('% d', 5), format('%(d', -5)
SELECT to_hex(to_utf8('abc')), from_utf8(from_hex('616263')), to_base64(to_utf8('abc')), from_base64('YWJj'), to_hex(md5(to_utf8('a'))), to_hex(sha1(to_utf8('a'))), to_hex(sha256(to_utf8('a'))), length(to_utf8('é')), X'0aFF', X'41' || X'42', from_hex('0A') = X'0a'
SELECT to_hex(xxhash64(to_utf8('a'))), to_hex(sha512(to_utf8('a'))), crc32(to_utf8('abc'))
SELECT lower(to_hex(md5(to_utf8(symbol || CAST(date(ts_event) AS varchar))))) AS sk, symbol FROM bars WHERE month = '2013-02' ORDER BY ts_event, symbol LIMIT 3
SELECT to_base64url(to_utf8('a?>')), from_base64url('YT8-'), to_big_endian_64(1), from_big_endian_64(X'0000000000000001'), substr(X'010203', 2), reverse(X'0102'), concat(X'01', X'02')
SELECT from_utf8(X'FF')
SELECT url_encode('a b&c=é'), url_decode('a+b%26'), url_extract_host('https://ex.com:8080/p?q=1#f'), url_extract_port('http://ex.com:81'), url_extract_path('https://ex.com/a/b.html?x'), url_extract_query('https://ex.com?a=1&b=2'), url_extract_parameter('https://ex.com?a=1&b=2', 'b'), url_extract_protocol('ftp://x'), url_extract_fragment('http://x#y')
SELECT CAST('abc' AS varchar(2)), CAST(123 AS varchar(5)), CAST('abc' AS char(5)), 'a' || CAST('b' AS varchar(10))
SELECT CAST(12345 AS varchar(3))
SELECT CAST('a' AS char(3)) || 'b'
SELECT length(CAST('a' AS char(3))), CAST('a ' AS char(2)) = CAST('a' AS char(1)), CAST('a  ' AS varchar) = CAST('a' AS char(3))
SELECT 'it''s', "quoted" FROM (VALUES 1) AS t ("quoted")
SELECT U&'caf\00e9', 'tab	x', '' || 'x'
SELECT CAST(ROW(1, 'a') AS ROW(x integer, y varchar)).y, ROW(1, 2).field0
SELECT ROW(1, 2)[1], (1, 'a')[2]
SELECT CAST(CAST(ROW(1, NULL) AS ROW(x integer, y varchar)) AS json)
SELECT ROW(1, 2) = ROW(1, 2), ROW(1, 2) < ROW(1, 3), (1, 2) IN ((1, 2), (3, 4)), ROW(1, NULL) IS NULL, ROW(NULL, NULL) IS NULL, ROW(1, 'a') IS DISTINCT FROM ROW(1, 'a')
SELECT json_extract_scalar('{"a":{"b":[1,2,{"c":"x"}]}}', '$.a.b[2].c'), json_extract_scalar('{"a":1}', '$.b'), json_extract_scalar('{"a":[1]}', '$.a'), json_extract_scalar('{"a":null}', '$.a'), json_extract_scalar('{"a":true}', '$.a'), json_extract_scalar('{"a":1.5}', '$.a'), json_extract_scalar('[1,2]', '$[1]'), json_extract_scalar('{"a b":1}', '$["a b"]'), json_extract_scalar('"x"', '$')
SELECT json_extract('{"a":{"b":1}}', '$.a'), json_extract('[1,2,3]', '$[0]'), json_extract('{"a":[1,2]}', '$.a[*]'), json_extract('x', '$.a'), json_extract('{"a":"x"}', '$.a')
SELECT json_extract_scalar('{"a":1}', '$.')
SELECT json_extract_scalar('{"a":[{"b":1},{"b":2}]}', '$.a[*].b'), json_extract('{"a":[{"b":1},{"b":2}]}', '$..b')
SELECT json_value('{"a":{"b":1}}', 'lax $.a.b'), json_value('{"a":1}', 'strict $.b' NULL ON ERROR), json_value('{"a":[1,2]}', 'lax $.a[1]' RETURNING integer), json_value('{"a":"x"}', 'lax $.b' DEFAULT 'd' ON EMPTY), json_value('{"a":1.5}', 'lax $.a' RETURNING double), json_value('{"a":[1,2]}', 'lax $.a[*]')
SELECT json_query('{"a":[1,2]}', 'lax $.a'), json_query('{"a":[1,2]}', 'lax $.a[*]' WITH ARRAY WRAPPER), json_query('{"a":{"b":1}}', 'strict $.a')
SELECT json_exists('{"a":1}', 'lax $.a'), json_exists('{"a":1}', 'lax $.b'), json_exists('{"a":[1,2,3]}', 'lax $.a[*] ? (@ > 2)'), json_exists('x', 'lax $.a')
SELECT json_parse('{"a": 1, "b": [true, null, "x"]}'), json_format(json_parse('[1, 2.5, "x"]')), json_array_length('[1,2,3]'), json_array_contains('[1,2]', 2), json_array_contains('["a"]', 'a'), json_size('{"a":{"b":1,"c":2}}', '$.a'), is_json_scalar('1'), is_json_scalar('[1]')
SELECT json_parse('{bad}')
SELECT json_parse('')
SELECT CAST(json_parse('{"a":1,"b":2}') AS map(varchar, integer)), CAST(json_parse('[1,2,3]') AS array(bigint)), CAST(json_parse('{"x":1,"y":"b"}') AS row(x integer, y varchar)), CAST(json_parse('"5"') AS integer), CAST(JSON '1.5' AS double), CAST(JSON 'null' AS varchar), CAST(JSON '[{"a":1},{"a":2}]' AS array(map(varchar, integer)))
SELECT CAST(json_extract('{"ids":[3,1,2]}', '$.ids') AS array(integer)), CAST(json_extract('{"p":{"x":1.5}}', '$.p') AS map(varchar, double))
SELECT CAST(JSON '"2024-01-01"' AS date)
SELECT CAST(JSON '[1,"a"]' AS array(integer))
SELECT CAST(JSON '1.9' AS integer), CAST(JSON '"abc"' AS varchar), CAST(JSON '{"a":1}' AS map(varchar, json)), CAST(JSON '12' AS varchar)
SELECT CAST(ARRAY[1, 2, NULL] AS json), CAST(MAP(ARRAY['b', 'a'], ARRAY[1, 2]) AS json), CAST('x' AS json), CAST(1 AS json), CAST(1.5e0 AS json), CAST(true AS json), CAST(NULL AS json), CAST(CAST(ROW(1, 'x') AS ROW(a integer, b varchar)) AS json)
SELECT json_format(CAST(MAP(ARRAY['a'], ARRAY[1]) AS json)), json_format(CAST(ARRAY['x', NULL] AS json)), json_format(CAST(CAST(ROW(1, 'x') AS ROW(a integer, b varchar)) AS json))
SELECT json_object('a': 1, 'b': 'x'), json_array(1, 'a', NULL), json_array(1, NULL NULL ON NULL), json_object('a': NULL ABSENT ON NULL), json_object(KEY 'k' VALUE 2)
SELECT json_extract_scalar(from_utf8(raw_value), '$.kind'), count(*) FROM bars_landing WHERE raw_value IS NOT NULL GROUP BY 1 ORDER BY 1
SELECT json_extract_scalar(j, '$.price') AS p, CAST(json_extract_scalar(j, '$.price') AS double) * 2 FROM (VALUES '{"price": 10.5}', '{"price": "11"}', '{}') AS t (j) ORDER BY 1
SELECT * FROM JSON_TABLE('{"a":[1,2]}', 'lax $.a[*]' COLUMNS (x integer PATH 'lax $'))
SELECT j['a'] FROM (SELECT JSON '{"a":1}' AS j)
SELECT j.a FROM (SELECT JSON '{"a":1}' AS j)
-- Dates, nulls, conditions at their edges
SELECT date_trunc('second', t), date_trunc('minute', t), date_trunc('hour', t), date_trunc('day', t), date_trunc('week', t), date_trunc('month', t), date_trunc('quarter', t), date_trunc('year', t) FROM (VALUES TIMESTAMP '2024-08-15 13:45:59.987') AS v (t)
SELECT date_trunc('decade', DATE '2024-01-01')
SELECT date_trunc('hour', DATE '2024-01-01')
SELECT date_trunc('DAY', TIMESTAMP '2024-08-15 13:45:59'), date_trunc('Month', DATE '2024-08-15')
SELECT date_trunc('millisecond', TIMESTAMP '2024-08-15 13:45:59.987654')
SELECT date_add('millisecond', 1500, TIMESTAMP '2024-01-01 00:00:00.000'), date_add('second', -1, TIMESTAMP '2024-01-01 00:00:00'), date_add('week', 1, DATE '2024-02-26'), date_add('quarter', -1, DATE '2024-05-31'), date_add('year', 1, DATE '2024-02-29'), date_add('month', -12, TIMESTAMP '2024-02-29 10:00:00')
SELECT date_add('hour', 1, DATE '2024-01-01')
SELECT date_add('day', 1.5, DATE '2024-01-01')
SELECT date_add('day', 1, '2024-01-01')
SELECT date_add('fortnight', 1, DATE '2024-01-01')
SELECT date_diff('day', TIMESTAMP '2024-01-01 23:59:59', TIMESTAMP '2024-01-02 00:00:00'), date_diff('month', DATE '2024-01-31', DATE '2024-02-29'), date_diff('month', DATE '2024-02-29', DATE '2024-01-31'), date_diff('year', DATE '2020-02-29', DATE '2023-02-28'), date_diff('week', DATE '2024-01-01', DATE '2024-01-08'), date_diff('quarter', DATE '2024-01-01', DATE '2024-12-31'), date_diff('millisecond', TIMESTAMP '2024-01-01 00:00:00.001', TIMESTAMP '2024-01-01 00:00:01'), date_diff('second', DATE '2024-01-01', TIMESTAMP '2024-01-01 00:01:00')
SELECT date_diff('hour', DATE '2024-01-01', DATE '2024-01-02')
SELECT week(DATE '2024-12-30'), year_of_week(DATE '2024-12-30'), yow(DATE '2023-01-01'), week_of_year(DATE '2023-01-01'), day_of_week(DATE '2024-06-02'), dow(DATE '2024-06-03'), doy(DATE '2024-12-31'), quarter(DATE '2024-06-30'), day(DATE '2024-06-30'), month(TIMESTAMP '2024-06-30 10:00:00'), hour(TIMESTAMP '2024-06-30 10:11:12.345'), millisecond(TIMESTAMP '2024-06-30 10:11:12.345'), second(TIMESTAMP '2024-06-30 10:11:12.345')
SELECT EXTRACT(YEAR FROM DATE '2024-06-30'), EXTRACT(DOW FROM DATE '2024-06-30'), EXTRACT(DAY_OF_YEAR FROM DATE '2024-06-30'), EXTRACT(YEAR_OF_WEEK FROM DATE '2024-12-30'), EXTRACT(HOUR FROM TIMESTAMP '2024-06-30 10:11:12'), EXTRACT(TIMEZONE_HOUR FROM TIMESTAMP '2024-06-30 10:11:12 America/New_York')
SELECT EXTRACT(EPOCH FROM TIMESTAMP '2024-06-30 10:11:12')
SELECT EXTRACT(HOUR FROM DATE '2024-06-30')
SELECT at_timezone(TIMESTAMP '2024-07-01 12:00:00 UTC', 'America/New_York'), with_timezone(TIMESTAMP '2024-07-01 12:00:00', 'Asia/Tokyo'), TIMESTAMP '2024-07-01 12:00:00 UTC' AT TIME ZONE 'Europe/Berlin', TIMESTAMP '2024-07-01 12:00:00' AT TIME ZONE 'Europe/Berlin'
SELECT CAST(TIMESTAMP '2024-07-01 12:00:00 UTC' AT TIME ZONE 'America/New_York' AS varchar), CAST(TIMESTAMP '2024-07-01 12:00:00 UTC' AT TIME ZONE 'America/New_York' AS date), CAST(TIMESTAMP '2024-07-01 12:00:00 UTC' AT TIME ZONE 'America/New_York' AS timestamp), date_format(TIMESTAMP '2024-07-01 12:00:00 UTC' AT TIME ZONE 'America/New_York', '%H:%i'), hour(TIMESTAMP '2024-07-01 12:00:00 UTC' AT TIME ZONE 'America/New_York')
SELECT symbol, ts_event AT TIME ZONE 'America/New_York' AS ny, date(ts_event AT TIME ZONE 'America/New_York') FROM bars WHERE month = '2013-02' ORDER BY ts_event, symbol LIMIT 3
SELECT TIMESTAMP '2024-03-31 02:30:00 Europe/Berlin'
SELECT TIMESTAMP '2024-10-27 02:30:00 Europe/Berlin', TIMESTAMP '2024-10-27 02:30:00 Europe/Berlin' + INTERVAL '1' HOUR, date_diff('hour', TIMESTAMP '2024-10-27 00:00:00 Europe/Berlin', TIMESTAMP '2024-10-28 00:00:00 Europe/Berlin'), date_diff('day', TIMESTAMP '2024-10-27 00:00:00 Europe/Berlin', TIMESTAMP '2024-10-28 00:00:00 Europe/Berlin')
SELECT date_trunc('day', TIMESTAMP '2024-10-27 12:00:00 Europe/Berlin'), date_trunc('hour', TIMESTAMP '2024-10-27 02:30:00 Europe/Berlin'), date_add('day', 1, TIMESTAMP '2024-03-30 02:30:00 Europe/Berlin'), date_add('month', 1, TIMESTAMP '2024-02-29 02:30:00 Europe/Berlin')
SELECT TIMESTAMP '2024-07-01 12:00:00 UTC' = TIMESTAMP '2024-07-01 08:00:00 America/New_York', TIMESTAMP '2024-07-01 12:00:00 UTC' < TIMESTAMP '2024-07-01 12:00:00', TIMESTAMP '2024-07-01 12:00:00' = DATE '2024-07-01'
SELECT from_unixtime(0), from_unixtime(1704067200.123), from_unixtime(1704067200, 'America/New_York'), to_unixtime(TIMESTAMP '2024-01-01 00:00:00'), to_unixtime(TIMESTAMP '2024-01-01 00:00:00 America/New_York'), from_unixtime(-1), to_unixtime(DATE '2024-01-01')
SELECT from_unixtime(1704067200, 5, 30)
SELECT from_unixtime(1704067200123 / 1000e0), from_unixtime(1704067200123 / 1000), CAST(from_unixtime(1704067200) AS timestamp)
SELECT to_iso8601(DATE '2024-01-01'), to_iso8601(TIMESTAMP '2024-01-01 10:00:00.5'), to_iso8601(TIMESTAMP '2024-01-01 10:00:00 UTC'), to_iso8601(TIMESTAMP '2024-07-01 10:00:00.123 America/New_York'), from_iso8601_timestamp('2024-01-01T10:00:00Z'), from_iso8601_date('2024-01-01'), from_iso8601_timestamp('2024-01-01')
SELECT from_iso8601_timestamp('2024-01-01T10:00:00.123456Z')
SELECT from_iso8601_timestamp('2024-01-01T10:00:00-05:00')
SELECT from_iso8601_timestamp(x) FROM (VALUES '2024-01-01T10:00:00Z') AS t (x)
SELECT date_format(TIMESTAMP '2024-02-05 09:08:07.060', '%Y-%m-%d %H:%i:%s.%f'), date_format(DATE '2024-02-05', '%d/%m/%y'), date_format(TIMESTAMP '2024-02-05 13:08:07', '%h:%i %p'), date_format(TIMESTAMP '2024-02-05 13:08:07', '%W, %M %e, %Y'), date_format(TIMESTAMP '2024-02-05 13:08:07', '%T'), date_format(TIMESTAMP '2024-02-05 13:08:07', '%r'), date_format(TIMESTAMP '2024-02-05 13:08:07', '%b %a %j %k %l %c'), date_format(TIMESTAMP '2024-02-05 13:08:07', '%%'), date_format(TIMESTAMP '2024-02-05 13:08:07', 'x%Yy')
SELECT date_format(TIMESTAMP '2024-02-05 13:08:07', '%x-%v')
SELECT date_format(TIMESTAMP '2024-02-05 13:08:07', '%D')
SELECT date_format(TIMESTAMP '2024-02-05 13:08:07', '%w')
SELECT date_format(TIMESTAMP '2024-02-05 13:08:07', '%')
SELECT date_format('2024-02-05', '%Y')
SELECT date_parse('2024-02-05', '%Y-%m-%d'), date_parse('05.02.2024 13:08', '%d.%m.%Y %H:%i'), date_parse('Feb 5, 2024', '%b %e, %Y'), date_parse('2024-036', '%Y-%j'), date_parse('1:05 PM', '%l:%i %p'), date_parse('2024-02-05 13:08:07.123', '%Y-%m-%d %H:%i:%s.%f')
SELECT date_parse('2024-02-05 10:00', '%Y-%m-%d')
SELECT date_parse('2024-02-30', '%Y-%m-%d')
SELECT date_parse(x, '%Y%m%d') FROM (VALUES '20240229', NULL) AS t (x) ORDER BY 1
SELECT parse_datetime('2024-02-05', 'yyyy-MM-dd'), format_datetime(TIMESTAMP '2024-02-05 13:08:07', 'yyyy-MM-dd HH:mm:ss'), format_datetime(TIMESTAMP '2024-02-05 13:08:07', 'EEE, dd MMM yyyy'), format_datetime(DATE '2024-02-05', 'yyyyMMdd')
SELECT last_day_of_month(DATE '2024-02-05'), last_day_of_month(TIMESTAMP '2023-02-05 10:00:00'), parse_duration('3.81 d'), parse_duration('42ms'), parse_duration('5m'), to_milliseconds(parse_duration('1h')), human_readable_seconds(93784)
SELECT INTERVAL '1' DAY, INTERVAL '25' HOUR, INTERVAL '90' MINUTE, INTERVAL '1.5' SECOND, INTERVAL '14' MONTH, INTERVAL '2' YEAR, INTERVAL '-3' DAY, - INTERVAL '3' DAY, INTERVAL '1' DAY + INTERVAL '2' HOUR, INTERVAL '1' YEAR - INTERVAL '1' MONTH, 3 * INTERVAL '1' DAY, INTERVAL '1' DAY * 1.5, INTERVAL '1' DAY / 2, INTERVAL '1' MONTH * 2
SELECT INTERVAL '1' MONTH + INTERVAL '1' DAY
SELECT INTERVAL '1' QUARTER
SELECT INTERVAL 1 DAY
SELECT INTERVAL '1 day'
SELECT INTERVAL '36' HOUR > INTERVAL '1' DAY, INTERVAL '1' YEAR = INTERVAL '12' MONTH, INTERVAL '24' HOUR = INTERVAL '1' DAY
SELECT DATE '2024-01-31' + INTERVAL '1' MONTH, DATE '2024-03-31' - INTERVAL '1' MONTH, TIMESTAMP '2024-01-31 10:00:00' + INTERVAL '1' MONTH, DATE '2024-01-01' + INTERVAL '1' YEAR, DATE '2024-02-29' + INTERVAL '1' YEAR, TIMESTAMP '2024-01-01 00:00:00' - INTERVAL '0.5' SECOND, DATE '2024-01-01' - INTERVAL '1' DAY
SELECT DATE '2024-01-01' + INTERVAL '1' HOUR
SELECT DATE '2024-01-01' + INTERVAL '24' HOUR
SELECT DATE '2024-01-02' - DATE '2024-01-01', TIMESTAMP '2024-01-02 12:00:00' - TIMESTAMP '2024-01-01 00:00:00', TIMESTAMP '2024-01-02 00:00:00' - DATE '2024-01-01', TIMESTAMP '2024-01-01 00:00:00 UTC' - TIMESTAMP '2024-01-01 00:00:00 America/New_York'
SELECT current_date - DATE '2024-01-01' > INTERVAL '1' DAY, now() > TIMESTAMP '2024-01-01', current_timestamp = now(), date(now()) = current_date, localtimestamp > TIMESTAMP '2024-01-01 00:00:00', current_time IS NOT NULL
SELECT symbol, max(ts_event) FROM bars WHERE ts_event >= current_date - INTERVAL '20' YEAR GROUP BY symbol ORDER BY symbol
SELECT count(*) FROM bars WHERE ts_event >= date_add('day', -30, TIMESTAMP '2013-03-01 00:00:00')
SELECT count(*) FROM bars WHERE date(ts_event) = DATE '2013-02-28'
SELECT count(*) FROM bars WHERE ts_event BETWEEN date '2013-02-01' AND date '2013-02-28' + interval '1' day
SELECT count(*) FROM bars WHERE year(ts_event) = 2012 AND month(ts_event) IN (1, 2) AND day_of_week(ts_event) < 3
SELECT CAST(TIMESTAMP '2024-01-01 10:00:00.123456' AS timestamp(0)), CAST(TIMESTAMP '2024-01-01 10:00:00.9996' AS timestamp(3)), CAST(TIMESTAMP '2024-01-01 23:59:59.9999' AS timestamp(0)), CAST(TIMESTAMP '2024-01-01 10:00:00.5' AS date), CAST(DATE '2024-01-01' AS timestamp(6)), TIMESTAMP '2024-01-01 10:00:00.120000'
SELECT typeof(CAST(DATE '2024-01-01' AS timestamp)), typeof(TIMESTAMP '2024-01-01 10:00:00.12'), typeof(ts_event), typeof(date_trunc('day', ts_event)), typeof(max(ts_event)), typeof(ts_event + INTERVAL '1' DAY), typeof(date_add('day', 1, ts_event)), typeof(CAST(ts_event AS date)) FROM bars GROUP BY ts_event LIMIT 1
SELECT typeof(date_parse('2024', '%Y')), typeof(parse_datetime('2024', 'yyyy')), typeof(from_iso8601_timestamp('2024-01-01')), typeof(at_timezone(now(), 'UTC')), typeof(date_diff('day', DATE '2024-01-01', DATE '2024-01-02')), typeof(TIMESTAMP '2024-01-01 00:00:00' - TIMESTAMP '2024-01-01 00:00:00'), typeof(INTERVAL '1' MONTH), typeof(TIMESTAMP '2024-01-01 00:00:00 UTC')
SELECT DATE '2024-1-5', DATE ' 2024-01-05 ', TIMESTAMP '2024-01-05', TIMESTAMP '2024-1-5 3:04', TIMESTAMP '2024-01-05 03:04'
SELECT DATE '2024-13-01'
SELECT DATE '20240105'
SELECT DATE '0001-01-01', DATE '9999-12-31', DATE '1582-10-10', DATE '1900-01-01' - INTERVAL '1' DAY, DATE '-0001-01-01'
SELECT timestamp '1969-12-31 23:59:59.999', to_unixtime(timestamp '1969-12-31 23:59:59.999'), date_trunc('second', timestamp '1969-12-31 23:59:59.999'), millisecond(timestamp '1969-12-31 23:59:59.999'), date_diff('day', timestamp '1969-12-31 12:00:00', timestamp '1970-01-02 00:00:00')
SELECT date('2024-01-05'), date(TIMESTAMP '2024-01-05 10:00:00'), date(TIMESTAMP '2024-01-05 23:00:00 America/New_York')
SELECT date('2024-01-05 10:00:00')
SELECT TIME '10:11:12', CAST(TIMESTAMP '2024-01-01 10:11:12' AS time)
SELECT date_diff('day', x, y) FROM (VALUES (NULL, DATE '2024-01-01')) AS t (x, y)
SELECT x, date_trunc(u, x) FROM (VALUES ('day', TIMESTAMP '2024-01-05 10:00:00'), ('month', TIMESTAMP '2024-01-05 10:00:00')) AS t (u, x) ORDER BY 2
SELECT year('2024-01-05')
SELECT year(20240105)
SELECT month FROM bars WHERE month = '2013-02' LIMIT 1
SELECT x FROM (VALUES 1, 2, NULL) AS t (x) WHERE x NOT IN (1, 3)
SELECT x FROM (VALUES 1, 2, NULL) AS t (x) WHERE x NOT IN (SELECT y FROM (VALUES 1, NULL) AS u (y))
SELECT x, x IN (1, NULL), x NOT IN (1, NULL), x IN (SELECT y FROM (VALUES 1, NULL) AS u (y)) FROM (VALUES 1, 2, NULL) AS t (x) ORDER BY x
SELECT x, x > ALL (SELECT y FROM (VALUES 0, 1) AS u (y)), x >= SOME (VALUES 2, 3), x <> ANY (VALUES 1, 2), x = ALL (SELECT 1) FROM (VALUES 1, 2, NULL) AS t (x) ORDER BY x
SELECT x IS DISTINCT FROM y, x IS NOT DISTINCT FROM y, x = y, NOT (x = y), x <> y FROM (VALUES (1, 1), (1, NULL), (NULL, NULL)) AS t (x, y)
SELECT NULL AND false, NULL OR true, NOT CAST(NULL AS boolean), NULL IS NULL, (1 = NULL) IS NULL, coalesce(NULL, NULL), nullif(NULL, 1), nullif(1, NULL)
SELECT (x > 1) IS TRUE, (x > 1) IS NOT FALSE, (x > 1) IS UNKNOWN FROM (VALUES 1, 2, NULL) AS t (x)
SELECT try(1 / 0), try(CAST('a' AS integer)), coalesce(try(CAST('x' AS double)), -1), try_cast('5' AS integer) + 1, try(ARRAY[1][2]), try(json_parse('{')), try(date_parse('x', '%Y'))
SELECT if(x > 1, 'a'), if(x > 1, 'a', 'b'), CASE x WHEN 1 THEN 'one' WHEN 2 THEN 'two' END, CASE WHEN x IS NULL THEN 0 ELSE x END FROM (VALUES 1, 2, NULL) AS t (x) ORDER BY 4
SELECT CASE WHEN x = 0 THEN 0 ELSE 10 / x END FROM (VALUES 0, 5) AS t (x) ORDER BY 1
SELECT EXISTS (SELECT 1 WHERE false), EXISTS (SELECT NULL), NOT EXISTS (SELECT 1), (SELECT 1 WHERE false), (SELECT max(x) FROM (VALUES 1) AS t (x) WHERE false)
SELECT (SELECT 1, 2)
SELECT 1 IN (SELECT 1, 2)
SELECT x FROM (VALUES 1, 2) AS t (x) WHERE EXISTS (SELECT 1 FROM (VALUES 2, 3) AS u (y) WHERE u.y = t.x)
SELECT x FROM (VALUES 1, 2) AS t (x) WHERE x = (SELECT max(y) FROM (VALUES 2, 3) AS u (y) WHERE u.y <= t.x + 1) ORDER BY x
SELECT symbol, (SELECT count(*) FROM forecasts f WHERE f.symbol = b.symbol) AS n FROM (SELECT DISTINCT symbol FROM bars) b ORDER BY symbol
SELECT symbol FROM (SELECT DISTINCT symbol FROM bars) b WHERE NOT EXISTS (SELECT 1 FROM forecasts f WHERE f.symbol = b.symbol AND f.horizon = 5 AND skip_reason IS NULL) ORDER BY symbol
SELECT (x, y) IN (SELECT 1, 2) FROM (VALUES (1, 2)) AS t (x, y)
SELECT (x, y) IN ((1, 2), (3, 4)) FROM (VALUES (1, 2), (2, 1)) AS t (x, y)
SELECT x FROM (VALUES 'a', 'b') AS t (x) WHERE x IN (SELECT symbol FROM bars)
SELECT symbol FROM bars WHERE ts_event IN (SELECT max(ts_event) FROM bars) ORDER BY 1
SELECT symbol FROM bars WHERE date(ts_event) IN (SELECT max(date(ts_event)) FROM bars) ORDER BY 1
SELECT symbol, close FROM bars WHERE (symbol, ts_event) IN (SELECT symbol, max(ts_event) FROM bars GROUP BY symbol) ORDER BY symbol
-- Shapes of queries, and what is refused
SELECT x FROM (VALUES 3, 1, 2) AS t (x) ORDER BY x DESC FETCH FIRST 2 ROWS ONLY
SELECT x FROM (VALUES 3, 1, 2) AS t (x) ORDER BY x OFFSET 1
SELECT x FROM (VALUES 3, 1, 2) AS t (x) ORDER BY x OFFSET 1 ROWS FETCH NEXT ROW ONLY
SELECT x FROM (VALUES 3, 1, 2) AS t (x) ORDER BY x OFFSET 1 LIMIT 1
SELECT x FROM (VALUES 3, 1, 2) AS t (x) ORDER BY x LIMIT 1 OFFSET 1
SELECT x FROM (VALUES 1, 2, 2, 3) AS t (x) ORDER BY x DESC OFFSET 1 ROW FETCH FIRST 1 ROW WITH TIES
SELECT g, x FROM (VALUES (1, 5), (2, 5), (3, 6)) AS t (g, x) ORDER BY x FETCH FIRST 1 ROWS WITH TIES
SELECT g FROM (VALUES (1, 5), (2, 5), (3, 6)) AS t (g, x) ORDER BY x FETCH FIRST 1 ROWS WITH TIES
SELECT x FROM (VALUES 1, 2) AS t (x) LIMIT -1
SELECT x FROM (VALUES 1, 2) AS t (x) LIMIT 1 + 1
SELECT x FROM (VALUES 1, 2) AS t (x) LIMIT NULL
SELECT x AS y FROM (VALUES 1, 2) AS t (x) ORDER BY y DESC
SELECT x AS y, -x AS x FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x AS y FROM (VALUES 1, 2) AS t (x) ORDER BY -y
SELECT -x AS x FROM (VALUES 1, 2) AS t (x) ORDER BY x + 0
SELECT x FROM (VALUES 1, 2) AS t (x) ORDER BY 2
SELECT x FROM (VALUES 1, 2) AS t (x) ORDER BY 0
SELECT x FROM (VALUES 1, 2) AS t (x) ORDER BY 1 + 1, x
SELECT x FROM (VALUES 1, 2) AS t (x) ORDER BY -1, x
SELECT x FROM (VALUES (1, 'b'), (2, 'a')) AS t (x, s) ORDER BY s
SELECT x, x FROM (VALUES 2, 1) AS t (x) ORDER BY x
SELECT 1 AS x, 2 AS x ORDER BY x
SELECT x AS a, s AS a FROM (VALUES (1, 2)) AS t (x, s) ORDER BY a
SELECT DISTINCT x % 2 AS p FROM (VALUES 1, 2, 3) AS t (x) ORDER BY p DESC
SELECT DISTINCT x FROM (VALUES (1, 2), (1, 3)) AS t (x, y) ORDER BY y
SELECT count(DISTINCT x) AS c, y FROM (VALUES (1, 'a'), (2, 'b')) AS t (x, y) GROUP BY y ORDER BY c, y DESC
SELECT a FROM (SELECT x AS a FROM (VALUES 1, 2) AS t (x)) ORDER BY a DESC LIMIT 1
SELECT "X" FROM (VALUES 1) AS t (x)
SELECT T.X FROM (VALUES 1) AS t ("x")
SELECT "Sym bol" FROM (SELECT symbol AS "Sym bol" FROM bars LIMIT 1)
SELECT 1 AS "select", 2 AS "a.b", 3 AS "Ünï"
SELECT 1 AS select
SELECT 1 end
SELECT 1 date
SELECT x user FROM (VALUES 1) AS t (x)
SELECT /* inner ; */ 1 AS a -- ; x
SELECT 'a -- b', '/* c */'
SELECT 1; SELECT 2
SELECT 1,
SELECT FROM bars
SELECT * FROM
SELECT *
SELECT * FROM nosuch
SELECT * FROM other.bars
SELECT * FROM awsdatacatalog.tickerlake.bars LIMIT 0
SELECT * FROM "AwsDataCatalog"."tickerlake"."bars" LIMIT 0
SELECT b.nosuch FROM bars b
SELECT bars.symbol FROM bars b
SELECT c.symbol FROM bars b
SELECT symbol FROM bars a JOIN bars b ON a.symbol = b.symbol
SELECT x FROM (VALUES 1) AS a (x), (VALUES 2) AS b (x)
SELECT a.*, b.x FROM (VALUES 1) AS a (x), (VALUES 2) AS b (x)
SELECT * FROM (VALUES 1) AS a (x), (VALUES 2) AS b (x)
SELECT * FROM (VALUES 1, 2) AS a (x) JOIN (VALUES 2, 3) AS b (x) USING (x)
SELECT a.x FROM (VALUES 1, 2) AS a (x) JOIN (VALUES 2, 3) AS b (x) USING (x)
SELECT x, y, z FROM (VALUES (1, 'a')) AS a (x, y) FULL JOIN (VALUES (2, 'b')) AS b (x, z) USING (x) ORDER BY x
SELECT * FROM (VALUES (1, 'a')) AS a (x, y) LEFT JOIN (VALUES (BIGINT '1', 'b')) AS b (x, z) USING (x)
SELECT * FROM (VALUES 1, 2) AS a (x) CROSS JOIN (VALUES 'p', 'q') AS b (y) ORDER BY 1, 2
SELECT * FROM (VALUES 1, 2) AS a (x) NATURAL JOIN (VALUES 2, 3) AS b (x)
SELECT * FROM (VALUES 1) AS a (x) JOIN (VALUES 1) AS b (y)
SELECT * FROM (VALUES 1) AS a (x) JOIN (VALUES 1) AS b (y) ON x
SELECT * FROM (VALUES 1, 2) AS a (x) LEFT JOIN (VALUES 1, 3) AS b (y) ON x = y AND y > 1 ORDER BY x
SELECT * FROM (VALUES 1, 2) AS a (x) LEFT JOIN (VALUES 1, 3) AS b (y) ON x < y ORDER BY x, y
SELECT * FROM (VALUES 1, 2) AS a (x) FULL JOIN (VALUES 1, 3) AS b (y) ON x = y ORDER BY x, y
SELECT * FROM (VALUES 1, 2) AS a (x) FULL JOIN (VALUES 1, 3) AS b (y) ON x < y ORDER BY x, y
SELECT * FROM (VALUES 1, 2) AS a (x) RIGHT JOIN (VALUES 1, 3) AS b (y) ON x = y ORDER BY y
SELECT * FROM (VALUES 1) AS a (x) JOIN (VALUES '1') AS b (y) ON x = y
SELECT * FROM (VALUES 1) AS a (x) JOIN (VALUES 1.0) AS b (y) ON x = y
SELECT * FROM ((VALUES 1) AS a (x) JOIN (VALUES 1) AS b (y) ON x = y) JOIN (VALUES 1) AS c (z) ON z = y
SELECT * FROM (VALUES 1) AS a (x) LEFT JOIN (VALUES 1) AS b (y) ON a.x = b.y WHERE b.y IS NULL
SELECT 1 UNION SELECT 1.5 ORDER BY 1
SELECT 1, 2 UNION SELECT 1
SELECT NULL UNION ALL SELECT 'a' ORDER BY 1
SELECT 1 AS a UNION ALL SELECT 2 AS b ORDER BY b
SELECT 1 AS a UNION ALL SELECT 2 AS b ORDER BY a DESC
(SELECT 1 AS a ORDER BY 1 LIMIT 1) UNION ALL (SELECT 2) ORDER BY 1
SELECT symbol FROM bars UNION DISTINCT SELECT symbol FROM forecasts ORDER BY 1
SELECT 1 INTERSECT SELECT 2 UNION SELECT 3
SELECT 1 EXCEPT SELECT 1 UNION ALL SELECT 3
SELECT DATE '2024-01-01' UNION ALL SELECT TIMESTAMP '2024-01-01 10:00:00.123' ORDER BY 1
SELECT CAST('a' AS varchar(1)) UNION ALL SELECT 'abc' ORDER BY 1
SELECT CAST(1 AS real) UNION ALL SELECT 0.1e0 ORDER BY 1
SELECT ARRAY[1] UNION SELECT ARRAY[1.5] ORDER BY 1
SELECT ARRAY[1] UNION ALL SELECT ARRAY[NULL]
VALUES (1, 'a'), (2, NULL)
VALUES 1, 2.5, 3e0
VALUES (1, 'a'), (2, 3)
VALUES (1), (2, 3)
TABLE forecasts LIMIT 0
SELECT * FROM (TABLE bars_quality) ORDER BY 1
WITH a AS (SELECT 1 AS x), b (y) AS (SELECT x + 1 FROM a) SELECT * FROM a, b
WITH a (x, y) AS (SELECT 1) SELECT * FROM a
WITH a AS (SELECT 1), a AS (SELECT 2) SELECT * FROM a
WITH a AS (SELECT * FROM b), b AS (SELECT 1) SELECT * FROM a
WITH RECURSIVE t (n) AS (VALUES 1 UNION ALL SELECT n + 1 FROM t WHERE n < 3) SELECT * FROM t ORDER BY n
WITH t AS (SELECT 1 AS x) SELECT * FROM t WHERE x IN (WITH u AS (SELECT 1 AS y) SELECT y FROM u)
SELECT * FROM (SELECT 1) AS t (a, b)
SELECT * FROM (SELECT 1, 2) AS t (a)
SELECT t.a FROM (SELECT 1 AS a) AS t
SELECT t.a FROM (SELECT 1 AS a) t, LATERAL (SELECT t.a + 1 AS b) u WHERE u.b = 2
SELECT * FROM (SELECT symbol, close, rank() OVER (PARTITION BY symbol ORDER BY close DESC) AS r FROM bars) WHERE r = 1 ORDER BY symbol, close
SELECT symbol, count(*) AS n FROM bars GROUP BY symbol HAVING n > 1
SELECT symbol, count(*) AS n FROM bars WHERE n > 1 GROUP BY symbol
SELECT 2 AS n WHERE n = 2
SELECT symbol s, close * 2 AS c2, c2 + 1 FROM bars LIMIT 1
SELECT symbol FROM bars WHERE close
SELECT symbol FROM bars WHERE 1
SELECT sum(close) OVER () FROM bars GROUP BY symbol
SELECT DISTINCT symbol, close FROM bars ORDER BY volume LIMIT 1
SELECT symbol, sum(volume) FROM bars GROUP BY ALL ORDER BY 1
SELECT symbol, sum(volume) FROM bars GROUP BY symbol ORDER BY sum(volume) / count(*) DESC
SELECT nosuch(1)
SELECT abs('a')
SELECT abs(1, 2)
SELECT length(5)
SELECT upper(5)
SELECT round('a')
SELECT substr(12345, 1, 2)
SELECT date_trunc('day', '2024-01-01')
SELECT cardinality('a')
SELECT concat('a', 1)
SELECT concat('a')
SELECT lower(NULL), abs(NULL), length(NULL), round(NULL), date_trunc('day', NULL), coalesce(NULL, 'a')
SELECT min(1, 2)
SELECT ifnull(1, 2)
SELECT 1 <=> 1
SELECT 1 != 2
SELECT 5 DIV 2
SELECT 2 ^ 3
SELECT CAST(1 AS int), CAST(1 AS integer), CAST('1' AS string)
SELECT CAST(1 AS text)
SELECT CAST(1 AS numeric)
SELECT CAST(1.5 AS dec(3,1)), CAST(1 AS decimal), CAST(1 AS decimal(5)), CAST(1 AS double precision), CAST(1 AS float)
SELECT CAST(1 AS datetime)
SELECT BOOLEAN 'true', VARCHAR 'a', BIGINT '5', DOUBLE '1.5', REAL '2', CHAR 'x'
SELECT symbol, count(*), min(ts_event), max(ts_event) FROM bars_landing WHERE reject_reason IS NULL AND symbol IS NOT NULL GROUP BY symbol ORDER BY symbol
SELECT dt, count(*), count(reject_reason) FROM bars_landing GROUP BY dt ORDER BY dt
SELECT symbol, ts_event, date_diff('millisecond', ts_sent, ts_recv) AS ms FROM bars_landing WHERE symbol = 'IBM' ORDER BY ts_event LIMIT 3
SELECT approx_percentile(date_diff('millisecond', ts_sent, ts_recv), ARRAY[0.5, 0.95, 0.99]) FROM bars_landing
SELECT reject_reason, raw_value, from_utf8(raw_value), length(raw_value), to_hex(raw_value) FROM bars_landing WHERE raw_value IS NOT NULL ORDER BY kafka_offset
SELECT reject_reason, count(*) FROM bars_quarantine GROUP BY 1 ORDER BY 1
SELECT symbol, horizon, as_of, ts_origin, round(sigma, 8), round(p50, 6), skip_reason FROM forecasts ORDER BY as_of, symbol, horizon
SELECT symbol, horizon, realised, inside_80, round(pinball, 8) FROM forecast_scores ORDER BY symbol, horizon, ts_origin LIMIT 10
SELECT horizon, avg(IF(inside_80, 1e0, 0e0)) AS coverage, count(*) FROM forecast_scores GROUP BY horizon ORDER BY horizon
SELECT f.symbol, f.horizon, f.p50, b.close, f.p50 / b.close - 1 AS err FROM forecasts f JOIN bars b ON b.symbol = f.symbol AND b.ts_event = f.ts_target WHERE f.skip_reason IS NULL ORDER BY 1, 2, f.as_of LIMIT 10
SELECT flags, count(*) FROM bars GROUP BY flags ORDER BY 1
SELECT finding, symbol, session_date, round(size, 9) FROM bars_findings ORDER BY 1, 2, 3
SELECT count(*), count_if(ends_early) FROM us_sessions WHERE year(session_date) = 2012
SELECT symbol, is_compacted, count(*) FROM bars_live GROUP BY 1, 2 ORDER BY 1
SELECT * FROM actions
SELECT count(*) FROM adjustments
SELECT count(*) FROM bars_versions
SELECT symbol, "interval", count(*) FROM bars GROUP BY 1, 2 ORDER BY 1
SELECT month, sum(volume) AS v, sum(sum(volume)) OVER (ORDER BY month) AS running FROM bars WHERE symbol = 'FB' GROUP BY month ORDER BY month
SELECT symbol, ts_event, (close - avg(close) OVER w) / nullif(stddev(close) OVER w, 0) AS z FROM bars WHERE symbol = 'FB' WINDOW w AS (PARTITION BY symbol ORDER BY ts_event ROWS BETWEEN 19 PRECEDING AND CURRENT ROW) ORDER BY ts_event LIMIT 30
SELECT symbol, ts_event, greatest(high - low, abs(high - lag(close) OVER (PARTITION BY symbol ORDER BY ts_event)), abs(low - lag(close) OVER (PARTITION BY symbol ORDER BY ts_event))) AS tr FROM bars WHERE month >= '2013-02' ORDER BY symbol, ts_event LIMIT 10
SELECT symbol, sum(CASE WHEN d > 0 THEN d ELSE 0 END) / nullif(sum(abs(d)), 0) AS rsi FROM (SELECT symbol, close - lag(close) OVER (PARTITION BY symbol ORDER BY ts_event) AS d, row_number() OVER (PARTITION BY symbol ORDER BY ts_event DESC) AS rn FROM bars) WHERE rn <= 14 GROUP BY symbol ORDER BY symbol
SELECT symbol, date_trunc('week', ts_event) AS w, min_by(open, ts_event) AS o, max(high) AS h, min(low) AS l, max_by(close, ts_event) AS c, sum(volume) AS v FROM bars WHERE month >= '2013-01' GROUP BY 1, 2 ORDER BY 1, 2
SELECT symbol, min(close / peak - 1) AS max_drawdown FROM (SELECT symbol, close, max(close) OVER (PARTITION BY symbol ORDER BY ts_event) AS peak FROM bars) GROUP BY symbol ORDER BY symbol
SELECT * FROM bars MATCH_RECOGNIZE (PARTITION BY symbol ORDER BY ts_event MEASURES first(ts_event) AS s, last(ts_event) AS e, count(*) AS n PATTERN (down{5,}) DEFINE down AS close < prev(close)) ORDER BY symbol, s LIMIT 3
SELECT width_bucket(close, 0, 500, 5) AS bucket, count(*) FROM bars WHERE symbol = 'AAPL' GROUP BY 1 ORDER BY 1
SELECT symbol, round(close), count(*) FROM bars WHERE month = '2013-02' GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT 5
SELECT CAST(sum(volume) AS double) / 1e6 AS m, sum(volume) / 1000000 AS i, sum(volume) / 1e6, round(sum(volume) / 1000000.0, 2) FROM bars WHERE symbol = 'IBM' AND month = '2013-02'
SELECT CAST(close AS decimal(18,4)) AS px, CAST(close * 100 AS bigint) AS cents, CAST(close AS varchar) FROM bars WHERE symbol = 'IBM' ORDER BY ts_event DESC LIMIT 3
SELECT sum(CAST(close AS decimal(18,4)) * volume), avg(CAST(close AS decimal(18,4))) FROM bars WHERE symbol = 'IBM' AND month = '2013-02'
SELECT symbol FROM bars CROSS JOIN UNNEST(ARRAY[1, 2]) LIMIT 0
-- NaN, clocks put back, casts
SELECT x FROM (VALUES nan(), 1e0, NULL) AS t (x) ORDER BY x ASC NULLS FIRST
SELECT x FROM (VALUES nan(), 1e0, NULL) AS t (x) ORDER BY x ASC NULLS LAST
SELECT x FROM (VALUES nan(), 1e0, NULL) AS t (x) ORDER BY x DESC NULLS FIRST
SELECT x FROM (VALUES nan(), 1e0, NULL) AS t (x) ORDER BY x DESC NULLS LAST
SELECT x, row_number() OVER (ORDER BY x NULLS FIRST) FROM (VALUES nan(), 1e0, NULL) AS t (x) ORDER BY 2
SELECT x, row_number() OVER (ORDER BY x DESC) FROM (VALUES nan(), 1e0, NULL) AS t (x) ORDER BY 2
SELECT x, row_number() OVER (ORDER BY x DESC NULLS FIRST) FROM (VALUES nan(), 1e0, NULL) AS t (x) ORDER BY 2
SELECT array_agg(x ORDER BY x NULLS FIRST), array_agg(x ORDER BY x DESC NULLS FIRST), array_agg(x ORDER BY x DESC) FROM (VALUES nan(), 1e0, NULL) AS t (x)
SELECT x FROM (VALUES nan(), 1e0, NULL) AS t (x) ORDER BY x NULLS FIRST LIMIT 2
SELECT filter(ARRAY[nan(), 1e0], x -> x > 0), transform(ARRAY[nan(), 1e0], x -> x > 0), any_match(ARRAY[nan()], x -> x = x)
SELECT x FROM UNNEST(ARRAY[nan(), 1e0]) AS t (x) WHERE x > 0
SELECT ARRAY[nan()][1] > 0, element_at(ARRAY[nan()], 1) = nan(), MAP(ARRAY[1], ARRAY[nan()])[1] > 1, ROW(nan(), 1)[1] > 1, CAST(ROW(nan()) AS ROW(a double)).a > 1
SELECT reduce(ARRAY[nan()], 0e0, (s, x) -> s + x, s -> s) > 1
SELECT r.a > 1 FROM (SELECT CAST(ROW(nan()) AS ROW(a double)) AS r)
SELECT max(x) > 1 FROM (VALUES nan()) AS t (x)
SELECT array_max(ARRAY[nan()]) > 1, array_agg(x)[1] > 1 FROM (VALUES nan()) AS t (x)
SELECT ARRAY[nan()] = ARRAY[nan()], ARRAY[nan()] IS DISTINCT FROM ARRAY[nan()], ROW(nan()) = ROW(nan()), ARRAY[1e0] < ARRAY[nan()]
SELECT first_value(x) OVER (ORDER BY y) > 0, max_by(x, y) OVER (ORDER BY y) > 0 FROM (VALUES (nan(), 1)) AS t (x, y)
SELECT x IN (1e0, 2e0), x NOT IN (1e0, 2e0), x IN (1e0, NULL) FROM (VALUES nan(), 1e0, NULL) AS t (x)
SELECT nan() IN (SELECT nan()), 1e0 IN (SELECT nan())
SELECT CASE nan() WHEN nan() THEN 1 ELSE 2 END, nullif(nan(), nan()), nan() NOT BETWEEN 1 AND 2, nan() != nan()
SELECT x FROM (VALUES nan(), 1e0) AS t (x) INTERSECT SELECT nan()
SELECT map_agg(x, 1), histogram(x), array_distinct(array_agg(x)), count(DISTINCT x) FROM (VALUES nan(), nan(), 1e0) AS t (x)
SELECT array_distinct(ARRAY[nan(), nan()]), array_union(ARRAY[nan()], ARRAY[nan()]), array_intersect(ARRAY[nan()], ARRAY[nan()]), array_except(ARRAY[nan()], ARRAY[nan()]), contains(ARRAY[nan()], nan()), array_position(ARRAY[nan()], nan()), arrays_overlap(ARRAY[nan()], ARRAY[nan()]), array_remove(ARRAY[nan()], nan())
SELECT date_add('day', 1, TIMESTAMP '2024-10-26 02:30:00 Europe/Berlin'), to_unixtime(date_add('day', 1, TIMESTAMP '2024-10-26 02:30:00 Europe/Berlin')), to_unixtime(date_add('day', -1, TIMESTAMP '2024-10-28 02:30:00 Europe/Berlin')), to_unixtime(date_add('month', 1, TIMESTAMP '2024-09-27 02:30:00 Europe/Berlin'))
SELECT to_unixtime(TIMESTAMP '2024-10-27 02:30:00 Europe/Berlin'), to_unixtime(with_timezone(TIMESTAMP '2024-10-27 02:30:00', 'Europe/Berlin')), to_unixtime(TIMESTAMP '2024-10-26 02:30:00 Europe/Berlin' + INTERVAL '1' DAY), to_unixtime(TIMESTAMP '2024-09-27 02:30:00 Europe/Berlin' + INTERVAL '1' MONTH), to_unixtime(TIMESTAMP '2024-11-27 02:30:00 Europe/Berlin' - INTERVAL '1' MONTH)
SELECT to_unixtime(date_trunc('hour', from_unixtime(1729992600, 'Europe/Berlin'))), to_unixtime(date_trunc('hour', from_unixtime(1729989000, 'Europe/Berlin'))), to_unixtime(date_trunc('day', from_unixtime(1729992600, 'Europe/Berlin'))), to_unixtime(date_trunc('minute', from_unixtime(1729989000, 'Europe/Berlin')))
SELECT to_unixtime(CAST(from_unixtime(1729989000.5, 'Europe/Berlin') AS timestamp(0) with time zone)), to_unixtime(CAST(from_unixtime(1729992600.5, 'Europe/Berlin') AS timestamp(0) with time zone))
SELECT date_diff('day', from_unixtime(1729989000, 'Europe/Berlin'), from_unixtime(1729992600, 'Europe/Berlin')), date_diff('day', from_unixtime(1729992600, 'Europe/Berlin'), TIMESTAMP '2024-10-28 02:00:00 Europe/Berlin'), date_diff('day', from_unixtime(1729989000, 'Europe/Berlin'), TIMESTAMP '2024-10-28 02:30:00 Europe/Berlin')
SELECT to_unixtime(with_timezone(TIMESTAMP '2024-03-31 02:30:00', 'Europe/Berlin')), to_unixtime(date_add('day', 1, TIMESTAMP '2024-03-30 02:30:00 Europe/Berlin')), to_unixtime(date_trunc('day', TIMESTAMP '2018-11-04 12:00:00 America/Sao_Paulo'))
SELECT to_unixtime(with_timezone(TIMESTAMP '2024-04-07 01:45:00', 'Australia/Lord_Howe'))
SELECT CAST(1 AS float)
SELECT CAST(1.5 AS dec(3,1))
SELECT CAST('a' AS string)
SELECT CAST(1 AS numeric), CAST(1 AS decimal)
SELECT x, x FROM (VALUES 2, 1) AS t (x) ORDER BY t.x
SELECT x, x FROM (VALUES 2, 1) AS t (x) ORDER BY x + 1
SELECT x, x + 1 AS x FROM (VALUES 2, 1) AS t (x) ORDER BY x
SELECT a.x, b.x FROM (VALUES 1) AS a (x), (VALUES 2) AS b (x) ORDER BY x
SELECT x AS a, x AS a FROM (VALUES 2, 1) AS t (x) ORDER BY x
SELECT DISTINCT x, x FROM (VALUES 2, 1) AS t (x) ORDER BY x
SELECT *, x FROM (VALUES 2, 1) AS t (x) ORDER BY x
SELECT x, x FROM (VALUES 2, 1) AS t (x) UNION ALL SELECT 1, 2 ORDER BY x
SELECT -1, x FROM (VALUES 2, 1) AS t (x) GROUP BY -1, x ORDER BY 2
SELECT x FROM (VALUES 2, 1) AS t (x) GROUP BY x ORDER BY count(x)
SELECT x AS y FROM (VALUES 2, 1) AS t (x) GROUP BY x ORDER BY count(y)
SELECT x, y FROM (VALUES (1, 2)) AS t (x, y) GROUP BY ROLLUP (x, y) ORDER BY grouping(x), 1, 2
SELECT x + 0, y FROM (VALUES (1, 2)) AS t (x, y) GROUP BY GROUPING SETS ((x), (x, y)) ORDER BY grouping(x, y), 1, 2
SELECT x AS a, y AS b FROM (VALUES (1, 2)) AS t (x, y) GROUP BY ROLLUP (x, y) ORDER BY grouping(x), 1, 2
SELECT approx_percentile(x, -0.1) FROM (VALUES 1e0) AS t (x)
SELECT approx_percentile(x, NULL) FROM (VALUES 1e0) AS t (x)
SELECT approx_percentile(x, q) FROM (VALUES (1e0, 0.5), (2e0, 0.5)) AS t (x, q)
SELECT approx_percentile(x, ARRAY[0.5]) FROM (VALUES 1.5, 2.5) AS t (x)
SELECT approx_percentile(x, ARRAY[]) FROM (VALUES 1.5, 2.5) AS t (x)
SELECT approx_percentile(x, ARRAY[1.5]) FROM (VALUES 1) AS t (x)
SELECT approx_percentile(x, 0.5) FROM (VALUES 123456.789, 2.5) AS t (x)
SELECT approx_percentile(x, 0.5) FROM (VALUES nan(), 1e0, 2e0) AS t (x)
SELECT geometric_mean(x) FROM (VALUES 1.5, 2.5) AS t (x)
SELECT covar_pop(x, y), covar_samp(x, y) FROM (VALUES (1.5, 2e0), (2.5, 3e0)) AS t (x, y)
SELECT regr_slope(x, y), regr_intercept(x, y), corr(x, y) FROM (VALUES (REAL '1.5', 2e0), (REAL '2.5', 3e0)) AS t (x, y)
SELECT reduce(ARRAY[1.5], 0.0, (s, x) -> s + x, s -> s)
SELECT reduce(ARRAY[1], 0, (s, x) -> s + x * 1.5, s -> s)
SELECT reduce(ARRAY[1.5], CAST(0 AS decimal(38,2)), (s, x) -> s + x, s -> s)
SELECT reduce(ARRAY[1.5], CAST(0 AS decimal(10,2)), (s, x) -> CAST(s + x AS decimal(10,2)), s -> s)
SELECT reduce(ARRAY[1, 2], BIGINT '0', (s, x) -> s + x, s -> s)
SELECT reduce(ARRAY[REAL '1'], 0, (s, x) -> s + x, s -> s)
SELECT reduce_agg(x, 0.0, (s, e) -> s + e, (a, b) -> a + b) FROM (VALUES 1.5) AS t (x)
SELECT +1, +1.5e0, +REAL '1'
SELECT +INTERVAL '1' DAY
SELECT +DATE '2024-01-01'
SELECT + 'a'
SELECT abs(-2147483648 + 0), -2147483648 - 1
SELECT -(-2147483648)
SELECT - -2147483648
SELECT abs(TINYINT '-128')
SELECT -TINYINT '-128'
SELECT abs(SMALLINT '-32768')
SELECT ARRAY[-2147483648][1] - 1
SELECT CAST(REAL '1.5e10' AS varchar), CAST(REAL '16777217' AS varchar), CAST(REAL '0.1' AS varchar), CAST(REAL '3.4028235e38' AS varchar), CAST(REAL '1e-45' AS varchar), CAST(REAL '123456.79' AS varchar), CAST(CAST(REAL '1.1' AS double) AS varchar), 'x' || CAST(CAST(0.1e0 + 0.2e0 AS real) AS varchar), REAL '1.5e10', REAL '1e-45'
SELECT array_join(ARRAY[REAL '1.5e10', REAL '0.1'], ',')
SELECT regexp_replace('abc', 'b', '$0'), regexp_replace('abc', '(b)', '$1$1'), regexp_replace('abc', 'b', '\\'), regexp_replace('abc', '(?<n>b)', '$1')
SELECT regexp_replace('abc', 'b', '$1')
SELECT regexp_replace('xyz', 'b', '$1')
SELECT regexp_replace('abc', '(b)', '$12')
SELECT regexp_replace('abc', 'b', 'a\')
SELECT regexp_replace('abc', 'b', '$x')
SELECT split('', ''), 1
SELECT split(CAST(NULL AS varchar), '')
SELECT NULL <> ANY (VALUES 1, 2), NULL = ALL (VALUES 1, 2), CAST(NULL AS integer) <> ANY (VALUES 1, 2), CAST(NULL AS integer) = ALL (VALUES 1, 2), CAST(NULL AS integer) = ALL (VALUES 1, 1)
SELECT x, x <> ANY (VALUES 1, 1), x <> ANY (VALUES 1, 2), x = ALL (VALUES 1, 1), x = ALL (VALUES 1, 2), x <> ANY (VALUES 1, NULL), x = ALL (VALUES 1, NULL), x <> ALL (VALUES 1, 2), x = ANY (VALUES 1, NULL), x < ANY (VALUES 1, NULL), x >= ALL (VALUES 1, NULL) FROM (VALUES 1, 2, NULL) AS t (x) ORDER BY 1
SELECT lower('İ'), lower('Σ')
SELECT upper('ǆ'), upper('ﬁ'), lower('ÀÉÎ'), lower('ΑΣ'), upper('ı'), upper('ŉ'), upper('ǰ'), lower('ẞ'), upper('ÿ')
SELECT date_format(TIMESTAMP '2024-12-30 13:08:07', '%x-%v'), date_format(TIMESTAMP '2024-01-05 13:08:07', '%x-%v')
SELECT INTERVAL '1' DAY * 1.5, INTERVAL '1' DAY * 0.0000001e0, INTERVAL '7' DAY / 1.5, INTERVAL '7' MONTH / 2, INTERVAL '3' MONTH * 1.5, INTERVAL '1' SECOND * 1.0015, INTERVAL '1' SECOND * -1.0015, INTERVAL '3' DAY * 2e0
SELECT (x, y) IN (SELECT 1, 2), (x, y) IN (SELECT 1, NULL), (x, NULL) IN (SELECT 1, 2) FROM (VALUES (1, 2)) AS t (x, y)
SELECT (x, y) NOT IN (SELECT 1, 3) FROM (VALUES (1, 2)) AS t (x, y)
SELECT (x, y) IN (SELECT 1.0, 2e0) FROM (VALUES (1, 2)) AS t (x, y)
SELECT (x, y) = ANY (SELECT 1, 2) FROM (VALUES (1, 2)) AS t (x, y)
SELECT (1, 2) IN (SELECT (1, 2))
SELECT ROW(1, 2) IN (SELECT x, y FROM (VALUES (1, 2)) AS t (x, y))
SELECT from_iso8601_timestamp('2024-01-01T10'), from_iso8601_timestamp('2024-01'), from_iso8601_timestamp('2024'), from_iso8601_timestamp('2024-001'), from_iso8601_timestamp('2024-W01-1'), from_iso8601_timestamp('20240101')
SELECT from_iso8601_timestamp('2024-01-01T10:00:00.123456789Z'), from_iso8601_timestamp('2024-01-01T10:00:00,5Z'), from_iso8601_timestamp('2024-01-01T10:00Z'), from_iso8601_timestamp('2024-01-01T10:00:00.9999Z'), from_iso8601_timestamp('2024-01-01T10:00:00+00:00')
SELECT from_iso8601_timestamp('2024-01-01 10:00:00')
SELECT from_iso8601_timestamp('2024-01-01T24:00:00Z')
SELECT from_iso8601_timestamp('2024-01-01T10:00:00z')
SELECT from_iso8601_timestamp('2024-02-30T10:00:00Z')
SELECT from_iso8601_timestamp('x')
SELECT from_iso8601_timestamp('')
SELECT from_iso8601_timestamp(x) FROM (VALUES '2024-01-01T10:00:00Z', '2024-06-01T10:00:00.250Z', NULL) AS t (x) ORDER BY 1
SELECT CAST(json_parse('[{"x":1,"y":"p"},{"y":2},{"X":5},[7,"q"],null]') AS array(row(x integer, y varchar)))
SELECT CAST(JSON '{"x":1,"z":3}' AS row(x integer))
SELECT CAST(JSON '{"x":1,"x":3}' AS row(x integer))
SELECT CAST(JSON '[1]' AS row(x integer, y integer))
SELECT CAST(JSON '[1,2,3]' AS row(x integer, y integer))
SELECT CAST(JSON '5' AS row(x integer))
SELECT CAST(JSON '{"x":1}' AS row(integer))
SELECT CAST(JSON '{"a":{"b":1},"c":[1, 2],"d":"s","e":null}' AS map(varchar, json))
SELECT CAST(JSON '[{"b":1},2,"s",null]' AS array(json))
SELECT json_extract_scalar(e, '$.b') FROM (SELECT CAST(JSON '[{"b":1},{"b":2}]' AS array(json)) AS a) CROSS JOIN UNNEST(a) AS u (e)
SELECT json_extract_scalar(e, '$.b') AS b FROM (VALUES '{"items":[{"b":"x"},{"b":"y"}]}') AS t (j) CROSS JOIN UNNEST(CAST(json_extract(j, '$.items') AS array(json))) AS u (e) ORDER BY 1
SELECT k, json_format(v) FROM (VALUES '{"a":1,"b":"y"}') AS t (j) CROSS JOIN UNNEST(CAST(json_parse(j) AS map(varchar, json))) AS u (k, v) ORDER BY 1
SELECT CAST(ROW(1, 'x') AS json), CAST(CAST(ROW(1, NULL) AS ROW(b integer, a varchar)) AS json), CAST(ARRAY[CAST(ROW(1) AS ROW(v double))] AS json), CAST(CAST(NULL AS ROW(v double)) AS json)
SELECT json_format(CAST(CAST(ROW(1, NULL) AS ROW(b integer, a varchar)) AS json)), json_format(CAST(ROW(1, 'x') AS json))
SELECT json_format(CAST(array_agg(CAST(ROW(x, y) AS ROW(id integer, name varchar)) ORDER BY x) AS json)) FROM (VALUES (1, 'a'), (2, 'b')) AS t (x, y)
-- Top rows, USING, JSON into rows
SELECT x, y FROM (VALUES 1, 2) AS t (x) LEFT JOIN LATERAL (SELECT y FROM (VALUES (1, 10), (1, 20), (1, 30)) AS u (k, y) WHERE k = x ORDER BY y DESC LIMIT 2) AS l ON true ORDER BY 1, 2
SELECT x, y FROM (VALUES 1, 2) AS t (x), LATERAL (SELECT y FROM (VALUES (1, 10), (1, 20)) AS u (k, y) WHERE k = x AND y > 5 ORDER BY y LIMIT 3) AS l ORDER BY 1, 2
SELECT x, y FROM (VALUES 1, 2) AS t (x), LATERAL (SELECT DISTINCT y FROM (VALUES (1, 10), (1, 10)) AS u (k, y) WHERE k = x ORDER BY y LIMIT 3) AS l ORDER BY 1, 2
SELECT x, n FROM (VALUES 1, 2) AS t (x), LATERAL (SELECT count(*) AS n FROM (VALUES (1, 10), (1, 10)) AS u (k, y) WHERE k = x LIMIT 3) AS l ORDER BY 1, 2
SELECT x, y FROM (VALUES 1, 2) AS t (x), LATERAL (SELECT y FROM (VALUES (1, 10), (1, 20)) AS u (k, y) WHERE k <= x ORDER BY y LIMIT 3) AS l ORDER BY 1, 2
SELECT x, y FROM (VALUES 1, 2) AS t (x), LATERAL (SELECT y FROM (VALUES (1, 10), (1, 20)) AS u (k, y) WHERE k = x ORDER BY y OFFSET 1 LIMIT 3) AS l ORDER BY 1, 2
SELECT x, y FROM (VALUES 1, 2) AS t (x), LATERAL (SELECT y FROM (VALUES (1, 10), (1, 20)) AS u (k, y) WHERE k = x FETCH FIRST 1 ROW ONLY) AS l WHERE y < 0 ORDER BY 1, 2
SELECT x, (SELECT y FROM (VALUES (1, 10)) AS u (k, y) WHERE k = x LIMIT 2) FROM (VALUES 1, 2) AS t (x) ORDER BY 1
SELECT x, s FROM (VALUES (1, 2), (3, 4)) AS t (x, z) CROSS JOIN LATERAL (SELECT sum(y) AS s FROM (VALUES (1, 10), (1, 20)) AS u (k, y) WHERE k = x) ORDER BY 1
SELECT x, y, s FROM (VALUES (1, 'a')) AS a (x, y) JOIN (VALUES (BIGINT '1', 'b')) AS b (x, z) USING (x) CROSS JOIN (VALUES 5) AS c (s)
SELECT x FROM (VALUES 1, 3) AS a (x) FULL JOIN (VALUES 1.5, 3.0) AS b (x) USING (x) ORDER BY x
SELECT x FROM (VALUES DATE '2024-01-01') AS a (x) JOIN (VALUES TIMESTAMP '2024-01-01 00:00:00') AS b (x) USING (x)
SELECT x FROM (VALUES 1) AS a (x) JOIN (VALUES 'a') AS b (x) USING (x)
SELECT skewness(x), kurtosis(x) FROM (VALUES 2e0, 2e0, 2e0) AS t (x)
SELECT skewness(x), kurtosis(x) FROM (VALUES 2e0, 2e0) AS t (x)
SELECT skewness(x), kurtosis(x) FROM (VALUES 0.1e0, 0.1e0, 0.1e0, 0.1e0, 0.1e0) AS t (x)
SELECT g, skewness(x), kurtosis(x) FROM (VALUES (1, 0.1e0), (1, 0.1e0), (1, 0.1e0), (1, 0.1e0), (2, 1e0)) AS t (g, x) GROUP BY g ORDER BY g
SELECT max_by(x, y), min_by(x, y) FROM (VALUES ('a', nan()), ('b', 1e0), ('c', NULL)) AS t (x, y)
SELECT max_by(x, y), min_by(x, y) FROM (VALUES ('a', nan()), ('c', NULL)) AS t (x, y)
SELECT max_by(x, y), min_by(x, y) FROM (VALUES (NULL, 5e0), ('c', nan())) AS t (x, y)
SELECT max_by(x, y / 2e0) OVER (ORDER BY y), min_by(x, y / 2e0) OVER (ORDER BY y) FROM (VALUES ('a', 3e0), ('b', 1e0), ('c', NULL)) AS t (x, y) ORDER BY y
SELECT symbol, max_by(date(ts_event), r), min_by(ts_event, r) FROM (SELECT symbol, ts_event, close / lag(close) OVER (PARTITION BY symbol ORDER BY ts_event) - 1 AS r FROM bars) GROUP BY symbol ORDER BY symbol
SELECT x / 2 IN (1e0, 2e0), x / 2 NOT IN (1e0, 2e0), x / 0 IN (nan(), 1e0), x / 2 IN (1e0, NULL), x / 2 NOT IN (1.5e0, NULL) FROM (VALUES 1e0, 2e0, 4e0, NULL) AS t (x) ORDER BY x
SELECT x, (SELECT y FROM (VALUES (1, 5), (1, 6)) AS u (k, y) WHERE k = x AND y > 5 ORDER BY y DESC LIMIT 1) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, y FROM (VALUES 1, 2) AS t (x), LATERAL (SELECT y FROM (VALUES (1, 5), (1, 6)) AS u (k, y) WHERE k = x AND y > 5 ORDER BY y DESC LIMIT 1) AS l ORDER BY x
SELECT x, (SELECT y FROM (VALUES (1, 5), (1, 6)) AS u (k, y) WHERE y > 5 AND k = x ORDER BY y DESC LIMIT 1) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT symbol, (SELECT close FROM bars b WHERE b.symbol = t.symbol AND b.ts_event < TIMESTAMP '2012-01-01' ORDER BY ts_event DESC LIMIT 1) AS c FROM (SELECT DISTINCT symbol FROM bars) t ORDER BY 1
SELECT approx_percentile(x, 0.5) FROM (VALUES infinity(), 1e0) AS t (x)
SELECT CAST(JSON '[{"b":1,"a":2}]' AS array(json)), CAST(JSON '{"z":[null],"y":{"b":1,"a":1.50}}' AS map(varchar, json)), CAST(json_extract('{"z":{"b":1,"a":2}}', '$') AS map(varchar, json))
SELECT CAST(json_extract('{"a":[{"b":1,"a":2}]}', '$.a') AS array(json)), json_format(CAST(JSON '["x"]' AS array(json))[1]), json_extract_scalar(CAST(JSON '["x"]' AS array(json))[1], '$')
SELECT CAST(json_extract('{"a":[{"Id":1,"Name":"x","Px":1.5},{"ID":2}]}', '$.a') AS array(row(id bigint, name varchar, px double)))
SELECT r.id, r.px FROM (VALUES '{"items":[{"id":1,"px":2.5},{"id":2,"px":null}]}') AS t (j) CROSS JOIN UNNEST(CAST(json_extract(j, '$.items') AS array(row(id integer, px double)))) AS r (id, px) ORDER BY 1
SELECT TIMESTAMP '2024-11-03 01:30:00 America/New_York' + INTERVAL '1' HOUR, date_add('hour', 2, TIMESTAMP '2024-11-03 01:30:00 America/New_York'), to_iso8601(TIMESTAMP '2024-11-03 01:30:00 America/New_York'), to_iso8601(date_add('day', 1, TIMESTAMP '2024-11-02 01:30:00 America/New_York')), to_iso8601(date_trunc('hour', TIMESTAMP '2024-11-03 01:30:00 America/New_York'))
SELECT to_unixtime(date_trunc('minute', TIMESTAMP '2024-11-03 01:30:00 America/New_York')), to_unixtime(date_trunc('day', TIMESTAMP '2024-11-03 01:30:00 America/New_York')), to_unixtime(date_add('year', 1, TIMESTAMP '2023-11-03 01:30:00 America/New_York'))
SELECT histogram(x / 2) FROM (VALUES 1e0, 2e0, 1e0, nan(), NULL) AS t (x)
SELECT g, histogram(x / 2) FROM (VALUES (1, 1e0), (1, nan()), (2, NULL)) AS t (g, x) GROUP BY g ORDER BY g
SELECT symbol, close FROM bars WHERE (symbol, close) IN (SELECT symbol, max(close) FROM bars GROUP BY symbol) ORDER BY symbol
SELECT symbol, count(*) FROM bars WHERE (symbol, month) NOT IN (SELECT symbol, max(month) FROM bars GROUP BY symbol) GROUP BY symbol ORDER BY symbol
SELECT (1, 2) IN (SELECT 1, 2, 3)
SELECT ARRAY[1e0, 2e0] = ARRAY[1e0, 2e0], ROW('nan', 1e0) = ROW('x', 1e0)
SELECT x[1] > 1 FROM (VALUES ARRAY[2e0]) AS t (x)
SELECT u.x FROM UNNEST(ARRAY[3e0, nan(), 1e0]) AS u (x) ORDER BY x NULLS FIRST
SELECT u.x AS y FROM UNNEST(ARRAY[3e0, nan(), NULL, 1e0]) AS u (x) ORDER BY y DESC NULLS FIRST
SELECT u.x / 2 FROM UNNEST(ARRAY[3e0, nan(), NULL, 1e0]) AS u (x) ORDER BY u.x / 2 NULLS FIRST
SELECT 1e0 / y FROM (VALUES 3e0, NULL, 1e0) AS u (y) ORDER BY 1 DESC NULLS FIRST
SELECT x / 2 AS r FROM (VALUES nan(), 1e0) AS t (x) UNION ALL SELECT NULL ORDER BY r NULLS FIRST
SELECT DISTINCT x / 2 AS r FROM (VALUES nan(), 1e0, NULL) AS t (x) ORDER BY r NULLS FIRST
SELECT x, sum(x) OVER (ORDER BY x NULLS FIRST) FROM UNNEST(ARRAY[1e0, NULL, 2e0]) AS t (x) ORDER BY 1
SELECT sum(x) FROM (VALUES CAST('99999999999999999999999999999999999999' AS decimal(38,0)), 0) AS t (x)
SELECT sum(x), avg(x) FROM (VALUES CAST('9999999999999999999999999999.99' AS decimal(30,2)), 1) AS t (x)
SELECT sum(x) OVER (ORDER BY x ROWS CAST(1 AS decimal(5,0)) PRECEDING) FROM (VALUES 1, 2, 3) AS t (x)
SELECT sum(x) OVER (ORDER BY x ROWS 1.5 PRECEDING) FROM (VALUES 1, 2, 3) AS t (x)
SELECT x, sum(x) OVER (ORDER BY x ROWS BETWEEN n PRECEDING AND n FOLLOWING) FROM (VALUES (1, 1), (2, -1)) AS t (x, n)
SELECT x, sum(x) OVER (w GROUPS 1 PRECEDING) FROM (VALUES 1, 2) AS t (x) WINDOW w AS (ORDER BY x)
SELECT x, sum(x) OVER (w GROUPS 1 PRECEDING) FROM (VALUES 1, 2) AS t (x) WINDOW w AS (PARTITION BY x)
SELECT x, sum(x) OVER (GROUPS CURRENT ROW) FROM (VALUES 1, 2) AS t (x)
SELECT regexp_replace('a1', '(\d)', '\\$1'), regexp_replace('ab', '(b)', '[$1]'), regexp_replace('ab', 'b', 'x\1')
SELECT date_format(TIMESTAMP '2020-01-05 23:04:09.123999', '%f'), date_format(TIMESTAMP '2020-01-05 23:59:59.999999', '%Y-%m-%d %T.%f'), to_unixtime(date_parse('2020-01-05 00:00:00.123999', '%Y-%m-%d %H:%i:%s.%f')), format_datetime(TIMESTAMP '2020-01-05 23:04:09.123999', 'SSS')
SELECT date_parse('2024-05', '%x-%v')
SELECT date_parse('2024-02-05', '%Y-%m-%d'), date_parse('10:05', '%H:%i'), date_parse('Feb 05', '%b %d')
