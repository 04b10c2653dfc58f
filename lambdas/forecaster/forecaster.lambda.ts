import { randomUUID } from 'node:crypto'
import { systemClock as clock } from '../../lake/clock.ts'
import { deployedTable } from '../../lake/iceberg/deployed-table.ts'
import { pinnedLake } from '../../lake/iceberg/snapshot-store.ts'
import { jsonLog } from '../../lake/log.ts'
import { parquetEncoder } from '../../lake/parquet/encoder.ts'
import { parquetGroups as parquet } from '../../lake/parquet/row-groups.ts'
import { deployedLake, endOf, type InvocationContext } from '../../lake/store/deployed-lake.ts'
import { type ForecastReport, forecast } from './forecaster.ts'
import { parseRequest } from './request.ts'

const lake = deployedLake(process.env)
const tableOf = deployedTable(process.env, randomUUID)
const encoder = parquetEncoder()
const log = jsonLog((line) => void process.stdout.write(line))

/** Takes `{ asOf?: "2020-01-31", refit?: boolean }`; safe to run twice. */
export async function handler(event: unknown, context: InvocationContext): Promise<ForecastReport> {
  const request = parseRequest(event)
  const end = endOf(context)
  const whole = lake(() => end)
  const store = await pinnedLake(whole, tableOf(whole))
  return forecast(request, { store, parquet, encoder, clock, log })
}
