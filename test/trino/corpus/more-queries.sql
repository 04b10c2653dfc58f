-- Queries that people write, once more
WITH d AS (SELECT symbol, CAST(ts_event AS date) AS day FROM bars WHERE symbol = 'IBM'), g AS (SELECT day, date_add('day', -CAST(row_number() OVER (ORDER BY day) AS integer), day) AS island FROM d) SELECT min(day) AS first, max(day) AS last, count(*) AS n FROM g GROUP BY island HAVING count(*) >= 5 ORDER BY first LIMIT 10
WITH r AS (SELECT symbol, ts_event, close, close > lag(close) OVER (PARTITION BY symbol ORDER BY ts_event) AS up FROM bars), s AS (SELECT symbol, ts_event, up, row_number() OVER (PARTITION BY symbol ORDER BY ts_event) - row_number() OVER (PARTITION BY symbol, up ORDER BY ts_event) AS grp FROM r) SELECT symbol, max(n) AS longest FROM (SELECT symbol, grp, count(*) AS n FROM s WHERE up GROUP BY symbol, grp) GROUP BY symbol ORDER BY symbol
WITH e (u, t) AS (VALUES ('a', TIMESTAMP '2024-01-01 10:00:00'), ('a', TIMESTAMP '2024-01-01 10:20:00'), ('a', TIMESTAMP '2024-01-01 11:30:00'), ('b', TIMESTAMP '2024-01-01 10:05:00')), m AS (SELECT u, t, IF(date_diff('minute', lag(t) OVER (PARTITION BY u ORDER BY t), t) <= 30, 0, 1) AS is_new FROM e), s AS (SELECT u, t, sum(is_new) OVER (PARTITION BY u ORDER BY t ROWS UNBOUNDED PRECEDING) AS session FROM m) SELECT u, session, min(t), max(t), count(*), max(t) - min(t) FROM s GROUP BY u, session ORDER BY u, session
SELECT month, count(*) FILTER (WHERE symbol = 'AAPL') AS aapl, count(*) FILTER (WHERE symbol = 'IBM') AS ibm, count(DISTINCT symbol) FILTER (WHERE close > open) AS rising FROM bars WHERE month >= '2012-06' GROUP BY month ORDER BY month
SELECT y, m['AAPL'] AS aapl, m['IBM'] AS ibm FROM (SELECT year(ts_event) AS y, map_agg(symbol, round(c, 2)) AS m FROM (SELECT symbol, ts_event, close AS c, row_number() OVER (PARTITION BY symbol, year(ts_event) ORDER BY ts_event DESC) AS n FROM bars) WHERE n = 1 GROUP BY year(ts_event)) WHERE y >= 2010 ORDER BY y
SELECT symbol, approx_percentile(close, 0.5) FILTER (WHERE year(ts_event) = 2012) AS m FROM bars GROUP BY symbol ORDER BY symbol
SELECT symbol, kind, value FROM (SELECT symbol, max(high) AS high, min(low) AS low FROM bars GROUP BY symbol) CROSS JOIN UNNEST(ARRAY['high', 'low'], ARRAY[high, low]) AS u (kind, value) ORDER BY symbol, kind
SELECT symbol, y, c, round(100 * (c / lag(c) OVER (PARTITION BY symbol ORDER BY y) - 1), 2) AS percent FROM (SELECT symbol, year(ts_event) AS y, max_by(close, ts_event) AS c FROM bars GROUP BY 1, 2) ORDER BY 1, 2
SELECT symbol, ts_event, close, max(close) OVER (PARTITION BY symbol ORDER BY ts_event ROWS UNBOUNDED PRECEDING) AS peak, close / max(close) OVER (PARTITION BY symbol ORDER BY ts_event ROWS UNBOUNDED PRECEDING) - 1 AS drawdown FROM bars WHERE symbol = 'FB' ORDER BY drawdown, ts_event LIMIT 3
SELECT a.symbol AS s1, b.symbol AS s2, round(corr(a.r, b.r), 6) FROM (SELECT symbol, ts_event, ln(close / lag(close) OVER (PARTITION BY symbol ORDER BY ts_event)) AS r FROM bars) a JOIN (SELECT symbol, ts_event, ln(close / lag(close) OVER (PARTITION BY symbol ORDER BY ts_event)) AS r FROM bars) b ON a.ts_event = b.ts_event AND a.symbol < b.symbol GROUP BY 1, 2 ORDER BY 1, 2
SELECT symbol, count(*) AS n, grouping(symbol) AS g FROM bars GROUP BY ROLLUP (symbol) ORDER BY g, symbol
SELECT IF(grouping(symbol) = 1, 'all', symbol) AS s, IF(grouping(month) = 1, 'all', month) AS m, count(*) FROM bars WHERE month >= '2013-01' GROUP BY CUBE (symbol, month) ORDER BY grouping(symbol, month), s, m
SELECT symbol, year(ts_event) AS y, count(*) FROM bars WHERE ts_event >= TIMESTAMP '2012-01-01 00:00:00' GROUP BY GROUPING SETS ((symbol, year(ts_event)), (year(ts_event)), ()) ORDER BY 1, 2
SELECT x, y, count(*) FROM (VALUES (1, 'a'), (2, 'b')) AS t (x, y) GROUP BY GROUPING SETS (ROLLUP (x), y) ORDER BY 1, 2, 3
SELECT x, y, z, sum(v), grouping(x, y, z) FROM (VALUES (1, 2, 3, 10), (1, 2, 4, 20)) AS t (x, y, z, v) GROUP BY ROLLUP ((x, y), z) ORDER BY 5, 1, 2, 3
SELECT x, y, sum(v) FROM (VALUES (1, 2, 10), (1, 3, 20)) AS t (x, y, v) GROUP BY ROLLUP (x), ROLLUP (y) ORDER BY 1, 2, 3
SELECT x, count(*) FROM (VALUES 1, 2, 2) AS t (x) GROUP BY ROLLUP (x, x) ORDER BY 1, 2
SELECT x % 2 AS p, sum(x) FROM (VALUES 1, 2, 3) AS t (x) GROUP BY ROLLUP (x % 2) ORDER BY 1
SELECT x, sum(y) OVER (ORDER BY x RANGE BETWEEN 10 PRECEDING AND CURRENT ROW), sum(y) OVER (ORDER BY x DESC RANGE BETWEEN 10 PRECEDING AND CURRENT ROW) FROM (VALUES (1, 1), (5, 2), (12, 3), (NULL, 4)) AS t (x, y) ORDER BY x
SELECT x, count(*) OVER (ORDER BY x GROUPS BETWEEN UNBOUNDED PRECEDING AND 1 FOLLOWING), count(*) OVER (ORDER BY x GROUPS BETWEEN 1 FOLLOWING AND 2 FOLLOWING) FROM (VALUES 1, 1, 2, 3, 3, NULL) AS t (x) ORDER BY x
SELECT x, first_value(x) OVER (ORDER BY x ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING), last_value(x) OVER (ORDER BY x ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) FROM (VALUES 1, 2, 3, 4) AS t (x) ORDER BY x
SELECT t, count(*) OVER (ORDER BY t RANGE BETWEEN INTERVAL '1' HOUR PRECEDING AND INTERVAL '30' MINUTE FOLLOWING) FROM (VALUES TIMESTAMP '2024-01-01 00:00:00', TIMESTAMP '2024-01-01 00:45:00', TIMESTAMP '2024-01-01 01:10:00', TIMESTAMP '2024-01-01 03:00:00') AS v (t) ORDER BY t
SELECT d, sum(x) OVER (ORDER BY d RANGE BETWEEN INTERVAL '1' MONTH PRECEDING AND CURRENT ROW) FROM (VALUES (DATE '2024-01-31', 1), (DATE '2024-02-29', 2), (DATE '2024-03-31', 4)) AS t (d, x) ORDER BY d
SELECT n, last_value(x) IGNORE NULLS OVER (ORDER BY n) AS filled, lead(x) IGNORE NULLS OVER (ORDER BY n) AS next, lag(x, 2) IGNORE NULLS OVER (ORDER BY n) AS two FROM (VALUES (1, 10), (2, NULL), (3, 30), (4, NULL), (5, 50)) AS t (n, x) ORDER BY n
SELECT n, coalesce(x, lag(x) IGNORE NULLS OVER (ORDER BY n)) FROM (VALUES (1, 'a'), (2, NULL), (3, NULL), (4, 'b')) AS t (n, x) ORDER BY n
SELECT x, lag(x, 1, 0) RESPECT NULLS OVER (ORDER BY n) FROM (VALUES (1, 1), (2, NULL), (3, 3)) AS t (n, x) ORDER BY n
SELECT x, sum(x) OVER (PARTITION BY x % 2 ORDER BY x) AS s, count(*) OVER (PARTITION BY x % 2) AS n, avg(x) OVER () FROM (VALUES 1, 2, 3, 4, 5) AS t (x) ORDER BY x
SELECT g, sum(sum(x)) OVER (ORDER BY g), rank() OVER (ORDER BY sum(x) DESC) FROM (VALUES ('a', 1), ('a', 2), ('b', 5)) AS t (g, x) GROUP BY g ORDER BY g
SELECT g, 1e0 * sum(x) / sum(sum(x)) OVER () AS share FROM (VALUES ('a', 1), ('b', 3)) AS t (g, x) GROUP BY g ORDER BY g
SELECT x, lag(x, n) OVER (ORDER BY x) FROM (VALUES (1, 1), (2, 1), (3, 2)) AS t (x, n) ORDER BY x
SELECT x, nth_value(x, 3) OVER (ORDER BY x ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING), ntile(4) OVER (ORDER BY x) FROM (VALUES 10, 20, 30, 40, 50, 60) AS t (x) ORDER BY x
SELECT x, count(DISTINCT x) OVER () FROM (VALUES 1, 1, 2) AS t (x)
SELECT x, max_by(y, x) OVER (ORDER BY x ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM (VALUES (1, 'a'), (2, 'b'), (3, NULL)) AS t (x, y) ORDER BY x
SELECT x, stddev(x) OVER (ORDER BY x ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) FROM (VALUES 1e0, 2e0, 4e0, 8e0) AS t (x) ORDER BY x
SELECT id, json_extract_scalar(j, '$.user.name') AS name, CAST(json_extract(j, '$.tags') AS array(varchar)) AS tags, json_extract_scalar(j, '$.n') AS n FROM (VALUES (1, '{"user":{"name":"Ann"},"tags":["a","b"],"n":1.0}'), (2, '{"user":null,"tags":[]}'), (3, 'no json')) AS t (id, j) WHERE id < 3 ORDER BY id
SELECT id, tag FROM (VALUES (1, '{"tags":["x","y"]}'), (2, '{"tags":[]}'), (3, '{}')) AS t (id, j) CROSS JOIN UNNEST(CAST(json_extract(j, '$.tags') AS array(varchar))) AS u (tag) ORDER BY id, tag
SELECT id, k, v FROM (VALUES (1, '{"a":"1","b":"2"}')) AS t (id, j) CROSS JOIN UNNEST(CAST(json_parse(j) AS map(varchar, varchar))) AS u (k, v) ORDER BY k
SELECT json_extract_scalar(j, '$[0].p'), json_extract_scalar(j, '$[1].p'), json_array_length(j), json_extract(j, '$[*].p') FROM (VALUES '[{"p":1.5},{"p":"x"}]') AS t (j)
SELECT json_format(CAST(CAST(ROW(1, 'x') AS ROW(id integer, name varchar)) AS json))
SELECT try(json_parse('{bad')), json_extract_scalar('{"a":{"b":[1,2,{"c":"deep"}]}}', '$.a.b[2].c'), json_extract_scalar('{"a b":1}', '$["a b"]'), json_size('{"x":{"a":1,"b":2}}', '$.x')
SELECT CAST(json_extract('{"a":[{"x":1,"y":"p"},{"x":2}]}', '$.a') AS array(row(x integer, y varchar)))
SELECT with_timezone(TIMESTAMP '2024-03-10 01:59:59', 'America/New_York') + INTERVAL '1' SECOND, with_timezone(TIMESTAMP '2024-03-10 02:30:00', 'America/New_York')
SELECT TIMESTAMP '2024-03-10 02:30:00 America/New_York'
SELECT TIMESTAMP '2024-11-03 01:30:00 America/New_York', TIMESTAMP '2024-11-03 05:30:00 UTC' AT TIME ZONE 'America/New_York', TIMESTAMP '2024-11-03 06:30:00 UTC' AT TIME ZONE 'America/New_York'
SELECT date_diff('hour', TIMESTAMP '2024-03-09 12:00:00 America/New_York', TIMESTAMP '2024-03-10 12:00:00 America/New_York'), date_diff('day', TIMESTAMP '2024-03-09 12:00:00 America/New_York', TIMESTAMP '2024-03-10 11:30:00 America/New_York')
SELECT date_add('day', 1, TIMESTAMP '2024-03-09 12:00:00 America/New_York'), date_add('hour', 24, TIMESTAMP '2024-03-09 12:00:00 America/New_York'), TIMESTAMP '2024-03-09 12:00:00 America/New_York' + INTERVAL '1' DAY
SELECT date_trunc('day', TIMESTAMP '2024-03-10 12:00:00 America/New_York'), date_trunc('hour', TIMESTAMP '2024-11-03 01:30:00 America/New_York'), date_trunc('week', TIMESTAMP '2024-03-31 12:00:00 Europe/Berlin')
SELECT to_unixtime(TIMESTAMP '2024-03-31 03:00:00 Europe/Berlin') - to_unixtime(TIMESTAMP '2024-03-31 01:00:00 Europe/Berlin'), from_unixtime(1711846800, 'Europe/Berlin'), from_unixtime(1711846800)
SELECT CAST(TIMESTAMP '2024-03-31 12:00:00' AS timestamp with time zone), CAST(TIMESTAMP '2024-03-31 23:30:00 America/New_York' AS date), CAST(TIMESTAMP '2024-03-31 23:30:00 America/New_York' AS timestamp)
SELECT hour(TIMESTAMP '2024-07-01 12:00:00 UTC' AT TIME ZONE 'Asia/Kolkata'), minute(TIMESTAMP '2024-07-01 12:00:00 UTC' AT TIME ZONE 'Asia/Kolkata'), timezone_hour(TIMESTAMP '2024-07-01 12:00:00 UTC' AT TIME ZONE 'Asia/Kolkata'), timezone_minute(TIMESTAMP '2024-07-01 12:00:00 UTC' AT TIME ZONE 'Asia/Kolkata')
SELECT DATE '2024-01-31' + INTERVAL '1' MONTH, DATE '2024-03-31' - INTERVAL '1' MONTH, DATE '2023-01-31' + INTERVAL '13' MONTH, DATE '2024-02-29' + INTERVAL '1' YEAR, TIMESTAMP '2024-01-31 23:59:59' + INTERVAL '1' MONTH
SELECT date_add('month', 1, DATE '2024-01-31'), date_add('month', -1, DATE '2024-03-31'), date_add('quarter', 1, DATE '2023-11-30'), date_add('year', -1, DATE '2024-02-29'), date_add('week', 2, DATE '2024-02-20')
SELECT date_diff('month', DATE '2024-01-31', DATE '2024-02-29'), date_diff('month', DATE '2024-01-30', DATE '2024-02-29'), date_diff('year', DATE '2020-02-29', DATE '2021-02-28'), date_diff('quarter', DATE '2024-01-15', DATE '2024-04-14'), date_diff('week', DATE '2024-01-01', DATE '2024-01-14'), date_diff('month', DATE '2024-03-31', DATE '2024-02-29')
SELECT INTERVAL '2' DAY + INTERVAL '3' HOUR, INTERVAL '1' YEAR + INTERVAL '14' MONTH, INTERVAL '1-6' YEAR TO MONTH, INTERVAL '3 04:05:06.789' DAY TO SECOND, -INTERVAL '90' MINUTE, INTERVAL '90' SECOND * 2, INTERVAL '1' DAY / 3
SELECT last_day_of_month(DATE '2024-02-10'), day_of_week(DATE '2024-03-03'), week(DATE '2021-01-03'), year_of_week(DATE '2021-01-03'), day_of_year(DATE '2024-12-31'), quarter(DATE '2024-10-01')
SELECT date_trunc('quarter', DATE '2024-05-17'), date_trunc('week', DATE '2024-05-19'), date_trunc('year', TIMESTAMP '2024-05-17 12:00:00'), date_trunc('month', TIMESTAMP '2024-05-17 12:00:00')
SELECT d, format_datetime(d, 'EEE'), CASE day_of_week(d) WHEN 6 THEN 'weekend' WHEN 7 THEN 'weekend' ELSE 'week' END FROM UNNEST(sequence(DATE '2024-03-01', DATE '2024-03-04', INTERVAL '1' DAY)) AS t (d) ORDER BY d
SELECT m FROM UNNEST(sequence(DATE '2024-01-31', DATE '2024-05-31', INTERVAL '1' MONTH)) AS t (m) ORDER BY m
SELECT date_parse('2024-03-01 14:30', '%Y-%m-%d %H:%i'), date_parse('01/Mar/2024', '%d/%b/%Y'), try(date_parse('2024-13-01', '%Y-%m-%d')), CAST(date_parse('20240301', '%Y%m%d') AS date), date_parse('3/4/24 1:02 PM', '%c/%e/%y %h:%i %p')
SELECT to_iso8601(TIMESTAMP '2024-03-01 14:30:15.123'), to_iso8601(DATE '2024-03-01'), to_iso8601(TIMESTAMP '2024-03-01 14:30:15 UTC'), CAST(TIMESTAMP '2024-03-01 14:30:15.123456' AS varchar), CAST(DATE '2024-03-01' AS varchar)
SELECT CAST('2024-03-01' AS date), CAST('2024-03-01 10:11:12' AS timestamp), try_cast('2024-02-30' AS date), try_cast('nope' AS timestamp), CAST('2024-03-01 10:11:12.123456' AS timestamp(6)), CAST(TIMESTAMP '2024-03-01 10:11:12.9996' AS timestamp(3))
SELECT TIMESTAMP '2024-03-01 00:00:00' - TIMESTAMP '2024-02-01 12:00:00', DATE '2024-03-01' - DATE '2024-02-01', TIMESTAMP '2024-03-01 00:00:00' > DATE '2024-02-29', DATE '2024-03-01' = TIMESTAMP '2024-03-01 00:00:00'
SELECT n, x FROM UNNEST(ARRAY['a', 'b'], ARRAY[1, 2, 3]) WITH ORDINALITY AS t (s, x, n) WHERE s IS NULL OR x > 1 ORDER BY n
SELECT id, v, n FROM (VALUES (1, ARRAY[3, 1]), (2, CAST(NULL AS array(integer)))) AS t (id, a) LEFT JOIN UNNEST(a) WITH ORDINALITY AS u (v, n) ON true ORDER BY id, n
SELECT word, count(*) FROM (VALUES 'the cat the', 'cat sat') AS t (s) CROSS JOIN UNNEST(regexp_split(s, '\s+')) AS u (word) GROUP BY word ORDER BY 2 DESC, 1
SELECT transform(ARRAY[1, 2, 3], x -> x * x), filter(ARRAY[1, -2, NULL, 4], x -> x > 0), reduce(ARRAY[5, 20, 50], 0, (s, x) -> s + x, s -> s), any_match(ARRAY[1, 2], x -> x > 1), all_match(ARRAY[1, NULL], x -> x > 0), none_match(ARRAY[1, 2], x -> x > 2)
SELECT reduce(ARRAY[2, 4, 9], CAST(ROW(0e0, 0) AS ROW(s double, n integer)), (s, x) -> CAST(ROW(s.s + x, s.n + 1) AS ROW(s double, n integer)), s -> s.s / s.n)
SELECT zip_with(ARRAY[1, 2], ARRAY['a', 'b', 'c'], (x, y) -> (y, x)), zip(ARRAY[1, 2], ARRAY['a']), transform(ARRAY['x', 'yy'], s -> length(s)), transform(ARRAY[ARRAY[1, 2], ARRAY[3]], a -> reduce(a, 0, (s, x) -> s + x, s -> s))
SELECT id, transform(a, x -> x + id), filter(a, x -> x > id) FROM (VALUES (1, ARRAY[1, 2]), (2, ARRAY[3])) AS t (id, a) ORDER BY id
SELECT array_distinct(ARRAY[1, 2, 1, NULL, NULL]), array_union(ARRAY[1, 2], ARRAY[2, 3]), array_intersect(ARRAY['a', 'b'], ARRAY['b', 'c']), array_except(ARRAY[1, 2, NULL], ARRAY[2]), arrays_overlap(ARRAY[1, NULL], ARRAY[2]), array_position(ARRAY[5, 6], 6), array_remove(ARRAY[1, 2, 1], 1)
SELECT ARRAY[1, 2] || ARRAY[3], ARRAY[1] || 2, 0 || ARRAY[1], cardinality(ARRAY[]), ARRAY[1, 2][1], element_at(ARRAY[1, 2], -1), element_at(ARRAY[1, 2], 5), slice(ARRAY[1, 2, 3, 4], -2, 2), array_max(ARRAY[1, NULL]), array_min(ARRAY['b', 'a'])
SELECT ARRAY[1, 2][3]
SELECT ARRAY[1, 2] = ARRAY[1, 2], ARRAY[1, 2] < ARRAY[1, 3], ARRAY[ARRAY[1]] = ARRAY[ARRAY[2]], ROW(1, 'a') = ROW(1, 'b'), ROW(1, 2) < ROW(1, 3), (1, 2) IN ((1, 2), (3, 4))
SELECT combinations(ARRAY['a', 'b', 'c'], 2), flatten(ARRAY[ARRAY[1, 2], NULL, ARRAY[3]]), sequence(10, 1, -3), repeat('x', 3), array_join(ARRAY['a', NULL, 'c'], '-', '?'), ngrams(ARRAY['a', 'b', 'c'], 2), trim_array(ARRAY[1, 2, 3], 1)
SELECT map_filter(MAP(ARRAY['a', 'b'], ARRAY[1, 20]), (k, v) -> v > 10), transform_values(MAP(ARRAY['a'], ARRAY[1]), (k, v) -> k || CAST(v AS varchar)), transform_keys(MAP(ARRAY['a'], ARRAY[1]), (k, v) -> upper(k)), map_zip_with(MAP(ARRAY['a', 'b'], ARRAY[1, 2]), MAP(ARRAY['b', 'c'], ARRAY[3, 4]), (k, x, y) -> coalesce(x, 0) + coalesce(y, 0))
SELECT m['b'] FROM (VALUES MAP(ARRAY['a'], ARRAY[1])) AS t (m)
SELECT element_at(m, 'b'), cardinality(m), map_keys(m), map_values(m), map_concat(m, MAP(ARRAY['a'], ARRAY[9])) FROM (VALUES MAP(ARRAY['a', 'c'], ARRAY[1, 2])) AS t (m)
SELECT MAP(ARRAY['a', 'a'], ARRAY[1, 2])
SELECT split_to_map('a=1;b=2', ';', '='), split_to_multimap('a=1&a=2', '&', '='), map_from_entries(ARRAY[('x', 1), ('y', 2)]), multimap_from_entries(ARRAY[('x', 1), ('x', 2)]), map_entries(MAP(ARRAY[1], ARRAY['z']))
SELECT count(*) FROM (SELECT MAP(ARRAY[1], ARRAY[2]) AS m UNION SELECT MAP(ARRAY[1], ARRAY[2]))
SELECT a.k, a.v, b.v FROM (VALUES ('x', 1), ('y', 2)) AS a (k, v) JOIN (VALUES ('x', 10e0), ('z', 30e0)) AS b (k, v) ON a.k = b.k AND a.v < b.v
SELECT a.k, b.n FROM (VALUES 1, 2, 3) AS a (k) LEFT JOIN (VALUES (1, 'one'), (1, 'uno'), (3, NULL)) AS b (k, n) ON a.k = b.k WHERE b.n IS NULL OR b.n <> 'uno' ORDER BY 1
SELECT s.name, coalesce(count(b.ts_event), 0) FROM (VALUES ('Apple', 'AAPL'), ('Nobody', 'NONE')) AS s (name, symbol) LEFT JOIN bars b ON b.symbol = s.symbol GROUP BY s.name ORDER BY 1
SELECT symbol, ts_event, close FROM bars b WHERE close = (SELECT max(close) FROM bars WHERE symbol = b.symbol) ORDER BY symbol, ts_event
SELECT symbol, (SELECT count(*) FROM bars_landing l WHERE l.symbol = b.symbol AND l.reject_reason IS NULL) > count(*) AS more FROM bars b GROUP BY symbol ORDER BY symbol
SELECT x, (SELECT array_agg(y ORDER BY y) FROM (VALUES (1, 5), (1, 4), (2, 7)) AS u (k, y) WHERE k = x) FROM (VALUES 1, 2, 3) AS t (x) ORDER BY x
SELECT x FROM (VALUES 1, 2, 3) AS t (x) WHERE x IN (SELECT y + t.x - 1 FROM (VALUES 1) AS u (y)) ORDER BY x
SELECT x FROM (VALUES 1, 2, 3) AS t (x) WHERE (SELECT sum(y) FROM (VALUES 1, 2, 3) AS u (y) WHERE y <= x) > 2 ORDER BY x
SELECT x, x IN (SELECT y FROM (VALUES 1, NULL) AS u (y)), x NOT IN (SELECT y FROM (VALUES 5, NULL) AS u (y)), x IN (1, NULL), x NOT IN (5, NULL) FROM (VALUES 1, 2, NULL) AS t (x) ORDER BY x
SELECT x, x = ANY (VALUES 1, 2), x <> ALL (VALUES 1, 2), x >= ALL (VALUES 1, 2), x < SOME (VALUES 2, NULL) FROM (VALUES 1, 3, NULL) AS t (x) ORDER BY x
SELECT EXISTS (SELECT 1 WHERE false), (SELECT 1 WHERE false), NOT EXISTS (SELECT NULL), 1 IN (SELECT 1 WHERE false), NULL IN (SELECT 1 WHERE false), NULL NOT IN (SELECT 1 WHERE false)
SELECT CAST(2147483647 AS bigint) + 1, 2147483647 + BIGINT '1', -9223372036854775807 - 1
SELECT x * x FROM (VALUES 3037000500) AS t (x)
SELECT CAST(1e19 AS bigint)
SELECT try_cast(300 AS tinyint), try_cast(1e10 AS integer), try_cast('12a' AS integer), try_cast('9223372036854775808' AS bigint), try_cast('1.5' AS integer), try_cast(' 7 ' AS integer), try_cast('' AS double), try_cast('1e400' AS double), try_cast('yes' AS boolean)
SELECT -7 / 2, -7 % 2, 7 / -2, 7 % -2, mod(-7, 3), -7.0 / 2, 7 / 2e0, 1 / 3.0, 5 / 2 * 2.0
SELECT 1.10 + 2.205, 1.10 * 2.205, 10.00 / 3, 10 / 3.00, 1.0 / 3 * 3, 0.1 + 0.2 = 0.3, 1e-1 + 2e-1 = 3e-1, 5.25 % 2
SELECT typeof(1.10 + 2.205), typeof(1.10 * 2.205), typeof(10.00 / 3), typeof(1 + 2.5), typeof(1 + 2.5e0), typeof(DECIMAL '1' / DECIMAL '3'), typeof(-1.5), typeof(sum(1.5))
SELECT CAST(1.005 AS decimal(10, 2)), CAST(-1.005 AS decimal(10, 2)), CAST(2.5 AS integer), CAST(-2.5 AS integer), CAST(3.5e0 AS integer), round(2.5), round(-2.5), round(2.345, 2), round(2.345e0, 2), round(1234.5, -2)
SELECT CAST(123.456 AS decimal(4, 2))
SELECT DECIMAL '12345678901234567890.123456789' * DECIMAL '98765432109876543210.987654321'
SELECT avg(x), sum(x), max(x), typeof(avg(x)) FROM (VALUES DECIMAL '1.00', DECIMAL '2.00', DECIMAL '2.00') AS t (x)
SELECT CAST(0.1e0 AS decimal(20, 18)), CAST(1e0 / 3 AS decimal(10, 5)), CAST(DECIMAL '0.1' AS double), CAST(CAST(0.1 AS real) AS double), REAL '0.1' + 0.2e0, CAST(16777217 AS real)
SELECT 1e0 / 0, -1e0 / 0, 0e0 / 0, 1 / 0e0, is_nan(0e0 / 0), infinity() - infinity()
SELECT 1.0 / 0
SELECT 5 % 0
SELECT floor(-1.5), ceil(-1.5), ceiling(1.2e0), truncate(-1.7e0), sign(-3), sign(-2.5), mod(5.5, 2), abs(-1.5), power(2, 10), sqrt(2), cbrt(27), exp(1), ln(10), log2(8), log10(1000), log(3, 81)
SELECT greatest(1, 2.5, 3e0), least('b', 'a'), greatest(DATE '2024-01-01', DATE '2024-02-01'), greatest(1, NULL), coalesce(NULL, 1, 2.5), nullif(1, 1), nullif(1, 2), nullif('a', NULL), IF(NULL, 1, 2), IF(false, 1)
SELECT substr('hello', -3), substr('hello', 2, 100), substr('hello', 0), substr('hello', 10), substring('hello' FROM 2 FOR 3), substring('hello', -3, 2), split_part('a,b,c', ',', 2), split_part('a,b', ',', 5), split('a,,b', ','), split('a,b,c', ',', 2)
SELECT lpad('7', 3, '0'), lpad('12345', 3, '0'), rpad('ab', 5, 'xy'), trim('  a '), ltrim('xxa', 'x'), rtrim('abb', 'b'), trim(BOTH '.' FROM '..a.'), replace('banana', 'an', ''), replace('abc', 'b'), translate('abc', 'ab', 'x'), concat('a', 'b', 'c'), concat_ws('-', 'a', NULL, 'b'), starts_with('abc', 'ab')
SELECT 'a' || NULL, concat('a', NULL), concat_ws(',', ARRAY['x', NULL, 'y']), length(''), length(NULL), upper(NULL), reverse(''), repeat('ab', 2), 'it''s', U&'\00e9', levenshtein_distance('kitten', 'sitting'), hamming_distance('abc', 'abd')
SELECT regexp_extract('order-1234-x', '(\w+)-(\d+)', 2), regexp_extract('none', '\d+'), regexp_extract_all('1a 2b 14m', '(\d+)([a-z]+)', 2), regexp_replace('1a 2b', '(\d)([a-z])', '$2$1'), regexp_replace('abc', '[ac]'), regexp_like('1a 2b', '\d+b'), regexp_count('abcabc', 'b'), regexp_position('xx1', '\d'), regexp_split('a1b22c', '\d+')
SELECT format('%d', 1.5)
SELECT bitwise_and(12, 10), bitwise_or(12, 10), bitwise_xor(12, 10), bitwise_not(5), bitwise_left_shift(1, 40), bitwise_right_shift(-8, 1), bitwise_right_shift_arithmetic(-8, 1), bit_count(255, 64), bitwise_and(-1, 255)
SELECT bitwise_and_agg(x), bitwise_or_agg(x), bitwise_xor_agg(x), count_if(bitwise_and(x, 1) = 1) FROM (VALUES 5, 7, NULL, 13) AS t (x)
SELECT to_base(255, 16), from_base('ff', 16), to_hex(CAST('ab' AS varbinary)), from_hex('6162'), to_base64(to_utf8('hello')), from_utf8(from_base64('aGVsbG8=')), md5(to_utf8('a')), to_hex(sha256(to_utf8('')))
SELECT approx_distinct(symbol), approx_distinct(CAST(close AS integer)) > 100 FROM bars
SELECT symbol, approx_percentile(close, ARRAY[0.05, 0.95]) FROM bars WHERE ts_event >= TIMESTAMP '2012-01-01 00:00:00' GROUP BY symbol ORDER BY symbol
SELECT x FROM (VALUES 3, NULL, 1, 2) AS t (x) ORDER BY x DESC LIMIT 2
SELECT x, y FROM (VALUES (1, 'b'), (1, NULL), (NULL, 'a'), (2, 'c')) AS t (x, y) ORDER BY x DESC, y
SELECT x FROM (VALUES 3, 1, 2) AS t (x) ORDER BY abs(x - 2), x OFFSET 1
SELECT x FROM (VALUES 'b', 'A', 'a', 'B', '', NULL, 'é') AS t (x) ORDER BY x NULLS FIRST
SELECT a, b FROM (VALUES (1, 2), (3, 1)) AS t (a, b) ORDER BY a + b, b
SELECT symbol, close FROM bars ORDER BY close DESC NULLS LAST, symbol LIMIT 5
SELECT symbol AS close, close AS symbol FROM bars WHERE symbol = 'IBM' ORDER BY close, symbol LIMIT 2
SELECT DISTINCT symbol, year(ts_event) FROM bars WHERE year(ts_event) > 2011 ORDER BY year(ts_event) DESC, symbol LIMIT 4
SELECT DISTINCT x FROM (VALUES 1, 2) AS t (x) ORDER BY x + 1
SELECT x FROM (VALUES 1, 2, 2, 3, 3, 3) AS t (x) ORDER BY x DESC FETCH FIRST 1 ROW WITH TIES
SELECT 1 AS x UNION SELECT 1.0 UNION SELECT 1e0
SELECT CAST(1 AS tinyint) AS x UNION ALL SELECT 300 ORDER BY 1
SELECT typeof(x) FROM (SELECT CAST(1 AS tinyint) AS x UNION ALL SELECT 2.50) LIMIT 1
SELECT x FROM (VALUES 1, 2, 2, NULL, NULL) AS t (x) INTERSECT SELECT x FROM (VALUES 2, NULL, 4) AS t (x) ORDER BY 1
SELECT x FROM (VALUES 1, 2, 2, NULL) AS t (x) EXCEPT SELECT 2 ORDER BY 1
(SELECT symbol FROM bars ORDER BY close DESC LIMIT 1) UNION ALL (SELECT symbol FROM bars ORDER BY close LIMIT 1)
SELECT 'a' UNION SELECT NULL UNION SELECT 'b' EXCEPT SELECT 'a' ORDER BY 1
SELECT DATE '2024-01-01' UNION SELECT 'x'
SELECT ARRAY[1] UNION SELECT ARRAY[2.5] ORDER BY 1
SELECT count(DISTINCT symbol) FILTER (WHERE close > 400), count(DISTINCT close) FILTER (WHERE false), sum(DISTINCT volume) FILTER (WHERE symbol = 'nobody') FROM bars
SELECT g, count(DISTINCT x), sum(DISTINCT x), avg(DISTINCT x), array_agg(DISTINCT x ORDER BY x) FROM (VALUES ('a', 1), ('a', 1), ('a', 2), ('b', NULL)) AS t (g, x) GROUP BY g ORDER BY g
SELECT count(DISTINCT x), count(DISTINCT y), count(*) FROM (VALUES (1, 'a'), (1, 'b'), (NULL, 'b')) AS t (x, y)
SELECT count(DISTINCT x, y) FROM (VALUES (1, 'a'), (1, 'a'), (2, NULL)) AS t (x, y)
SELECT max(x), min(x), max(y), min(y) FROM (VALUES (true, 'b'), (false, 'a')) AS t (x, y)
SELECT max(x), min(x) FROM (VALUES ARRAY[1, 2], ARRAY[1, 3]) AS t (x)
SELECT max(x), array_agg(x ORDER BY x DESC) FROM (VALUES (1, 'a'), (2, 'b')) AS t (x, y)
SELECT array_agg(x ORDER BY y DESC), listagg(CAST(x AS varchar), ', ') WITHIN GROUP (ORDER BY y) FROM (VALUES (1, 1), (NULL, 2), (3, 3)) AS t (x, y)
SELECT listagg(DISTINCT s, ',') WITHIN GROUP (ORDER BY s) FROM (VALUES 'b', 'a', 'b') AS t (s)
SELECT array_agg(x) FROM (VALUES 1) AS t (x) WHERE false
SELECT avg(x), sum(x), max(x), count(x), bool_and(x > 0), map_agg(x, x), array_agg(x), approx_distinct(x), stddev(x) FROM (SELECT 1 AS x WHERE false)
SELECT min_by(symbol, close), max_by(ROW(symbol, ts_event), close) FROM bars
SELECT sum(CASE WHEN close > open THEN 1 ELSE 0 END) * 100.0 / count(*) AS percent FROM bars WHERE symbol = 'IBM'
SELECT sum(IF(close > open, 1)) * 1.0 / count(*), avg(IF(close > open, 1, 0)), avg(CAST(close > open AS integer)) FROM bars
SELECT ROUND(AVG(close), 2), CAST(AVG(volume) AS BIGINT), SUM(volume) / COUNT(*) FROM bars WHERE symbol = 'IBM' AND ts_event BETWEEN TIMESTAMP '2012-01-01' AND TIMESTAMP '2012-12-31'
SELECT symbol FROM bars WHERE ts_event > '2013-01-01'
SELECT symbol, ts_event FROM bars WHERE ts_event >= DATE '2013-02-28' AND symbol IN ('AAPL', 'IBM') ORDER BY 2, 1 LIMIT 4
SELECT symbol FROM bars WHERE volume > 1e8 AND close BETWEEN 100 AND 200.5 GROUP BY symbol ORDER BY symbol
SELECT symbol FROM bars WHERE NOT (close > 0) OR adj_close IS NULL
SELECT * FROM bars WHERE false
SELECT b.* FROM bars b WHERE symbol = 'IBM' ORDER BY ts_event LIMIT 1
SELECT count(*), count(1), count(NULL), sum(1), max(NULL) FROM (VALUES 1, 2) AS t (x)
SELECT CASE WHEN x > 2 THEN 'big' WHEN x > 1 THEN 'mid' END AS size, count(*) FROM (VALUES 1, 2, 3, NULL) AS t (x) GROUP BY 1 ORDER BY 1
SELECT x, CASE WHEN x = 0 THEN NULL ELSE 10 / x END FROM (VALUES 0, 3) AS t (x) ORDER BY x
SELECT x FROM (VALUES 0, 5) AS t (x) WHERE CASE WHEN x = 0 THEN false ELSE 10 / x > 1 END
SELECT x, y FROM (SELECT 1 AS x, 2 AS y) WHERE x + y = 3 AND NOT x = y
SELECT sum(x) OVER w AS s, avg(x) OVER (w ROWS 1 PRECEDING) FROM (VALUES 1, 2, 3) AS t (x) WINDOW w AS (ORDER BY x) ORDER BY 1
WITH a (x) AS (VALUES 1, 2), b AS (SELECT x * 2 AS x FROM a), a2 AS (SELECT x FROM b UNION ALL SELECT x FROM a) SELECT x, count(*) FROM a2 GROUP BY x ORDER BY x
WITH a AS (SELECT 1 AS x) SELECT * FROM (WITH a AS (SELECT 2 AS x) SELECT x FROM a) UNION ALL SELECT x FROM a ORDER BY 1
SELECT t.r.id, t.r.name FROM (VALUES CAST(ROW(1, 'a') AS ROW(id bigint, name varchar))) AS t (r)
SELECT r[1], r[2] FROM (VALUES ROW(ROW(1, 'a'))) AS t (r)
SELECT x.id FROM UNNEST(ARRAY[CAST(ROW(1) AS ROW(id integer))]) AS x (id)
SELECT typeof(count(*)), typeof(sum(volume)), typeof(avg(volume)), typeof(max(ts_event)), typeof(approx_distinct(symbol)), typeof(array_agg(close)), typeof(min_by(symbol, close)) FROM bars
SELECT typeof(round(1.5)), typeof(round(2.345, 2)), typeof(floor(1.5)), typeof(abs(-1)), typeof(length('a')), typeof(date_diff('day', DATE '2024-01-01', DATE '2024-01-02')), typeof(power(2, 2)), typeof(1 / 2), typeof(greatest(1, 2.5))
SELECT symbol, round(close, 1) r FROM bars WHERE symbol LIKE '%A%' AND symbol NOT LIKE '%L' OR symbol LIKE 'I__' ORDER BY ts_event DESC, symbol LIMIT 3
SELECT (ROW_NUMBER() OVER (ORDER BY symbol) - 1) / 2 AS page, symbol FROM (SELECT DISTINCT symbol FROM bars) ORDER BY 2
SELECT percent, approx FROM (SELECT 0.5 AS percent, element_at(array_agg(x ORDER BY x), CAST(ceil(count(*) * 0.5) AS integer)) AS approx FROM (VALUES 4, 1, 3, 2) AS t (x))
SELECT width_bucket(x, ARRAY[0e0, 10e0, 20e0]), count(*) FROM (VALUES -1e0, 5e0, 15e0, 25e0) AS t (x) GROUP BY 1 ORDER BY 1
SELECT symbol, histogram(CASE WHEN close > open THEN 'up' WHEN close < open THEN 'down' ELSE 'flat' END) FROM bars GROUP BY symbol ORDER BY symbol
SELECT d.day, b.close, last_value(b.close) IGNORE NULLS OVER (ORDER BY d.day) AS filled FROM UNNEST(sequence(DATE '2013-02-22', DATE '2013-02-28', INTERVAL '1' DAY)) AS d (day) LEFT JOIN bars b ON CAST(b.ts_event AS date) = d.day AND b.symbol = 'IBM' ORDER BY d.day
SELECT s.session_date, s.ends_early, b.symbol FROM us_sessions s LEFT JOIN bars b ON date(b.ts_event) = s.session_date AND b.symbol = 'MSFT' WHERE s.session_date BETWEEN DATE '2012-12-20' AND DATE '2013-01-03' ORDER BY 1
SELECT symbol, sum(volume) AS v FROM bars GROUP BY symbol HAVING sum(volume) > (SELECT avg(v) FROM (SELECT sum(volume) AS v FROM bars GROUP BY symbol)) ORDER BY v DESC
SELECT * FROM (VALUES (1, 'x'), (2, 'y')) AS t (a, b) CROSS JOIN (VALUES true) AS u (c) ORDER BY a
SELECT * FROM bars MATCH_RECOGNIZE (PARTITION BY symbol ORDER BY ts_event MEASURES first(ts_event) AS f ONE ROW PER MATCH PATTERN (A B+) DEFINE B AS close < prev(close)) LIMIT 1
SELECT ISNULL(1, 2)
SELECT NVL(1, 2)
SELECT TOP 5 * FROM bars
SELECT STRING_AGG(symbol, ',') FROM bars
SELECT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY close) FROM bars
SELECT median(close) FROM bars
SELECT DATEDIFF('day', DATE '2024-01-01', DATE '2024-01-05')
SELECT symbol, close FROM bars WHERE close = max(close)
SELECT 'a' + 'b'
SELECT DATE '2024-02-30'
SELECT DATE '2024-01-01' + 1
SELECT CAST('abc' AS integer)
SELECT CAST(NULL AS integer) + 1, NULL = NULL, NULL IS NOT DISTINCT FROM NULL, NOT NULL, NULL AND false, NULL OR true
SELECT true AND NULL, false OR NULL, true > false, CAST(true AS integer), CAST('true' AS boolean), CAST(0 AS boolean), CAST(true AS varchar)
SELECT symbol, date(ts_event), close FROM bars WHERE date_format(ts_event, '%Y-%m-%d') = '2013-02-28' ORDER BY symbol
SELECT date_trunc('hour', t), count(*) FROM (VALUES TIMESTAMP '2024-03-10 06:59:00 UTC', TIMESTAMP '2024-03-10 07:00:00 UTC') AS v (t) GROUP BY 1 ORDER BY 1
SELECT date(t AT TIME ZONE 'America/New_York') AS local_day, count(*) FROM (VALUES TIMESTAMP '2024-03-10 04:30:00 UTC', TIMESTAMP '2024-03-10 05:30:00 UTC') AS v (t) GROUP BY 1 ORDER BY 1
SELECT at_timezone(TIMESTAMP '2024-06-01 00:00:00 UTC', z) FROM (VALUES 'Asia/Tokyo', 'Europe/Paris') AS t (z)
SELECT CAST(ts_event AS timestamp with time zone) AT TIME ZONE 'America/New_York' FROM bars WHERE symbol = 'IBM' AND month = '2012-11' ORDER BY 1 LIMIT 3
SELECT date_add('month', -1, date_trunc('month', ts_event)) AS previous, count(*) FROM bars WHERE symbol = 'IBM' AND ts_event >= TIMESTAMP '2012-10-01' GROUP BY 1 ORDER BY 1
SELECT year(ts_event) * 100 + month(ts_event) AS ym, sum(volume) FROM bars WHERE symbol = 'IBM' AND year(ts_event) = 2012 GROUP BY 1 ORDER BY 1
SELECT symbol, concat(CAST(year(ts_event) AS varchar), '-Q', CAST(quarter(ts_event) AS varchar)) AS q, avg(close) FROM bars WHERE year(ts_event) = 2012 GROUP BY 1, 2 ORDER BY 1, 2
SELECT symbol, min(ts_event) FILTER (WHERE close > 400) FROM bars GROUP BY symbol ORDER BY symbol
SELECT symbol, array_agg(close ORDER BY ts_event DESC)[1] AS last, slice(array_agg(close ORDER BY ts_event), 1, 2) FROM bars GROUP BY symbol ORDER BY symbol
SELECT symbol, reduce(slice(array_agg(close ORDER BY ts_event), 1, 5), 0e0, (s, x) -> s * 0.9e0 + x, s -> s) AS ema FROM bars GROUP BY symbol ORDER BY symbol
SELECT json_format(CAST(MAP(ARRAY['a', 'b'], ARRAY[1, 2]) AS json))
SELECT json_format(CAST(ARRAY[1, NULL, 3] AS json))
SELECT json_format(CAST('x"y' AS json))
SELECT json_format(CAST(1.5 AS json))
SELECT json_value('{"a":1}', 'lax $.a')
SELECT json_value('{"a":1}', 'lax $.b' DEFAULT 'none' ON EMPTY)
SELECT json_value('{"a":"5"}', 'lax $.a' RETURNING integer)
SELECT json_exists('{"a":[1]}', 'lax $.a[0]')
SELECT format_datetime(TIMESTAMP '2024-07-01 12:00:00 Europe/London', 'yyyy-MM-dd HH:mm ZZ')
SELECT date_format(TIMESTAMP '2024-07-01 12:05:09.123', '%Y/%m/%d %H:%i:%s.%f')
SELECT date_format(TIMESTAMP '2024-07-01 15:05:09', '%W %e %M %y %l:%i %p %j')
SELECT TIMESTAMP '2024-07-01 12:00:00 +02:00'
SELECT TIMESTAMP '2024-07-01 12:00:00 UTC' AT TIME ZONE '+05:30'
SELECT TIMESTAMP '2024-07-01 10:00:00 UTC' = TIMESTAMP '2024-07-01 12:00:00 +02:00'
SELECT parse_datetime('2024-03-01 14:30:15.250', 'yyyy-MM-dd HH:mm:ss.SSS')
SELECT parse_datetime('2024-03-01T14:30:15+02:00', 'yyyy-MM-dd''T''HH:mm:ssZ')
SELECT from_iso8601_timestamp('2024-03-01T14:30:15Z')
SELECT from_iso8601_date('2024-W10-5')
SELECT extract(DAY FROM INTERVAL '3 04:05:06' DAY TO SECOND)
SELECT extract(HOUR FROM INTERVAL '3 04:05:06' DAY TO SECOND)
SELECT extract(MONTH FROM INTERVAL '1-6' YEAR TO MONTH)
SELECT day(DATE '2024-03-05' - DATE '2024-02-05')
SELECT array_sort(ARRAY['bb', 'a', 'ccc'], (x, y) -> IF(length(x) < length(y), -1, IF(length(x) = length(y), 0, 1)))
SELECT array_sort(ARRAY[3, NULL, 1], (x, y) -> CASE WHEN x IS NULL THEN -1 WHEN y IS NULL THEN 1 WHEN x < y THEN 1 WHEN x = y THEN 0 ELSE -1 END)
SELECT array_sort(ARRAY[3, 1, 2], (x, y) -> IF(x > y, -1, IF(x = y, 0, 1)))
SELECT array_sort(ARRAY[TIMESTAMP '2024-01-02 00:00:00', TIMESTAMP '2024-01-01 00:00:00'])
SELECT reverse(array_sort(ARRAY['b', NULL, 'a']))
SELECT CAST('abc' AS char(5)) || '|'
SELECT CAST('abc' AS char(5)) = 'abc'
SELECT length(CAST('ab' AS char(4)))
SELECT CAST('a' AS varchar(5)) || 'b'
SELECT 'a' = 'a '
SELECT 'abc' LIKE 'a_c'
SELECT 'a%c' LIKE 'a\%c' ESCAPE '\'
SELECT 'A' LIKE 'a'
SELECT lower('ÀÉ')
SELECT 'é' = 'é'
SELECT substr('😀abc', 2, 2)
SELECT reverse('a😀b')
SELECT strpos('x😀y', 'y')
SELECT upper('😀ß')
SELECT position('y' IN 'x😀y')
SELECT regexp_extract('2024-03-01', '(?<y>\d{4})-(?<m>\d\d)', 2)
SELECT regexp_like('Hello', '(?i)hello')
SELECT regexp_extract('aaa', 'a{2}')
SELECT regexp_replace('a.b', '\.', '\$')
SELECT regexp_like('ab' || chr(10) || 'cd', 'b.c')
SELECT regexp_like('ab', 'a(?=b)')
SELECT regexp_extract('abab', '(ab)\1')
SELECT regexp_extract('<b>x</b>', '<(.+?)>', 1)
SELECT regexp_like('é', '^\w$')
SELECT regexp_like('a_1', '^[\w]+$')
SELECT format('%5d|%-5s|%05.1f|%,d', 42, 'ab', 3.14159e0, 1234567)
SELECT format('%s %s', 'a', 1)
SELECT format('%.2f', 2.675)
SELECT format('%10s|', 'é')
SELECT typeof('a')
SELECT typeof(DATE '2024-01-01')
SELECT typeof(MAP())
SELECT typeof(CAST('a' AS varchar(3)))
SELECT to_char(DATE '2024-03-01', 'yyyy/mm')
SELECT to_date('2024-03-01', 'yyyy-mm-dd')
SELECT to_timestamp('2024-03-01', 'yyyy-mm-dd')
SELECT CAST(1.5e10 AS varchar)
SELECT CAST(1e7 AS varchar)
SELECT CAST(0.001e0 AS varchar)
SELECT CAST(REAL '1.5' AS varchar)
SELECT CAST(12345678.9e0 AS varchar)
SELECT CAST(ARRAY[1] AS varchar)
SELECT date(from_iso8601_timestamp('2024-03-10T23:00:00-05:00'))
SELECT from_iso8601_timestamp('2024-03-10T23:00:00-05:00') AT TIME ZONE 'UTC'
SELECT cast(from_iso8601_timestamp('2024-03-10T23:00:00-05:00') AS timestamp)
-- Groups, orders and rows at their edges
SELECT map_agg(x, x) FROM (SELECT 1 AS x WHERE false)
SELECT map_agg(x, x) FROM (VALUES 1) AS t (x)
SELECT avg(x), map_agg(x, x) FROM (VALUES 1) AS t (x)
SELECT map_agg(x, x), array_agg(x) FROM (VALUES 1) AS t (x)
SELECT map_agg(e, i) FROM (VALUES (1, 2)) AS t (e, i)
SELECT multimap_agg(k, x) FROM (VALUES (1, 2)) AS t (k, x)
SELECT transform(ARRAY[1], x -> x + e), e FROM (VALUES 5) AS t (e)
SELECT array_remove(ARRAY[x, 2], x), array_distinct(ARRAY[x, x]), contains_sequence(ARRAY[i, 1], ARRAY[i]) FROM (VALUES (1, 2)) AS t (x, i)
SELECT x + 1 AS x, array_union(ARRAY[x], ARRAY[2]) FROM (VALUES 1) AS t (x)
SELECT y, count(*) FROM (VALUES 1, 1) AS t (x) CROSS JOIN UNNEST(ARRAY[x]) AS u (y) GROUP BY y HAVING count(*) > 0 AND cardinality(array_distinct(ARRAY[y])) = 1
SELECT sum(x) AS x, map_agg(x, x) AS m FROM (VALUES 1, 2) AS t (x) ORDER BY cardinality(map_agg(x, x))
SELECT x AS e, map_agg(y, y) FROM (VALUES (1, 2)) AS t (x, y) GROUP BY x
SELECT x, x AS k FROM (VALUES 1) AS t (x) GROUP BY x ORDER BY cardinality(multimap_agg(x, x))
SELECT approx_percentile(e, 0.5) AS e, array_agg(e) AS x FROM (VALUES 1, 2) AS t (e)
SELECT x FROM (VALUES 1, 2) AS t (x) GROUP BY ROLLUP (1) ORDER BY 1
SELECT x, count(*) FROM (VALUES 1, 2) AS t (x) GROUP BY GROUPING SETS ((1), ()) ORDER BY 1
SELECT x AS y, count(*) FROM (VALUES 1, 2) AS t (x) GROUP BY ROLLUP (y) ORDER BY 1
SELECT t.x, count(*) FROM (VALUES 1, 2) AS t (x) GROUP BY ROLLUP (t.x) ORDER BY 1
SELECT r.a, count(*) FROM (VALUES ROW(CAST(ROW(1) AS ROW(a integer)))) AS t (r) GROUP BY ROLLUP (r.a) ORDER BY 1
SELECT x, x + 1, count(*) FROM (VALUES 1, 2) AS t (x) GROUP BY x + 1, ROLLUP (x) ORDER BY 1, 2
SELECT DISTINCT x AS y FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT DISTINCT x, y FROM (VALUES (1, 2), (2, 1)) AS t (x, y) ORDER BY y, x
SELECT DISTINCT x FROM (VALUES (1, 2), (2, 1)) AS t (x, y) ORDER BY y
SELECT DISTINCT x + 1 FROM (VALUES 1, 2) AS t (x) ORDER BY x + 1
SELECT DISTINCT x + 1 AS z FROM (VALUES 1, 2) AS t (x) ORDER BY z DESC
SELECT DISTINCT x + 1 AS z FROM (VALUES 1, 2) AS t (x) ORDER BY z + 1
SELECT DISTINCT x + 1 AS z FROM (VALUES 1, 2) AS t (x) ORDER BY x + 1
SELECT DISTINCT x, count(*) AS c FROM (VALUES 1, 2, 2) AS t (x) GROUP BY x ORDER BY count(*) DESC
SELECT DISTINCT x, count(*) AS c FROM (VALUES 1, 2, 2) AS t (x) GROUP BY x ORDER BY sum(x) DESC
SELECT DISTINCT upper(symbol) FROM bars ORDER BY symbol
SELECT DISTINCT symbol AS s FROM bars b ORDER BY b.symbol DESC
SELECT DISTINCT x FROM (VALUES 1, 2) AS t (x) ORDER BY 1 + 0
SELECT DISTINCT x FROM (VALUES 1, 2) AS t (x) ORDER BY 'a'
SELECT DISTINCT x, row_number() OVER (ORDER BY x) AS n FROM (VALUES 1, 2) AS t (x) ORDER BY row_number() OVER (ORDER BY x) DESC
SELECT * FROM (VALUES CAST(ROW(1, 'a') AS ROW(id bigint, name varchar))) AS t (p, q)
SELECT * FROM (VALUES CAST(ROW(1, 'a') AS ROW(id bigint, name varchar)), (2, 'b')) AS t
VALUES ROW(ROW(1, 2))
VALUES ROW(1, 2), ROW(3, 4)
SELECT x, (SELECT y + x FROM (VALUES 1) AS u (y)) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT max(y * x) FROM (VALUES 1, 2) AS u (y)) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT y FROM (VALUES 1, 2) AS u (y) WHERE y >= x ORDER BY y LIMIT 1) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT y FROM (VALUES (1, 5), (2, 6), (2, 7)) AS u (k, y) WHERE k = x ORDER BY y DESC LIMIT 1) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT y FROM (VALUES (1, 5), (2, 6)) AS u (k, y) WHERE k = x LIMIT 1) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, EXISTS (SELECT 1 FROM (VALUES 1, 2) AS u (y) WHERE y > x) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, EXISTS (SELECT y + x FROM (VALUES 1, 2) AS u (y)) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, EXISTS (SELECT 1 FROM (VALUES 1, 2) AS u (y) WHERE y > x LIMIT 1) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, x IN (SELECT y FROM (VALUES 1, 2) AS u (y) WHERE y > x) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, x IN (SELECT y FROM (VALUES (1, 1), (1, 2)) AS u (k, y) WHERE k = x) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, x IN (SELECT max(y) FROM (VALUES (1, 1), (1, 2)) AS u (k, y) WHERE k = x) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, x IN (SELECT y FROM (VALUES (1, 1), (1, 2)) AS u (k, y) WHERE k = x GROUP BY y) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, x > ALL (SELECT y FROM (VALUES (1, 0), (1, 2)) AS u (k, y) WHERE k = x) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, x > ANY (SELECT y FROM (VALUES (1, 0), (1, 2)) AS u (k, y) WHERE k <= x) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT count(*) FROM (VALUES 1, 2) AS u (y) WHERE y IN (SELECT z FROM (VALUES 1, 2) AS v (z) WHERE z = x)) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT sum(y) OVER () FROM (VALUES 1) AS u (y) WHERE y <= x) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT DISTINCT y FROM (VALUES 1, 1) AS u (y) WHERE y <= x) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT x), (SELECT x + 1), (SELECT x WHERE x > 1) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT sum(e) FROM UNNEST(ARRAY[x, 2]) AS u (e)) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT y FROM (VALUES 1) AS u (y) UNION ALL SELECT x WHERE false) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT t.x, u.z FROM (VALUES 1, 2) AS t (x) CROSS JOIN LATERAL (SELECT y AS z FROM (VALUES 1, 2, 3) AS u (y) WHERE y > t.x ORDER BY y LIMIT 1) AS u ORDER BY 1
SELECT t.x, u.z FROM (VALUES 1, 2) AS t (x) CROSS JOIN LATERAL (SELECT count(*) AS z FROM (VALUES 1, 2, 3) AS u (y) WHERE y > t.x) AS u ORDER BY 1
SELECT t.x, u.z FROM (VALUES 1, 2) AS t (x) CROSS JOIN LATERAL (SELECT y + t.x AS z FROM (VALUES 1, 2) AS u (y)) AS u ORDER BY 1, 2
SELECT x FROM (VALUES 1, 2) AS t (x) WHERE x = (SELECT min(y) FROM (VALUES 1, 2) AS u (y) WHERE y <> t.x)
SELECT x FROM (VALUES 1, 2) AS t (x) WHERE EXISTS (SELECT 1 FROM (VALUES 1, 2) AS u (y) GROUP BY y HAVING y > t.x) ORDER BY x
SELECT a.x FROM (VALUES 1, 2) AS a (x) JOIN (VALUES 1, 2) AS b (y) ON a.x = b.y AND EXISTS (SELECT 1 FROM (VALUES 1) AS c (z) WHERE z = a.x)
SELECT x FROM (VALUES 1, 2) AS t (x) ORDER BY (SELECT max(y) FROM (VALUES 1, 2) AS u (y) WHERE y <= x) DESC
SELECT IF(NULL, 1, 2), NULL IN (SELECT 1), NULL NOT IN (SELECT 1 WHERE false), NULL IN (SELECT 'a' WHERE false)
SELECT u.p FROM (SELECT ARRAY[ROW(1, 2)] AS a, ROW(7, 8) AS _e) CROSS JOIN UNNEST(a) AS u (p, q)
SELECT multimap_from_entries(a) FROM (SELECT ARRAY[('k', 1)] AS a, ROW('z', 9) AS x)
SELECT * FROM (VALUES ROW(1, 2), CAST(ROW(3, 4) AS ROW(a integer, b integer))) AS t (a, b)
-- Subqueries that refer to the query around
SELECT DISTINCT symbol, (SELECT close FROM bars c WHERE c.symbol = b.symbol ORDER BY ts_event DESC LIMIT 1) AS last FROM bars b ORDER BY 1
SELECT symbol, (SELECT max(close) FROM bars c WHERE c.symbol = b.symbol AND c.ts_event < max(b.ts_event)) FROM bars b GROUP BY symbol ORDER BY 1
SELECT symbol, (SELECT count(*) FROM bars c WHERE c.symbol = b.symbol AND c.close > 1.1 * b.close) AS n FROM bars b WHERE ts_event = TIMESTAMP '2012-12-31 00:00:00' ORDER BY 1
SELECT symbol, (SELECT count(*) FROM bars c WHERE c.symbol = b.symbol OR c.close > b.close) AS n FROM bars b WHERE ts_event = TIMESTAMP '2012-12-31 00:00:00' ORDER BY 1
SELECT x, (SELECT max(y) FROM (VALUES (1, 5), (1, 6)) AS u (k, y) WHERE k = x) + 1 FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT max(y) + x FROM (VALUES (1, 5), (1, 6)) AS u (k, y) WHERE k = x) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT coalesce(sum(y), 0) FROM (VALUES (1, 5), (1, 6)) AS u (k, y) WHERE k = x) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT sum(y) FROM (VALUES (1, 5), (1, 6)) AS u (k, y) WHERE k = x GROUP BY k) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT sum(y) FROM (VALUES (1, 5), (1, 6)) AS u (k, y) WHERE k <= x GROUP BY k) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT sum(y) FROM (VALUES (1, 5), (1, 6)) AS u (k, y) WHERE k = x HAVING sum(y) > 5) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT sum(y) FROM (VALUES (1, 5), (1, 6)) AS u (k, y) WHERE k = x HAVING sum(y) > x) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT DISTINCT k FROM (VALUES (1, 5), (1, 6)) AS u (k, y) WHERE k = x) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT y FROM (VALUES (1, 5), (2, 6)) AS u (k, y) WHERE k = x) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT y FROM (VALUES (1, 5), (2, 6)) AS u (k, y) WHERE k + 1 = x + 1) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT y FROM (VALUES (1, 5), (2, 6)) AS u (k, y) WHERE k = x ORDER BY y) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT y FROM (VALUES (1, 5), (2, 6)) AS u (k, y) WHERE k = x ORDER BY y LIMIT 1) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT y FROM (VALUES (1, 5), (1, 6)) AS u (k, y) WHERE k + 1 = x + 1 ORDER BY y LIMIT 1) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT y FROM (VALUES (1, 5), (1, 6)) AS u (k, y) WHERE k = x AND y > 5 ORDER BY y LIMIT 1) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT y FROM (VALUES (1, 5), (1, 6)) AS u (k, y) WHERE k = x AND y > x ORDER BY y LIMIT 1) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT y FROM (VALUES (1, 5), (1, 6)) AS u (k, y) WHERE k = x ORDER BY y OFFSET 1 LIMIT 1) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT y * 2 FROM (VALUES (1, 5), (1, 6)) AS u (k, y) WHERE k = x ORDER BY y LIMIT 1) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT array_agg(y ORDER BY y) FROM (VALUES (1, 5), (1, 6)) AS u (k, y) WHERE k = x) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT count(DISTINCT y) FROM (VALUES (1, 5), (1, 6)) AS u (k, y) WHERE k = x) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT sum(y) FILTER (WHERE y > 5) FROM (VALUES (1, 5), (1, 6)) AS u (k, y) WHERE k = x) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT sum(y) FILTER (WHERE y > x) FROM (VALUES (1, 5), (1, 6)) AS u (k, y)) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT max(v.z) FROM (VALUES (1, 5)) AS u (k, y) JOIN (VALUES (5, 9)) AS v (y, z) ON u.y = v.y WHERE u.k = x) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT max(v.z) FROM (VALUES (1, 5)) AS u (k, y) JOIN (VALUES (5, 9)) AS v (y, z) ON u.y = v.y AND u.k = x) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT max(z) FROM (SELECT y AS z FROM (VALUES (1, 5)) AS u (k, y) WHERE k = x)) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (WITH w AS (SELECT y FROM (VALUES (1, 5)) AS u (k, y) WHERE k = x) SELECT max(y) FROM w) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT max(z) FROM (SELECT sum(y) AS z FROM (VALUES (1, 5)) AS u (k, y) WHERE k = x)) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT max(e) FROM UNNEST(a) AS u (e)) FROM (VALUES (1, ARRAY[1, 2])) AS t (x, a) ORDER BY x
SELECT x, (SELECT max(e) FROM UNNEST(a) AS u (e) WHERE e > 1) FROM (VALUES (1, ARRAY[1, 2])) AS t (x, a) ORDER BY x
SELECT x, (SELECT max(e) FROM UNNEST(a) AS u (e) WHERE e > x) FROM (VALUES (1, ARRAY[1, 2])) AS t (x, a) ORDER BY x
SELECT x, (SELECT array_agg(e * 2) FROM UNNEST(a) AS u (e)) FROM (VALUES (1, ARRAY[1, 2])) AS t (x, a) ORDER BY x
SELECT x, (SELECT sum(e * x) FROM UNNEST(a) AS u (e)) FROM (VALUES (1, ARRAY[1, 2])) AS t (x, a) ORDER BY x
SELECT x, (SELECT e FROM UNNEST(a) AS u (e) ORDER BY e LIMIT 1) FROM (VALUES (1, ARRAY[1, 2])) AS t (x, a) ORDER BY x
SELECT x, EXISTS (SELECT 1 FROM UNNEST(a) AS u (e) WHERE e = 2) FROM (VALUES (1, ARRAY[1, 2])) AS t (x, a) ORDER BY x
SELECT x, x IN (SELECT e FROM UNNEST(a) AS u (e)) FROM (VALUES (1, ARRAY[1, 2])) AS t (x, a) ORDER BY x
SELECT t.x, u.e FROM (VALUES (1, ARRAY[1, 2])) AS t (x, a) CROSS JOIN LATERAL (SELECT e FROM UNNEST(t.a) AS v (e)) AS u ORDER BY 1, 2
SELECT t.x, u.e FROM (VALUES (1, ARRAY[1, 2])) AS t (x, a) CROSS JOIN LATERAL (SELECT e * 2 AS e FROM UNNEST(t.a) AS v (e) WHERE e > 1) AS u ORDER BY 1, 2
SELECT t.x, u.s FROM (VALUES (1, ARRAY[1, 2])) AS t (x, a) CROSS JOIN LATERAL (SELECT sum(e) AS s FROM UNNEST(t.a) AS v (e)) AS u ORDER BY 1, 2
SELECT t.x, u.y FROM (VALUES 1, 2) AS t (x) LEFT JOIN LATERAL (SELECT max(y) AS y FROM (VALUES (1, 5), (1, 6)) AS u (k, y) WHERE k = t.x) AS u ON true ORDER BY 1
SELECT t.x, u.y FROM (VALUES 1, 2) AS t (x) CROSS JOIN LATERAL (SELECT y FROM (VALUES (1, 5), (1, 6)) AS u (k, y) WHERE k = t.x ORDER BY y DESC LIMIT 1) AS u ORDER BY 1
SELECT t.x, u.y FROM (VALUES 1, 2) AS t (x) CROSS JOIN LATERAL (SELECT y FROM (VALUES (1, 5), (1, 6)) AS u (k, y) WHERE k = t.x LIMIT 1) AS u ORDER BY 1
SELECT t.x, u.y FROM (VALUES 1, 2) AS t (x) CROSS JOIN LATERAL (SELECT y FROM (VALUES (1, 5), (1, 6)) AS u (k, y) WHERE k = t.x ORDER BY y LIMIT 2) AS u ORDER BY 1
SELECT t.x, u.y, u.n FROM (VALUES 1, 2) AS t (x) CROSS JOIN LATERAL (SELECT k, count(*) AS n, sum(y) AS y FROM (VALUES (1, 5), (1, 6)) AS u (k, y) WHERE k = t.x GROUP BY k) AS u ORDER BY 1
SELECT t.x, u.d FROM (VALUES 1, 2) AS t (x) CROSS JOIN LATERAL (SELECT t.x * 2 AS d) AS u CROSS JOIN LATERAL (SELECT u.d + 1 AS f) AS v ORDER BY 1
SELECT t.x, u.d FROM (VALUES 1, 2) AS t (x) CROSS JOIN LATERAL (VALUES t.x, t.x * 2) AS u (d) ORDER BY 1, 2
SELECT x, (SELECT v FROM (VALUES x) AS u (v)) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT max(v) FROM (VALUES x, 3) AS u (v)) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, EXISTS (SELECT 1 FROM (VALUES (1, 5)) AS u (k, y) WHERE k = x AND y > 4) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, EXISTS (SELECT 1 FROM (VALUES (1, 5)) AS u (k, y) WHERE k = x OR y > x) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, EXISTS (SELECT k FROM (VALUES (1, 5)) AS u (k, y) WHERE k = x GROUP BY k) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, EXISTS (SELECT k FROM (VALUES (1, 5)) AS u (k, y) WHERE k = x GROUP BY k HAVING count(*) > 0) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, EXISTS (SELECT max(k) FROM (VALUES (1, 5)) AS u (k, y) WHERE k = x) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, EXISTS (SELECT DISTINCT k FROM (VALUES (1, 5)) AS u (k, y) WHERE k = x) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, EXISTS (SELECT k FROM (VALUES (1, 5)) AS u (k, y) WHERE k = x ORDER BY k) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, EXISTS (SELECT 1 FROM (VALUES (1, 5)) AS u (k, y) WHERE k = x LIMIT 1) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, EXISTS (SELECT 1 FROM (VALUES (1, 5)) AS u (k, y) WHERE k = x AND EXISTS (SELECT 1 FROM (VALUES 5) AS v (z) WHERE z = y)) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, EXISTS (SELECT 1 FROM (VALUES (1, 5)) AS u (k, y) WHERE EXISTS (SELECT 1 FROM (VALUES 1) AS v (z) WHERE z = x)) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, x IN (SELECT y FROM (VALUES (1, 1), (1, 2)) AS u (k, y) WHERE k = x AND y > 0) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, x NOT IN (SELECT y FROM (VALUES (1, 1), (1, 2)) AS u (k, y) WHERE k <> x) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, x IN (SELECT DISTINCT y FROM (VALUES (1, 1), (1, 2)) AS u (k, y) WHERE k = x) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, x IN (SELECT y + 1 FROM (VALUES (1, 1), (1, 2)) AS u (k, y) WHERE k = x) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, x IN (SELECT y FROM (VALUES (1, 1), (1, 2)) AS u (k, y) WHERE k = x ORDER BY y) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, x > ALL (SELECT y FROM (VALUES (1, 0), (1, 2)) AS u (k, y) WHERE k < x) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, x = ANY (SELECT y FROM (VALUES (1, 0), (1, 2)) AS u (k, y) WHERE k <= x) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, x <> ALL (SELECT y FROM (VALUES (1, 0), (1, 2)) AS u (k, y) WHERE k <= x) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, x < ALL (SELECT max(y) FROM (VALUES (1, 0), (1, 2)) AS u (k, y) WHERE k <= x) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT count(*) FROM (VALUES 1, 2) AS u (y) WHERE y = (SELECT max(z) FROM (VALUES 1, 2) AS v (z) WHERE z = u.y AND z >= x)) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x FROM (VALUES 1, 2) AS t (x) WHERE (SELECT count(*) FROM (VALUES 1, 2) AS u (y) WHERE y > x) = 1
SELECT sum(x) FROM (VALUES 1, 2) AS t (x) GROUP BY (SELECT 1)
SELECT x, sum(x) FROM (VALUES 1, 2) AS t (x) GROUP BY x HAVING sum(x) > (SELECT min(y) FROM (VALUES 1, 2) AS u (y) WHERE y <= x) ORDER BY 1
SELECT a.x, b.y FROM (VALUES 1, 2) AS a (x) LEFT JOIN (VALUES 1, 2) AS b (y) ON b.y = (SELECT max(z) FROM (VALUES 1, 2) AS c (z) WHERE z <= a.x) ORDER BY 1, 2
SELECT a.x, b.y FROM (VALUES 1, 2) AS a (x) JOIN (VALUES 1, 2) AS b (y) ON b.y = (SELECT max(z) FROM (VALUES 1, 2) AS c (z) WHERE z <= a.x) ORDER BY 1, 2
SELECT x, (SELECT y FROM (VALUES (1, 5)) AS u (k, y) WHERE k = x UNION ALL SELECT 7 WHERE false) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT max(y) FROM (SELECT y FROM (VALUES (1, 5)) AS u (k, y) WHERE k = x UNION ALL SELECT 1)) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT transform(ARRAY[1], e -> (SELECT max(y) FROM (VALUES 1) AS u (y)))
SELECT transform(ARRAY[1], e -> (SELECT max(y) FROM (VALUES 1) AS u (y) WHERE y = e))
SELECT x, CASE WHEN EXISTS (SELECT 1 FROM (VALUES 1) AS u (y) WHERE y = x) THEN 'yes' ELSE 'no' END FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, x IN (SELECT y FROM (VALUES 1) AS u (y)) OR EXISTS (SELECT 1 FROM (VALUES 2) AS u (y) WHERE y = x) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT symbol, ts_event FROM bars b WHERE NOT EXISTS (SELECT 1 FROM bars n WHERE n.symbol = b.symbol AND n.ts_event > b.ts_event) ORDER BY 1
SELECT x, (SELECT y + x FROM (VALUES (1, 5), (2, 6)) AS u (k, y) WHERE k = x) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT x FROM (VALUES (1, 5), (2, 6)) AS u (k, y) WHERE k = x) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT t.x, u.z FROM (VALUES 1, 2) AS t (x) CROSS JOIN LATERAL (SELECT y + t.x AS z FROM (VALUES (1, 5), (2, 6)) AS u (k, y) WHERE k = t.x) AS u ORDER BY 1
SELECT t.x, u.z FROM (VALUES 1, 2) AS t (x) LEFT JOIN LATERAL (SELECT y + t.x AS z FROM (VALUES (1, 5), (2, 6)) AS u (k, y) WHERE k = t.x) AS u ON true ORDER BY 1
SELECT x, (SELECT sum(y) + x FROM (VALUES (1, 5), (1, 6)) AS u (k, y) WHERE k = x GROUP BY k) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT max(v.z) FROM (VALUES (1, 5)) AS u (k, y) LEFT JOIN (VALUES (5, 9)) AS v (y, z) ON u.y = v.y WHERE u.k = x) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT max(v.z) FROM (VALUES (1, 5)) AS u (k, y) LEFT JOIN (VALUES (5, 9)) AS v (y, z) ON u.y = v.y AND u.k = x) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT max(v.z) FROM (VALUES (1, 5)) AS u (k, y) LEFT JOIN (VALUES (5, 9)) AS v (y, z) ON u.y = v.y WHERE coalesce(v.z, 0) > x) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT t.x, u.n FROM (VALUES 1, 2) AS t (x) CROSS JOIN LATERAL (SELECT row_number() OVER (ORDER BY y) AS n FROM (VALUES (1, 5), (1, 6)) AS u (k, y) WHERE k = t.x) AS u ORDER BY 1, 2
SELECT x, (SELECT max(e) FROM (VALUES (1, ARRAY[1, 2])) AS u (k, a) CROSS JOIN UNNEST(u.a) AS v (e) WHERE k = x) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT max(e) FROM UNNEST(a) AS u (e) HAVING max(e) > 0) FROM (VALUES (1, ARRAY[1, 2])) AS t (x, a) ORDER BY x
SELECT x, (SELECT count(*) FROM UNNEST(a) AS u (e) GROUP BY e % 1) FROM (VALUES (1, ARRAY[1, 2])) AS t (x, a) ORDER BY x
SELECT x, (SELECT max(e + f) FROM UNNEST(a, a) AS u (e, f)) FROM (VALUES (1, ARRAY[1, 2])) AS t (x, a) ORDER BY x
SELECT x, (SELECT max(e) FROM UNNEST(transform(a, q -> q + x)) AS u (e)) FROM (VALUES (1, ARRAY[1, 2])) AS t (x, a) ORDER BY x
SELECT x, (SELECT max(e) FROM UNNEST(sequence(1, x)) AS u (e)) FROM (VALUES (1, ARRAY[1, 2])) AS t (x, a) ORDER BY x
SELECT x, (SELECT DISTINCT e FROM UNNEST(a) AS u (e)) FROM (VALUES (1, ARRAY[2, 2])) AS t (x, a) ORDER BY x
SELECT x, (SELECT array_agg(e ORDER BY e) FROM UNNEST(a) WITH ORDINALITY AS u (e, n)) FROM (VALUES (1, ARRAY[2, 2])) AS t (x, a) ORDER BY x
SELECT x, (SELECT max(e) FROM UNNEST(a) AS u (e) CROSS JOIN (VALUES 1) AS v (z)) FROM (VALUES (1, ARRAY[2, 2])) AS t (x, a) ORDER BY x
SELECT x, EXISTS (SELECT 1 FROM UNNEST(a) AS u (e)) FROM (VALUES (1, ARRAY[2, 2])) AS t (x, a) ORDER BY x
SELECT x, (SELECT e FROM UNNEST(a) AS u (e)) FROM (VALUES (1, ARRAY[2])) AS t (x, a) ORDER BY x
SELECT x, EXISTS (SELECT y FROM (VALUES (1, 5)) AS u (k, y) WHERE k = x GROUP BY y HAVING max(k) >= x) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT max(y) FROM (VALUES (1, 5)) AS u (k, y) WHERE k = x AND x > 0) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT max(y) FROM (VALUES (1, 5)) AS u (k, y) WHERE x > 0) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT max(y) FROM (VALUES (1, 5)) AS u (k, y) WHERE k = x ORDER BY max(y)) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT y FROM (VALUES (1, 5), (1, 6)) AS u (k, y) WHERE x = k ORDER BY y LIMIT 1) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT y FROM (VALUES (1, 5), (1, 6)) AS u (k, y) WHERE k = x FETCH FIRST 1 ROW ONLY) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT max(y) FROM (VALUES (1, 5), (1, 6)) AS u (k, y) WHERE k = x LIMIT 1) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT y FROM (VALUES (BIGINT '1', 5), (1, 6)) AS u (k, y) WHERE k = x ORDER BY y LIMIT 1) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT y FROM (VALUES (1, 2, 5), (1, 2, 6)) AS u (k, l, y) WHERE k = x AND l = z ORDER BY y LIMIT 1) FROM (VALUES (1, 2)) AS t (x, z) ORDER BY x
SELECT x, EXISTS (SELECT 1 FROM (VALUES (1, 5)) AS u (k, y) JOIN (VALUES 5) AS v (z) ON z = y WHERE k = x) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, EXISTS (SELECT 1 FROM (VALUES (1, 5)) AS u (k, y) JOIN (VALUES 5) AS v (z) ON z = y AND k = x) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, x IN (SELECT y FROM (SELECT y FROM (VALUES (1, 1)) AS u (k, y) WHERE k = x)) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, x IN (SELECT x FROM (VALUES 1) AS u (y)) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, x > ALL (SELECT y + x FROM (VALUES (1, 1)) AS u (k, y) WHERE k = x) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, x IN (SELECT y FROM (VALUES (1, 1)) AS u (k, y) WHERE k + x = 2) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, x IN (SELECT y FROM (VALUES (1, 1)) AS u (k, y) JOIN (VALUES 1) AS v (z) ON z = y WHERE k = x) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT max(y) FROM (VALUES (1, 5)) AS u (k, y) WHERE k IN (x, 7)) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT max(y) FROM (VALUES (1, 5)) AS u (k, y) WHERE k BETWEEN x AND x + 1) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT max(y) FROM (VALUES (1, 5)) AS u (k, y) WHERE k = x AND y IN (SELECT z FROM (VALUES 5) AS v (z))) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT max(y) FROM (SELECT DISTINCT k, y FROM (VALUES (1, 5)) AS u (k, y)) WHERE k = x) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT max(y) FROM (SELECT k, sum(y) AS y FROM (VALUES (1, 5)) AS u (k, y) GROUP BY k) WHERE k = x) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT max(y) FROM (SELECT k, row_number() OVER (ORDER BY y) AS y FROM (VALUES (1, 5)) AS u (k, y)) WHERE k = x) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT max(y) FROM ((SELECT 1 AS k, 2 AS y) UNION ALL (SELECT 2, 3)) WHERE k = x) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT max(y) FROM (VALUES (1, 5)) AS u (k, y) GROUP BY k HAVING k = x) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT x, (SELECT sum(y) FROM (VALUES (1, 5)) AS u (k, y) WHERE k = x GROUP BY ROLLUP (k) ORDER BY 1 LIMIT 1) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT a.x, b.y FROM (VALUES 1, 2) AS a (x) LEFT JOIN (VALUES 1, 2) AS b (y) ON a.x = b.y AND EXISTS (SELECT 1 FROM (VALUES 1) AS c (z) WHERE z = b.y) ORDER BY 1, 2
SELECT a.x, b.y FROM (VALUES 1, 2) AS a (x) LEFT JOIN (VALUES 1, 2) AS b (y) ON a.x = b.y AND b.y IN (SELECT 1) ORDER BY 1, 2
SELECT a.x, b.y FROM (VALUES 1, 2) AS a (x) LEFT JOIN (VALUES 1, 2) AS b (y) ON a.x = b.y AND a.x IN (SELECT 1) ORDER BY 1, 2
SELECT a.x, b.y FROM (VALUES 1, 2) AS a (x) LEFT JOIN (VALUES 1, 2) AS b (y) ON a.x + b.y IN (SELECT 2) ORDER BY 1, 2
SELECT sum((SELECT max(y) FROM (VALUES 1, 2) AS u (y) WHERE y <= x)) FROM (VALUES 1, 2) AS t (x)
SELECT x, row_number() OVER (ORDER BY (SELECT max(y) FROM (VALUES 1, 2) AS u (y) WHERE y <= x) DESC) FROM (VALUES 1, 2) AS t (x) ORDER BY x
SELECT (SELECT max(y) FROM (VALUES 1, 2) AS u (y) WHERE y <= x), count(*) FROM (VALUES 1, 2) AS t (x) GROUP BY 1 ORDER BY 1
-- Columns with the names that lambdas have
SELECT array_distinct(a), array_remove(a, 1), array_union(a, a), arrays_overlap(a, a), array_except(a, ARRAY[2]), array_intersect(a, a) FROM (SELECT ARRAY[1, 2, 1] AS a, 5 AS x, 7 AS i, 9 AS e)
SELECT map_entries(m), histogram(x), multimap_agg(x, e) FROM (SELECT MAP(ARRAY[1], ARRAY[2]) AS m, 5 AS x, 7 AS e, 3 AS k) GROUP BY m
SELECT map_agg(k, v), multimap_agg(v, k), histogram(e) FROM (SELECT 'a' AS k, 1 AS v, 2 AS e, 3 AS x)
SELECT sequence(d, DATE '2024-01-03'), sequence(d, DATE '2024-01-03', INTERVAL '1' DAY) FROM (SELECT DATE '2024-01-01' AS d, 5 AS i, 6 AS t)
SELECT json_array_contains(j, 1), url_extract_parameter(u, 'q'), luhn_check('79927398713'), from_base('ff', b) FROM (SELECT '[1]' AS j, 'http://x.y/?q=1' AS u, 16 AS b, 5 AS c, 7 AS y, 8 AS p)
SELECT transform(a, x -> x + 1), filter(a, e -> e > 1), reduce(a, 0, (s, x) -> s + x, s -> s), zip(a, a), any_match(a, x -> x = 2), cosine_similarity(ARRAY[1e0, 2e0], ARRAY[1e0, x]) FROM (SELECT ARRAY[1, 2] AS a, 50 AS x, 60 AS e, 70 AS s)
SELECT approx_percentile(a, ARRAY[0.5]), array_agg(_q) FROM (SELECT 1 AS a, 5 AS _q)
SELECT array_join(a, ','), concat_ws(',', ARRAY['p', NULL]), split_to_map(s, ',', '='), split_to_multimap(s, ',', '=') FROM (SELECT ARRAY[1, NULL] AS a, 'k=v' AS s, 5 AS e, 6 AS x, 7 AS p)
SELECT CAST(j AS array(integer)), CAST(j AS array(array(integer))) FROM (SELECT JSON '[[1]]' AS j, 5 AS _j1, 6 AS _j2, 7 AS _e) WHERE false
SELECT CAST(a AS array(varchar)), u.x FROM (SELECT ARRAY[1, 2] AS a, 5 AS _e) CROSS JOIN UNNEST(a) AS u (x)
SELECT combinations(a, 2), map_filter(m, (k, v) -> v > 1), transform_values(m, (k, v) -> v + x), transform_keys(m, (k, v) -> k || 'z'), map_zip_with(m, m, (k, v, w) -> v + w) FROM (SELECT ARRAY[1, 2] AS a, MAP(ARRAY['a', 'b'], ARRAY[1, 2]) AS m, 5 AS k, 6 AS v, 10 AS x, 3 AS e, 4 AS i)
SELECT from_utf8(from_hex('61ff')), regexp_extract_all(s, 'a'), split(s, 'x'), soundex(s), translate(s, 'a', 'b') FROM (SELECT 'axa' AS s, 'q' AS x)
SELECT u.k, u.v FROM (SELECT MAP(ARRAY['a'], ARRAY[ROW(1, 2)]) AS m, 5 AS _e) CROSS JOIN UNNEST(m) AS u (k, v)
SELECT u.p, u.q FROM (SELECT ARRAY[ROW(1, 2)] AS a, 5 AS _e) CROSS JOIN UNNEST(a) AS u (p, q)
SELECT array_sort(a), flatten(ARRAY[a, a]), array_position(a, x), zip_with(a, a, (x, y) -> x * y), element_at(a, 1) FROM (SELECT ARRAY[2, 1] AS a, 1 AS x, 5 AS y)
SELECT map_union(m), reduce_agg(x, 0, (a, b) -> a + b, (a, b) -> a + b) FROM (SELECT MAP(ARRAY['a'], ARRAY[1]) AS m, 3 AS x, 5 AS a, 6 AS b)
