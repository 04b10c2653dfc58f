import { randomUUID } from 'node:crypto'
import { S3Client } from '@aws-sdk/client-s3'
import { type Environment, required } from '../core/environment.ts'
import { hyparquetGroups } from './hyparquet-groups.ts'
import { jsonLog } from './json-log.ts'
import { RetryingObjectStore } from './retrying-object-store.ts'
import { S3ObjectStore } from './s3-object-store.ts'
import { systemClock as clock } from './system-clock.ts'

/** What every step of a compaction works with, over one bucket; nothing is tried again after `deadline` (epoch milliseconds). */
export function compactorPorts(s3: S3Client, bucket: string, deadline: number) {
  const lake = new S3ObjectStore(s3, bucket)
  const store = new RetryingObjectStore(lake, { clock, random: Math.random, deadline: () => deadline })
  const log = jsonLog((line) => void process.stdout.write(line))
  return { store, parquet: hyparquetGroups, clock, log, freshId: randomUUID }
}

export interface InvocationContext {
  getRemainingTimeInMillis(): number
}

/** The same in a deployed function, which has only its environment and the time that is left to it. */
export function deployedPorts(env: Environment): (context: InvocationContext) => ReturnType<typeof compactorPorts> {
  const s3 = new S3Client({ forcePathStyle: env['AWS_ENDPOINT_URL'] !== undefined })
  const bucket = required(env, 'LAKE_BUCKET')
  return (context) => compactorPorts(s3, bucket, clock.now() + context.getRemainingTimeInMillis())
}
