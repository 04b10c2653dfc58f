/** How our sentence begins where a statement is refused while it runs, though Athena may answer it. */
const REFUSAL = '§The local engine'

/** Whether a piece of SQL may be refused while it runs: `TRY` would make a null of that. */
export function mayRefuse(sql: string): boolean {
  return sql.includes(REFUSAL) || [...REFUSING].some((name) => sql.includes(`${name}(`))
}

/** A letter in UTF-8, by the hexadecimal digits of its bytes. */
const LETTER = [
  '[0-7].',
  '(?:C[2-9A-F]|D.)[89AB].',
  'E0[AB].[89AB].',
  '(?:E[1-9A-CEF][89AB].|ED[89].)[89AB].',
  'F0[9AB].(?:[89AB].){2}',
  '(?:F[1-3][89AB].|F48.)(?:[89AB].){2}',
].join('|')
/** Bytes that are no letter: a first byte, with as many of the continuation bytes it asks for as stand behind it. */
const NO_LETTER = [
  'C[01][89AB].',
  'E.(?:[89AB].){1,2}',
  'F[0-7](?:[89AB].){1,3}',
  'F[89AB](?:[89AB].){1,4}',
  'F[CD](?:[89AB].){1,5}',
  '..',
].join('|')

const BROKEN_JSON = `CAST(CAST('${REFUSAL} reads whole JSON alone; Athena reads as far as the fault' AS INTEGER) AS JSON)`

