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
-- String
length('😀a'), reverse('a😀'), substr('😀bc', 2, 1), upper('ß'), lower('İ'), strpos('a😀b', 'b'), lpad('😀', 3, 'x'), rpad('a', 3, '😀')
split('a😀b', '😀'), codepoint('😀'), '😀' < 'ﬀ', '😀' > 'z', 'Z' < 'a', 'é' > 'z', 'ﬀ' < '😀', 'a😀b' LIKE 'a_b', '😀' LIKE '_', 'a\b' LIKE 'a\b'
'a%b' LIKE 'a\%b' ESCAPE '\', 'abc' LIKE 'abc%%', '' LIKE '%', '' LIKE '', 'a' LIKE '', 'line1' || chr(10) || 'line2' LIKE 'line1%line2'
'abc' LIKE 'a#bc' ESCAPE '#', 'abc' LIKE 'abc#' ESCAPE '#', 'a' LIKE NULL, NULL LIKE 'a', 'a' LIKE 'a' ESCAPE NULL, 'ab' = 'ab ', 'ab' < 'ab '
trim(' ab ') = 'ab', DECIMAL '99999999999999999999999999999999999999' + 1, DECIMAL '1.23456789' * DECIMAL '9.87654321'
DECIMAL '10' / DECIMAL '3', DECIMAL '1' / 3, DECIMAL '0.1' + DECIMAL '0.2' = DECIMAL '0.3', round(DECIMAL '2.345', 2), ceil(DECIMAL '1.01')
floor(DECIMAL '-1.01'), sign(DECIMAL '-1.5'), abs(DECIMAL '-1.50'), split('a,b,c', ',', 2), split('', ','), split_part('a,b', ',', 3)
split_part('abc', 'b', 1), split_part(NULL, ',', 1), strpos('abcabc', 'b', 2), strpos('', ''), position('' IN 'abc')
replace('aaa', 'aa', 'b'), replace('abc', 'b', ''), translate('hello', 'el', 'ip'), translate('abc', 'ab', ''), translate('aab', 'aa', 'xy')
substr('hello', 2, 100), substr('hello', -2, 1), substr('hello', 2, 0), substring('hello', 6), rpad('abc', 2, 'x'), lpad('abc', 0, 'x')
concat_ws(',', 'a'), concat('a', 'b' || 'c'), starts_with('', 'a'), reverse(''), ltrim(chr(9) || 'a'), trim(chr(160) || 'a')
rtrim('a' || chr(10)), ltrim('xxabc', 'x'), rtrim('abcxx', 'xc'), lpad('a', 5, ''), rpad('a', -1, 'x'), codepoint('ab')
hamming_distance('a', 'b'), levenshtein_distance('', 'abc'), soundex('Tymczak'), normalize('é', NFD) = 'é', upper('ŉ')
lower('ΑΣ'), upper('ǆ'), upper('i'), lower('I'), format('%s', NULL), format('%d', 2147483648), format('%.3f', 1.5), format('%s %s', 1.50, 2e0)
format('%%'), format('%c', 'a')
format('%s', true), format('%,d', -1234567), from_base('-ff', 16)
from_base('zz', 36), real '0.1' + 0.2e0, real '1' / 3, from_base('g', 16), from_base('7fffffffffffffffff', 16), 'a' ILIKE 'A', U&'\00e9'
U&'a\+01F600', '', 1 + 2 || 'a', 'a' || 1, 1.0 = '1', 'a_b' LIKE 'a\_b' ESCAPE '\', 'a.b' LIKE 'a.b' ESCAPE '.', 'axb' LIKE 'a..b' ESCAPE '.'
'a*b' LIKE 'a**b' ESCAPE '*', 'ab' LIKE 'ab' ESCAPE ']', mod(DECIMAL '7.5', DECIMAL '2.0'), sign(DECIMAL '0')
-- Mathematical
chr(128512), 9223372036854775807 + 0, -9223372036854775807 - 1, -9223372036854775807 - 2, 9223372036854775807 * 2
abs(-9223372036854775807 - 1), 2147483647 * 2, 1.0 / 7, 22.00 / 7.000, -1.5 / 2, 5.5 % 2.1, -5.5 % 2.1, 1.5 = 1.50, 1.5 IN (1.50, 2)
0.1e0 + 0.2e0 = 0.3e0, round(-2.345, 2), round(1234.567, -2), round(1250, -2), truncate(1.789, 2), truncate(-1.789, 1), element_at(NULL, 1)
chr(-1), format_number(123456), width_bucket(0e0, 1e0, 10e0, 5), width_bucket(11e0, 1e0, 10e0, 5)
width_bucket(10e0, 1e0, 10e0, 5), width_bucket(5e0, 10e0, 1e0, 5), to_base(-255, 16)
bitwise_right_shift_arithmetic(-8, 1), bit_count(7, 64), bitwise_and(-1, 5)
truncate(12345.678e0), truncate(1234.567, -2)
cbrt(-27), exp(0), power(-8, 1e0/3), sqrt(2e0), log(10, 1000), log10(0.001), ln(2.718281828459045e0), mod(-5.5e0, 2), mod(5.5, -2)
mod(10, 0.0), 7 / 2 * 2, 7e0 / 2, 7 / 2.0, 1 / 3.0e0, 0 / 5, 5 % 3.5, 1e308 * 10, -1e308 * 10, 1e-320, 0.1e0 * 3, 16777217e0, power(2, 63)
power(10, 20), 1e0 / 3, to_base(5, 1), 5 % 0e0, mod(5, 0.0), 5 // 2, [1, 2], 1 == 1, 1, 1e400, 12345678901234567890
99999999999999999999999999999999999999999.0, 0x1F, 0b101, 1_000, -5 % 3 * 2, - - 5, 2 - -3, NOT true OR true, NOT (true OR true), true AND 1
1 < 2 < 3, 1 IN (), 1 = 1.0, 1 = 1e0, 0.1 = 0.1e0, 9007199254740993 = 9007199254740992e0, -3000000000, -2147483648, -9223372036854775808
- 3000000000 * 2, mod(5, 2.5), mod(5.5e0, 2), mod(NULL, 2), mod(-7, 3), sign(-2.50), truncate(-2.7), truncate(12.99), truncate(0.5)
-- Array
array_sort(ARRAY['😀', 'ﬀ', 'z']), array_max(ARRAY['😀', 'ﬀ']), ARRAY[1, NULL] = ARRAY[1, NULL], ARRAY[1, 2] = ARRAY[1, NULL]
ARRAY[1, NULL] <> ARRAY[2, NULL], ARRAY[] = ARRAY[], ARRAY[1] IS DISTINCT FROM ARRAY[NULL], ARRAY[1, 2] < ARRAY[1, 2, 3]
ARRAY['b'] > ARRAY['a', 'z'], ARRAY[NULL, 1][1], element_at(ARRAY[1], 0), element_at(ARRAY[1, 2, 3], -4), ARRAY[ARRAY[1, 2], ARRAY[3]][2][1]
array_sort(ARRAY[nan(), 1e0, infinity(), NULL, -1e0]), array_max(ARRAY[1e0, nan()]), array_min(ARRAY[nan(), 1e0])
array_distinct(ARRAY[NULL, 1, NULL, 1]), array_distinct(ARRAY[nan(), nan()]), array_max(ARRAY[1, NULL]), array_max(ARRAY[])
array_position(ARRAY[1, NULL], NULL), array_remove(ARRAY[1, NULL, 2], NULL), array_union(ARRAY[1, NULL, 1], ARRAY[NULL, 2])
array_intersect(ARRAY[1, NULL, 2], ARRAY[NULL, 2, 3]), array_except(ARRAY[1, NULL, 2, 2], ARRAY[1]), arrays_overlap(ARRAY[NULL], ARRAY[NULL])
arrays_overlap(ARRAY[], ARRAY[1]), arrays_overlap(ARRAY[NULL], ARRAY[1]), array_join(ARRAY[1, 2, NULL], '-'), array_join(ARRAY[1.5, 2], ',')
array_join(ARRAY[1e0], ','), array_join(ARRAY[true, false], '/'), array_join(ARRAY[DATE '2020-01-01'], ','), array_join(ARRAY[], ',')
array_join(ARRAY[NULL], ',', '?'), slice(ARRAY[1, 2, 3], 2, 5), slice(ARRAY[1, 2, 3], -1, 1), slice(ARRAY[1, 2], 5, 1)
slice(ARRAY[1, 2, 3], 1, 0), slice(ARRAY[1,2,3], -5, 2), trim_array(ARRAY[1, 2], 2), slice(ARRAY[1, 2, 3], 0, 1), slice(ARRAY[1, 2, 3], 1, -1)
trim_array(ARRAY[1], 2), flatten(ARRAY[ARRAY[1], NULL, ARRAY[]]), repeat('x', 0), repeat(NULL, 2), sequence(1, 1), sequence(3, 1)
sequence(10, 1, -3), cardinality(sequence(1, 10000)), concat(ARRAY[1], NULL), ARRAY[1] || NULL
sequence(1, 10001), sequence(1, 5, 0), sequence(1, 5, -1)
sequence(DATE '2020-01-31', DATE '2020-05-31', INTERVAL '1' MONTH)
sequence(TIMESTAMP '2020-01-01 00:00:00', TIMESTAMP '2020-01-03 00:00:00', INTERVAL '1' DAY)
sequence(DATE '2020-01-05', DATE '2020-01-01', INTERVAL '-2' DAY), sequence(DATE '2020-01-03', DATE '2020-01-01')
reduce(ARRAY[1, 2, NULL], 0, (s, x) -> s + coalesce(x, 10), s -> s), all_match(ARRAY[NULL, false], x -> x), any_match(ARRAY[], x -> true)
all_match(ARRAY[], x -> false), find_first(ARRAY[1, 2, 3], x -> x > 1), find_first_index(ARRAY[1, 2, 3], x -> x > 1)
zip(ARRAY[1, 2], ARRAY['a'], ARRAY[true, false, NULL]), zip_with(ARRAY[1, 2], ARRAY[3], (x, y) -> x + y)
transform(ARRAY[ARRAY[1], ARRAY[]], a -> cardinality(a)), filter(ARRAY[1, 2, NULL], x -> x > 1)
array_sort(ARRAY['bb', 'a', 'ccc'], (x, y) -> length(x) - length(y)), concat_ws('-', ARRAY['a', NULL, 'b']), repeat('ab', 3)
format('%s', ARRAY[1, 2]), width_bucket(3.5e0, ARRAY[1e0, 2e0, 3e0, 4e0]), typeof(ARRAY[1, 2.5]), typeof(cardinality(ARRAY[1]))
sequence(DATE '2020-01-31', DATE '2019-10-01', INTERVAL '-1' MONTH), sequence(DATE '2020-01-01', DATE '2020-01-10', INTERVAL '4' DAY)
sequence(TIMESTAMP '2020-01-31 10:00:00', TIMESTAMP '2020-04-30 09:00:00', INTERVAL '1' MONTH)
sequence(DATE '2020-01-01', DATE '2020-01-01', INTERVAL '1' DAY), sequence(DATE '2020-01-01', DATE '2019-01-01', INTERVAL '1' DAY)
sequence(DATE '2000-01-01', DATE '2040-01-01', INTERVAL '1' DAY), array_max(ARRAY[1e0, NULL]), array_min(ARRAY[nan(), nan()])
contains(ARRAY[nan()], nan()), contains(ARRAY[1e0], 1e0), array_position(ARRAY[1e0, 2e0], 2e0), contains(ARRAY[1, 2], 2e0)
array_max(ARRAY[real '1', real '2']), ARRAY['null'] = ARRAY['null'], ARRAY[1] = NULL
-- Conversion
CAST('ab' AS char(4)) = 'ab'
CAST('abcdef' AS varchar(3)) || 'x'
CAST(123 AS varchar(2)), CAST(123456 AS varchar(5)), CAST(127 AS tinyint) + CAST(1 AS tinyint), CAST(32767 AS smallint) * CAST(2 AS smallint)
-CAST(-128 AS tinyint), typeof(ceil(1.01)), typeof(round(1.55, 1)), typeof(sign(-1.5)), typeof(abs(-1.50)), typeof(power(2, 2))
typeof(mod(5, 2.0)), CAST(0.5 AS integer), CAST(1.5 AS integer), CAST(-0.5 AS integer), CAST(0.5e0 AS integer), CAST(-1.5e0 AS integer)
CAST(2.5e0 AS bigint), CAST(1e10 AS integer), CAST(nan() AS bigint), CAST('1e3' AS integer), CAST('' AS integer), CAST('0x10' AS integer)
CAST('+5' AS integer), CAST('007' AS integer), CAST(' 1.5 ' AS double), CAST('1_000' AS integer), CAST('1.5' AS decimal(2, 0))
CAST('2.5' AS decimal(2, 0)), CAST('-2.5' AS decimal(2,0)), CAST('t' AS boolean), CAST('F' AS boolean), CAST('TRUE' AS boolean)
CAST('1' AS boolean), CAST('yes' AS boolean), CAST(2 AS boolean), CAST(0e0 AS boolean), CAST(0.1e0 AS boolean), CAST(true AS double)
CAST(true AS decimal(3, 1)), CAST(1e100 AS varchar), CAST(1.1e0 AS varchar), CAST(100e0 AS varchar), CAST(12345678e0 AS varchar)
CAST(-0e0 AS varchar), CAST(1.10 AS varchar), CAST(CAST(1.1 AS real) AS varchar), CAST('2020-1-2' AS date)
CAST('2020-01-02 03:04' AS timestamp), CAST(' 2020-01-02 ' AS date), CAST('2020-01-02T03:04:05' AS timestamp), CAST('20200102' AS date)
CAST('2020-01-02 03:04:05.123456789' AS timestamp(9)), CAST('2020-01-02 03:04:05.9996' AS timestamp(3)), CAST(0.1 AS real) * 3
CAST(16777217 AS real), 5 / CAST(0 AS decimal(2, 1)), typeof(CAST(5 AS decimal(3,1)) % 2), typeof(1.5 + 1), typeof(1 * 1.5), typeof(1.50 / 2)
typeof(10 % 2.5), typeof(real '1' + 1), typeof(real '1' * 1e0), typeof(CAST(1 AS smallint) + 1)
typeof(CAST(1 AS smallint) * CAST(1 AS tinyint)), typeof(1 + 3000000000), typeof(sum(1)), typeof(sum(1.5)), typeof(avg(1))
typeof(avg(real '1')), typeof(sum(real '1')), typeof(count(*)), typeof(array_agg(1)), typeof('abc')
typeof(coalesce(1, 2.5)), typeof(if(true, 1, 2e0)), typeof(greatest(1, 3000000000))
typeof(1.5e0), typeof(0.05), typeof(00.5), typeof(123.), typeof(.5), typeof(1e2), typeof(approx_percentile(1, 0.5))
typeof(round(1)), typeof(round(1.5)), typeof(truncate(1.55)), typeof(floor(1)), typeof(abs(1)), typeof(length('a')), CAST(1.1 AS real) = 1.1e0
CAST(1.1 AS real) = 1.1, 16777217 = CAST(16777217 AS real), typeof(-3000000000), typeof(-2147483648), CAST(12 AS varchar(2))
CAST('abc' AS varchar(2)), TRY_CAST(123 AS varchar(2)), CAST(1.5 AS varchar(3)), CAST(true AS varchar(4))
-- Map and row
(-2147483647 - 1) / -1
reduce(ARRAY[1e0, 2e0], CAST(ROW(0e0, 0) AS ROW(sum double, count integer)), (s, x) -> CAST(ROW(s.sum + x, s.count + 1) AS ROW(sum double, count integer)), s -> s.sum / s.count)
MAP(ARRAY['a', 'b'], ARRAY[1, NULL])['b'], element_at(MAP(ARRAY[1, 2], ARRAY['x', 'y']), 3)
map_concat(MAP(ARRAY['a'], ARRAY[1]), MAP(ARRAY['a'], ARRAY[2])), map_agg(1, 2), cardinality(MAP())
MAP(ARRAY[1.0, 2.5], ARRAY[true, false])[2.5], map_entries(MAP(ARRAY['k'], ARRAY[NULL]))
transform_values(MAP(ARRAY[1], ARRAY[2]), (k, v) -> k * v), map_filter(MAP(ARRAY['a', 'b'], ARRAY[1, NULL]), (k, v) -> v IS NULL)
MAP(ARRAY['a'], ARRAY[1]) = MAP(ARRAY['a'], ARRAY[NULL]), MAP(ARRAY['a'], ARRAY[1, 2]), MAP(ARRAY[NULL], ARRAY[1])
map_from_entries(ARRAY[ROW('a', 1), ROW('a', 2)]), transform_keys(MAP(ARRAY['a', 'b'], ARRAY[1, 2]), (k, v) -> 'x')
split_to_map('a=1,a=2', ',', '='), split_to_multimap('a=1,a=2,b=3', ',', '='), split_to_map('', ',', '='), ROW(1, NULL) = ROW(1, NULL)
ROW(1, 2) IN (ROW(1, 2)), ROW(1, 2) < ROW(1, 3), ROW(1, NULL) IS NULL, (1, 2) = (1, 2), ROW(1, 'a') <> ROW(2, NULL)
CAST(ROW(1, 'x') AS ROW(a bigint, b varchar)).b, cosine_similarity(MAP(ARRAY['a'], ARRAY[1e0]), MAP(ARRAY['a'], ARRAY[2e0]))
typeof(ROW(1, 'a')), typeof(MAP(ARRAY['a'], ARRAY[1])), (1, NULL) = (1, 2), (1, NULL) IN ((1, 2)), (1, 2) IN ((1, 2), (3, 4))
ROW(1) <> ROW(2)
-- Date and time
CAST(DATE '2020-02-29' AS timestamp(6)), CAST(TIMESTAMP '2020-02-29 12:34:56.789' AS varchar)
CAST(TIMESTAMP '2020-02-29 12:34:56.789 UTC' AS varchar), date_add('month', 13, DATE '2020-01-31')
date_add('month', -13, TIMESTAMP '2020-03-31 10:00:00'), date_add('day', -60, DATE '2020-03-01')
date_diff('month', DATE '2020-01-31', DATE '2020-02-28'), date_diff('month', DATE '2020-02-29', DATE '2020-01-31')
date_diff('year', DATE '2020-02-29', DATE '2021-02-28'), date_diff('week', DATE '2020-01-10', DATE '2020-01-01')
date_diff('day', TIMESTAMP '2020-01-02 01:00:00', TIMESTAMP '2020-01-01 23:00:00')
date_diff('minute', TIMESTAMP '2020-01-01 00:00:59', TIMESTAMP '2020-01-01 00:01:58'), date_trunc('week', DATE '2020-01-01')
date_trunc('quarter', TIMESTAMP '2020-12-31 23:59:59'), date_trunc('second', TIMESTAMP '2020-01-01 00:00:00.999')
date_trunc('hour', TIMESTAMP '2020-03-08 03:30:00 America/New_York'), date_trunc('day', TIMESTAMP '2020-11-01 12:00:00 America/New_York')
TIMESTAMP '2020-11-01 01:30:00 America/New_York', TIMESTAMP '2020-03-08 03:30:00 America/New_York' + INTERVAL '1' HOUR
TIMESTAMP '2020-03-07 12:00:00 America/New_York' + INTERVAL '1' DAY, TIMESTAMP '2020-03-08 02:30:00 America/New_York'
TIMESTAMP '2020-01-01 00:00:00 +05:30', TIMESTAMP '2020-01-01 00:00:00' AT TIME ZONE '+05:30'
at_timezone(TIMESTAMP '2020-06-01 00:00:00 UTC', 'America/Los_Angeles')
date(at_timezone(TIMESTAMP '2020-06-01 00:00:00 UTC', 'America/Los_Angeles'))
CAST(TIMESTAMP '2020-06-01 12:00:00' AS timestamp with time zone), CAST(DATE '2020-06-01' AS timestamp with time zone)
TIMESTAMP '2020-06-01 12:00:00' = TIMESTAMP '2020-06-01 12:00:00 UTC'
TIMESTAMP '2020-06-01 12:00:00' < TIMESTAMP '2020-06-01 12:00:00 America/New_York'
day_of_week(TIMESTAMP '2020-06-01 01:00:00 UTC' AT TIME ZONE 'America/New_York')
timezone_hour(TIMESTAMP '2020-06-01 12:00:00 America/New_York'), timezone_minute(TIMESTAMP '2020-06-01 12:00:00 Asia/Kolkata')
from_unixtime(1600000000), from_unixtime(1600000000, 'America/New_York'), to_unixtime(TIMESTAMP '2020-09-13 12:26:40.500')
from_unixtime(-1.5e0), from_unixtime_nanos(1600000000123456789)
date_format(TIMESTAMP '2020-01-05 23:04:09.123456', '%a %b %c %d %e %f %H %h %i %I %j %k %l %M %m %p %r %S %s %T %v %W %x %Y %y %%')
date_parse('05/Jan/2020 23:04', '%d/%b/%Y %H:%i'), date_parse('2020-005', '%Y-%j'), date_parse('12:30 PM', '%h:%i %p')
date_parse('2020-13-01', '%Y-%m-%d'), format_datetime(TIMESTAMP '2020-01-05 23:04:09.123', 'yyyy-MM-dd''T''HH:mm:ss.SSS')
format_datetime(TIMESTAMP '2020-01-05 23:04:09', 'E, d MMMM yy h:mm a'), format_datetime(TIMESTAMP '2020-01-05 03:04:09', 'D k K w e')
parse_datetime('2020-01-05 23:04', 'yyyy-MM-dd HH:mm'), parse_datetime('2020-01-05 23:04 +0200', 'yyyy-MM-dd HH:mm Z')
week(DATE '2021-01-03'), week(DATE '2020-12-31'), year_of_week(DATE '2019-12-30'), day_of_year(DATE '2020-12-31'), quarter(DATE '2020-10-01')
last_day_of_month(TIMESTAMP '2020-02-01 10:00:00'), DATE '2020-01-31' + INTERVAL '1' MONTH + INTERVAL '1' MONTH
DATE '2020-02-29' + INTERVAL '1' YEAR, DATE '2020-02-29' - INTERVAL '1' YEAR, TIMESTAMP '2020-03-31 10:00:00' - INTERVAL '1' MONTH
INTERVAL '1' DAY > INTERVAL '23' HOUR, INTERVAL '12' MONTH = INTERVAL '1' YEAR, INTERVAL '36' HOUR, INTERVAL '90' SECOND * 2
INTERVAL '1' DAY / 2, INTERVAL '3' MONTH * 1.5, INTERVAL '1 02:03:04.5' DAY TO SECOND, INTERVAL '1-6' YEAR TO MONTH
INTERVAL '2:30' HOUR TO MINUTE, INTERVAL '1' DAY = INTERVAL '1' MONTH, DATE '2020-01-01' + INTERVAL '25' HOUR, DATE '2020-01-01' + 1
TIMESTAMP '2020-01-01 00:00:00' - DATE '2019-12-31', TIME '10:00:00' - TIME '09:00:00', CAST(TIMESTAMP '2020-01-01 10:11:12' AS time)
greatest(DATE '2020-01-01', TIMESTAMP '2020-01-01 00:00:01')
coalesce(NULL, DATE '2020-01-01', TIMESTAMP '2020-01-02 00:00:00')
DATE '2020-01-01' BETWEEN TIMESTAMP '2019-12-31 23:59:59' AND TIMESTAMP '2020-01-01 00:00:00', to_iso8601(TIMESTAMP '2020-01-01 00:00:00.123')
to_iso8601(TIMESTAMP '2020-01-01 00:00:00.123 America/New_York'), from_iso8601_timestamp('2020-01-01')
from_iso8601_timestamp('2020-01-01T10:00:00+02:00'), from_iso8601_date('2020-W01-1'), from_iso8601_timestamp('2020-01-01 10:00:00')
date_add('hour', 1, DATE '2020-01-01'), date_diff('hour', DATE '2020-01-01', DATE '2020-01-02'), human_readable_seconds(3661)
to_milliseconds(INTERVAL '1' HOUR), extract(week FROM DATE '2020-01-01'), extract(year_of_week FROM DATE '2020-01-01')
extract(day FROM INTERVAL '49' HOUR)
format('%5d|%-5s|%05.1f|%x|%,.2f|%s|%b|%e', 42, 'ab', 3.14159e0, 255, 1234567.891e0, DATE '2020-01-01', true, 12345.678e0)
typeof(max(DATE '2020-01-01')), typeof(date_trunc('day', TIMESTAMP '2020-01-01 00:00:00'))
typeof(from_unixtime(0)), typeof(INTERVAL '1' DAY), typeof(DATE '2020-01-01' - DATE '2020-01-01'), typeof(year(DATE '2020-01-01'))
typeof(date_diff('day', DATE '2020-01-01', DATE '2020-01-01')), DATE '2020-01-01' IN (TIMESTAMP '2020-01-01 00:00:00')
TIMESTAMP '2021-03-28 02:30:00 Europe/Berlin', TIMESTAMP '2021-10-31 02:30:00 Europe/Berlin', TIMESTAMP '2021-03-28 03:30:00 Europe/Berlin'
TIMESTAMP '2021-07-01 00:00:00 Asia/Kolkata', TIMESTAMP '1890-01-01 00:00:00 America/New_York', CAST(DATE '2020-01-01' AS varchar(10))
CAST(DATE '2020-01-01' AS varchar(5)), date_parse('10:30', '%H:%i'), date_parse('March 5', '%M %e'), date_parse('2020', '%Y')
date_parse('20-01', '%y-%m'), date_parse('2020-01-01 junk', '%Y-%m-%d')
-- JSON
json_extract_scalar('{"a":1.0}', '$.a'), json_extract_scalar('{"a":1e3}', '$.a'), json_extract_scalar('{"a":12345678901234567890}', '$.a')
json_extract_scalar('{"a":"\u00e9\n"}', '$.a'), json_extract_scalar('{"a":false}', '$.a'), json_extract_scalar('"x"', '$')
json_extract_scalar('[1,[2,3]]', '$[1][0]'), json_extract_scalar('{"a.b":1}', '$["a.b"]'), json_extract_scalar('{"a":{"b":1}}', '$.a["b"]')
json_extract_scalar('[1,2]', '$[-1]'), json_extract_scalar('{"a":[1,2]}', '$.a[*]'), json_extract_scalar('{"A":1}', '$.a')
json_extract_scalar(NULL, '$.a'), json_extract_scalar('{"a":1}', 'a'), json_extract_scalar('{"a":1,"a":2}', '$.a')
json_extract('{"b":1,"a":2}', '$'), json_extract('{"a": 1.50}', '$.a'), json_extract('{"a":[1, 2 ,3]}', '$.a')
json_extract('{"a":null}', '$.a'), json_extract('[{"x":1},{"x":2}]', '$[*].x'), json_extract('{"a":"\u00e9"}', '$.a')
json_format(JSON '{"b": 1, "a": [1, 2.50, "x"]}'), json_format(JSON '1.0'), json_format(JSON '"é😀"'), json_parse('{"a":1, "a":2}')
json_parse(' 1 '), JSON '1' = JSON '1.0', json_parse('{"a":1,"b":2}') = json_parse('{"b":2,"a":1}'), json_format(json_parse('1e5'))
json_format(json_parse('100000000000000000000')), json_format(json_parse('"\/"')), json_array_get('[1,2,3]', 1)
json_array_length('[]'), json_array_length('nope'), json_array_contains('[1.0]', 1), json_array_contains('["1"]', 1)
json_array_contains('[true]', true), json_size('{"a":1}', '$'), json_size('[1,[2]]', '$[1]'), json_size('1', '$'), CAST(1.50 AS json)
CAST(1e0 AS json), CAST(NULL AS json), CAST(DATE '2020-01-01' AS json), CAST(TIMESTAMP '2020-01-01 00:00:00' AS json), CAST('a"b' AS json)
CAST(ARRAY['a', NULL] AS json), CAST(MAP(ARRAY['b', 'a'], ARRAY[1, 2]) AS json), CAST(ROW(1, 'a') AS json), CAST(true AS json)
CAST(ARRAY[1.5, 2.25] AS json), CAST(MAP(ARRAY[1], ARRAY['x']) AS json), CAST(JSON '"x"' AS integer), CAST(JSON '[1]' AS varchar)
typeof(JSON '1'), json_extract_scalar('{"a":1.50}', '$.a'), json_extract_scalar('{"a":0.10}', '$.a')
json_extract_scalar('{"a":123456789.123456789}', '$.a'), json_extract_scalar('{"a":0.30000000000000004}', '$.a')
json_extract_scalar('{"a":100}', '$.a'), json_extract_scalar('{"a":10.0}', '$.a'), json_extract_scalar('{"a":1.5}', '$.a')
json_extract_scalar('{"a":-0.0}', '$.a'), json_parse('{"b":[1, 2.50, {"z":1,"a":"é😀\n"}], "a": 1e10}'), JSON '{"10":1,"9":2}'
json_format(CAST(MAP(ARRAY['b', 'a'], ARRAY[1, 2]) AS json)), json_format(json_parse('{"a":{"b":1}}')), json_format(JSON '[{"a":1}]')
CAST(JSON '1.50' AS varchar), json_parse('1.0'), json_parse('12345678901234567890'), json_parse('0.1'), CAST(1e7 AS json), json_parse('[]')
json_parse('"a\/b"'), JSON '1' = JSON '1'
-- Regular expressions
regexp_replace('abc', '(b)', '[$1]'), regexp_replace('abc', 'b', '\$'), regexp_replace('aaa', 'a*'), regexp_replace('abc', '', '-')
regexp_replace('2020-01-02', '(\d+)-(\d+)-(\d+)', '$3/$2/$1'), regexp_replace('abc', '[a-c]', x -> upper(x[0]))
regexp_replace('new york', '(\w)(\w*)', x -> upper(x[1]) || lower(x[2])), regexp_replace('abc', '(?<n>b)', '${n}!')
regexp_like('ABC', '(?i)abc'), regexp_like('a' || chr(10) || 'b', 'a.b'), regexp_like('a' || chr(10) || 'b', '(?s)a.b')
regexp_like('a' || chr(10) || 'b', '^b$'), regexp_like('a' || chr(10) || 'b', '(?m)^b$'), regexp_like('é', '\w'), regexp_like('٣', '\d')
regexp_like('aa', '(a)\1'), regexp_like('foobar', 'foo(?=bar)'), regexp_like('x', '\p{L}'), regexp_like('É', '(?i)é')
regexp_like('a b', 'a\sb'), regexp_like('', ''), regexp_like('abc', '\Aabc\z'), regexp_like('a+b', 'a\+b'), regexp_like('a', '[[:alpha:]]')
regexp_like(chr(160), '\s'), regexp_extract('abc', 'x'), regexp_extract('abc', '(a)(x)?', 2), regexp_extract('abc', 'a(b)c', 1)
regexp_extract_all('aXbX', '[a-z]'), regexp_extract_all('aXbX', '([a-z])X', 1), regexp_split('a1b22c', '\d+'), regexp_split('abc', 'x')
regexp_split('1a', '\d'), regexp_split('abc', ''), regexp_count('aaaa', 'aa'), regexp_count('abc', ''), regexp_position('abcabc', 'b', 3)
regexp_extract('abc', 'b', 1), regexp_like('abc', '(')
regexp_extract('abc', '(a)|(x)', 2), regexp_extract('abc', '(a)(b)?', 2), regexp_extract('ac', '(a)(b)?', 2), regexp_extract('a1', '\((x)', 1)
regexp_extract_all('ab12', '([a-z])|(\d)', 2), regexp_extract('foo=bar', '(\w+)=(\w*)', 2), regexp_extract('foo=', '(\w+)=(\w*)', 2)
regexp_extract_all('a', 'a', 1)
-- Binary
to_utf8('é'), from_utf8(X'c3a9'), from_utf8(X'ff'), from_utf8(X'61ff62', '?'), to_hex(to_utf8('😀')), length(X'0a0b'), X'01' || X'02'
reverse(X'0102'), substr(X'010203', 2, 1), md5(X''), to_base64(X'ff'), to_base64url(X'fbff')
X'01' < X'02', X'0A' = X'0a', typeof(X'00'), X'1'
-- URL and others
url_extract_host('https://user@example.com:8080/p?q=1#f'), url_extract_port('https://example.com:8080/p'), url_extract_protocol('https://a/b')
url_extract_query('http://a/b?x=1&y=2'), url_extract_fragment('http://a/b#f'), url_extract_parameter('http://a/b?x=1&y=2', 'y')
url_extract_parameter('http://a/b?x', 'x'), url_encode('é &=+/*-._~'), url_decode('%C3%A9+x'), url_extract_path('http://a')
url_extract_host('not a url')
-- URL and others
url_extract_port('https://example.com/p'), url_extract_query('http://a/b'), url_extract_fragment('http://a/b')
url_extract_parameter('http://a/b?x=1', 'z'), url_extract_parameter('http://a/b', 'z'), url_extract_path('http://a/b/c?x#y')
url_extract_host('http://example.com')
-- String
U&'\\x', U&'it''s'
-- JSON
json_parse('{"b":1,"a":2}'), json_format(json_extract('{"b":1,"a":2}', '$')), json_extract('{"a":1e3}', '$'), json_extract('{"a": 1.50}', '$')
-- Array
none_match(ARRAY[NULL], x -> x > 1), none_match(ARRAY[1, NULL], x -> x > 1), none_match(ARRAY[2, NULL], x -> x > 1), none_match(ARRAY[], x -> x > 1)
any_match(ARRAY[NULL], x -> x > 1), all_match(ARRAY[NULL], x -> x > 1), any_match(ARRAY[1, NULL], x -> x > 1), all_match(ARRAY[2, NULL], x -> x > 1)
none_match(ARRAY[NULL], x -> x IS NULL), none_match(NULL, x -> x > 1), none_match(CAST(NULL AS array(integer)), x -> x > 1)
array_remove(ARRAY[nan(), 1e0], nan()), array_remove(ARRAY[nan(), 1e0], 1e0), arrays_overlap(ARRAY[nan()], ARRAY[nan()]), arrays_overlap(ARRAY[nan(), 1e0], ARRAY[1e0])
arrays_overlap(ARRAY[nan(), NULL], ARRAY[2e0]), array_distinct(ARRAY[nan(), nan(), 1e0]), array_union(ARRAY[nan()], ARRAY[nan()]), array_intersect(ARRAY[nan(), 1e0], ARRAY[nan()])
array_except(ARRAY[nan(), 1e0], ARRAY[nan()]), array_sort(ARRAY[nan(), 1e0, -1e0]), array_position(ARRAY[1e0, nan()], nan()), array_remove(ARRAY[real '1.5', real '2'], real '1.5')
array_first(ARRAY[1, 2]), array_last(ARRAY[1, 2]), array_sum(ARRAY[1, 2]), array_average(ARRAY[1e0]), euclidean_distance(ARRAY[1e0, 2e0], ARRAY[4e0, 6e0])
dot_product(ARRAY[1e0, 2e0], ARRAY[3e0, 4e0]), dot_product(ARRAY[1e0], ARRAY[1e0, 2e0]), cosine_similarity(ARRAY[1e0, 2e0], ARRAY[2e0, 3e0]), cosine_distance(ARRAY[1e0, 2e0], ARRAY[2e0, 3e0])
euclidean_distance(ARRAY[1e0, NULL], ARRAY[4e0, 6e0]), cosine_similarity(ARRAY[0e0], ARRAY[1e0]), cosine_distance(ARRAY[1e0], ARRAY[1e0, 2e0])
combinations(ARRAY['foo', 'bar', 'baz'], 2), combinations(ARRAY[1, 2, 3, 4], 3), combinations(ARRAY[1], 2), combinations(ARRAY[1, 2], 0), combinations(ARRAY[1, 2, 3, 4, 5, 6], 6)
ngrams(ARRAY['foo', 'bar', 'baz', 'foo'], 3), ngrams(ARRAY['a', 'b'], 4), ngrams(ARRAY[1, 2, 3], 1), ngrams(ARRAY[1], 0)
array_histogram(ARRAY['a', 'b', 'a', NULL]), array_histogram(ARRAY[]), array_sort(ARRAY[5, 3, 1], (x, y) -> IF(x < y, 1, IF(x = y, 0, -1)))
array_sort(ARRAY['bc', 'ab', 'dc'], (x, y) -> CASE WHEN x < y THEN -1 WHEN x = y THEN 0 ELSE 1 END), cardinality(shuffle(ARRAY[1, 2, 3])), array_sort(shuffle(ARRAY[3, 1, 2]))
repeat('a', 3), repeat(NULL, 2), repeat(1, 0), repeat(1, -1), trim_array(ARRAY[1, 2, 3], 1), reverse(ARRAY[1, NULL, 3]), flatten(ARRAY[ARRAY[1], ARRAY[2, 3]])
contains_sequence(ARRAY[1, 2, 3], ARRAY[2, 3]), slice(ARRAY[1, 2, 3], -2, 2), zip(ARRAY[1, 2], ARRAY['a']), zip_with(ARRAY[1, 2], ARRAY[3, 4], (a, b) -> a * b)
cardinality(ARRAY[]), element_at(ARRAY[1, 2], -1), element_at(ARRAY[1], 5), filter(ARRAY[1, NULL, 3], x -> x IS NOT NULL), sequence(1, 5, 2), array_join(ARRAY['a', NULL, 'b'], ',', '?')
array_min(ARRAY[3, 1]), array_max(ARRAY['a', 'b']), array_union(ARRAY[1, 2], ARRAY[2, 3]), array_except(ARRAY[1, 2], ARRAY[2]), array_intersect(ARRAY[1, 2], ARRAY[2, 3])
-- Map and row
MAP(), map_zip_with(MAP(ARRAY['a', 'b'], ARRAY[1, 2]), MAP(ARRAY['b', 'c'], ARRAY[20, 30]), (k, x, y) -> coalesce(x, 0) + coalesce(y, 0)), multimap_from_entries(ARRAY[ROW(1, 'x'), ROW(2, 'y'), ROW(1, 'z')])
map_zip_with(MAP(ARRAY['a'], ARRAY[1]), MAP(ARRAY['a'], ARRAY['x']), (k, x, y) -> k || y), MAP(ARRAY[1, 2], ARRAY['a', 'b']) = MAP(ARRAY[2, 1], ARRAY['b', 'a']), MAP(ARRAY[1], ARRAY[2]) <> MAP(ARRAY[1], ARRAY[3])
map_keys(MAP(ARRAY['a', 'b'], ARRAY[1, 2])), map_values(MAP(ARRAY['a', 'b'], ARRAY[1, 2])), map_entries(MAP(ARRAY[1], ARRAY['x'])), map_from_entries(ARRAY[ROW('k', 1)]), split_to_multimap('a=1,a=2,b=3', ',', '=')
cosine_similarity(MAP(ARRAY['a', 'b'], ARRAY[1e0, 2e0]), MAP(ARRAY['b'], ARRAY[3e0])), transform_keys(MAP(ARRAY[1], ARRAY['a']), (k, v) -> k + 1), transform_values(MAP(ARRAY['a'], ARRAY[1]), (k, v) -> v + 1)
map_filter(MAP(ARRAY[1, 2], ARRAY['a', 'b']), (k, v) -> k > 1), map_concat(MAP(ARRAY['a'], ARRAY[1]), MAP(ARRAY['b'], ARRAY[2]), MAP(ARRAY['a'], ARRAY[3])), MAP(ARRAY['a'], ARRAY[1])['z'], CAST(ROW(1, 2.5) AS ROW(x bigint, y double)).y
-- Binary
to_base32(to_utf8('abc')), from_base32('MFRGG==='), to_base64url(to_utf8('a?>b')), from_base64url('YT8-Yg=='), sha512(to_utf8('abc')), to_hex(sha512(X''))
hmac_md5(to_utf8('abc'), to_utf8('k')), hmac_sha1(to_utf8('abc'), to_utf8('k')), hmac_sha256(to_utf8('abc'), to_utf8('k')), hmac_sha512(to_utf8('abc'), to_utf8('k'))
crc32(to_utf8('The quick brown fox')), murmur3(to_utf8('abc')), xxhash64(X'00'), spooky_hash_v2_32(to_utf8('abc')), spooky_hash_v2_64(to_utf8('abc'))
to_big_endian_32(1), to_big_endian_32(-1), to_big_endian_64(258), to_big_endian_64(-2), from_big_endian_32(X'00000001'), from_big_endian_32(X'ffffffff'), from_big_endian_64(X'0000000000000102'), from_big_endian_64(X'fffffffffffffffe'), from_big_endian_64(X'00')
to_ieee754_32(real '1.5'), to_ieee754_64(1.5e0), from_ieee754_32(X'3fc00000'), from_ieee754_64(X'3ff8000000000000'), length(X'0a0b0c'), concat(X'01', X'02'), reverse(X'010203'), lpad(X'01', 3, X'00'), rpad(X'01', 3, X'00')
substr(X'01020304', 2), substr(X'01020304', -2, 1), to_hex(md5(X'00')), to_hex(sha1(to_utf8(''))), to_hex(sha256(to_utf8(''))), from_hex('0aFf'), from_hex('0'), from_base64('!!'), to_base64(X'')
from_utf8(X'c3'), from_utf8(X'41c3'), from_utf8(X'e28280'), from_utf8(X'f0288cbc', ''), from_utf8(X'c0af'), from_utf8(X''), from_utf8(NULL), length(from_utf8(X'ffff'))
-- Bitwise
bit_count(9, 64), bit_count(-7, 64), bit_count(9, 8), bitwise_and(19, 25), bitwise_not(-12), bitwise_or(19, 25), bitwise_xor(19, 25)
bitwise_left_shift(1, 2), bitwise_left_shift(5, 2), bitwise_left_shift(BIGINT '1', 63), bitwise_left_shift(BIGINT '1', 64), bitwise_left_shift(TINYINT '127', 1), bitwise_right_shift(8, 3), bitwise_right_shift(-8, 1), bitwise_right_shift(BIGINT '-8', 60)
bitwise_right_shift_arithmetic(8, 3), bitwise_right_shift_arithmetic(-8, 64), bitwise_right_shift_arithmetic(-9, 1), bitwise_right_shift_arithmetic(BIGINT '-12', 2)
-- Mathematical
normal_cdf(0, 1, 1.96e0), inverse_normal_cdf(0, 1, 0.3e0), beta_cdf(2e0, 3e0, 0.5e0), inverse_beta_cdf(2e0, 5e0, 0.5e0), t_cdf(1e0, 10e0), t_pdf(1e0, 10e0), wilson_interval_lower(1250, 1310, 1.96e0), wilson_interval_upper(1250, 1310, 1.96e0)
wilson_interval_lower(0, 10, 1.96e0), wilson_interval_upper(10, 10, 1.96e0), wilson_interval_lower(5, 0, 1e0), random() < 1e0, random(10) < 10, random(5, 6), rand() >= 0e0, random(0)
truncate(12.345, 1), truncate(-12.345e0), truncate(99.9), round(-1.5), round(2.345, 2), round(1e-10, 5), width_bucket(0e0, ARRAY[1e0, 2e0]), width_bucket(5e0, ARRAY[1e0, 2e0]), width_bucket(1.5e0, ARRAY[1e0, 2e0])
from_base('-101', 2), from_base('7fffffffffffffff', 16), from_base('z', 36), from_base('9', 8), to_base(-255, 16), to_base(35, 36), abs(NULL), ceil(NULL), floor(NULL), round(NULL), sign(NULL), truncate(NULL)
cbrt(-8), power(2, -1), power(0e0, -1), sqrt(2.25), ln(10), log(10, 1000), log10(0.01), log2(0.5e0), exp(0), mod(-7, 3), mod(7.5, 2), degrees(1), radians(90), sign(-2.5), is_nan(0e0 / 0e0)
-- String
soundex('Robert'), soundex('Rupert'), soundex('Tymczak'), soundex('Pfister'), soundex(''), luhn_check('79927398713'), luhn_check('79927398714'), luhn_check('1'), luhn_check(''), luhn_check('abc'), luhn_check(NULL)
word_stem('great'), word_stem('dogs', 'en'), normalize('e' || chr(769)), normalize('é', NFC), normalize('é', NFKD), hamming_distance('karolin', 'kathrin'), levenshtein_distance('', 'abc'), codepoint('é'), chr(8364)
split('a.b.c', '.', 2), split('a.b.c', '.', 1), split('a.b.c', '.', 9), split('a.b.c', '', 2), split('a,b', ',', 0), split_part('a..b', '.', 2), split_to_map('a:1;b:2', ';', ':'), translate('hello', 'el', 'ip'), translate('abc', 'b', '')
concat_ws('-', 'a', 'b'), concat_ws(NULL, 'a', 'b'), strpos('high', 'ig'), strpos('high', 'x'), position('h' IN 'high'), starts_with('abc', 'b'), reverse('abc'), replace('abcabc', 'b', 'xx'), rpad('a', 4, 'bc'), lpad('a', 0, 'b')
format('%s %5d %-5d| %05d %+d', 'a', 1, 2, 3, 4), format('%,.2f', 1234567.891e0), format('%5.1f', 2.25e0), format('%e', 12345.678e0), format('%x', 255), format('%X', 255), format('%s', true), format('%s', DATE '2020-01-01'), format('%10s|', 'ab'), format('%-10s|', 'ab')
format('%b', true), format('%s', ARRAY[1]), format('%o', 8), format('%s', TIMESTAMP '2020-01-01 00:00:00'), format('%1$s %1$s', 'a'), format('%tY', DATE '2020-01-01'), format('%.3s', 'abcdef'), format_number(1000), format_number(1500000), parse_data_size('1kB'), parse_data_size('2.3MB')
trim(' a '), ltrim('xxa', 'x'), rtrim('axx', 'x'), upper('äöü'), lower('ÄÖÜ'), length('日本'), substr('日本語', 2, 1), 'a' LIKE NULL, NULL LIKE 'a', 'A' LIKE '_', '100%' LIKE '100!%' ESCAPE '!', 'abc' LIKE 'a%c%'
-- Regular expressions
regexp_position('I have 23 apples, 5 pears and 13 oranges', '\b\d+\b'), regexp_position('a1b2c3', '\d', 3), regexp_position('a1b2c3', '\d', 1, 2), regexp_position('abc', 'x'), regexp_position('a1b2', '(?i)B'), regexp_position(NULL, 'a'), regexp_position('日本1', '\d')
regexp_count('1a 2b 14m', '\s*[a-z]+\s*'), regexp_extract('1a 2b 14m', '(\d+)([a-z]+)', 2), regexp_extract_all('1a 2b 14m', '(\d+)([a-z]+)', 2), regexp_like('1a 2b 14m', '\d+b'), regexp_replace('1a 2b 14m', '\d+[ab] '), regexp_replace('1a 2b 14m', '(\d+)([ab]) ', '3c$2 '), regexp_split('1a 2b 14m', '\s*[a-z]+\s*')
regexp_replace('new york', '(\w)(\w*)', x -> upper(x[1]) || lower(x[2])), regexp_like('abc', 'a.c'), regexp_like('a.c', 'a\.c'), regexp_extract('AAPL_2020', '^([A-Z]+)_(\d{4})$', 1), regexp_replace('BRK-B', '-', '.'), regexp_like('BF.B', '^[A-Z]+\.[A-Z]$')
-- Date and time
current_timezone(), current_date - current_date, current_timestamp = now(), typeof(now()), typeof(current_date), typeof(localtimestamp), typeof(current_time), typeof(localtime), current_date = CAST(now() AS date), localtimestamp <= CAST(now() AS timestamp)
timezone(TIMESTAMP '2020-06-01 12:00:00 America/New_York'), timezone_hour(TIMESTAMP '2020-01-01 12:00:00 America/New_York'), timezone_minute(TIMESTAMP '2020-01-01 12:00:00 America/New_York'), timezone_hour(TIMESTAMP '2020-01-01 12:00:00 UTC'), with_timezone(TIMESTAMP '2020-01-01 12:00:00', 'Asia/Tokyo')
from_unixtime_nanos(1700000000000000000), from_iso8601_timestamp_nanos('2020-01-01T00:00:00.123456789Z'), from_unixtime(0, 5, 30), from_unixtime(1.5e0), to_unixtime(TIMESTAMP '1970-01-01 00:00:01'), to_unixtime(TIMESTAMP '2020-01-01 00:00:00 UTC'), human_readable_seconds(0), human_readable_seconds(59.9e0), human_readable_seconds(3762), human_readable_seconds(56363463), human_readable_seconds(-1), human_readable_seconds(86400)
parse_duration('3.81d'), parse_duration('5m'), parse_duration('1s'), to_milliseconds(INTERVAL '1' DAY), parse_datetime('2020-05-06', 'yyyy-MM-dd'), parse_datetime('06/05/2020 07:08:09', 'dd/MM/yyyy HH:mm:ss'), parse_datetime('2020', 'yyyy'), parse_datetime('nope', 'yyyy')
TIMESTAMP '2020-07-01 12:00:00 UTC' = TIMESTAMP '2020-07-01 08:00:00 America/New_York', TIMESTAMP '2020-07-01 12:00:00 UTC' < TIMESTAMP '2020-07-01 08:00:01 America/New_York', TIMESTAMP '2020-07-01 12:00:00 UTC' BETWEEN TIMESTAMP '2020-07-01 08:00:00 America/New_York' AND TIMESTAMP '2020-07-02 00:00:00 Europe/Berlin', TIMESTAMP '2020-07-01 12:00:00 UTC' - TIMESTAMP '2020-07-01 07:00:00 America/New_York'
INTERVAL '1 02:03:04.5' DAY TO SECOND, INTERVAL '2 10' DAY TO HOUR, INTERVAL '90:30' MINUTE TO SECOND, INTERVAL '2-3' YEAR TO MONTH, INTERVAL -'2-3' YEAR TO MONTH, INTERVAL '1:02:03' HOUR TO SECOND, INTERVAL '3' DAY + INTERVAL '4' HOUR, DATE '2020-01-31' + INTERVAL '1-1' YEAR TO MONTH, INTERVAL '1' WEEK
TIME '01:02:03' + INTERVAL '3' HOUR, TIME '10:00:00' > TIME '09:00:00', CAST('10:11:12' AS time), hour(TIME '10:11:12'), date_add('minute', 5, TIME '10:00:00'), date_diff('minute', TIME '10:00:00', TIME '11:30:00'), format_datetime(TIMESTAMP '2020-01-05 23:04:09', 'yyyy-DDD'), date_format(TIMESTAMP '2020-01-05 23:04:09', '%v')
date(TIMESTAMP '2020-01-05 23:04:09'), date('2020-01-05'), from_iso8601_date('2020-05-11'), from_iso8601_timestamp('2020-05-11T11:15:05.055+01:00'), to_iso8601(DATE '2020-01-01'), to_iso8601(TIMESTAMP '2020-07-01 00:00:00 Europe/Berlin'), year_of_week(DATE '2021-01-03'), EXTRACT(QUARTER FROM DATE '2020-05-01'), EXTRACT(TIMEZONE_HOUR FROM TIMESTAMP '2020-01-01 00:00:00 UTC'), last_day_of_month(DATE '2024-02-01')
-- JSON
json_array(1, 'a', true), json_array(), json_array(1, NULL), json_array(1, NULL NULL ON NULL), json_object('k' VALUE 1, 'l': 'x'), json_object(), json_query('{"a":[1,2]}', 'lax $.a'), json_query('{"a":1}', 'lax $.b'), json_value('{"a":"x"}', 'lax $.a'), json_value('{"a":1}', 'lax $.a' RETURNING integer), json_exists('{"a":1}', 'lax $.a'), json_exists('{"a":1}', 'lax $.b')
json_array_get('["a", [1], 2]', 0), json_array_get('[1, 2]', -1), json_array_get('[1]', 9), json_array_contains('["a", true, 2.5]', true), json_array_contains('[2.5]', 2.5e0), json_array_contains('nope', 1), is_json_scalar('1'), is_json_scalar('[1]'), json_array_length('[1, [2], 3]'), json_size('{"a":[1,2]}', '$.a'), json_extract_scalar('{"store":{"book":[{"price":8.95}]}}', '$.store.book[0].price'), CAST(JSON '{"a":1,"b":2}' AS map(varchar, bigint)), CAST(JSON '[1,2]' AS array(bigint)), CAST(JSON '{"x":1,"y":"z"}' AS ROW(x bigint, y varchar)), JSON '{"a":[1,2]}' = JSON '{"a": [1, 2]}'
-- Conversion
CAST(' 12' AS integer), CAST('12 ' AS bigint), CAST(' 1.5 ' AS double), CAST(' 1.5 ' AS decimal(3,1)), CAST(' 2020-01-02 ' AS date), CAST(' true ' AS boolean), CAST(' 2020-01-02 03:04:05 ' AS timestamp), TRY_CAST('x ' AS integer), CAST('a' AS char(3)) || '|', CAST(1.5 AS real), CAST(real '1.5' AS varchar), CAST(real '0.1' AS double), CAST(CAST('2020-01-01' AS varchar) AS date), typeof(CAST('a' AS varchar(5))), typeof(1.5), typeof(ARRAY[1.5]), CAST(ARRAY['1', '2'] AS array(bigint)), CAST(MAP(ARRAY['1'], ARRAY['2']) AS map(bigint, double)), CAST(123.456 AS varchar), CAST(12345678901 AS varchar), CAST(X'41' AS varchar), CAST('a' AS varbinary)
-- Comparison
2 = ALL (VALUES 2, 2), 2 > ANY (VALUES 1, 3), 5 >= ALL (SELECT x FROM (VALUES 1, 5) AS t (x)), 1 = SOME (SELECT x FROM (VALUES 1, 5) AS t (x)), 1 <> ALL (SELECT x FROM (VALUES 2, 3) AS t (x)), greatest(DATE '2020-01-01', DATE '2021-01-01'), least(1.5, 2), greatest(TIMESTAMP '2020-01-01 00:00:00', TIMESTAMP '2020-01-02 00:00:00'), greatest(nan(), 1e0), ARRAY[1, 2] < ARRAY[1, 3], ROW(1, 'a') = ROW(1, 'a'), NULL IS DISTINCT FROM NULL
-- Color
render(true), bar(0.5e0, 10), color('red'), rgb(255, 0, 0)
-- Session and system
current_user, current_catalog, current_schema, current_groups(), version(), uuid() IS NOT NULL, typeof(uuid()), length(CAST(uuid() AS varchar))
-- Geospatial
ST_AsText(ST_Point(1, 2)), ST_Distance(ST_Point(0, 0), ST_Point(3, 4)), great_circle_distance(36.12, -86.67, 33.94, -118.40), ST_X(ST_Point(1, 2)), ST_Contains(ST_GeometryFromText('POLYGON ((0 0, 0 2, 2 2, 2 0, 0 0))'), ST_Point(1, 1)), ST_Area(ST_GeometryFromText('POLYGON ((0 0, 0 2, 2 2, 2 0, 0 0))')), bing_tile_quadkey(bing_tile_at(30.12, 60, 10))
-- URL and others
url_encode('hello world/ä'), url_encode('a*b~c'), url_decode('hello+world%2F'), url_decode('%zz'), url_extract_host('http://www.example.com:80/stu/index.html?a=1#x'), url_extract_path('http://www.example.com/stu/index.html'), url_extract_parameter('http://a.com/?q=a%20b&r=2', 'q'), url_extract_query('http://a.com/?q=1'), url_extract_protocol('ftp://a/b'), url_extract_port('http://a:99/')
