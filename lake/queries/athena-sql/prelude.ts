/** Functions of Trino that DuckDB lacks, made of its own: they are there before each statement. */
export const PRELUDE: readonly string[] = [
  "SET TimeZone = 'UTC'",
  `CREATE MACRO trino_substr(s, f) AS CASE WHEN f = 0 OR f < -length(s) THEN '' ELSE substr(s, f) END`,
  `CREATE MACRO trino_substr_n(s, f, n) AS CASE WHEN f = 0 OR f < -length(s) OR n <= 0 THEN CASE WHEN s IS NOT NULL AND f IS NOT NULL AND n IS NOT NULL THEN '' END ELSE substr(s, f, n) END`,
  `CREATE MACRO trino_split_part(s, d, n) AS CASE WHEN n < 1 THEN CAST(CAST('§Index must be greater than zero' AS INTEGER) AS VARCHAR) WHEN n > len(string_split(s, d)) THEN NULL ELSE string_split(s, d)[n] END`,
  `CREATE MACRO trino_distinct(a) AS list_filter(a, lambda x, i: list_position(a, x) = i)`,
  `CREATE MACRO trino_time_text(t, p) AS CASE WHEN p = 0 THEN strftime(t, '%Y-%m-%d %H:%M:%S') ELSE left(strftime(t, '%Y-%m-%d %H:%M:%S.%f'), 20 + p) END`,
  `CREATE MACRO trino_round_time(t, n) AS make_timestamp(CAST(CAST(round(epoch_us(t) / n) AS BIGINT) * n AS BIGINT))`,
  `CREATE MACRO trino_json_scalar(j, p) AS CASE WHEN json_type(j, p) IN ('OBJECT', 'ARRAY', 'NULL') THEN NULL ELSE json_extract_string(j, p) END`,
  `CREATE MACRO trino_digits(m) AS CASE WHEN rtrim(replace(m, '.', ''), '0') = '' THEN '0' ELSE rtrim(ltrim(replace(m, '.', ''), '0'), '0') END`,
  `CREATE MACRO trino_point(m) AS CASE WHEN split_part(m, '.', 1) = '0' THEN -1 - (length(split_part(m, '.', 2)) - length(ltrim(split_part(m, '.', 2), '0'))) ELSE length(split_part(m, '.', 1)) - 1 END`,
  `CREATE MACRO trino_double_parts(neg, m, e) AS neg || left(trino_digits(m), 1) || '.' || CASE WHEN length(trino_digits(m)) > 1 THEN substr(trino_digits(m), 2) ELSE '0' END || 'E' || CAST(trino_point(m) + CAST(e AS INTEGER) AS VARCHAR)`,
  `CREATE MACRO trino_double_text(x) AS CASE WHEN isnan(x) THEN 'NaN' WHEN isinf(x) THEN CASE WHEN x > 0 THEN 'Infinity' ELSE '-Infinity' END WHEN x = 0 THEN '0.0E0' ELSE trino_double_parts(CASE WHEN x < 0 THEN '-' ELSE '' END, split_part(CAST(abs(x) AS VARCHAR), 'e', 1), CASE WHEN contains(CAST(abs(x) AS VARCHAR), 'e') THEN split_part(CAST(abs(x) AS VARCHAR), 'e', 2) ELSE '0' END) END`,
  `CREATE MACRO trino_decimal_div(n, d) AS CASE WHEN d = 0 THEN CAST('§Division by zero' AS HUGEINT) ELSE CASE WHEN (n < 0) = (d < 0) THEN 1 ELSE -1 END * ((2 * abs(n) + abs(d)) // (2 * abs(d))) END`,
  `CREATE MACRO trino_percentile(a, q) AS a[CAST(greatest(1, least(len(a), floor(q * len(a)) + 1)) AS BIGINT)]`,
]