/** Functions of Trino that DuckDB lacks, made of its own: they are there before the first statement. */
export const PRELUDE: readonly string[] = [
  "SET GLOBAL TimeZone = 'UTC'",
  `CREATE MACRO trino_substr(s, f) AS CASE WHEN s IS NULL THEN NULL WHEN f = 0 OR f < -length(s) THEN '' ELSE substr(s, f) END`,
  `CREATE MACRO trino_substr_n(s, f, n) AS CASE WHEN f = 0 OR f < -length(s) OR n <= 0 THEN CASE WHEN s IS NOT NULL AND f IS NOT NULL AND n IS NOT NULL THEN '' END ELSE substr(s, f, n) END`,
  `CREATE MACRO trino_split_part(s, d, n) AS CASE WHEN n < 1 THEN CAST(CAST('§Index must be greater than zero' AS INTEGER) AS VARCHAR) WHEN d IS NULL OR n > len(string_split(s, d)) THEN NULL ELSE string_split(s, d)[n] END`,
  `CREATE MACRO trino_split(s, d) AS CASE WHEN d = '' AND s IS NOT NULL THEN CAST('§The delimiter may not be the empty string' AS VARCHAR[]) WHEN d IS NOT NULL THEN string_split(s, d) END`,
  // The empty text behind the last delimiter, as in `a=1;`, is no entry.
  `CREATE MACRO trino_pieces(s, d) AS CASE WHEN list_last(string_split(s, d)) = '' THEN string_split(s, d)[1:len(string_split(s, d)) - 1] ELSE string_split(s, d) END`,
  `CREATE MACRO trino_entries(s, d, kv) AS CASE WHEN s IS NULL OR d IS NULL OR kv IS NULL THEN NULL WHEN d = '' THEN CAST('§entryDelimiter is empty' AS VARCHAR[]) WHEN kv = '' THEN CAST('§keyValueDelimiter is empty' AS VARCHAR[]) WHEN d = kv THEN CAST('§entryDelimiter and keyValueDelimiter must not be the same' AS VARCHAR[]) WHEN len(list_filter(trino_pieces(s, d), lambda p: len(string_split(p, kv)) <> 2)) > 0 THEN CAST('§Key-value delimiter must appear exactly once in each entry' AS VARCHAR[]) ELSE trino_pieces(s, d) END`,
  `CREATE MACRO trino_distinct(a) AS list_filter(a, lambda x, i: list_position(a, x) = i)`,
  `CREATE MACRO trino_time_text(t, p) AS CASE WHEN p = 0 THEN strftime(t, '%Y-%m-%d %H:%M:%S') ELSE left(strftime(t, '%Y-%m-%d %H:%M:%S.%f'), 20 + p) END`,
  // Where clocks are put back an hour comes twice: DuckDB takes the second. A literal means the first, and what is moved stays as far from UTC as it was.
  `CREATE MACRO trino_earlier(zone, t) AS CASE WHEN timezone(zone, timezone(zone, t) - INTERVAL 1 HOUR) = t THEN timezone(zone, t) - INTERVAL 1 HOUR ELSE timezone(zone, t) END`,
  `CREATE MACRO trino_moved(zone, was, t) AS CASE WHEN timezone(zone, was + (t - timezone(zone, was))) = t THEN was + (t - timezone(zone, was)) ELSE timezone(zone, t) END`,
  `CREATE MACRO trino_iso_time(s, pattern) AS CASE WHEN regexp_full_match(s, pattern) THEN timezone('UTC', CAST(replace(CASE WHEN length(s) < 19 AND contains(s, 'T') THEN rtrim(s, 'Z') || ':00' ELSE left(rtrim(s, 'Z'), 23) END, 'T', ' ') AS TIMESTAMP)) WHEN s IS NOT NULL THEN CAST('${REFUSAL} reads times in UTC alone, as 2024-12-31T23:59:59Z' AS TIMESTAMPTZ) END`,
  `CREATE MACRO trino_round_time(t, n) AS make_timestamp(CAST(CAST(floor(epoch_us(t) / n + 0.5) AS BIGINT) * n AS BIGINT))`,
  `CREATE MACRO trino_json_scalar(j, p) AS CASE WHEN json_type(j, p) IN ('OBJECT', 'ARRAY', 'NULL') THEN NULL WHEN json_extract_string(j, p) = '0' AND contains(CAST(j AS VARCHAR), '-0') THEN CAST(CAST('§The local engine writes this number of the JSON otherwise' AS INTEGER) AS VARCHAR) WHEN json_type(j, p) = 'DOUBLE' AND NOT regexp_matches(CAST(j AS VARCHAR), '(^|[^0-9.eE+-])' || regexp_escape(json_extract_string(j, p)) || '([^0-9.eE]|$)') THEN CAST(CAST('§The local engine writes this number of the JSON otherwise' AS INTEGER) AS VARCHAR) ELSE json_extract_string(j, p) END`,
  // Trino sorts the keys of objects; what may not be sorted here is refused.
  `CREATE MACRO trino_json_text(j) AS CASE WHEN regexp_matches(j, '[\\x{10000}-\\x{10FFFF}]') OR (contains(j, '{') AND (json_type(j) <> 'OBJECT' OR length(j) - length(replace(j, '{', '')) > 1 OR json_keys(j) <> list_sort(list_distinct(json_keys(j))))) THEN CAST(CAST('§The local engine does not sort the keys of JSON objects, nor writes letters beyond U+FFFF as Athena' AS INTEGER) AS VARCHAR) ELSE j END`,
  `CREATE MACRO trino_url(u) AS CASE WHEN u IS NULL OR regexp_full_match(u, '[A-Za-z][A-Za-z0-9+.-]*://[A-Za-z0-9._~:/?#@!$&()*+,;=-]*') THEN u ELSE CAST(CAST('§The local engine reads plain addresses such as https://host/path?query alone' AS INTEGER) AS VARCHAR) END`,
  `CREATE MACRO trino_digits(m) AS CASE WHEN rtrim(replace(m, '.', ''), '0') = '' THEN '0' ELSE rtrim(ltrim(replace(m, '.', ''), '0'), '0') END`,
  `CREATE MACRO trino_point(m) AS CASE WHEN split_part(m, '.', 1) = '0' THEN -1 - (length(split_part(m, '.', 2)) - length(ltrim(split_part(m, '.', 2), '0'))) ELSE length(split_part(m, '.', 1)) - 1 END`,
  `CREATE MACRO trino_double_parts(neg, m, e) AS neg || left(trino_digits(m), 1) || '.' || CASE WHEN length(trino_digits(m)) > 1 THEN substr(trino_digits(m), 2) ELSE '0' END || 'E' || CAST(trino_point(m) + CAST(e AS INTEGER) AS VARCHAR)`,
  `CREATE MACRO trino_double_text(x) AS CASE WHEN isnan(x) THEN 'NaN' WHEN isinf(x) THEN CASE WHEN x > 0 THEN 'Infinity' ELSE '-Infinity' END WHEN x = 0 THEN CASE WHEN starts_with(CAST(x AS VARCHAR), '-') THEN '-0E0' ELSE '0E0' END ELSE trino_double_parts(CASE WHEN x < 0 THEN '-' ELSE '' END, split_part(CAST(abs(x) AS VARCHAR), 'e', 1), CASE WHEN contains(CAST(abs(x) AS VARCHAR), 'e') THEN split_part(CAST(abs(x) AS VARCHAR), 'e', 2) ELSE '0' END) END`,
  // The shortest digits that tell a REAL from its neighbours; of those Trino's cast keeps seven.
  `CREATE MACRO trino_real_digits(x) AS list_filter(list_transform(range(1, 9), lambda n: format('{:.' || n || 'e}', abs(x))), lambda s: CAST(s AS FLOAT) = abs(x))[1]`,
  `CREATE MACRO trino_seven_digits(x) AS format('{:.6e}', CAST(trino_real_digits(x) AS DOUBLE))`,
  `CREATE MACRO trino_real_text(x) AS CASE WHEN x = 0 OR NOT isfinite(x) THEN trino_double_text(x) ELSE trino_double_parts(CASE WHEN x < 0 THEN '-' ELSE '' END, split_part(trino_seven_digits(x), 'e', 1), split_part(trino_seven_digits(x), 'e', 2)) END`,
  `CREATE MACRO trino_power(x, y) AS CASE WHEN abs(x) = 1 AND NOT isfinite(y) THEN CAST('NaN' AS DOUBLE) ELSE power(x, y) END`,
  `CREATE MACRO trino_is_ascii(s) AS octet_length(encode(s)) = length(s)`,
  `CREATE MACRO trino_ln(x) AS CASE WHEN x > 0 THEN ln(x) WHEN x = 0 THEN CAST('-Infinity' AS DOUBLE) WHEN x < 0 THEN CAST('NaN' AS DOUBLE) END`,
  `CREATE MACRO trino_decimal_div(n, d) AS CASE WHEN d = 0 THEN CAST('§Division by zero' AS HUGEINT) ELSE CASE WHEN (n < 0) = (d < 0) THEN 1 ELSE -1 END * ((2 * abs(n) + abs(d)) // (2 * abs(d))) END`,
  `CREATE MACRO trino_bucket(n, falling, buckets) AS CASE WHEN falling THEN buckets - n + 1 ELSE n END`,
  `CREATE MACRO trino_steps(a, b, step) AS CAST(abs(epoch_us(b) - epoch_us(a)) // abs(epoch_us(a + step) - epoch_us(a)) AS BIGINT)`,
  // From a to b by steps of an interval. Months are of several lengths, so a step or two are taken too many and left out again.
  `CREATE MACRO trino_sequence(a, b, step) AS CASE WHEN a IS NULL OR b IS NULL OR step IS NULL THEN NULL WHEN a + step = a OR (a <> b AND (a + step > a) <> (b > a)) THEN CAST('§sequence stop value should be greater than or equal to start value if step is greater than zero otherwise stop should be less than or equal to start' AS TIMESTAMP[]) WHEN trino_steps(a, b, step) > 10000 THEN CAST('§result of sequence function must not have more than 10000 entries' AS TIMESTAMP[]) ELSE list_filter(list_transform(range(0, trino_steps(a, b, step) + 2), lambda i: a + step * CAST(i AS INTEGER)), lambda t: CASE WHEN a < b THEN t <= b WHEN a = b THEN t = a ELSE t >= b END) END`,
  `CREATE MACRO trino_share(q) AS CASE WHEN q < 0 OR q > 1 THEN CAST('§Percentile must be between 0 and 1' AS DOUBLE) ELSE q END`,
  `CREATE MACRO trino_percentile(a, q) AS a[CAST(greatest(1, least(len(a), floor(trino_share(q) * len(a)) + 1)) AS BIGINT)]`,
  `CREATE MACRO trino_wilson(s, n, z, side) AS CASE WHEN s < 0 THEN CAST('§number of successes must not be negative' AS DOUBLE) WHEN n <= 0 THEN CAST('§number of trials must be positive' AS DOUBLE) WHEN s > n THEN CAST('§number of successes must not be larger than number of trials' AS DOUBLE) WHEN z < 0 THEN CAST('§z-score must not be negative' AS DOUBLE) ELSE (s / n + z * z / (2 * n) + side * z * sqrt((s / n * (1 - s / n) + z * z / (4 * n)) / n)) / (1 + z * z / n) END`,
  `CREATE MACRO trino_wrapped(x, w) AS CASE WHEN x >= CAST(pow(2, w - 1) AS HUGEINT) THEN CAST(x - CAST(pow(2, w) AS HUGEINT) AS BIGINT) ELSE CAST(x AS BIGINT) END`,
  `CREATE MACRO trino_unsigned(x, w) AS CASE WHEN x < 0 THEN CAST(x AS HUGEINT) + CAST(pow(2, w) AS HUGEINT) ELSE CAST(x AS HUGEINT) END`,
  `CREATE MACRO trino_left_shift(x, n, w) AS CASE WHEN n >= w THEN 0 WHEN n < 0 THEN CAST('§The local engine shifts by no less than 0' AS BIGINT) ELSE trino_wrapped((trino_unsigned(x, w) % CAST(pow(2, w - n) AS HUGEINT)) * CAST(pow(2, n) AS HUGEINT), w) END`,
  `CREATE MACRO trino_right_shift(x, n, w) AS CASE WHEN n >= w THEN 0 WHEN n < 0 THEN CAST('§The local engine shifts by no less than 0' AS BIGINT) ELSE trino_wrapped(trino_unsigned(x, w) // CAST(pow(2, n) AS HUGEINT), w) END`,
  `CREATE MACRO trino_arithmetic_shift(x, n) AS CASE WHEN n IS NULL THEN NULL WHEN n < 0 THEN CAST('§The local engine shifts by no less than 0' AS BIGINT) WHEN x < 0 THEN CAST(-1 - ((-1 - CAST(x AS HUGEINT)) // CAST(pow(2, least(n, 100)) AS HUGEINT)) AS BIGINT) ELSE CAST(CAST(x AS HUGEINT) // CAST(pow(2, least(n, 100)) AS HUGEINT) AS BIGINT) END`,
  `CREATE MACRO trino_signed(x) AS CASE WHEN x >= 2147483648 THEN x - 4294967296 ELSE x END`,
  `CREATE MACRO trino_bytes(b, f, n) AS CASE WHEN f = 0 OR f < -octet_length(b) OR f > octet_length(b) OR n <= 0 THEN CASE WHEN b IS NOT NULL AND f IS NOT NULL AND n IS NOT NULL THEN CAST('' AS BLOB) END ELSE unhex(substr(hex(b), CASE WHEN f > 0 THEN f ELSE octet_length(b) + f + 1 END * 2 - 1, n * 2)) END`,
  // Letters of one digit that follow each other count once, and h and w do not part them.
  `CREATE MACRO trino_soundex_digits(u) AS regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(translate(left(u, 1) || translate(substr(u, 2), 'HW', ''), 'AEIOUYHWBFPVCGJKQSXZDTLMNR', '00000000111122222222334556'), '1+', '1', 'g'), '2+', '2', 'g'), '3+', '3', 'g'), '4+', '4', 'g'), '5+', '5', 'g'), '6+', '6', 'g')`,
  `CREATE MACRO trino_soundex(s) AS CASE WHEN regexp_full_match(s, '[A-Za-z]+') THEN upper(left(s, 1)) || left(replace(substr(trino_soundex_digits(upper(s)), 2), '0', '') || '000', 3) WHEN s = '' THEN '' WHEN s IS NOT NULL THEN CAST(CAST('§The local engine has soundex of plain letters alone; Athena has others' AS INTEGER) AS VARCHAR) END`,
  `CREATE MACRO trino_luhn(d) AS list_sum(list_transform(d, lambda c, i: CASE WHEN i % 2 = 1 THEN CAST(c AS INTEGER) WHEN CAST(c AS INTEGER) > 4 THEN CAST(c AS INTEGER) * 2 - 9 ELSE CAST(c AS INTEGER) * 2 END))`,
  `CREATE MACRO trino_multimap(e) AS map(trino_distinct(list_transform(e, lambda x: (x).f0)), list_transform(trino_distinct(list_transform(e, lambda x: (x).f0)), lambda k: list_transform(list_filter(e, lambda x: (x).f0 = k), lambda x: (x).f1)))`,
  `CREATE MACRO trino_utf8(b, mark) AS decode(unhex(array_to_string(list_transform(regexp_extract_all(hex(b), '${LETTER}|${NO_LETTER}'), lambda x: CASE WHEN regexp_full_match(x, '${LETTER}') THEN x ELSE mark END), '')))`,
  `CREATE MACRO trino_cosine(a, b) AS CASE WHEN list_inner_product(a, a) = 0 OR list_inner_product(b, b) = 0 THEN CAST('§Vector magnitude cannot be zero' AS DOUBLE) ELSE list_cosine_similarity(a, b) END`,
  `CREATE MACRO trino_base_digits(s) AS list_transform(string_split(ltrim(s, '-'), ''), lambda c: CAST(instr('0123456789abcdefghijklmnopqrstuvwxyz', c) - 1 AS HUGEINT))`,
  `CREATE MACRO trino_from_base(s, b) AS CASE WHEN b < 2 OR b > 36 THEN CAST('§Radix must be between 2 and 36' AS BIGINT) WHEN s IS NULL OR b IS NULL THEN NULL WHEN NOT regexp_full_match(s, '-?[0-9a-z]{1,64}') OR list_max(trino_base_digits(s)) >= b OR length(s) * ln(b) > 85 THEN CAST('§Not a valid number of its base' AS BIGINT) ELSE CAST(CASE WHEN starts_with(s, '-') THEN -1 ELSE 1 END * list_reduce(trino_base_digits(s), lambda x, y: x * CAST(b AS HUGEINT) + y) AS BIGINT) END`,
  `CREATE MACRO trino_json(s) AS CASE WHEN json_valid(s) THEN CAST(s AS JSON) WHEN regexp_matches(s, '^\\s*[\\[{]') THEN ${BROKEN_JSON} END`,
  `CREATE MACRO trino_json_of_all(s) AS CASE WHEN json_valid(s) THEN CAST(s AS JSON) WHEN trim(s) <> '' THEN ${BROKEN_JSON} END`,
  `CREATE MACRO trino_json_items(s) AS CASE WHEN json_type(trino_json(s)) = 'ARRAY' THEN CAST(trino_json(s) AS JSON[]) END`,
  `CREATE MACRO trino_counted(n, unit) AS CASE n WHEN 0 THEN NULL WHEN 1 THEN '1 ' || unit ELSE n || ' ' || unit || 's' END`,
  `CREATE MACRO trino_human_seconds(s) AS CASE WHEN s = 0 THEN '0 seconds' WHEN s IS NOT NULL THEN concat_ws(', ', trino_counted(s // 604800, 'week'), trino_counted(s // 86400 % 7, 'day'), trino_counted(s // 3600 % 24, 'hour'), trino_counted(s // 60 % 60, 'minute'), trino_counted(s % 60, 'second')) END`,
  `CREATE MACRO trino_duration(p, s) AS CASE WHEN s IS NOT NULL THEN coalesce(to_milliseconds(CAST(round(TRY_CAST(p.n AS DOUBLE) * CASE p.unit WHEN 'ns' THEN 1e-6 WHEN 'us' THEN 1e-3 WHEN 'ms' THEN 1 WHEN 's' THEN 1e3 WHEN 'm' THEN 6e4 WHEN 'h' THEN 36e5 WHEN 'd' THEN 864e5 END) AS BIGINT)), to_milliseconds(CAST('§duration is a number and one of ns, us, ms, s, m, h, d' AS BIGINT))) END`,
  `CREATE MACRO trino_pair(a, b, made) AS CASE WHEN len(a) <> len(b) THEN CAST('§The arguments must have the same length' AS DOUBLE) WHEN len(list_filter(a, lambda x: x IS NULL)) + len(list_filter(b, lambda x: x IS NULL)) > 0 THEN CAST('§The local engine has no vectors that hold nulls; Athena has' AS DOUBLE) ELSE made END`,
]

/** Macros that refuse, or call one that does; each stands after those that it calls. */
const REFUSING = new Set<string>()
for (const statement of PRELUDE) {
  const name = /^CREATE MACRO (\w+)/.exec(statement)?.[1]
  if (name && mayRefuse(statement.slice(statement.indexOf(' AS ')))) REFUSING.add(name)
}
