import { randomUUID } from 'node:crypto'
import { S3Client } from '@aws-sdk/client-s3'
import type { Deployment } from '../../lake/deployment.ts'
import { type LakeWithBars, lakeWithBars } from '../../lake/iceberg/lake-with-bars.ts'
import { S3ObjectStore } from '../../lake/store/s3-object-store.ts'
import { localClientConfig } from './local-aws.ts'

/** The lake of a stage that is deployed to an emulator. */
export function localLake(endpoint: string, deployment: Pick<Deployment, 'bucket' | 'athena'>): LakeWithBars {
  const config = localClientConfig(endpoint)
  const store = new S3ObjectStore(new S3Client({ ...config, forcePathStyle: true }), deployment.bucket)
  return lakeWithBars({ store, deployment, config, freshId: randomUUID })
}
