-- Queries that people write
SELECT symbol, count(*) AS bars FROM bars GROUP BY symbol ORDER BY symbol
SELECT symbol, min(low), max(high), avg(close), sum(volume) FROM bars GROUP BY 1 ORDER BY 1
SELECT symbol, stddev(close), variance(close), stddev_pop(close), var_pop(close), corr(open, close), covar_pop(open, close), covar_samp(open, close) FROM bars GROUP BY symbol ORDER BY symbol
SELECT symbol, regr_slope(close, open), regr_intercept(close, open) FROM bars GROUP BY symbol ORDER BY symbol
SELECT count(*), count(adj_close), count(DISTINCT symbol), approx_distinct(symbol) FROM bars
SELECT max_by(symbol, close), min_by(symbol, close), max(close, 2), min(symbol, 2) FROM bars
SELECT count_if(volume > 1000000), bool_and(close > 0), bool_or(close > 700), every(volume >= 0) FROM bars
SELECT count(*) FILTER (WHERE symbol = 'IBM'), sum(close) FILTER (WHERE symbol = 'nobody') FROM bars
SELECT array_agg(symbol ORDER BY symbol) FROM (SELECT DISTINCT symbol FROM bars)
SELECT listagg(symbol, ',') WITHIN GROUP (ORDER BY symbol DESC) FROM (SELECT DISTINCT symbol FROM bars)
SELECT map_agg(symbol, bars) FROM (SELECT symbol, count(*) AS bars FROM bars GROUP BY symbol)
SELECT histogram(x), multimap_agg(x, y) FROM (VALUES (1, 'a'), (1, 'b'), (2, 'c')) AS t (x, y)
SELECT sum(x), avg(x), sum(y), avg(y) FROM (VALUES (1, 1.5), (2, 2.5), (NULL, NULL)) AS t (x, y)
SELECT sum(x), avg(x), min(x), count(x) FROM (VALUES 1) AS t (x) WHERE false
SELECT geometric_mean(x), bitwise_and_agg(x), bitwise_or_agg(x) FROM (VALUES 1, 2, 4) AS t (x)
SELECT arbitrary(x), any_value(x) FROM (VALUES 1, 1) AS t (x)
SELECT approx_percentile(x, 0.5), approx_percentile(x, 0.9), approx_percentile(x, ARRAY[0.1, 0.5, 0.9]) FROM (VALUES 1, 2, 3, 4, 5, 6, 7, 8, 9, 10) AS t (x)
SELECT approx_percentile(x, 0.5), approx_percentile(x, 0.25) FROM (VALUES 1.5e0, 2.5e0, 3.5e0, 4.5e0) AS t (x)
SELECT skewness(x), kurtosis(x), entropy(x), checksum(x) FROM (VALUES 1, 2, 4, 8) AS t (x)
SELECT symbol, year(ts_event) AS y, count(*) FROM bars GROUP BY symbol, year(ts_event) HAVING count(*) > 250 ORDER BY symbol, y LIMIT 20
SELECT date_trunc('month', ts_event) AS month, avg(close) FROM bars WHERE symbol = 'AAPL' AND ts_event >= TIMESTAMP '2012-01-01 00:00:00' GROUP BY 1 ORDER BY 1
SELECT CAST(ts_event AS date) AS day, close, close - lag(close) OVER (ORDER BY ts_event) AS change FROM bars WHERE symbol = 'IBM' ORDER BY ts_event DESC LIMIT 5
SELECT day_of_week(ts_event) AS d, count(*), avg(close / open - 1) FROM bars GROUP BY 1 ORDER BY 1
SELECT symbol, ts_event, close, rank() OVER (PARTITION BY symbol ORDER BY close DESC) AS r FROM bars ORDER BY r, symbol, ts_event LIMIT 10
SELECT * FROM (SELECT symbol, ts_event, close, row_number() OVER (PARTITION BY symbol ORDER BY ts_event DESC) AS n FROM bars) WHERE n = 1 ORDER BY symbol
SELECT x, lag(x) OVER w, lead(x, 2) OVER w, lead(x, 1, 0) OVER w, first_value(x) OVER w, last_value(x) OVER w, nth_value(x, 2) OVER w FROM (VALUES 1, 2, 3, 4) AS t (x) WINDOW w AS (ORDER BY x) ORDER BY x
SELECT x, lag(x) IGNORE NULLS OVER (ORDER BY n), last_value(x) IGNORE NULLS OVER (ORDER BY n ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) FROM (VALUES (1, 1), (2, NULL), (3, 3), (4, NULL)) AS t (n, x) ORDER BY n
SELECT x, ntile(2) OVER (ORDER BY x), percent_rank() OVER (ORDER BY x), cume_dist() OVER (ORDER BY x), dense_rank() OVER (ORDER BY x % 2) FROM (VALUES 1, 2, 3, 4) AS t (x) ORDER BY x
SELECT x, sum(x) OVER (ORDER BY x ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING), avg(x) OVER (ORDER BY x RANGE BETWEEN 1 PRECEDING AND CURRENT ROW), count(*) OVER () FROM (VALUES 1, 2, 4) AS t (x) ORDER BY x
SELECT x, sum(x) OVER (ORDER BY x GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM (VALUES 1, 1, 2) AS t (x) ORDER BY x
SELECT symbol, avg(close) OVER (PARTITION BY symbol ORDER BY ts_event ROWS 19 PRECEDING) AS sma FROM bars WHERE ts_event >= TIMESTAMP '2013-02-20 00:00:00' ORDER BY symbol, ts_event
WITH d AS (SELECT symbol, CAST(ts_event AS date) AS day FROM bars), g AS (SELECT symbol, day, date_diff('day', lag(day) OVER (PARTITION BY symbol ORDER BY day), day) AS gap FROM d) SELECT symbol, max(gap) FROM g GROUP BY symbol ORDER BY symbol
WITH marked AS (SELECT n, n - row_number() OVER (ORDER BY n) AS island FROM (VALUES 1, 2, 3, 7, 8, 10) AS t (n)) SELECT min(n), max(n), count(*) FROM marked GROUP BY island ORDER BY 1
WITH s AS (SELECT n, v, sum(IF(v = 0, 1, 0)) OVER (ORDER BY n) AS grp FROM (VALUES (1, 1), (2, 1), (3, 0), (4, 1)) AS t (n, v)) SELECT grp, count(*) FROM s GROUP BY grp ORDER BY grp
SELECT year(ts_event) AS y, max(IF(symbol = 'AAPL', close)) AS aapl, max(IF(symbol = 'IBM', close)) AS ibm, max(CASE symbol WHEN 'MSFT' THEN close END) AS msft FROM bars WHERE ts_event >= TIMESTAMP '2010-01-01 00:00:00' GROUP BY 1 ORDER BY 1
SELECT kind, k, v FROM (VALUES ('x', MAP(ARRAY['a', 'b'], ARRAY[1, 2]))) AS t (kind, m) CROSS JOIN UNNEST(m) AS u (k, v) ORDER BY k
SELECT n, a, b FROM UNNEST(ARRAY[1, 2, 3], ARRAY['x', 'y']) WITH ORDINALITY AS t (a, b, n) ORDER BY n
SELECT x, y FROM (VALUES (1, ARRAY[10, 20]), (2, ARRAY[]), (3, NULL)) AS t (x, a) CROSS JOIN UNNEST(a) AS u (y) ORDER BY 1, 2
SELECT x, y FROM (VALUES (1, ARRAY[10, 20]), (2, ARRAY[])) AS t (x, a) LEFT JOIN UNNEST(a) AS u (y) ON true ORDER BY 1, 2
SELECT a, b FROM UNNEST(ARRAY[ROW(1, 'x'), ROW(2, 'y')]) AS t (a, b) ORDER BY a
SELECT count(*) FROM bars, UNNEST(ARRAY[1, 2]) AS t (x)
SELECT a.x, b.y FROM (VALUES 1, 2, 3) AS a (x) LEFT JOIN (VALUES (1, 'a'), (2, 'b')) AS b (x, y) ON a.x = b.x ORDER BY 1
SELECT x, y FROM (VALUES 1, 2) AS a (x) FULL JOIN (VALUES (2, 'b'), (3, 'c')) AS b (x, y) USING (x) ORDER BY x
SELECT * FROM (VALUES (1, 'l')) AS a (x, p) JOIN (VALUES (1, 'r')) AS b (x, q) USING (x)
SELECT a.x, b.x FROM (VALUES 1, 2) AS a (x), (VALUES 3, 4) AS b (x) WHERE a.x + 1 < b.x ORDER BY 1, 2
SELECT x FROM (VALUES 1, 2, 3) AS t (x) WHERE x IN (SELECT y FROM (VALUES 2, 3) AS u (y)) ORDER BY x
SELECT x FROM (VALUES 1, 2, 3) AS t (x) WHERE x NOT IN (SELECT y FROM (VALUES 2, NULL) AS u (y))
SELECT x, (SELECT max(y) FROM (VALUES 1, 5) AS u (y) WHERE y > x) FROM (VALUES 1, 7) AS t (x) ORDER BY x
SELECT x FROM (VALUES 1, 2) AS t (x) WHERE EXISTS (SELECT 1 FROM (VALUES 2) AS u (y) WHERE y = x)
SELECT 1 UNION SELECT 1 UNION ALL SELECT 2 ORDER BY 1
SELECT x FROM (VALUES 1, 2, 3) AS t (x) EXCEPT SELECT 2 ORDER BY 1
SELECT x FROM (VALUES 1, 2, 3) AS t (x) INTERSECT SELECT 2
SELECT 1 UNION ALL SELECT 2.5 ORDER BY 1
SELECT 1 UNION ALL SELECT 'a'
SELECT DISTINCT symbol FROM bars ORDER BY symbol OFFSET 1 LIMIT 2
SELECT symbol FROM bars GROUP BY symbol ORDER BY count(*) DESC, symbol FETCH FIRST 2 ROWS ONLY
SELECT x, y, sum(z) FROM (VALUES ('a', 'p', 1), ('a', 'q', 2), ('b', 'p', 3)) AS t (x, y, z) GROUP BY ROLLUP (x, y) ORDER BY x, y
SELECT x, y, sum(z), grouping(x, y) FROM (VALUES ('a', 'p', 1), ('b', 'q', 2)) AS t (x, y, z) GROUP BY CUBE (x, y) ORDER BY 4, 1, 2
SELECT x, sum(z) FROM (VALUES ('a', 1), ('b', 2)) AS t (x, z) GROUP BY GROUPING SETS ((x), ()) ORDER BY x
SELECT x FROM (VALUES 2, NULL, 1) AS t (x) ORDER BY x
SELECT x FROM (VALUES 2, NULL, 1) AS t (x) ORDER BY x DESC
SELECT x FROM (VALUES 2, NULL, 1) AS t (x) ORDER BY x NULLS FIRST
SELECT x AS y FROM (VALUES 2, 1) AS t (x) ORDER BY -y
SELECT x, count(*) AS c FROM (VALUES 'b', 'a', 'b') AS t (x) GROUP BY x ORDER BY c DESC, x
VALUES (1, 'a'), (2, 'b')
TABLE us_sessions ORDER BY session_number LIMIT 2
SELECT * FROM us_sessions WHERE ends_early ORDER BY session_date LIMIT 3
SELECT * FROM bars_quality ORDER BY symbol
SELECT finding, count(*) FROM bars_findings GROUP BY finding ORDER BY finding
SELECT b.symbol, count(*) FROM bars AS b JOIN us_sessions AS s ON s.session_date = CAST(b.ts_event AS date) WHERE s.ends_early GROUP BY b.symbol ORDER BY 1
SELECT json_extract_scalar(from_utf8(raw_value), '$.kind') FROM bars_landing WHERE symbol IS NULL AND reject_reason IS NULL
SELECT dt, count(*) FROM bars_landing GROUP BY dt
SELECT month, count(*) FROM bars WHERE month >= '2013-01' GROUP BY month ORDER BY month
SELECT symbol, ts_event AT TIME ZONE 'America/New_York' FROM bars WHERE symbol = 'IBM' ORDER BY ts_event DESC LIMIT 2
SELECT hour(ts_event AT TIME ZONE 'America/New_York'), count(*) FROM bars GROUP BY 1 ORDER BY 1
SELECT symbol, exp(sum(ln(close / previous))) - 1 AS total FROM (SELECT symbol, close, lag(close) OVER (PARTITION BY symbol ORDER BY ts_event) AS previous FROM bars) WHERE previous IS NOT NULL GROUP BY symbol ORDER BY symbol
SELECT symbol, volume / 1000 AS thousands, volume % 1000 FROM bars WHERE symbol = 'FB' ORDER BY ts_event LIMIT 3
SELECT symbol, CAST(avg(volume) AS bigint), CAST(round(avg(close), 2) AS decimal(10, 2)) FROM bars GROUP BY symbol ORDER BY symbol
SELECT upper(symbol) AS s, length(symbol) FROM bars GROUP BY symbol ORDER BY s
SELECT closed FROM bars
SELECT symbl FROM bars
SELECT b.close FROM bars AS a
SELECT foo FROM nowhere
SELECT symbol, close FROM bars GROUP BY symbol
SELECT sum(symbol) FROM bars
SELECT * FROM bars WHERE symbol = 1
SELECT * FROM bars WHERE close = 'x'
SELECT width_bucket(close, 0, 1000, 10) AS bucket, count(*) FROM bars GROUP BY 1 ORDER BY 1
SELECT symbol, array_agg(close ORDER BY ts_event DESC)[1] FROM bars GROUP BY symbol ORDER BY symbol
SELECT symbol, element_at(map_agg(year, closes), 2012) FROM (SELECT symbol, year(ts_event) AS year, count(*) AS closes FROM bars GROUP BY 1, 2) GROUP BY symbol ORDER BY symbol
SELECT t.x.a FROM (SELECT CAST(ROW(5) AS ROW(a integer)) AS x) AS t
SELECT "Symbol", "BARS".close FROM bars ORDER BY ts_event, symbol LIMIT 1
SELECT x FROM (SELECT 1 AS x, 2 AS x)
SELECT * FROM (SELECT 1 AS x, 2 AS x)
SELECT count(*) FROM (SELECT * FROM bars TABLESAMPLE BERNOULLI (100))
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5) SELECT * FROM n
SELECT a, b FROM (VALUES (1, 2)) AS t (a, b) CROSS JOIN LATERAL (SELECT a + b AS c) AS u WHERE c = 3
SELECT reduce(array_agg(x), 0, (s, x) -> s + x, s -> s) FROM (VALUES 1, 2, 3) AS t (x)
SELECT sum(x) AS x FROM (VALUES 1, 2) AS t (x) HAVING sum(x) > 2
SELECT format('%s: %d', symbol, count(*)) FROM bars GROUP BY symbol ORDER BY 1
SELECT sequence_day, count(b.ts_event) FROM UNNEST(sequence(DATE '2013-02-25', DATE '2013-03-01', INTERVAL '1' DAY)) AS t (sequence_day) LEFT JOIN bars AS b ON CAST(b.ts_event AS date) = sequence_day GROUP BY 1 ORDER BY 1
SELECT table_name FROM information_schema.tables WHERE table_schema = 'tickerlake' ORDER BY table_name
SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = 'tickerlake' AND table_name = 'bars' ORDER BY ordinal_position
SHOW TABLES
SHOW TABLES LIKE 'bars_%'
