import { S3Client } from '@aws-sdk/client-s3'
import { hyparquetEncoder } from '../adapters/hyparquet-encoder.ts'
import { hyparquetGroups as parquet } from '../adapters/hyparquet-groups.ts'
import { jsonLog } from '../adapters/json-log.ts'
import { RetryingObjectStore } from '../adapters/retrying-object-store.ts'
import { S3ObjectStore } from '../adapters/s3-object-store.ts'
import { systemClock as clock } from '../adapters/system-clock.ts'
import { required } from '../core/environment.ts'
import { type ForecastReport, forecast } from './forecaster.ts'
import { parseRequest } from './request.ts'

const s3 = new S3Client({ forcePathStyle: process.env['AWS_ENDPOINT_URL'] !== undefined })
const lake = new S3ObjectStore(s3, required(process.env, 'LAKE_BUCKET'))
const encoder = hyparquetEncoder()
const log = jsonLog((line) => void process.stdout.write(line))

interface Context {
  getRemainingTimeInMillis(): number
}

/** Takes `{ asOf?: "2020-01-31", refit?: boolean }`; safe to run twice. */
export function handler(event: unknown, context: Context): Promise<ForecastReport> {
  const end = clock.now() + context.getRemainingTimeInMillis()
  const store = new RetryingObjectStore(lake, { clock, random: Math.random, deadline: () => end })
  return forecast(parseRequest(event), { store, parquet, encoder, log })
}
