/** Functions of Trino that DuckDB lacks, made of its own: they are there before the first statement. */
export const PRELUDE: readonly string[] = [
  "SET GLOBAL TimeZone = 'UTC'",
  `CREATE MACRO trino_substr(s, f) AS CASE WHEN f = 0 OR f < -length(s) THEN '' ELSE substr(s, f) END`,
  `CREATE MACRO trino_substr_n(s, f, n) AS CASE WHEN f = 0 OR f < -length(s) OR n <= 0 THEN CASE WHEN s IS NOT NULL AND f IS NOT NULL AND n IS NOT NULL THEN '' END ELSE substr(s, f, n) END`,
  `CREATE MACRO trino_split_part(s, d, n) AS CASE WHEN n < 1 THEN CAST(CAST('§Index must be greater than zero' AS INTEGER) AS VARCHAR) WHEN n > len(string_split(s, d)) THEN NULL ELSE string_split(s, d)[n] END`,
  `CREATE MACRO trino_distinct(a) AS list_filter(a, lambda x, i: list_position(a, x) = i)`,
  `CREATE MACRO trino_time_text(t, p) AS CASE WHEN p = 0 THEN strftime(t, '%Y-%m-%d %H:%M:%S') ELSE left(strftime(t, '%Y-%m-%d %H:%M:%S.%f'), 20 + p) END`,
  `CREATE MACRO trino_round_time(t, n) AS make_timestamp(CAST(CAST(round(epoch_us(t) / n) AS BIGINT) * n AS BIGINT))`,
  `CREATE MACRO trino_json_scalar(j, p) AS CASE WHEN json_type(j, p) IN ('OBJECT', 'ARRAY', 'NULL') THEN NULL WHEN json_type(j, p) = 'DOUBLE' AND NOT regexp_matches(CAST(j AS VARCHAR), '(^|[^0-9.eE+-])' || regexp_escape(json_extract_string(j, p)) || '([^0-9.eE]|$)') THEN CAST(CAST('§The local engine writes this number of the JSON otherwise' AS INTEGER) AS VARCHAR) ELSE json_extract_string(j, p) END`,
  // Trino sorts the keys of objects; where one cannot tell that they are sorted, it is not the same text.
  `CREATE MACRO trino_json_text(j) AS CASE WHEN regexp_matches(j, '[\\x{10000}-\\x{10FFFF}]') OR (contains(j, '{') AND (json_type(j) <> 'OBJECT' OR length(j) - length(replace(j, '{', '')) > 1 OR json_keys(j) <> list_sort(list_distinct(json_keys(j))))) THEN CAST(CAST('§The local engine does not sort the keys of JSON objects, nor writes letters beyond U+FFFF as Athena' AS INTEGER) AS VARCHAR) ELSE j END`,
  `CREATE MACRO trino_url(u) AS CASE WHEN u IS NULL OR regexp_full_match(u, '[A-Za-z][A-Za-z0-9+.-]*://[A-Za-z0-9._~:/?#@!$&()*+,;=-]*') THEN u ELSE CAST(CAST('§The local engine reads plain addresses such as https://host/path?query alone' AS INTEGER) AS VARCHAR) END`,
  `CREATE MACRO trino_digits(m) AS CASE WHEN rtrim(replace(m, '.', ''), '0') = '' THEN '0' ELSE rtrim(ltrim(replace(m, '.', ''), '0'), '0') END`,
  `CREATE MACRO trino_point(m) AS CASE WHEN split_part(m, '.', 1) = '0' THEN -1 - (length(split_part(m, '.', 2)) - length(ltrim(split_part(m, '.', 2), '0'))) ELSE length(split_part(m, '.', 1)) - 1 END`,
  `CREATE MACRO trino_double_parts(neg, m, e) AS neg || left(trino_digits(m), 1) || '.' || CASE WHEN length(trino_digits(m)) > 1 THEN substr(trino_digits(m), 2) ELSE '0' END || 'E' || CAST(trino_point(m) + CAST(e AS INTEGER) AS VARCHAR)`,
  `CREATE MACRO trino_double_text(x) AS CASE WHEN isnan(x) THEN 'NaN' WHEN isinf(x) THEN CASE WHEN x > 0 THEN 'Infinity' ELSE '-Infinity' END WHEN x = 0 THEN CASE WHEN starts_with(CAST(x AS VARCHAR), '-') THEN '-0E0' ELSE '0E0' END ELSE trino_double_parts(CASE WHEN x < 0 THEN '-' ELSE '' END, split_part(CAST(abs(x) AS VARCHAR), 'e', 1), CASE WHEN contains(CAST(abs(x) AS VARCHAR), 'e') THEN split_part(CAST(abs(x) AS VARCHAR), 'e', 2) ELSE '0' END) END`,
  `CREATE MACRO trino_decimal_div(n, d) AS CASE WHEN d = 0 THEN CAST('§Division by zero' AS HUGEINT) ELSE CASE WHEN (n < 0) = (d < 0) THEN 1 ELSE -1 END * ((2 * abs(n) + abs(d)) // (2 * abs(d))) END`,
  `CREATE MACRO trino_bucket(n, falling, buckets) AS CASE WHEN falling THEN buckets - n + 1 ELSE n END`,
  `CREATE MACRO trino_steps(a, b, step) AS CAST(abs(epoch_us(b) - epoch_us(a)) // abs(epoch_us(a + step) - epoch_us(a)) AS BIGINT)`,
  `CREATE MACRO trino_percentile(a, q) AS a[CAST(greatest(1, least(len(a), floor(q * len(a)) + 1)) AS BIGINT)]`,
]
