/**
 * The functions that are translated by their types alone, by the chapters of Trino's documentation: each signature with its
 * DuckDB. The others are in `special-functions.ts`, `time-functions.ts` and `aggregates.ts`; all else is refused. T, K and V
 * stand for any type, N for a number, I for an integer, F for a double or real, C for values that can be equal (no map, no
 * JSON), O for values that have an order (no array and no row either). `$1` is the first argument, `$*` all of them, `%0`
 * DuckDB's name of the answer's type. A null argument makes null unless the DuckDB says otherwise.
 */
export const FUNCTION_LIST = `
# Mathematical
abs(N) N = abs($1)
cbrt(double) double = cbrt($1)
ceil(I) I = $1
ceil(F) F = ceil($1)
ceiling(I) I = $1
ceiling(F) F = ceil($1)
floor(I) I = $1
floor(F) F = floor($1)
round(I) I = $1
round(I, integer) I = CAST(round(CAST($1 AS HUGEINT), $2) AS %0)
round(F) F = round($1)
round(F, integer) F = round($1, $2)
truncate(double) double = trunc($1)
degrees(double) double = degrees($1)
radians(double) double = radians($1)
e() double = exp(1)
pi() double = pi()
exp(double) double = exp($1)
ln(double) double = trino_ln($1)
log2(double) double = CASE WHEN $1 > 0 THEN log2($1) WHEN $1 = 0 THEN CAST('-Infinity' AS DOUBLE) WHEN $1 < 0 THEN CAST('NaN' AS DOUBLE) END
log10(double) double = CASE WHEN $1 > 0 THEN log10($1) WHEN $1 = 0 THEN CAST('-Infinity' AS DOUBLE) WHEN $1 < 0 THEN CAST('NaN' AS DOUBLE) END
log(double, double) double = trino_ln($2) / trino_ln($1)
sqrt(double) double = CASE WHEN $1 < 0 THEN CAST('NaN' AS DOUBLE) ELSE sqrt($1) END
power(double, double) double = trino_power($1, $2)
pow(double, double) double = trino_power($1, $2)
sign(I) I = CAST(sign($1) AS %0)
sign(double) double = CASE WHEN isnan($1) THEN $1 ELSE CAST(sign($1) AS DOUBLE) END
infinity() double = CAST('Infinity' AS DOUBLE)
nan() double = CAST('NaN' AS DOUBLE)
is_nan(double) boolean = isnan($1)
is_finite(double) boolean = isfinite($1)
is_infinite(double) boolean = isinf($1)
width_bucket(double, double, double, bigint) bigint = CASE WHEN $1 IS NULL OR $2 IS NULL OR $3 IS NULL OR $4 IS NULL THEN NULL WHEN isnan($1) THEN CAST('§operand must not be NaN' AS BIGINT) WHEN NOT isfinite($2) THEN CAST('§first bound must be finite' AS BIGINT) WHEN NOT isfinite($3) THEN CAST('§second bound must be finite' AS BIGINT) WHEN $2 = $3 THEN CAST('§bounds cannot equal each other' AS BIGINT) WHEN $4 <= 0 THEN CAST('§bucketCount must be greater than 0' AS BIGINT) ELSE trino_bucket(CASE WHEN $1 < least($2, $3) THEN 0 WHEN $1 >= greatest($2, $3) THEN $4 + 1 ELSE CAST(floor($4 * ($1 - least($2, $3)) / (greatest($2, $3) - least($2, $3))) AS BIGINT) + 1 END, $2 > $3, $4) END
sin(double) double = sin($1)
cos(double) double = cos($1)
tan(double) double = tan($1)
asin(double) double = CASE WHEN abs($1) > 1 THEN CAST('NaN' AS DOUBLE) ELSE asin($1) END
acos(double) double = CASE WHEN abs($1) > 1 THEN CAST('NaN' AS DOUBLE) ELSE acos($1) END
atan(double) double = atan($1)
atan2(double, double) double = atan2($1, $2)
sinh(double) double = sinh($1)
cosh(double) double = cosh($1)
tanh(double) double = tanh($1)
bitwise_and(bigint, bigint) bigint = $1 & $2
bitwise_or(bigint, bigint) bigint = $1 | $2
bitwise_xor(bigint, bigint) bigint = xor($1, $2)
bitwise_not(bigint) bigint = ~$1
bit_count(bigint, bigint) bigint = CASE WHEN $2 = 64 THEN CAST(bit_count($1) AS BIGINT) ELSE CAST('§The local engine counts bits of 64 alone' AS BIGINT) END
from_base(varchar, bigint) bigint = trino_from_base(lower($1), $2)
to_base(bigint, bigint) varchar = CASE WHEN $1 < 0 THEN '-' || lower(to_base(-$1, CAST($2 AS INTEGER))) ELSE lower(to_base($1, CAST($2 AS INTEGER))) END
wilson_interval_lower(bigint, bigint, double) double = trino_wilson($1, $2, $3, -1)
wilson_interval_upper(bigint, bigint, double) double = trino_wilson($1, $2, $3, 1)
width_bucket(double, array(double)) bigint = CASE WHEN $1 IS NULL THEN NULL WHEN isnan($1) OR len($2) = 0 OR len(list_filter($2, lambda b: b IS NULL OR NOT isfinite(b))) > 0 OR $2 <> list_sort($2) THEN CAST('§width_bucket takes a number and bins that are finite and sorted' AS BIGINT) ELSE len(list_filter($2, lambda b: b <= $1)) END

# Bitwise
bitwise_left_shift(bigint, integer) bigint = trino_left_shift($1, $2, 64)
bitwise_left_shift(integer, integer) integer = CAST(trino_left_shift($1, $2, 32) AS INTEGER)
bitwise_left_shift(smallint, integer) smallint = CAST(trino_left_shift($1, $2, 16) AS SMALLINT)
bitwise_left_shift(tinyint, integer) tinyint = CAST(trino_left_shift($1, $2, 8) AS TINYINT)
bitwise_right_shift(bigint, integer) bigint = trino_right_shift($1, $2, 64)
bitwise_right_shift(integer, integer) integer = CAST(trino_right_shift($1, $2, 32) AS INTEGER)
bitwise_right_shift(smallint, integer) smallint = CAST(trino_right_shift($1, $2, 16) AS SMALLINT)
bitwise_right_shift(tinyint, integer) tinyint = CAST(trino_right_shift($1, $2, 8) AS TINYINT)
bitwise_right_shift_arithmetic(bigint, integer) bigint = trino_arithmetic_shift($1, $2)
bitwise_right_shift_arithmetic(integer, integer) integer = CAST(trino_arithmetic_shift($1, $2) AS INTEGER)
bitwise_right_shift_arithmetic(smallint, integer) smallint = CAST(trino_arithmetic_shift($1, $2) AS SMALLINT)
bitwise_right_shift_arithmetic(tinyint, integer) tinyint = CAST(trino_arithmetic_shift($1, $2) AS TINYINT)

# String
soundex(varchar) varchar = trino_soundex($1)
luhn_check(varchar) boolean = CASE WHEN regexp_full_match($1, '[0-9]+') THEN trino_luhn(string_split(reverse($1), '')) % 10 = 0 WHEN $1 = '' THEN false WHEN $1 IS NOT NULL THEN CAST('§Input contains a letter that is no digit' AS BOOLEAN) END
chr(bigint) varchar = chr(CAST($1 AS INTEGER))
codepoint(varchar) integer = CASE WHEN length($1) = 1 THEN CAST(unicode($1) AS INTEGER) WHEN $1 IS NOT NULL THEN CAST('§Not a single character' AS INTEGER) END
concat_ws(varchar, array(varchar)) varchar = CASE WHEN $1 IS NOT NULL AND $2 IS NOT NULL THEN coalesce(array_to_string(list_filter($2, lambda x: x IS NOT NULL), $1), '') END
concat_ws(varchar, varchar...) varchar = concat_ws($*)
length(varchar) bigint = length($1)
length(varbinary) bigint = octet_length($1)
levenshtein_distance(varchar, varchar) bigint = CASE WHEN trino_is_ascii($1 || $2) THEN levenshtein($1, $2) WHEN $1 IS NOT NULL AND $2 IS NOT NULL THEN CAST('§The local engine compares texts of ASCII letters alone; Athena has others' AS BIGINT) END
lower(varchar) varchar = lower($1)
lpad(varchar, bigint, varchar) varchar = CASE WHEN $3 = '' THEN CAST(CAST('§Padding string must not be empty' AS INTEGER) AS VARCHAR) WHEN $2 < 0 OR $2 > 2147483647 THEN CAST(CAST('§Target length must be in the range [0..2147483647]' AS INTEGER) AS VARCHAR) ELSE lpad($1, CAST($2 AS INTEGER), $3) END
rpad(varchar, bigint, varchar) varchar = CASE WHEN $3 = '' THEN CAST(CAST('§Padding string must not be empty' AS INTEGER) AS VARCHAR) WHEN $2 < 0 OR $2 > 2147483647 THEN CAST(CAST('§Target length must be in the range [0..2147483647]' AS INTEGER) AS VARCHAR) ELSE rpad($1, CAST($2 AS INTEGER), $3) END
ltrim(varchar) varchar = ltrim($1, ' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13))
rtrim(varchar) varchar = rtrim($1, ' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13))
trim(varchar) varchar = trim($1, ' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13))
ltrim(varchar, varchar) varchar = ltrim($1, $2)
rtrim(varchar, varchar) varchar = rtrim($1, $2)
trim(varchar, varchar) varchar = trim($1, $2)
replace(varchar, varchar) varchar = replace($1, $2, '')
replace(varchar, varchar, varchar) varchar = CASE WHEN $2 = '' THEN CASE WHEN $1 IS NOT NULL AND $3 IS NOT NULL THEN $3 || list_reduce(list_append(list_transform(string_split($1, ''), lambda c: c || $3), ''), lambda a, b: a || b) END ELSE replace($1, $2, $3) END
reverse(varchar) varchar = reverse($1)
split(varchar, varchar) array(varchar) = trino_split($1, $2)
split(varchar, varchar, bigint) array(varchar) = CASE WHEN $1 IS NULL OR $2 IS NULL OR $3 IS NULL THEN NULL WHEN $3 > 2147483647 THEN CAST('§Limit is too large' AS %0) WHEN $3 <= 0 THEN CAST('§Limit must be positive' AS %0) WHEN $2 = '' THEN CAST('§The local engine splits by a text that is not empty' AS %0) WHEN len(string_split($1, $2)) <= $3 THEN string_split($1, $2) ELSE list_append(string_split($1, $2)[1:$3 - 1], array_to_string(string_split($1, $2)[$3:], $2)) END
split_to_multimap(varchar, varchar, varchar) map(varchar, array(varchar)) = trino_multimap(list_transform(trino_entries($1, $2, $3), lambda p: struct_pack(f0 := split_part(p, $3, 1), f1 := split_part(p, $3, 2))))
split_part(varchar, varchar, bigint) varchar = trino_split_part($1, $2, $3)
split_to_map(varchar, varchar, varchar) map(varchar, varchar) = map_from_entries(list_transform(trino_entries($1, $2, $3), lambda p: struct_pack(k := split_part(p, $3, 1), v := split_part(p, $3, 2))))
starts_with(varchar, varchar) boolean = starts_with($1, $2)
strpos(varchar, varchar) bigint = instr($1, $2)
substr(varchar, bigint) varchar = trino_substr($1, $2)
substr(varchar, bigint, bigint) varchar = trino_substr_n($1, $2, $3)
substring(varchar, bigint) varchar = trino_substr($1, $2)
substring(varchar, bigint, bigint) varchar = trino_substr_n($1, $2, $3)
translate(varchar, varchar, varchar) varchar = translate($1, $2, $3)
upper(varchar) varchar = CASE WHEN contains($1, 'ß') THEN CAST(CAST('§The local engine writes ß otherwise in capitals' AS INTEGER) AS VARCHAR) ELSE upper($1) END
hamming_distance(varchar, varchar) bigint = CASE WHEN length($1) = length($2) AND NOT trino_is_ascii($1 || $2) THEN CAST('§The local engine compares texts of ASCII letters alone; Athena has others' AS BIGINT) WHEN length($1) = length($2) THEN hamming($1, $2) WHEN $1 IS NOT NULL AND $2 IS NOT NULL THEN CAST('§The input strings to hamming_distance function must have the same length' AS BIGINT) END
to_utf8(varchar) varbinary = encode($1)
from_utf8(varbinary) varchar = coalesce(TRY(decode($1)), trino_utf8($1, 'EFBFBD'))
from_utf8(varbinary, varchar) varchar = CASE WHEN length($2) > 1 THEN CAST(CAST('§Replacement character string must empty or a single character' AS INTEGER) AS VARCHAR) WHEN $2 IS NOT NULL THEN coalesce(TRY(decode($1)), trino_utf8($1, hex(encode($2)))) END
strpos(varchar, varchar, bigint) bigint = CASE WHEN $2 IS NULL THEN NULL WHEN $3 < 1 OR $2 = '' THEN CAST('§The local engine finds the n-th place of a text that is not empty, n being 1 or more' AS BIGINT) WHEN len(string_split($1, $2)) <= $3 THEN 0 ELSE CAST(length(array_to_string(string_split($1, $2)[1:$3], $2)) + 1 AS BIGINT) END
normalize(varchar) varchar = nfc_normalize($1)

# Binary
to_hex(varbinary) varchar = hex($1)
from_hex(varchar) varbinary = CASE WHEN length($1) % 2 = 1 THEN CAST(CAST('§invalid input length: bytes are written by two digits each' AS INTEGER) AS VARCHAR)::BLOB ELSE unhex($1) END
to_base64(varbinary) varchar = to_base64($1)
from_base64(varchar) varbinary = from_base64($1)
to_base64url(varbinary) varchar = replace(replace(to_base64($1), '+', '-'), '/', '_')
from_base64url(varchar) varbinary = from_base64(replace(replace($1, '-', '+'), '_', '/'))
to_big_endian_64(bigint) varbinary = unhex(lpad(hex($1), 16, '0'))
to_big_endian_32(integer) varbinary = unhex(right(lpad(hex(CAST($1 AS BIGINT)), 16, '0'), 8))
from_big_endian_64(varbinary) bigint = CASE WHEN octet_length($1) = 8 THEN trino_signed(CAST('0x' || left(hex($1), 8) AS BIGINT)) * 4294967296 + CAST('0x' || right(hex($1), 8) AS BIGINT) WHEN $1 IS NOT NULL THEN CAST('§expected 8-byte input' AS BIGINT) END
from_big_endian_32(varbinary) integer = CASE WHEN octet_length($1) = 4 THEN CAST(trino_signed(CAST('0x' || hex($1) AS BIGINT)) AS INTEGER) WHEN $1 IS NOT NULL THEN CAST('§expected 4-byte input' AS INTEGER) END
reverse(varbinary) varbinary = unhex(array_to_string(list_reverse(regexp_extract_all(hex($1), '..')), ''))
substr(varbinary, bigint) varbinary = trino_bytes($1, $2, octet_length($1))
substr(varbinary, bigint, bigint) varbinary = trino_bytes($1, $2, $3)
md5(varbinary) varbinary = unhex(md5(CAST($1 AS BLOB)))
sha1(varbinary) varbinary = unhex(sha1($1))
sha256(varbinary) varbinary = unhex(sha256($1))

# Date and time
current_timezone() varchar = 'UTC'
human_readable_seconds(double) varchar = trino_human_seconds(CAST(round(abs($1)) AS BIGINT))
parse_duration(varchar) interval day to second = trino_duration(regexp_extract($1, '^\\s*([0-9]+(?:[.][0-9]+)?)\\s*([a-zA-Z]+)\\s*$', ['n', 'unit']), $1)

# JSON
json_parse(varchar) json = CASE WHEN json_valid($1) THEN CAST($1 AS JSON) WHEN $1 IS NOT NULL THEN CAST('§Cannot convert value to JSON' AS JSON) END
json_format(json) varchar = trino_json_text(CAST(json($1) AS VARCHAR))
json_array_length(varchar) bigint = CASE WHEN json_type(trino_json($1)) = 'ARRAY' THEN json_array_length(trino_json($1)) END
json_array_length(json) bigint = CASE WHEN json_type($1) = 'ARRAY' THEN json_array_length($1) END
is_json_scalar(varchar) boolean = json_type($1) NOT IN ('ARRAY', 'OBJECT')
is_json_scalar(json) boolean = json_type($1) NOT IN ('ARRAY', 'OBJECT')
json_array_contains(varchar, varchar) boolean = list_contains(list_transform(trino_json_items($1), lambda j: CASE WHEN json_type(j) = 'VARCHAR' THEN j ->> '$' END), $2)
json_array_contains(varchar, bigint) boolean = CASE WHEN trino_json_items($1) IS NOT NULL THEN coalesce(list_contains(list_transform(trino_json_items($1), lambda j: CASE WHEN json_type(j) IN ('UBIGINT', 'BIGINT') THEN CAST(j AS BIGINT) END), $2), false) END
json_array_contains(varchar, boolean) boolean = CASE WHEN trino_json_items($1) IS NOT NULL THEN coalesce(list_contains(list_transform(trino_json_items($1), lambda j: CASE WHEN json_type(j) = 'BOOLEAN' THEN CAST(j AS BOOLEAN) END), $2), false) END

# Array
array_distinct(array(C)) array(C) = trino_distinct($1)
array_histogram(array(C)) map(C, bigint) = map(trino_distinct(list_filter($1, lambda x: x IS NOT NULL)), list_transform(trino_distinct(list_filter($1, lambda x: x IS NOT NULL)), lambda k: len(list_filter($1, lambda x: x = k))))
array_except(array(C), array(C)) array(C) = CASE WHEN len($2) = 0 THEN $1 WHEN $2 IS NOT NULL THEN trino_distinct(list_filter($1, lambda x: list_position($2, x) IS NULL OR list_position($2, x) = 0)) END
array_intersect(array(C), array(C)) array(C) = CASE WHEN $2 IS NOT NULL THEN trino_distinct(list_filter($1, lambda x: list_position($2, x) > 0)) END
array_union(array(C), array(C)) array(C) = CASE WHEN $1 IS NOT NULL AND $2 IS NOT NULL THEN trino_distinct(list_concat($1, $2)) END
array_max(array(F)) F = CASE WHEN list_position($1, NULL) > 0 THEN NULL ELSE coalesce(list_max(list_filter($1, lambda x: NOT isnan(x))), list_max($1)) END
array_max(array(O)) O = CASE WHEN list_position($1, NULL) > 0 THEN NULL ELSE list_max($1) END
array_min(array(F)) F = CASE WHEN list_position($1, NULL) > 0 THEN NULL ELSE coalesce(list_min(list_filter($1, lambda x: NOT isnan(x))), list_min($1)) END
array_min(array(O)) O = CASE WHEN list_position($1, NULL) > 0 THEN NULL ELSE list_min($1) END
array_position(array(F), F) bigint = CASE WHEN $1 IS NULL OR $2 IS NULL THEN NULL WHEN isnan($2) THEN 0 ELSE coalesce(list_position($1, $2), 0) END
array_position(array(O), O) bigint = CASE WHEN $1 IS NULL OR $2 IS NULL THEN NULL ELSE coalesce(list_position($1, $2), 0) END
array_remove(array(F), F) array(F) = CASE WHEN isnan($2) THEN $1 WHEN $2 IS NOT NULL THEN list_filter($1, lambda x: x IS NULL OR x <> $2) END
array_remove(array(O), O) array(O) = CASE WHEN $2 IS NOT NULL THEN list_filter($1, lambda x: x IS NULL OR x <> $2) END
array_sort(array(O)) array(O) = list_sort($1, 'ASC', 'NULLS LAST')
arrays_overlap(array(C), array(C)) boolean = CASE WHEN $1 IS NULL OR $2 IS NULL THEN NULL WHEN len(list_filter($1, lambda x: x IS NOT NULL AND list_position($2, x) > 0)) > 0 THEN true WHEN (list_position($1, NULL) > 0 AND len($2) > 0) OR (list_position($2, NULL) > 0 AND len($1) > 0) THEN NULL ELSE false END
cardinality(array(T)) bigint = len($1)
contains(array(F), F) boolean = CASE WHEN $1 IS NULL OR $2 IS NULL THEN NULL WHEN NOT isnan($2) AND list_contains($1, $2) THEN true WHEN list_position($1, NULL) > 0 THEN NULL ELSE false END
contains(array(O), O) boolean = CASE WHEN $1 IS NULL OR $2 IS NULL THEN NULL WHEN list_contains($1, $2) THEN true WHEN list_position($1, NULL) > 0 THEN NULL ELSE false END
contains_sequence(array(T), array(T)) boolean = CASE WHEN $1 IS NULL OR $2 IS NULL THEN NULL ELSE len($2) = 0 OR len(list_filter(range(1, len($1) - len($2) + 2), lambda i: $1[i:i + len($2) - 1] = $2)) > 0 END
flatten(array(array(T))) array(T) = flatten($1)
ngrams(array(T), integer) array(array(T)) = CASE WHEN $2 <= 0 THEN CAST('§N must be positive' AS %0) WHEN $2 >= len($1) THEN [$1] ELSE list_transform(range(1, len($1) - $2 + 2), lambda i: $1[i:i + $2 - 1]) END
shuffle(array(T)) array(T) = list_transform(list_sort(list_transform($1, lambda x: struct_pack(at := random(), x := x))), lambda e: (e).x)
dot_product(array(double), array(double)) double = trino_pair($1, $2, list_inner_product($1, $2))
euclidean_distance(array(double), array(double)) double = trino_pair($1, $2, list_distance($1, $2))
cosine_similarity(array(double), array(double)) double = trino_pair($1, $2, trino_cosine($1, $2))
cosine_distance(array(double), array(double)) double = trino_pair($1, $2, 1 - trino_cosine($1, $2))
repeat(T, bigint) array(T) = CASE WHEN $2 < 0 THEN CAST('§count argument of repeat function must be greater than or equal to 0' AS %0) WHEN $2 > 10000 THEN CAST('§count argument of repeat function must be less than or equal to 10000' AS %0) ELSE list_transform(range(0, $2), lambda i: $1) END
reverse(array(T)) array(T) = list_reverse($1)
sequence(bigint, bigint) array(bigint) = CASE WHEN abs(CAST($2 AS HUGEINT) - $1) >= 10000 THEN CAST('§result of sequence function must not have more than 10000 entries' AS %0) WHEN $1 <= $2 THEN generate_series($1, $2) ELSE generate_series($1, $2, -1) END
sequence(bigint, bigint, bigint) array(bigint) = CASE WHEN $3 = 0 THEN CAST('§sequence stop value should be greater than or equal to start value if step is greater than zero otherwise stop should be less than or equal to start' AS %0) WHEN (CAST($2 AS HUGEINT) - $1) // $3 >= 10000 THEN CAST('§result of sequence function must not have more than 10000 entries' AS %0) WHEN (CAST($2 AS HUGEINT) - $1) * sign($3) >= 0 THEN generate_series($1, $2, $3) WHEN $1 IS NOT NULL AND $2 IS NOT NULL AND $3 IS NOT NULL THEN CAST('§sequence stop value should be greater than or equal to start value if step is greater than zero otherwise stop should be less than or equal to start' AS %0) END
sequence(date, date) array(date) = CASE WHEN abs($2 - $1) >= 10000 THEN CAST('§result of sequence function must not have more than 10000 entries' AS %0) WHEN $1 <= $2 THEN list_transform(generate_series(0, $2 - $1), lambda i: $1 + CAST(i AS INTEGER)) ELSE list_transform(generate_series(0, $1 - $2), lambda i: $1 - CAST(i AS INTEGER)) END
sequence(date, date, interval day to second) array(date) = CASE WHEN epoch_ms($3) % 86400000 <> 0 THEN CAST('§sequence step must be a day interval if start and end values are dates' AS %0) ELSE list_transform(trino_sequence(CAST($1 AS TIMESTAMP), CAST($2 AS TIMESTAMP), $3), lambda t: CAST(t AS DATE)) END
sequence(date, date, interval year to month) array(date) = list_transform(trino_sequence(CAST($1 AS TIMESTAMP), CAST($2 AS TIMESTAMP), $3), lambda t: CAST(t AS DATE))
sequence(timestamp(3), timestamp(3), interval day to second) array(timestamp(3)) = trino_sequence($1, $2, $3)
sequence(timestamp(3), timestamp(3), interval year to month) array(timestamp(3)) = trino_sequence($1, $2, $3)
slice(array(T), bigint, bigint) array(T) = CASE WHEN $2 IS NULL OR $3 IS NULL THEN NULL WHEN $2 = 0 THEN CAST('§SQL array indices start at 1' AS %0) WHEN $3 < 0 THEN CAST('§length must be greater than or equal to 0' AS %0) WHEN $2 > 0 THEN $1[$2:$2 + $3 - 1] WHEN -$2 > len($1) THEN $1[1:0] ELSE $1[len($1) + $2 + 1:len($1) + $2 + $3] END
trim_array(array(T), bigint) array(T) = CASE WHEN $2 < 0 OR $2 > len($1) THEN CAST('§size must not exceed array cardinality' AS %0) ELSE $1[1:len($1) - $2] END

# Map
cardinality(map(K, V)) bigint = cardinality($1)
element_at(map(K, V), K) V = map_extract_value($1, $2)
map(array(K), array(V)) map(K, V) = map($1, $2)
map() map(unknown, unknown) = CAST(map([], []) AS %0)
multimap_from_entries(array(row(K, V))) map(K, array(V)) = trino_multimap($1)
map_entries(map(K, V)) array(row(K, V)) = list_transform(map_entries($1), lambda e: struct_pack(f0 := (e).key, f1 := (e).value))
map_from_entries(array(row(K, V))) map(K, V) = map_from_entries($1)
map_keys(map(K, V)) array(K) = map_keys($1)
map_values(map(K, V)) array(V) = map_values($1)

# URL
url_decode(varchar) varchar = CASE WHEN regexp_full_match($1, '(?s)([^%]|%[0-9A-Fa-f]{2})*') THEN url_decode(replace($1, '+', ' ')) WHEN $1 IS NOT NULL THEN CAST(CAST('§two digits of a hexadecimal number stand behind each %' AS INTEGER) AS VARCHAR) END
url_encode(varchar) varchar = replace(replace(replace(url_encode($1), '%20', '+'), '~', '%7E'), '%2A', '*')
url_extract_fragment(varchar) varchar = regexp_extract(trino_url($1), '#(.*)$', 1)
url_extract_host(varchar) varchar = nullif(regexp_extract(trino_url($1), '^[A-Za-z][A-Za-z0-9+.-]*://(?:[^/?#@]*@)?([^/?#:]*)', 1), '')
url_extract_path(varchar) varchar = regexp_extract(trino_url($1), '^(?:[A-Za-z][A-Za-z0-9+.-]*:)?(?://[^/?#]*)?([^?#]*)', 1)
url_extract_port(varchar) bigint = CAST(nullif(regexp_extract(trino_url($1), '^[A-Za-z][A-Za-z0-9+.-]*://(?:[^/?#@]*@)?[^/?#:]*:([0-9]+)', 1), '') AS BIGINT)
url_extract_protocol(varchar) varchar = regexp_extract(trino_url($1), '^([A-Za-z][A-Za-z0-9+.-]*):', 1)
url_extract_query(varchar) varchar = regexp_extract(trino_url($1), '^[^?#]*[?]([^#]*)', 1)
url_extract_parameter(varchar, varchar) varchar = list_filter(list_transform(string_split(regexp_extract(trino_url($1), '^[^?#]*[?]([^#]*)', 1), '&'), lambda p: struct_pack(k := string_split(p, '=')[1], v := CASE WHEN contains(p, '=') THEN substr(p, instr(p, '=') + 1) ELSE '' END)), lambda p: (p).k = $2)[1].v

# Other
random(I) I = CASE WHEN $1 <= 0 THEN CAST('§bound must be positive' AS %0) ELSE CAST(floor(random() * $1) AS %0) END
random(I, I) I = CASE WHEN $1 >= $2 THEN CAST('§start value must be less than stop value' AS %0) ELSE CAST($1 + floor(random() * ($2 - $1)) AS %0) END
uuid() varchar = CAST(uuid() AS VARCHAR)
random() double = random()
rand() double = random()
`
