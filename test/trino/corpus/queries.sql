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
SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = 'tickerlake' AND table_name = 'bars' ORDER BY ordinal_position
-- Queries at their edges
SELECT x FROM (VALUES '😀', 'ﬀ', 'z', 'é', 'Z') AS t (x) ORDER BY x
SELECT min(x), max(x) FROM (VALUES '😀', 'ﬀ', 'z') AS t (x)
SELECT sum(x) FROM (VALUES 9223372036854775807, 1) AS t (x)
SELECT avg(x) FROM (VALUES 9223372036854775807, 9223372036854775807) AS t (x)
SELECT sum(CAST(x AS tinyint)), typeof(sum(CAST(x AS tinyint))) FROM (VALUES 100, 100) AS t (x)
SELECT avg(x), typeof(avg(x)) FROM (VALUES 1.10, 2.25, 3.33) AS t (x)
SELECT sum(x), typeof(sum(x)) FROM (VALUES DECIMAL '1.10', DECIMAL '2.25') AS t (x)
SELECT CAST(JSON '1.5' AS integer), CAST(JSON '"12"' AS integer), CAST(JSON 'null' AS varchar), CAST(JSON '1' AS varchar), CAST(JSON '1.50' AS varchar), CAST(JSON 'true' AS varchar), CAST(JSON '[1,"2",null]' AS array(varchar)), CAST(JSON '{"a":1,"b":null}' AS map(varchar, integer)), CAST(JSON '{"x":1,"y":"z"}' AS row(x integer, y varchar)), CAST(JSON '[1,"z"]' AS row(x integer, y varchar)), CAST(JSON '"2020-01-01"' AS date), CAST(JSON '1.5' AS decimal(3,1)), CAST(JSON '[[1],[2,3]]' AS array(array(integer))), CAST(JSON '{"a":[1]}' AS map(varchar, array(integer)))
SELECT CAST(JSON '{"a":1}' AS array(integer))
SELECT x FROM (VALUES 2, NULL, 1) AS t (x) ORDER BY x DESC NULLS FIRST
SELECT x FROM (VALUES nan(), 1e0, NULL, infinity(), -infinity()) AS t (x) ORDER BY x
SELECT x FROM (VALUES nan(), 1e0, NULL, infinity(), -infinity()) AS t (x) ORDER BY x DESC
SELECT DISTINCT x FROM (VALUES nan(), nan(), 0e0, -0e0) AS t (x) ORDER BY x
SELECT x, count(*) FROM (VALUES nan(), nan(), 1e0) AS t (x) GROUP BY x ORDER BY 2
SELECT min(x), max(x), sum(x), avg(x), count(x) FROM (VALUES nan(), 1e0, 2e0) AS t (x)
SELECT max(x), min(x) FROM (VALUES nan(), nan()) AS t (x)
SELECT a.x FROM (VALUES nan(), 1e0) AS a (x) JOIN (VALUES nan(), 1e0) AS b (x) ON a.x = b.x
SELECT x FROM (VALUES nan(), 1e0) AS a (x) WHERE x IN (SELECT y FROM (VALUES nan(), 1e0) AS b (y))
SELECT x FROM (VALUES nan(), 1e0) AS a (x) UNION SELECT nan()
SELECT x FROM (VALUES nan(), 1e0) AS a (x) EXCEPT SELECT nan()
SELECT count(DISTINCT x) FROM (VALUES nan(), nan(), 1e0) AS a (x)
SELECT x, rank() OVER (ORDER BY x) FROM (VALUES nan(), 1e0, 2e0) AS t (x) ORDER BY 2
SELECT x = 0e0, 1 / x FROM (VALUES -0e0, 0e0) AS t (x)
SELECT x, y FROM (VALUES (1, 'a'), (2, 'b')) AS t (x, y) WHERE (x, y) IN ((1, 'a'), (3, 'c'))
SELECT t.* FROM (VALUES (1, 'a')) AS t (x, y)
SELECT a.*, b.y FROM (VALUES 1) AS a (x) CROSS JOIN (VALUES 2) AS b (y)
SELECT x AS y, x + 1 AS z FROM (VALUES 1, 2) AS t (x) ORDER BY y DESC, z
SELECT x AS "Weird Name", x "é" FROM (VALUES 1) AS t (x)
SELECT 1 AS a, 2 AS a
SELECT a FROM (SELECT 1 AS a, 2 AS a)
SELECT sum(x) FROM (VALUES 1, 2) AS t (x) GROUP BY ()
SELECT x, count(*) FROM (VALUES 1, 1, 2) AS t (x) GROUP BY x HAVING count(*) > 1
SELECT x + 1, count(*) FROM (VALUES 1, 1, 2) AS t (x) GROUP BY x + 1 ORDER BY x + 1
SELECT x FROM (VALUES 1, 2) AS t (x) GROUP BY x ORDER BY sum(x) DESC
SELECT x, y, count(*) FROM (VALUES (1, 2), (1, NULL)) AS t (x, y) GROUP BY GROUPING SETS ((x, y), (x), ()) ORDER BY 1, 2, 3
SELECT x, grouping(x), count(*) FROM (VALUES 1, NULL) AS t (x) GROUP BY ROLLUP (x) ORDER BY 1, 2
SELECT x, y, grouping(x, y), grouping(y) FROM (VALUES (1, 2)) AS t (x, y) GROUP BY CUBE (x, y) ORDER BY 3
SELECT x, y, sum(z) FROM (VALUES (1, 2, 3)) AS t (x, y, z) GROUP BY x, ROLLUP (y) ORDER BY 2
SELECT coalesce(cast(x AS varchar), 'total'), sum(x) FROM (VALUES 1, 2) AS t (x) GROUP BY ROLLUP (x) ORDER BY 1
SELECT x, sum(x) OVER (ORDER BY x), sum(x) OVER (), sum(x) OVER (ORDER BY x ROWS UNBOUNDED PRECEDING) FROM (VALUES 1, 1, 2) AS t (x) ORDER BY 1, 4
SELECT x, last_value(x) OVER (ORDER BY x), first_value(x) OVER (ORDER BY x DESC) FROM (VALUES 1, 2, 3) AS t (x) ORDER BY x
SELECT x, lag(x, 1, 0) OVER (ORDER BY x), lag(x, 0) OVER (ORDER BY x), lead(x, 5, -1) OVER (ORDER BY x) FROM (VALUES 1, 2, 3) AS t (x) ORDER BY x
SELECT x, ntile(3) OVER (ORDER BY x) FROM (VALUES 1, 2, 3, 4, 5) AS t (x) ORDER BY x
SELECT x, nth_value(x, 2) OVER (ORDER BY x), nth_value(x, 2) IGNORE NULLS OVER (ORDER BY x ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM (VALUES 1, 2, NULL) AS t (x) ORDER BY x
SELECT x, row_number() OVER () IS NOT NULL FROM (VALUES 1) AS t (x)
SELECT x, rank() OVER (ORDER BY x DESC NULLS FIRST), dense_rank() OVER (ORDER BY x NULLS LAST) FROM (VALUES 1, NULL, 1, 2) AS t (x) ORDER BY x
SELECT x, count(*) OVER (ORDER BY x RANGE BETWEEN 1 PRECEDING AND 1 FOLLOWING), avg(x) OVER (ORDER BY x ROWS BETWEEN 1 FOLLOWING AND 2 FOLLOWING) FROM (VALUES 1, 2, 4) AS t (x) ORDER BY x
SELECT d, sum(x) OVER (ORDER BY d RANGE BETWEEN INTERVAL '1' DAY PRECEDING AND CURRENT ROW) FROM (VALUES (DATE '2020-01-01', 1), (DATE '2020-01-02', 2), (DATE '2020-01-04', 3)) AS t (d, x) ORDER BY d
SELECT x, array_agg(x) OVER (ORDER BY x ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM (VALUES 1, 2, 3) AS t (x) ORDER BY x
SELECT x, max(x) FILTER (WHERE x > 1) OVER (ORDER BY x) FROM (VALUES 1, 2, 3) AS t (x) ORDER BY x
SELECT x, count(DISTINCT x) OVER () FROM (VALUES 1, 1, 2) AS t (x) ORDER BY x
SELECT x, sum(count(*)) OVER (ORDER BY x) FROM (VALUES 1, 1, 2) AS t (x) GROUP BY x ORDER BY x
SELECT array_agg(x), map_agg(x, 1), listagg(CAST(x AS varchar), ',') WITHIN GROUP (ORDER BY x), count(x) FROM (VALUES 1) AS t (x) WHERE false
SELECT listagg(x, '|') WITHIN GROUP (ORDER BY x), listagg(DISTINCT x, '|') WITHIN GROUP (ORDER BY x) FROM (VALUES 'b', 'a', NULL, 'b') AS t (x)
SELECT max_by(x, y), min_by(x, y), max_by(x, y, 2) FROM (VALUES ('a', 1), ('b', NULL), ('c', 3)) AS t (x, y)
SELECT arbitrary(x), any_value(x), bool_and(x > 0), bool_or(x > 1), count_if(x > 1), every(x > 0) FROM (VALUES NULL, 1) AS t (x)
SELECT histogram(x), map_union(m), multimap_agg(x, y) FROM (VALUES ('a', 1, MAP(ARRAY['k'], ARRAY[1])), ('a', 2, MAP(ARRAY['l'], ARRAY[2]))) AS t (x, y, m)
SELECT stddev(x), var_samp(x), stddev_pop(x), variance(x) FROM (VALUES 1) AS t (x)
SELECT stddev(x), skewness(x), kurtosis(x) FROM (VALUES 1e0, 2e0, 4e0, 8e0, 16e0) AS t (x)
SELECT corr(x, y), covar_pop(x, y), covar_samp(x, y), regr_slope(y, x), regr_intercept(y, x), regr_r2(y, x), regr_count(y, x), regr_avgx(y, x) FROM (VALUES (1e0, 2e0), (2e0, 4.1e0), (3e0, NULL), (4e0, 8e0)) AS t (x, y)
SELECT corr(x, y), regr_slope(y, x) FROM (VALUES (1e0, 2e0), (1e0, 3e0)) AS t (x, y)
SELECT approx_percentile(x, 0.5), approx_percentile(x, 0e0), approx_percentile(x, 1e0), approx_percentile(x, 1, 0.5), approx_percentile(x, ARRAY[0.25, 0.75]) FROM (VALUES 1e0, 2e0, 3e0, 4e0, 5e0) AS t (x)
SELECT approx_distinct(x), approx_distinct(x, 0.01), approx_most_frequent(1, x, 10) FROM (VALUES 1, 1, 2) AS t (x)
SELECT approx_set(x) FROM (VALUES 1) AS t (x)
SELECT geometric_mean(x), checksum(x) IS NOT NULL, entropy(x) FROM (VALUES 1e0, 2e0) AS t (x)
SELECT avg(x), sum(x) FROM (VALUES INTERVAL '1' DAY, INTERVAL '3' DAY) AS t (x)
SELECT avg(x) FROM (VALUES DATE '2020-01-01') AS t (x)
SELECT max(x), min(x) FROM (VALUES DATE '2020-01-01', NULL) AS t (x)
SELECT max(x, 2), min(x, 2), max(x, 10) FROM (VALUES 3, 1, NULL, 2) AS t (x)
SELECT numeric_histogram(2, x) FROM (VALUES 1e0, 2e0, 10e0) AS t (x)
SELECT reduce_agg(x, 0, (a, b) -> a + b, (a, b) -> a + b) FROM (VALUES 1, 2, 3) AS t (x)
SELECT sum(x) FILTER (WHERE x > 10), count(*) FILTER (WHERE x > 10) FROM (VALUES 1) AS t (x)
SELECT sum(DISTINCT x), avg(DISTINCT x), count(DISTINCT x) FROM (VALUES 1, 1, 3) AS t (x)
SELECT count(DISTINCT (x, y)) FROM (VALUES (1, 2), (1, 2), (1, 3)) AS t (x, y)
SELECT count(x), count(*) FROM (VALUES 1, NULL) AS t (x)
SELECT n, e FROM UNNEST(ARRAY['a', NULL, 'c']) WITH ORDINALITY AS t (e, n)
SELECT * FROM UNNEST(ARRAY[1, 2], ARRAY['x']) WITH ORDINALITY
SELECT * FROM UNNEST(MAP(ARRAY['a', 'b'], ARRAY[1, 2])) AS t (k, v) ORDER BY k
SELECT * FROM UNNEST(ARRAY[ROW(1, 'a'), NULL]) AS t (x, y)
SELECT * FROM (VALUES 1, 2) AS t (x) CROSS JOIN UNNEST(ARRAY[x, x * 10]) AS u (y) ORDER BY x, y
SELECT x, y FROM (VALUES (1, ARRAY[1, 2]), (2, ARRAY[])) AS t (x, a) LEFT JOIN UNNEST(a) WITH ORDINALITY AS u (y, n) ON TRUE ORDER BY x, y
SELECT x, s FROM (VALUES 'a,b', 'c') AS t (x) CROSS JOIN UNNEST(split(x, ',')) AS u (s) ORDER BY 1, 2
SELECT t.x, l.z FROM (VALUES 1, 2) AS t (x) CROSS JOIN LATERAL (SELECT t.x * 10 AS z) AS l ORDER BY 1
SELECT t.x, l.z FROM (VALUES 1, 2) AS t (x) LEFT JOIN LATERAL (SELECT y AS z FROM (VALUES 2, 3) AS u (y) WHERE y > t.x) AS l ON TRUE ORDER BY 1, 2
SELECT x FROM (VALUES 1, 2, 3, 4) AS t (x) ORDER BY x OFFSET 1 ROW FETCH NEXT 2 ROWS ONLY
SELECT x FROM (VALUES 1, 2, 2, 3) AS t (x) ORDER BY x FETCH FIRST 2 ROWS WITH TIES
SELECT x FROM (VALUES 1, 2) AS t (x) LIMIT ALL
SELECT x FROM (VALUES 1, 2) AS t (x) LIMIT 0
SELECT x FROM (VALUES 3, 1, 2) AS t (x) ORDER BY 1 LIMIT 1 OFFSET 1
SELECT x FROM (VALUES 1, 2) AS t (x) UNION ALL SELECT 3 ORDER BY 1 DESC LIMIT 2
SELECT 1 INTERSECT SELECT 1 UNION SELECT 2 ORDER BY 1
SELECT x FROM (VALUES 1, 1, 2) AS t (x) EXCEPT ALL SELECT 1
SELECT x FROM (VALUES 1, 1, 2) AS t (x) INTERSECT ALL SELECT 1
SELECT NULL UNION SELECT 1 ORDER BY 1
SELECT 'a' AS x UNION ALL SELECT CAST('b' AS varchar(5)) ORDER BY x
SELECT DATE '2020-01-01' AS d UNION ALL SELECT TIMESTAMP '2020-01-02 00:00:00' ORDER BY 1
WITH a AS (SELECT 1 AS x), b AS (SELECT x + 1 AS x FROM a) SELECT a.x, b.x FROM a, b
WITH RECURSIVE t (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 5) SELECT sum(n) FROM t
WITH bars AS (SELECT 1 AS x) SELECT * FROM bars
SELECT (SELECT 1), (SELECT x FROM (VALUES 1) AS t (x) WHERE false)
SELECT (SELECT x FROM (VALUES 1, 2) AS t (x))
SELECT x, (SELECT count(*) FROM (VALUES 1, 2, 3) AS u (y) WHERE y < t.x) FROM (VALUES 1, 3) AS t (x) ORDER BY x
SELECT x FROM (VALUES 1, 2, NULL) AS t (x) WHERE x NOT IN (1, NULL)
SELECT x FROM (VALUES 1, 2, NULL) AS t (x) WHERE NOT EXISTS (SELECT 1 FROM (VALUES 2) AS u (y) WHERE y = x) ORDER BY x
SELECT x > ALL (SELECT y FROM (VALUES 1, NULL) AS u (y)), x = ANY (SELECT y FROM (VALUES 1, NULL) AS u (y)), x > ALL (SELECT 1 WHERE false) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT a.x, b.y FROM (VALUES 1, NULL) AS a (x) LEFT JOIN (VALUES NULL, 1) AS b (y) ON a.x = b.y ORDER BY 1
SELECT a.x, b.x FROM (VALUES 1, 2) AS a (x) FULL JOIN (VALUES 2, 3) AS b (x) ON a.x = b.x ORDER BY 1, 2
SELECT a.x, b.x FROM (VALUES 1, 2) AS a (x) RIGHT JOIN (VALUES 2, 3) AS b (x) ON a.x = b.x AND b.x > 2 ORDER BY 2
SELECT * FROM (VALUES (1, 2)) AS a (x, y) NATURAL JOIN (VALUES (1, 3)) AS b (x, z)
SELECT CASE WHEN x THEN 'a' ELSE 'b' END FROM (VALUES true, NULL) AS t (x) ORDER BY 1
SELECT CASE x WHEN NULL THEN 'null' ELSE 'other' END FROM (VALUES NULL, 1) AS t (x)
SELECT x FROM (VALUES 1, 2, 3) AS t (x) WHERE x BETWEEN SYMMETRIC 3 AND 1
SELECT if(x > 1, 1 / 0, 0) FROM (VALUES 1) AS t (x)
SELECT try(1 / x), try(CAST(y AS integer)), coalesce(try(1 / x), -1) FROM (VALUES (0, 'a'), (2, '5')) AS t (x, y) ORDER BY 1
SELECT x FROM (VALUES 0, 1) AS t (x) WHERE x <> 0 AND 1 / x > 0
SELECT symbol, count(*) FROM bars WHERE ts_event BETWEEN TIMESTAMP '2012-01-01' AND DATE '2012-12-31' GROUP BY symbol ORDER BY 1
SELECT month, count(*) FROM bars WHERE month = '2013-02' GROUP BY month
SELECT date_format(ts_event, '%Y-%m') AS m, round(avg(close), 2) AS c FROM bars WHERE symbol = 'IBM' AND year(ts_event) = 2012 GROUP BY 1 ORDER BY 1
SELECT symbol, max_by(ts_event, close) AS t, max(close) AS c FROM bars GROUP BY symbol ORDER BY c DESC
SELECT symbol, ts_event, volume, avg(volume) OVER (PARTITION BY symbol ORDER BY ts_event ROWS BETWEEN 19 PRECEDING AND CURRENT ROW) AS v20 FROM bars WHERE ts_event > DATE '2013-02-20' ORDER BY symbol, ts_event LIMIT 10
SELECT * FROM (SELECT symbol, year(ts_event) y, close FROM bars) MATCH_RECOGNIZE (PARTITION BY symbol ORDER BY y MEASURES A.close AS c PATTERN (A) DEFINE A AS true) LIMIT 1
SELECT DISTINCT ON (symbol) symbol FROM bars
SELECT x FROM (VALUES 1) AS t (x) QUALIFY row_number() OVER () = 1
SELECT x::integer FROM (VALUES '1') AS t (x)
SELECT * EXCLUDE (x) FROM (VALUES 1) AS t (x)
SELECT symbol s, count(*) c FROM bars GROUP BY s
SELECT x AS y FROM (VALUES 1) AS t (x) WHERE y = 1
SELECT count(*) c FROM bars HAVING c > 1
SELECT sum(close) FROM bars WHERE sum(close) > 1
SELECT interval FROM bars LIMIT 1
SELECT "interval", "symbol" FROM bars ORDER BY symbol LIMIT 1
SELECT BARS.Symbol FROM Bars ORDER BY SYMBOL LIMIT 1
SELECT tickerlake.bars.symbol FROM tickerlake.bars ORDER BY 1 LIMIT 1
SELECT 1 WHERE NULL
TABLE bars_quality
SELECT x.y FROM (SELECT ROW(1) AS x)
SELECT r.a, r.b FROM (SELECT CAST(ROW(1, 'x') AS ROW(a integer, b varchar)) AS r)
SELECT r.* FROM (SELECT CAST(ROW(1, 'x') AS ROW(a integer, b varchar)) AS r)
SELECT count(*) AS "N", symbol AS Sym FROM bars GROUP BY symbol ORDER BY Sym
SELECT year(ts_event) AS Y, sum(volume) AS v FROM bars GROUP BY 1 ORDER BY sum(volume) DESC LIMIT 3
SELECT symbol, sum(volume) FROM bars GROUP BY symbol ORDER BY sum(volume)
SELECT symbol, max(close) AS close FROM bars GROUP BY symbol ORDER BY max(close)
SELECT symbol, avg(close) FROM bars GROUP BY symbol ORDER BY max(volume), symbol
SELECT a.Symbol, b.symbol AS other FROM bars a JOIN bars b ON a.symbol = b.symbol AND a.ts_event = b.ts_event LIMIT 1
SELECT s LIKE p ESCAPE '!' FROM (VALUES ('a%', 'a!%'), ('ab', 'a!%'), (NULL, 'a')) AS t (s, p)
SELECT width_bucket(x, 10, 0, 5) FROM (VALUES 11e0, 10e0, 5e0, 0e0, -1e0) AS t (x)
SELECT corr(x, y), regr_slope(y, x), regr_intercept(y, x), covar_samp(x, y) FROM (VALUES (1e0, 2e0)) AS t (x, y)
SELECT max(x), min(x) FROM (VALUES nan(), NULL) AS t (x)
SELECT g, max(x) OVER (PARTITION BY g) FROM (VALUES (1, nan()), (1, 2e0), (2, nan())) AS t (g, x) ORDER BY g
SELECT DISTINCT json_parse('1') FROM (VALUES 1, 2) AS t (x)
SELECT strpos('abcabc', 'b', 2), strpos('abcabc', 'b', 3), strpos('abcabc', 'c', 1), array_join(ARRAY[1, 2, NULL], '-'), array_join(ARRAY[1.5, 2], ','), array_join(ARRAY[1e0], ','), array_join(ARRAY[true], '/'), array_join(ARRAY[1, NULL], ',', 'x'), round(1250, -2), round(-1250, -2), round(12, 2), concat_ws('-', ARRAY['a', NULL, 'b']), bit_count(7, 64), bitwise_right_shift_arithmetic(-8, 1), INTERVAL '1' DAY / 2, INTERVAL '5' SECOND / 3, INTERVAL '-5' SECOND / 3, CAST(JSON '[[1],[2,3]]' AS array(array(integer))), CAST(JSON '{"a":[1]}' AS map(varchar, array(integer))), CAST(DATE '2020-01-01' AS json), CAST(ARRAY[DATE '2020-01-01'] AS json)
SELECT CAST(JSON '[1.6, "2"]' AS array(integer)), CAST(JSON '{"a": 1.6}' AS map(varchar, integer)), CAST(JSON '[true]' AS array(integer)), CAST(JSON '["x"]' AS array(integer)), CAST(JSON '[{"a":1}]' AS array(varchar)), CAST(JSON '[1.50]' AS array(varchar)), CAST(JSON '[1e3, true]' AS array(varchar)), CAST(JSON '{"a": {"b": 1}}' AS map(varchar, varchar)), CAST(JSON '["1"]' AS array(double)), CAST(JSON '[1]' AS array(boolean)), CAST(JSON '"true"' AS boolean), CAST(JSON '1' AS boolean), CAST(JSON 'true' AS integer), CAST(JSON '2.5' AS bigint), CAST(JSON '-2.5' AS bigint), CAST(JSON '"x"' AS double), CAST(JSON 'null' AS integer), CAST(JSON '{"a":1,"a":2}' AS map(varchar, integer))
-- Aggregates
SELECT approx_percentile(close, 0.5), approx_percentile(close, 0.05), approx_percentile(close, 0.99) FROM bars WHERE symbol = 'IBM'
SELECT symbol, approx_percentile(volume, ARRAY[0.25, 0.5, 0.75]) FROM bars GROUP BY symbol ORDER BY symbol
SELECT approx_distinct(close) FROM bars
SELECT symbol, approx_distinct(ts_event) FROM bars GROUP BY symbol ORDER BY symbol
SELECT approx_percentile(close, volume, 0.5) FROM bars WHERE symbol = 'IBM'
SELECT bitwise_xor_agg(x), bitwise_and_agg(x), bitwise_or_agg(x) FROM (VALUES 1, 2, 7) AS t (x)
SELECT skewness(x) FROM (VALUES 1e0, 2e0, 4e0, 8e0, 16e0) AS t (x)
SELECT kurtosis(x) FROM (VALUES 1e0, 2e0, 4e0, 8e0, 16e0) AS t (x)
SELECT skewness(x), kurtosis(x) FROM (VALUES 1e0, 2e0) AS t (x)
SELECT symbol, skewness(close), kurtosis(close) FROM bars GROUP BY symbol ORDER BY symbol
SELECT stddev_samp(x), var_samp(x), stddev_pop(x), var_pop(x) FROM (VALUES 1e0, 2e0, 4e0) AS t (x)
SELECT map_union(m) FROM (VALUES MAP(ARRAY['a'], ARRAY[1]), MAP(ARRAY['b'], ARRAY[2]), NULL) AS t (m)
SELECT map_agg(x, y) FROM (VALUES ('a', 1), ('b', NULL)) AS t (x, y)
SELECT multimap_agg(x, y) FROM (VALUES ('a', 1), ('a', 2)) AS t (x, y)
SELECT histogram(x) FROM (VALUES 'a', 'b', 'a', NULL) AS t (x)
SELECT reduce_agg(x, 0, (a, b) -> a + b, (a, b) -> a + b), reduce_agg(x, 1, (a, b) -> a * b, (a, b) -> a * b) FROM (VALUES 1, 2, 3, NULL) AS t (x)
SELECT checksum(x) FROM (VALUES 1, 2) AS t (x)
SELECT approx_most_frequent(2, x, 10) FROM (VALUES 'a', 'a', 'b', 'c', 'b', 'a') AS t (x)
SELECT numeric_histogram(3, x) FROM (VALUES 1e0, 2e0, 3e0) AS t (x)
SELECT listagg(x, '|') WITHIN GROUP (ORDER BY x) FROM (VALUES 'b', 'a', NULL) AS t (x)
SELECT listagg(x, '|' ON OVERFLOW TRUNCATE) WITHIN GROUP (ORDER BY x) FROM (VALUES 'b', 'a') AS t (x)
SELECT sum(x), avg(x) FROM (VALUES INTERVAL '1' DAY, INTERVAL '3' DAY) AS t (x)
SELECT min(x), max(x) FROM (VALUES INTERVAL '1' DAY, INTERVAL '3' DAY) AS t (x)
SELECT count_if(x > 1), bool_and(x > 0), bool_or(x > 2), every(x < 5), any_value(1), arbitrary(2), geometric_mean(x) FROM (VALUES 1, 2, 4) AS t (x)
SELECT max_by(x, y), min_by(x, y), max_by(x, y, 2), min_by(x, y, 2), max(x, 2), min(x, 2) FROM (VALUES ('a', 1), ('b', 3), ('c', 2)) AS t (x, y)
SELECT array_agg(x ORDER BY x DESC), array_agg(x) FILTER (WHERE x > 1), array_agg(DISTINCT x ORDER BY x) FROM (VALUES 1, 2, 2) AS t (x)
SELECT corr(x, y), covar_pop(x, y), covar_samp(x, y), regr_slope(y, x), regr_intercept(y, x) FROM (VALUES (1e0, 2e0), (2e0, 3e0), (3e0, 5e0)) AS t (x, y)
-- Sketches and digests
SELECT cardinality(approx_set(x)) FROM (VALUES 1, 2, 2) AS t (x)
SELECT cardinality(empty_approx_set())
SELECT cardinality(merge(s)) FROM (SELECT approx_set(x) AS s FROM (VALUES 1, 2) AS t (x))
SELECT value_at_quantile(qdigest_agg(x), 0.5), values_at_quantiles(qdigest_agg(x), ARRAY[0.1, 0.9]) FROM (VALUES 1, 2, 3) AS t (x)
SELECT value_at_quantile(tdigest_agg(x), 0.5e0), quantile_at_value(tdigest_agg(x), 2e0) FROM (VALUES 1e0, 2e0, 3e0) AS t (x)
SELECT cardinality(make_set_digest(x)) FROM (VALUES 1, 2, 2) AS t (x)
SELECT intersection_cardinality(make_set_digest(x), make_set_digest(y)), jaccard_index(make_set_digest(x), make_set_digest(y)) FROM (VALUES (1, 1), (2, 3)) AS t (x, y)
SELECT hash_counts(make_set_digest(x)) FROM (VALUES 1, 1) AS t (x)
-- Window functions
SELECT x, row_number() OVER (ORDER BY x), rank() OVER (ORDER BY x), dense_rank() OVER (ORDER BY x), percent_rank() OVER (ORDER BY x), cume_dist() OVER (ORDER BY x), ntile(2) OVER (ORDER BY x) FROM (VALUES 1, 2, 2, 3) AS t (x) ORDER BY 1, 2
SELECT x, first_value(x) OVER w, last_value(x) OVER w, nth_value(x, 2) OVER w, lag(x, 1, -1) OVER w, lead(x) OVER w FROM (VALUES 1, 2, 3) AS t (x) WINDOW w AS (ORDER BY x) ORDER BY x
SELECT x, sum(x) OVER (ORDER BY x ROWS BETWEEN 1 PRECEDING AND CURRENT ROW), avg(x) OVER (ORDER BY x RANGE BETWEEN 1 PRECEDING AND 1 FOLLOWING), count(*) OVER (ORDER BY x GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM (VALUES 1, 2, 4) AS t (x) ORDER BY x
SELECT x, lag(x) IGNORE NULLS OVER (ORDER BY n), first_value(x) IGNORE NULLS OVER (ORDER BY n) FROM (VALUES (1, NULL), (2, 5), (3, NULL)) AS t (n, x) ORDER BY n
SELECT x, approx_percentile(x, 0.5) OVER (ORDER BY x) FROM (VALUES 1, 2, 3) AS t (x) ORDER BY x
SELECT x, array_agg(x) OVER (ORDER BY x), max_by(x, x) OVER (ORDER BY x), map_agg(x, x) OVER (ORDER BY x) FROM (VALUES 1, 2) AS t (x) ORDER BY x
-- Table functions and row patterns
SELECT * FROM TABLE(sequence(start => 1, stop => 5, step => 2))
SELECT * FROM TABLE(exclude_columns(input => TABLE(bars), columns => DESCRIPTOR(open))) LIMIT 1
SELECT sum(n) FROM UNNEST(sequence(1, 4)) AS t (n)
SELECT t.x, u.a, u.b FROM (VALUES (1, ARRAY['a', 'b'], ARRAY[10])) AS t (x, p, q) CROSS JOIN UNNEST(p, q) WITH ORDINALITY AS u (a, b, n) ORDER BY n
SELECT * FROM (VALUES (1, 2), (2, 1)) AS t (o, x) MATCH_RECOGNIZE (ORDER BY o MEASURES first(A.x) AS f, last(B.x) AS l ONE ROW PER MATCH PATTERN (A B) DEFINE B AS B.x < A.x)
SELECT x FROM (VALUES 1, 2, 2, 3) AS t (x) ORDER BY x FETCH FIRST 2 ROWS WITH TIES
SELECT * FROM (VALUES 1, 2, 3) AS t (x) TABLESAMPLE SYSTEM (100)
SELECT JSON_TABLE.a FROM JSON_TABLE('[{"a":1},{"a":2}]', 'lax $[*]' COLUMNS (a integer PATH 'lax $.a'))
