import { systemClock as clock } from '../../lake/clock.ts'
import { jsonLog } from '../../lake/log.ts'
import { parquetEncoder } from '../../lake/parquet/encoder.ts'
import { parquetGroups as parquet } from '../../lake/parquet/row-groups.ts'
import { deployedLake, endOf, type InvocationContext } from '../../lake/store/deployed-lake.ts'
import { type ForecastReport, forecast } from './forecaster.ts'
import { parseRequest } from './request.ts'

const lake = deployedLake(process.env)
const encoder = parquetEncoder()
const log = jsonLog((line) => void process.stdout.write(line))

/** Takes `{ asOf?: "2020-01-31", refit?: boolean }`; safe to run twice. */
export function handler(event: unknown, context: InvocationContext): Promise<ForecastReport> {
  const end = endOf(context)
  return forecast(parseRequest(event), { store: lake(() => end), parquet, encoder, clock, log })
}
