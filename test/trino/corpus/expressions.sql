-- Logical, comparison, conditional
true AND NULL, false AND NULL, true OR NULL, false OR NULL
NOT NULL IS NULL
1 = 1, 1 <> 2, 1 != 1, 2 > 1, 2 >= 3
5 BETWEEN 1 AND 10, 5 NOT BETWEEN 1 AND 3
NULL BETWEEN 1 AND 2
1 IN (1, 2, NULL), 3 IN (1, 2, NULL), 3 NOT IN (1, 2)
NULL IS DISTINCT FROM 1, NULL IS NOT DISTINCT FROM NULL
greatest(1, 2, 3), least(1, 2, 3)
greatest(1, NULL, 3), least(NULL, 1)
greatest('a', 'b'), least(DATE '2020-01-01', DATE '2019-01-01')
greatest(1, 2.5), least(1, 2.5e0)
'abc' LIKE 'a%', 'abc' LIKE '_b_', 'a_c' LIKE 'a$_c' ESCAPE '$'
'abc' LIKE 'A%', 'a%c' NOT LIKE 'a!%c' ESCAPE '!'
'a' < 'b', 'a' < 'B', 'abc' = 'abc '
CASE 1 WHEN 1 THEN 'one' WHEN 2 THEN 'two' ELSE 'many' END
CASE WHEN 1 > 2 THEN 'a' END
CASE WHEN true THEN 1 ELSE 2.5 END
IF(1 > 0, 'yes', 'no'), IF(1 < 0, 'yes')
COALESCE(NULL, NULL, 3), COALESCE(NULL, 2.5)
NULLIF(1, 1), NULLIF(1, 2), NULLIF('a', 'b')
TRY(1 / 0), TRY(CAST('x' AS integer))
TRY(coalesce(1 / 0, 5))
1 / 0
1 % 0
TRY_CAST('abc' AS integer), TRY_CAST('12' AS integer), TRY_CAST('2020-13-01' AS date)
1 = '1'
1 + 'a'
nan() = nan(), nan() > 1, nan() <> nan()
infinity() > 1e0, -infinity() < 1
2 = ALL (VALUES 2, 2), 2 > ANY (VALUES 1, 3)
EXISTS (SELECT 1 WHERE false)
-- Mathematical
5 / 2, -5 / 2, 5 % 3, -5 % 3, 5 % -3
5 / 2.0, 5.0 / 2, 1 / 3.0, 10.00 / 3.000
5e0 / 2, 1e0 / 0e0, 0e0 / 0e0, -1e0 / 0e0
2147483647 + 1
9223372036854775807 + 1
CAST(2147483647 AS bigint) + 1
1.1 + 2.22, 1.10 * 2.05, 1.5 - 0.25, 7.5 % 2
0.1 + 0.2, 1e-1 + 2e-1
1.5 * 2, 3 * 1.25e0
-(-5), +5, - 2.5
abs(-5), abs(-5.5), abs(-5.5e0)
cbrt(27), sqrt(16), sqrt(2), sqrt(-1)
ceil(1.2), ceiling(-1.2), floor(1.8), floor(-1.8)
ceil(1.2e0), floor(-1.8e0), ceil(5), floor(5)
round(2.5), round(-2.5), round(2.5e0), round(-2.5e0), round(3.5e0)
round(1.2345, 2), round(1.2345e0, 2), round(1.235e0, 2), round(123.456e0, 0)
round(12345, 2), round(5)
truncate(2.7e0), truncate(-2.7e0)
degrees(pi()), radians(180), e(), pi()
exp(1), ln(e()), log2(8), log10(1000), log(2, 8)
ln(0), ln(-1)
power(2, 10), pow(2, 0.5), power(0, 0)
sign(-3), sign(0), sign(2.5e0), sign(-2.5e0)
mod(10, 3), mod(-10, 3), mod(10.5e0, 3)
mod(5, 0)
infinity(), -infinity(), nan()
is_nan(nan()), is_finite(1e0), is_infinite(infinity())
width_bucket(5.35e0, 0.024e0, 10.06e0, 5)
sin(1), cos(1), tan(1), asin(1), acos(1), atan(1), atan2(1, 2)
sinh(1), cosh(1), tanh(1)
bitwise_and(19, 25), bitwise_or(19, 25), bitwise_xor(19, 25), bitwise_not(19)
from_base('ff', 16), from_base('1010', 2), from_base('123', 10)
to_base(255, 16), to_base(10, 2)
CAST(2.5e0 AS integer), CAST(3.5e0 AS integer), CAST(-2.5e0 AS bigint), CAST(2.5 AS integer), CAST(-2.5 AS integer)
CAST(1.005e0 AS decimal(10, 2)), CAST(1.005 AS decimal(10, 2)), CAST(1.255 AS decimal(3, 2))
CAST(123456 AS decimal(4, 1))
1e10, 1.0E-5, 123456789.123e0, 1e7, 9999999e0, 0.001e0, 0.00099e0
CAST(1 AS real) / 3, CAST(1.1 AS real), real '3.5'
10 * 0.5, 1e0 * 2, 7 / 7e0
1.0 / 3.0 * 3.0
DECIMAL '12345678901234567890.123'
CAST(1 AS tinyint) + CAST(2 AS smallint)
-7 / 2, -7 % 2, 7 / -2
NULL + 1, NULL * 2.5, abs(NULL)
round(NULL), sqrt(NULL)
2 + 3 * 4, (2 + 3) * 4, 10 - 3 - 2, 100 / 10 / 2
-- String
'a' || 'b', 'a' || NULL, 'a' || CAST(1 AS varchar)
concat('a', 'b', 'c'), concat('a', NULL)
concat_ws(',', 'a', 'b', NULL, 'c')
chr(65), codepoint('A')
length('hello'), length(''), length('añb'), length(NULL)
levenshtein_distance('kitten', 'sitting'), hamming_distance('abc', 'abd')
lower('ABC'), upper('abc')
lpad('5', 3, '0'), rpad('5', 3, '0'), lpad('12345', 3, '0'), lpad('x', 6, 'ab')
ltrim('  a '), rtrim(' a  '), trim('  a  ')
trim(BOTH 'x' FROM 'xxaxx'), trim(LEADING 'x' FROM 'xxa'), trim(TRAILING 'x' FROM 'axx')
trim('ab' FROM 'abcba')
replace('banana', 'a'), replace('banana', 'a', 'o'), replace('abc', '', 'x')
reverse('abc')
split('a,b,c', ','), split('abc', ','), split(',a,', ',')
split_part('a-b-c', '-', 2), split_part('a-b-c', '-', 4), split_part('abc', '-', 1)
split_part('a', '-', 0)
split_to_map('a=1,b=2', ',', '=')
starts_with('abc', 'ab'), starts_with('abc', ''), ends_with('abc', 'bc')
strpos('abcabc', 'c'), strpos('abc', 'z'), strpos('abc', '')
position('b' IN 'abc')
substr('hello', 2), substr('hello', 2, 3), substr('hello', -3), substr('hello', -3, 2)
substr('hello', 0), substr('hello', 10), substr('hello', -10), substr('hello', 0, 2)
substring('hello', 2, 2), substring('hello' FROM 2 FOR 3), substring('hello' FROM 3)
translate('abcd', 'abc', 'xy')
to_utf8('abc'), from_utf8(to_utf8('abc'))
format('%s is %d', 'x', 5), format('%.2f', 3.14159e0), format('%,d', 1234567), format('%03d', 7)
'it''s', 'a"b'
upper('straße')
normalize('é')
soundex('Robert')
luhn_check('79927398713')
word_stem('running')
char_length('abc')
length(to_utf8('añb'))
'x' IN ('x', 'y'), 'z' NOT IN ('x', 'y')
substr('héllo', 2, 1), reverse('añb')
CAST('abcdef' AS varchar(3)), CAST('ab' AS char(4))
-- Regular expressions
regexp_like('abc123', '\d+'), regexp_like('abc', '^b')
regexp_extract('abc123', '\d+'), regexp_extract('abc', '\d+'), regexp_extract('2020-01-02', '(\d+)-(\d+)', 2)
regexp_extract_all('a1b22c333', '\d+'), regexp_extract_all('1a 2b', '(\d)([a-z])', 2)
regexp_replace('a1b2', '\d'), regexp_replace('a1b2', '\d', 'X'), regexp_replace('ab', '(a)(b)', '$2$1')
regexp_split('a1b2c', '\d'), regexp_count('a1b2', '\d')
regexp_position('a1b2', '\d')
regexp_like('aaa', '(?i)A+'), regexp_like('x', NULL)
regexp_extract('foo bar', '(?=bar)')
-- Binary
to_hex(X'0aff'), from_hex('0AFF'), X'4142'
to_base64(to_utf8('hello')), from_base64('aGVsbG8=')
to_hex(md5(to_utf8('abc'))), to_hex(sha1(to_utf8('abc'))), to_hex(sha256(to_utf8('abc')))
crc32(to_utf8('abc'))
xxhash64(to_utf8('abc'))
to_big_endian_64(1)
-- Date and time
DATE '2020-01-31' + INTERVAL '1' MONTH, DATE '2020-01-31' + INTERVAL '1' DAY, DATE '2020-03-31' - INTERVAL '1' MONTH
TIMESTAMP '2020-01-31 10:00:00' + INTERVAL '1' MONTH, TIMESTAMP '2020-01-01 00:00:00' + INTERVAL '90' MINUTE
DATE '2020-03-01' - DATE '2020-02-01'
TIMESTAMP '2020-01-02 03:04:05' - TIMESTAMP '2020-01-01 00:00:00'
INTERVAL '1' DAY + INTERVAL '2' HOUR, INTERVAL '1' YEAR + INTERVAL '2' MONTH
INTERVAL '2' DAY * 3, INTERVAL '5' HOUR, INTERVAL '-1' DAY, - INTERVAL '1' DAY
INTERVAL '1.5' SECOND, INTERVAL '14' MONTH
date_diff('hour', TIMESTAMP '2020-01-01 00:59:00', TIMESTAMP '2020-01-01 01:01:00')
date_diff('day', DATE '2020-01-01', DATE '2020-03-01'), date_diff('month', DATE '2020-01-31', DATE '2020-02-29'), date_diff('year', DATE '2019-06-01', DATE '2020-05-31')
date_diff('week', DATE '2020-01-01', DATE '2020-01-20'), date_diff('quarter', DATE '2020-01-01', DATE '2020-12-31')
date_diff('second', TIMESTAMP '2020-01-01 00:00:00.500', TIMESTAMP '2020-01-01 00:00:02'), date_diff('millisecond', TIMESTAMP '2020-01-01 00:00:00', TIMESTAMP '2020-01-01 00:00:00.123')
date_diff('day', TIMESTAMP '2020-01-01 12:00:00', TIMESTAMP '2020-01-02 11:00:00'), date_diff('month', DATE '2020-03-31', DATE '2020-02-29')
date_add('day', 1, DATE '2020-02-28'), date_add('month', 1, DATE '2020-01-31'), date_add('year', -1, DATE '2020-02-29'), date_add('week', 2, DATE '2020-01-01'), date_add('quarter', 1, DATE '2020-01-31')
date_add('hour', 5, TIMESTAMP '2020-01-01 22:00:00'), date_add('minute', -1, TIMESTAMP '2020-01-01 00:00:00'), date_add('second', 90, TIMESTAMP '2020-01-01 00:00:00')
date_add('millisecond', 5, TIMESTAMP '2020-01-01 00:00:00.000')
date_trunc('month', DATE '2020-05-17'), date_trunc('week', DATE '2020-05-17'), date_trunc('year', DATE '2020-05-17'), date_trunc('quarter', DATE '2020-05-17')
date_trunc('hour', TIMESTAMP '2020-05-17 10:20:30'), date_trunc('day', TIMESTAMP '2020-05-17 10:20:30'), date_trunc('minute', TIMESTAMP '2020-05-17 10:20:30.123')
date_trunc('month', TIMESTAMP '2020-05-17 10:20:30.123')
year(DATE '2020-05-17'), month(DATE '2020-05-17'), day(DATE '2020-05-17'), quarter(DATE '2020-05-17'), week(DATE '2020-05-17')
day_of_week(DATE '2020-05-17'), dow(DATE '2020-05-18'), day_of_year(DATE '2020-05-17'), doy(DATE '2020-01-01'), day_of_month(DATE '2020-05-17')
hour(TIMESTAMP '2020-01-01 10:20:30.456'), minute(TIMESTAMP '2020-01-01 10:20:30.456'), second(TIMESTAMP '2020-01-01 10:20:30.456'), millisecond(TIMESTAMP '2020-01-01 10:20:30.456')
year_of_week(DATE '2021-01-01'), yow(DATE '2021-01-01'), week_of_year(DATE '2021-01-01')
EXTRACT(YEAR FROM DATE '2020-05-17'), EXTRACT(DOW FROM DATE '2020-05-17'), EXTRACT(HOUR FROM TIMESTAMP '2020-01-01 10:20:30')
EXTRACT(DAY FROM INTERVAL '3' DAY), EXTRACT(HOUR FROM INTERVAL '25' HOUR)
last_day_of_month(DATE '2020-02-10')
date_format(TIMESTAMP '2020-05-07 08:09:10', '%Y-%m-%d %H:%i:%s'), date_format(DATE '2020-05-07', '%y/%c/%e %a %b'), date_format(TIMESTAMP '2020-05-07 20:09:10', '%W %M %h:%i %p %j')
date_parse('2020-05-07 08:09:10', '%Y-%m-%d %H:%i:%s'), date_parse('2020/5/7', '%Y/%c/%e')
format_datetime(TIMESTAMP '2020-05-07 08:09:10', 'yyyy-MM-dd HH:mm:ss'), format_datetime(TIMESTAMP '2020-05-07 08:09:10', 'EEE d MMM'), format_datetime(DATE '2020-05-07', 'yyyyMMdd')
from_unixtime(0), from_unixtime(1600000000.5e0), to_unixtime(TIMESTAMP '2020-01-01 00:00:00')
from_iso8601_date('2020-05-11'), from_iso8601_timestamp('2020-05-11T11:15:05Z'), to_iso8601(DATE '2020-05-11')
to_iso8601(TIMESTAMP '2020-05-11 11:15:05'), to_iso8601(TIMESTAMP '2020-05-11 11:15:05 UTC')
TIMESTAMP '2020-01-01 12:00:00' AT TIME ZONE 'America/New_York'
TIMESTAMP '2020-07-01 12:00:00 UTC' AT TIME ZONE 'Europe/Berlin'
TIMESTAMP '2020-07-01 12:00:00 America/New_York', TIMESTAMP '2020-07-01 12:00:00 America/New_York' AT TIME ZONE 'UTC'
at_timezone(TIMESTAMP '2020-01-01 00:00:00 UTC', 'Asia/Tokyo'), with_timezone(TIMESTAMP '2020-01-01 00:00:00', 'Asia/Tokyo')
hour(TIMESTAMP '2020-07-01 12:00:00 UTC' AT TIME ZONE 'America/New_York')
CAST(TIMESTAMP '2020-07-01 02:00:00 UTC' AT TIME ZONE 'America/New_York' AS date), CAST(TIMESTAMP '2020-07-01 02:00:00 UTC' AT TIME ZONE 'America/New_York' AS timestamp)
date_trunc('day', TIMESTAMP '2020-07-01 02:00:00 UTC' AT TIME ZONE 'America/New_York')
TIMESTAMP '2020-07-01 12:00:00 UTC' = TIMESTAMP '2020-07-01 08:00:00 America/New_York'
TIMESTAMP '2020-01-01 00:00:00 UTC' + INTERVAL '1' DAY
DATE '2020-01-01' < TIMESTAMP '2020-01-01 00:00:01', DATE '2020-01-01' = TIMESTAMP '2020-01-01 00:00:00'
DATE '2020-01-01' = '2020-01-01'
TIMESTAMP '2020-01-01 00:00', TIMESTAMP '2020-01-01', TIMESTAMP '2020-01-01 00:00:00.123456'
CAST('2020-01-01' AS date), CAST('2020-01-01 10:11:12' AS timestamp), CAST(DATE '2020-01-01' AS timestamp), CAST(TIMESTAMP '2020-01-01 23:59:59' AS date)
CAST(TIMESTAMP '2020-01-01 00:00:00.6' AS timestamp(0)), CAST(TIMESTAMP '2020-01-01 00:00:00.123456' AS timestamp(3))
CAST(DATE '2020-01-01' AS varchar), CAST(TIMESTAMP '2020-01-01 00:00:00' AS varchar), CAST(TIMESTAMP '2020-01-01 00:00:00.120' AS varchar)
DATE '2020-13-01'
CAST('2020-02-30' AS date)
date('2020-01-01'), date(TIMESTAMP '2020-01-01 10:00:00')
human_readable_seconds(96)
parse_duration('42.8ms')
to_milliseconds(INTERVAL '1' DAY)
date_diff('hour', TIMESTAMP '2020-03-08 00:00:00 America/New_York', TIMESTAMP '2020-03-09 00:00:00 America/New_York')
DATE '2020-01-01' + INTERVAL '1' HOUR
typeof(DATE '2020-01-01' + INTERVAL '1' DAY), typeof(TIMESTAMP '2020-01-01 00:00:00' - TIMESTAMP '2020-01-01 00:00:00')
TIME '10:00:00', TIME '10:00:00' + INTERVAL '1' HOUR
month(TIMESTAMP '2020-01-31 23:00:00' + INTERVAL '2' HOUR)
-- Conversion
CAST('12' AS integer), CAST('-5' AS bigint), CAST('1.5' AS double), CAST('1.55' AS decimal(3, 1)), CAST('true' AS boolean), CAST('0' AS boolean)
CAST('1.5' AS integer)
CAST(' 12' AS integer)
CAST(1 AS varchar), CAST(1.50 AS varchar), CAST(true AS varchar), CAST(1.5e0 AS varchar), CAST(1e0 AS varchar), CAST(123456.789e0 AS varchar), CAST(1e-7 AS varchar), CAST(-0.00025e0 AS varchar)
CAST(1e20 AS varchar), CAST(nan() AS varchar), CAST(infinity() AS varchar), CAST(0e0 AS varchar)
CAST(1 AS boolean), CAST(0 AS boolean), CAST(true AS integer), CAST(2.7 AS bigint)
CAST(300 AS tinyint)
CAST(NULL AS date), CAST(NULL AS varchar)
CAST(1.9999 AS decimal(4, 2)), CAST(5 AS decimal(5, 2)), CAST(5 AS double)
typeof(1), typeof(1.5), typeof(1e0), typeof(ARRAY[1]), typeof(NULL), typeof(true), typeof(3000000000)
typeof(1 / 2.0), typeof(1.5 * 2.25), typeof(1.50 + 2), typeof(5 % 2.0), typeof(CAST(1 AS decimal(10, 2)) / 3)
CAST(ARRAY[1, 2] AS array(varchar)), CAST(ARRAY['1', '2'] AS array(bigint))
CAST(ROW(1, 'a') AS ROW(x bigint, y varchar)).y
CAST('NaN' AS double), CAST('Infinity' AS double), CAST('1e5' AS double)
TRY_CAST('1.5x' AS double), TRY_CAST(1e30 AS bigint)
-- JSON
json_extract_scalar('{"a": {"b": 5}}', '$.a.b'), json_extract_scalar('{"a": [1, 2]}', '$.a[1]'), json_extract_scalar('{"a": [1]}', '$.a')
json_extract_scalar('{"a": null}', '$.a'), json_extract_scalar('{"a": "x"}', '$.b'), json_extract_scalar('not json', '$.a')
json_extract('{"a": {"b": [1, 2]}}', '$.a'), json_extract('{"a": "x"}', '$.a')
json_format(json_parse('{"a":  1}')), json_parse('[1, 2]'), json_format(JSON '[1,2]')
json_array_length('[1, 2, 3]'), json_array_length('{}'), json_size('{"x": {"a": 1, "b": 2}}', '$.x'), json_size('[1,2]', '$')
json_array_contains('[1, 2, 3]', 2), json_array_contains('["a"]', 'a')
is_json_scalar('1'), is_json_scalar('[1]')
CAST(JSON '5' AS bigint), CAST(JSON '"x"' AS varchar), CAST(JSON '[1, 2]' AS array(bigint)), CAST(JSON '{"a": 1}' AS map(varchar, bigint))
CAST(5 AS json), CAST('x' AS json), CAST(ARRAY[1, 2] AS json), CAST(map(ARRAY['a'], ARRAY[1]) AS json)
json_value('{"a": 1}', 'lax $.a'), json_value('{"a": "x"}', 'strict $.a'), json_exists('{"a": 1}', 'lax $.a'), json_exists('{"a": 1}', 'lax $.b')
json_query('{"a": [1]}', 'lax $.a')
json_extract_scalar('{"a b": 1}', '$["a b"]'), json_extract_scalar('{"a": true}', '$.a'), json_extract_scalar('{"a": 1.5}', '$.a')
json_parse('nope')
json_object('a': 1)
json_extract('[10, 20]', '$[1]')
-- Array
ARRAY[1, 2, 3], ARRAY['a', NULL], ARRAY[], ARRAY[1, 2.5]
ARRAY[1, 2, 3][1]
ARRAY[1, 2, 3][5]
ARRAY[1, 2, 3][0]
element_at(ARRAY[1, 2, 3], 2), element_at(ARRAY[1, 2, 3], -1), element_at(ARRAY[1, 2, 3], 5)
cardinality(ARRAY[1, 2]), cardinality(ARRAY[])
contains(ARRAY[1, 2], 2), contains(ARRAY[1, NULL], 2), contains(ARRAY[1, NULL], 1), contains(ARRAY['a'], 'b')
array_distinct(ARRAY[3, 1, 3, 2]), array_sort(ARRAY[3, 1, NULL, 2]), array_max(ARRAY[1, 3]), array_min(ARRAY[1, NULL])
array_position(ARRAY[1, 2, 3], 2), array_position(ARRAY[1], 5), array_remove(ARRAY[1, 2, 1], 1), array_remove(ARRAY['a', NULL], 'a')
array_join(ARRAY['a', 'b'], ','), array_join(ARRAY['a', NULL, 'b'], ','), array_join(ARRAY['a', NULL], ',', 'x')
array_union(ARRAY[1, 2], ARRAY[2, 3]), array_sort(array_intersect(ARRAY[1, 2, 2], ARRAY[2, 1])), array_except(ARRAY[1, 2, 3], ARRAY[2])
arrays_overlap(ARRAY[1, 2], ARRAY[2, 3]), arrays_overlap(ARRAY[1, NULL], ARRAY[2]), arrays_overlap(ARRAY[1], ARRAY[2])
ARRAY[1] || ARRAY[2], ARRAY[1] || 2, 1 || ARRAY[2], concat(ARRAY[1], ARRAY[2], ARRAY[3])
flatten(ARRAY[ARRAY[1], ARRAY[2, 3]]), reverse(ARRAY[1, 2]), repeat('a', 3), slice(ARRAY[1, 2, 3, 4], 2, 2), slice(ARRAY[1, 2, 3, 4], -2, 2)
sequence(1, 5), sequence(5, 1), sequence(1, 10, 3), sequence(5, 1, -2)
sequence(DATE '2020-01-01', DATE '2020-01-03'), sequence(DATE '2020-01-01', DATE '2020-03-01', INTERVAL '1' MONTH), sequence(DATE '2020-01-01', DATE '2020-01-07', INTERVAL '3' DAY)
sequence(TIMESTAMP '2020-01-01 00:00:00', TIMESTAMP '2020-01-01 02:00:00', INTERVAL '1' HOUR)
transform(ARRAY[1, 2, 3], x -> x * 2), transform(ARRAY['a', 'b'], x -> x || '!'), transform(ARRAY[1, NULL], x -> coalesce(x, 0))
filter(ARRAY[1, 2, 3], x -> x > 1), filter(ARRAY[1, NULL], x -> x IS NOT NULL), filter(ARRAY[], x -> true)
reduce(ARRAY[1, 2, 3], 0, (s, x) -> s + x, s -> s), reduce(ARRAY[5, 20, 50], 0, (s, x) -> IF(x > s, x, s), s -> s * 2), reduce(ARRAY[], 7, (s, x) -> s + x, s -> s)
any_match(ARRAY[1, 2], x -> x > 1), all_match(ARRAY[1, 2], x -> x > 1), none_match(ARRAY[1, 2], x -> x > 5), any_match(ARRAY[NULL, 1], x -> x > 1)
zip(ARRAY[1, 2], ARRAY['a', 'b']), zip(ARRAY[1], ARRAY['a', 'b'])
zip_with(ARRAY[1, 2], ARRAY[10, 20], (x, y) -> x + y), zip_with(ARRAY['a'], ARRAY['x', 'y'], (a, b) -> coalesce(a, '-') || b)
trim_array(ARRAY[1, 2, 3], 1), contains_sequence(ARRAY[1, 2, 3], ARRAY[2, 3])
ngrams(ARRAY['a', 'b', 'c'], 2), combinations(ARRAY[1, 2, 3], 2)
shuffle(ARRAY[1]), array_histogram(ARRAY[1, 1, 2])
ARRAY[1, 2] = ARRAY[1, 2], ARRAY[1] < ARRAY[2], ARRAY[ARRAY[1], ARRAY[2, 3]]
array_sort(ARRAY[3, 1, 2], (a, b) -> IF(a < b, 1, IF(a = b, 0, -1)))
cardinality(NULL), array_distinct(NULL), contains(NULL, 1)
transform(sequence(1, 3), i -> transform(sequence(1, i), j -> i * j))
array_join(transform(sequence(1, 3), i -> CAST(i AS varchar)), '-')
dot_product(ARRAY[1e0, 2e0], ARRAY[3e0, 4e0]), cosine_similarity(ARRAY[1e0], ARRAY[1e0])
-- Map and row
MAP(ARRAY['a', 'b'], ARRAY[1, 2]), MAP(), MAP(ARRAY['a'], ARRAY[NULL])
MAP(ARRAY['a'], ARRAY[1])['a']
MAP(ARRAY['a'], ARRAY[1])['b']
element_at(MAP(ARRAY['a'], ARRAY[1]), 'a'), element_at(MAP(ARRAY['a'], ARRAY[1]), 'b')
map_keys(MAP(ARRAY['a', 'b'], ARRAY[1, 2])), map_values(MAP(ARRAY['a', 'b'], ARRAY[1, 2])), cardinality(MAP(ARRAY['a'], ARRAY[1]))
map_entries(MAP(ARRAY['a'], ARRAY[1])), map_from_entries(ARRAY[ROW('a', 1), ROW('b', 2)])
map_concat(MAP(ARRAY['a'], ARRAY[1]), MAP(ARRAY['a', 'b'], ARRAY[2, 3]))
map_filter(MAP(ARRAY['a', 'b'], ARRAY[1, 2]), (k, v) -> v > 1), transform_values(MAP(ARRAY['a'], ARRAY[1]), (k, v) -> v + 1), transform_keys(MAP(ARRAY['a'], ARRAY[1]), (k, v) -> k || 'x')
map_zip_with(MAP(ARRAY['a'], ARRAY[1]), MAP(ARRAY['a'], ARRAY[2]), (k, a, b) -> a + b)
ROW(1, 'a'), ROW(1, 'a')[1], CAST(ROW(1, 2) AS ROW(x bigint, y bigint)).x
ROW(1, 2) = ROW(1, 2), ROW(1, 'a') < ROW(1, 'b')
MAP(ARRAY[1, 1], ARRAY[1, 2])
multimap_from_entries(ARRAY[ROW('a', 1), ROW('a', 2)])
MAP(ARRAY['a', 'b'], ARRAY[1, 2]) = MAP(ARRAY['b', 'a'], ARRAY[2, 1])
-- URL and others
url_extract_host('http://example.com/a?b=1'), url_extract_path('http://example.com/a?b=1')
url_encode('a b&c'), url_decode('a%20b')
bar(1)
