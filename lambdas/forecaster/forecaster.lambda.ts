import { deployedLake, endOf, type InvocationContext } from '../adapters/deployed-lake.ts'
import { hyparquetEncoder } from '../adapters/hyparquet-encoder.ts'
import { hyparquetGroups as parquet } from '../adapters/hyparquet-groups.ts'
import { jsonLog } from '../adapters/json-log.ts'
import { type ForecastReport, forecast } from './forecaster.ts'
import { parseRequest } from './request.ts'

const lake = deployedLake(process.env)
const encoder = hyparquetEncoder()
const log = jsonLog((line) => void process.stdout.write(line))

/** Takes `{ asOf?: "2020-01-31", refit?: boolean }`; safe to run twice. */
export function handler(event: unknown, context: InvocationContext): Promise<ForecastReport> {
  const end = endOf(context)
  return forecast(parseRequest(event), { store: lake(() => end), parquet, encoder, log })
}
