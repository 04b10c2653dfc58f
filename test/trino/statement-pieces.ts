/** What statements are made of at random: by type, values and calls in Athena's SQL, with `{type}` where a piece of that type goes. */
export interface Pieces {
  readonly values: readonly string[]
  readonly calls: readonly string[]
}

/**
 * Edges among the values. Left out are what is not the same twice (random, now), functions whose last digit is the
 * machine's inside a text, and types that the local engine has no name for.
 */
export const PIECES = {
  bigint: {
    values: ["BIGINT '7'", 'CAST(-3 AS bigint)', '9223372036854775807', 'CAST(NULL AS bigint)', '3000000000'],
    calls: lines(`
      {bigint} + {integer}; {bigint} * {integer}; {bigint} / {integer}; {bigint} % {integer}; -{bigint}; abs({bigint})
      length({varchar}); strpos({varchar}, {varchar}); cardinality({numbers}); year({date}); day_of_week({timestamp})
      date_diff('day', {date}, {timestamp}); date_diff('month', {timestamp}, {timestamp}); week({date}); hour({instant})
      CAST({double} AS bigint); CAST({decimal} AS bigint); CAST({varchar} AS bigint); TRY_CAST({varchar} AS bigint)
      coalesce({bigint}, {integer}); greatest({bigint}, {integer}); mod({bigint}, {bigint}); bitwise_and({bigint}, {integer})
      array_position({numbers}, {integer}); json_array_length({json}); levenshtein_distance('abc', 'abd'); millisecond({timestamp})
      extract(quarter FROM {timestamp}); position({varchar} IN {varchar}); to_milliseconds({days}); from_base({varchar}, 16)`),
  },
  integer: {
    values: ['1', '-5', '0', '2147483647', 'CAST(NULL AS integer)', '12', '100'],
    calls: lines(`
      {integer} + {integer}; {integer} * {integer}; {integer} / {integer}; {integer} % {integer}; sign({integer})
      CAST({double} AS integer); CAST({varchar} AS integer); TRY_CAST({decimal} AS integer); CAST({boolean} AS integer)
      element_at({numbers}, {integer}); {numbers}[1]; array_max({numbers}); array_min({numbers}); round({integer}, -1)
      IF({boolean}, {integer}, {integer}); CASE WHEN {boolean} THEN {integer} ELSE {integer} END; nullif({integer}, {integer})
      element_at({map}, {varchar}); reduce({numbers}, 0, (s, x) -> s + coalesce(x, 1), s -> s); try({integer} / {integer})`),
  },
  double: {
    values: [
      '1.5E0',
      '-0.0E0',
      'nan()',
      'infinity()',
      '-2.5E0',
      '1E17',
      'CAST(NULL AS double)',
      '1E-7',
      '123456.789E0',
    ],
    calls: lines(`
      {double} + {integer}; {double} / {double}; {double} % {double}; {double} * {decimal}; sqrt({double}); ln({double})
      round({double}); round({double}, 2); floor({double}); ceil({double}); truncate({double}); sign({double}); abs({double})
      CAST({varchar} AS double); CAST({decimal} AS double); TRY_CAST({varchar} AS double); to_unixtime({timestamp})
      greatest({double}, {integer}); least({double}, {double}); log(2, {double}); power({double}, {integer})
      mod({double}, {double}); coalesce({double}, {decimal})`),
  },
  decimal: {
    values: ['1.10', '-2.55', 'CAST(12.345 AS decimal(10,3))', '0.5', 'CAST(NULL AS decimal(10,2))', '99999999.99'],
    calls: lines(`
      {decimal} + {decimal}; {decimal} * {decimal}; {decimal} / {decimal}; {decimal} - {integer}; {decimal} % {decimal}
      round({decimal}, 1); round({decimal}); floor({decimal}); ceiling({decimal}); truncate({decimal}); abs({decimal})
      CAST({double} AS decimal(12,2)); CAST({varchar} AS decimal(10,3)); CAST({integer} AS decimal(5,1)); sign({decimal})
      {bigint} * {decimal}; TRY_CAST({decimal} AS decimal(5,2)); coalesce({decimal}, {integer}); mod({decimal}, {integer})`),
  },
  varchar: {
    values: [
      "'abc'",
      "''",
      "' Ab c '",
      "'ÄÖ€'",
      "'12'",
      "'-1.50'",
      "'2024-02-29'",
      'CAST(NULL AS varchar)',
      "'a,b,,c'",
    ],
    calls: lines(`
      {varchar} || {varchar}; upper({varchar}); lower({varchar}); substr({varchar}, {integer}); trim({varchar})
      substr({varchar}, {integer}, {integer}); replace({varchar}, {varchar}, {varchar}); lpad({varchar}, 6, {varchar})
      split_part({varchar}, ',', 2); reverse({varchar}); CAST({decimal} AS varchar); CAST({timestamp} AS varchar)
      CAST({date} AS varchar); CAST({boolean} AS varchar); CAST({bigint} AS varchar); CAST({instant} AS varchar)
      regexp_replace({varchar}, '[a-c]', 'X'); regexp_extract({varchar}, '(\\d+)', 1); date_format({date}, '%j %b %e')
      format_datetime({timestamp}, 'yyyy-MM-dd HH:mm:ss.SSS'); json_extract_scalar({json}, '$.b'); json_format({json})
      array_join({texts}, '-'); array_join({texts}, '-', 'N'); array_join({numbers}, ','); element_at({texts}, {integer})
      format('%s-%d', {varchar}, {integer}); format('%.2f', {double}); format('%,.1f', {decimal}); to_iso8601({timestamp})
      to_base({bigint}, 16); translate({varchar}, 'ab', 'xy'); concat_ws('/', {varchar}, {varchar}); url_encode({varchar})
      coalesce({varchar}, 'none'); to_hex(to_utf8({varchar})); rpad({varchar}, 4, '*')`),
  },
  boolean: {
    values: ['true', 'false', 'CAST(NULL AS boolean)'],
    calls: lines(`
      {double} = {double}; {double} < {decimal}; {varchar} <> {varchar}; {date} >= {timestamp}; {bigint} < {decimal}
      {varchar} IS NULL; {double} IS DISTINCT FROM {integer}; {integer} BETWEEN {integer} AND {integer}; NOT {boolean}
      {varchar} LIKE {varchar}; {varchar} LIKE '%a%'; regexp_like({varchar}, '^a'); starts_with({varchar}, {varchar})
      contains({numbers}, {integer}); {boolean} AND {boolean}; {boolean} OR {boolean}; is_nan({double})
      any_match({numbers}, x -> x > 1); all_match({numbers}, x -> x > 0); none_match({numbers}, x -> x IS NULL)
      arrays_overlap({numbers}, {numbers}); CAST({varchar} AS boolean); {integer} = ANY (VALUES 1, 2)
      {date} = CAST({varchar} AS date); json_array_contains({json}, 1); {integer} IN (1, 12)`),
  },
  date: {
    values: ["DATE '2024-02-29'", "DATE '1969-12-31'", "DATE '2000-01-01'", 'CAST(NULL AS date)', "DATE '2023-12-31'"],
    calls: lines(`
      CAST({timestamp} AS date); {date} + INTERVAL '1' DAY; {date} - {months}; date_add('month', {integer}, {date})
      date_trunc('month', {date}); date_trunc('week', {date}); CAST({varchar} AS date); TRY_CAST({varchar} AS date)
      last_day_of_month({date}); date({timestamp}); date_add('day', {integer}, {date}); date_add('year', 1, {date})`),
  },
  timestamp: {
    values: lines(`
      TIMESTAMP '2024-02-29 23:59:59.999'; TIMESTAMP '1969-12-31 12:00:00'; TIMESTAMP '2024-03-10 02:30:00'
      CAST(NULL AS timestamp)`),
    calls: lines(`
      {timestamp} + {days}; {timestamp} - {months}; date_trunc('hour', {timestamp}); date_trunc('year', {timestamp})
      CAST({date} AS timestamp); date_add('minute', {integer}, {timestamp}); CAST({varchar} AS timestamp)
      CAST({instant} AS timestamp); date_add('quarter', {integer}, {timestamp}); coalesce({timestamp}, {date})
      date_add('millisecond', {integer}, {timestamp}); TRY_CAST({varchar} AS timestamp)`),
  },
  instant: {
    values: lines(`
      TIMESTAMP '2024-03-10 02:30:00 UTC'; TIMESTAMP '2024-07-01 12:00:00 America/New_York'; from_unixtime(1710054000)`),
    calls: lines(`
      {instant} + {days}; at_timezone({instant}, 'America/New_York'); {timestamp} AT TIME ZONE 'Europe/Berlin'
      date_trunc('day', {instant}); from_unixtime({double}); CAST({timestamp} AS timestamp with time zone)
      date_add('day', {integer}, {instant}); with_timezone({timestamp}, 'Asia/Tokyo')`),
  },
  numbers: {
    values: ['ARRAY[1, 2, 3]', 'ARRAY[3, NULL, 1]', 'CAST(ARRAY[] AS array(integer))', 'CAST(NULL AS array(integer))'],
    calls: lines(`
      array_sort({numbers}); array_distinct({numbers}); transform({numbers}, x -> x + 1); filter({numbers}, x -> x > 1)
      {numbers} || {numbers}; {numbers} || {integer}; slice({numbers}, 2, 2); reverse({numbers}); repeat({integer}, 2)
      array_union({numbers}, {numbers}); array_except({numbers}, {numbers}); array_intersect({numbers}, {numbers})
      array_remove({numbers}, {integer}); map_values({map}); zip_with({numbers}, {numbers}, (x, y) -> x * y)
      flatten(ARRAY[{numbers}, {numbers}]); CAST(json_extract({json}, '$.a') AS array(integer)); sequence(1, 5)`),
  },
  texts: {
    values: ["ARRAY['b', 'a', NULL]", 'CAST(NULL AS array(varchar))', "ARRAY['x']"],
    calls: lines(`
      split({varchar}, ','); map_keys({map}); transform({numbers}, x -> CAST(x AS varchar)); array_sort({texts})
      regexp_extract_all({varchar}, '[a-z]'); {texts} || {varchar}; transform({texts}, x -> upper(x) || '!')`),
  },
  map: {
    values: ["MAP(ARRAY['a', 'b'], ARRAY[1, 2])", "map_from_entries(ARRAY[ROW('k', 5)])"],
    calls: lines(`
      map_filter({map}, (k, v) -> v > 1); transform_values({map}, (k, v) -> v + 1); map_concat({map}, {map})
      map_zip_with({map}, {map}, (k, a, b) -> coalesce(a, 0) + coalesce(b, 0))`),
  },
  json: {
    values: [
      `JSON '{"a": [1, 2.5, null], "b": "x"}'`,
      `json_parse('[1, "2", true]')`,
      "JSON 'null'",
      'CAST(NULL AS json)',
    ],
    calls: lines(`
      json_extract({json}, '$.a'); CAST({numbers} AS json); CAST({varchar} AS json); CAST({boolean} AS json)`),
  },
  days: { values: ["INTERVAL '1' DAY", "INTERVAL '-36' HOUR", "INTERVAL '90' SECOND"], calls: [] },
  months: { values: ["INTERVAL '1' MONTH", "INTERVAL '-13' MONTH", "INTERVAL '2' YEAR"], calls: [] },
} as const satisfies Readonly<Record<string, Pieces>>

export type PieceType = keyof typeof PIECES

function lines(text: string): readonly string[] {
  return text
    .trim()
    .split(/;|\n/)
    .map((one) => one.trim())
    .filter((one) => one !== '')
}
