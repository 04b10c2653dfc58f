/** Which translation a function's name has. */
import type { ParserRuleContext } from 'antlr4ng'
import { AGGREGATES, READ_APART } from './aggregates.ts'
import type { Argument } from './arguments.ts'
import { placeOf } from './parse.ts'
import { type Expression, notHere } from './scope.ts'
import { signatureCall, signatureNames } from './signatures.ts'
import { roundedDecimal, SPECIAL_FUNCTIONS } from './special-functions.ts'
import { didYouMean, SqlError } from './sql-error.ts'
import { TIME_FUNCTIONS } from './time-functions.ts'
import { WINDOW_FUNCTIONS } from './window-functions.ts'

const LISTED = new Set(signatureNames())

/** Every name that is translated, for the docs. */
function functionNames(): readonly string[] {
  const named = [SPECIAL_FUNCTIONS, TIME_FUNCTIONS, AGGREGATES, WINDOW_FUNCTIONS].flatMap((list) => Object.keys(list))
  return [...new Set([...LISTED, ...named, ...READ_APART, 'listagg'])].toSorted()
}

/** A call of a function that is no aggregate. */
export function call(name: string, args: readonly Argument[], context: ParserRuleContext): Expression {
  const values = args.filter((arg): arg is Expression => !('of' in arg))
  if (values.length === args.length) {
    const rounded = roundedDecimal(name, values, context)
    if (rounded) return rounded
  }
  const special = Object.hasOwn(SPECIAL_FUNCTIONS, name) ? SPECIAL_FUNCTIONS[name] : undefined
  if (special) return special(args, context)
  if (values.length < args.length) throw notHere(`function ${name} with a lambda`, context)
  const timed = Object.hasOwn(TIME_FUNCTIONS, name) ? TIME_FUNCTIONS[name] : undefined
  if (timed) return timed(values, context)
  if (LISTED.has(name)) return signatureCall(name, values, context)
  throw unknownFunction(name, context)
}

/** What is nearly a name that is known is more likely a slip. */
function unknownFunction(name: string, context: ParserRuleContext): SqlError {
  if (isAthenaAlone(name)) return notHere(`function ${name}`, context)
  const instead = Object.hasOwn(ATHENA_WORDS, name) ? ATHENA_WORDS[name] : undefined
  if (instead) return new SqlError(`Athena has no function ${name}; ${instead} does it.`, placeOf(context))
  const near = didYouMean(name, functionNames())
  const sentence = near || ' If Athena has it, "npm run local -- --athena trino" answers it here.'
  return new SqlError(`no function ${name} is known here.${sentence}`, placeOf(context))
}

/** Names of functions of Athena that are not translated. Of Trino 476, by its own list. */
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

function isAthenaAlone(name: string): boolean {
  return ATHENA_ALONE.has(name) || /^(st|bing|geometry)_/.test(name)
}

/** What does on Athena what a function of this name does elsewhere. */
const ATHENA_WORDS: Readonly<Record<string, string>> = {
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
