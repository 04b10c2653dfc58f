/** Names of functions that are not translated: Athena's, and those that other engines have for what Athena calls otherwise. */

/** Of Trino 476, by its own list. */
const ATHENA_ALONE = new Set(
  `approx_most_frequent approx_set array_first array_last bar beta_cdf checksum color convex_hull_agg crc32 current_groups
  empty_approx_set ends_with format_number from_base32 from_encoded_polyline from_geojson_geometry from_ieee754_32
  from_ieee754_64 from_iso8601_timestamp_nanos from_unixtime_nanos great_circle_distance hash_counts hmac_md5 hmac_sha1
  hmac_sha256 hmac_sha512 intersection_cardinality inverse_beta_cdf inverse_normal_cdf jaccard_index json_array_get
  json_query line_interpolate_point line_interpolate_points line_locate_point make_set_digest merge merge_set_digest murmur3
  normal_cdf numeric_histogram parse_data_size parse_presto_data_size qdigest_agg quantile_at_value render rgb sha512
  simplify_geometry spooky_hash_v2_32 spooky_hash_v2_64 t_cdf t_pdf tdigest_agg to_base32 to_encoded_polyline
  to_geojson_geometry to_geometry to_ieee754_32 to_ieee754_64 to_spherical_geography value_at_quantile values_at_quantiles
  version word_stem xxhash64`.split(/\s+/),
)

export function isAthenaAlone(name: string): boolean {
  return ATHENA_ALONE.has(name) || /^(st|bing|geometry)_/.test(name)
}

/** What does on Athena what a function of this name does elsewhere. */
export const ATHENA_WORDS: Readonly<Record<string, string>> = {
  array_length: 'cardinality(array)',
  charindex: 'strpos(text, part)',
  dateadd: "date_add('day', 1, time)",
  datediff: "date_diff('day', from, to)",
  generate_series: 'UNNEST(sequence(from, to))',
  getdate: 'now()',
  group_concat: "listagg(text, ',') WITHIN GROUP (ORDER BY text)",
  ifnull: 'coalesce(a, b)',
  iff: 'if(condition, a, b)',
  instr: 'strpos(text, part)',
  isnull: 'coalesce(a, b)',
  len: 'length(text)',
  median: 'approx_percentile(x, 0.5)',
  nvl: 'coalesce(a, b)',
  quantile: 'approx_percentile(x, share)',
  regexp_matches: 'regexp_like(text, pattern)',
  strftime: "date_format(time, '%Y-%m-%d')",
  string_agg: "listagg(text, ',') WITHIN GROUP (ORDER BY text)",
  string_split: "split(text, ',')",
  to_json: 'CAST(x AS json)',
  unix_timestamp: 'to_unixtime(time)',
}
