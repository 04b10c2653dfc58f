import { randomUUID } from 'node:crypto'
import { S3Client } from '@aws-sdk/client-s3'
import type { Deployment } from '../../lake/deployment.ts'
import { barsTable } from '../../lake/iceberg/bars-table.ts'
import type { IcebergTable } from '../../lake/iceberg/iceberg-table.ts'
import { lateBarsInGlue } from '../../lake/iceberg/late-glue-pointer.ts'
import { followingLake } from '../../lake/iceberg/snapshot-store.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'
import { S3ObjectStore } from '../../lake/store/s3-object-store.ts'
import { localClientConfig } from './local-aws.ts'

export interface LocalLake {
  /** With the files of the newest snapshot of `bars`. */
  readonly lake: ObjectStore
  readonly bars: IcebergTable
}

/** The lake of a stage that is deployed to an emulator. */
export function localLake(endpoint: string, { bucket, athena }: Pick<Deployment, 'bucket' | 'athena'>): LocalLake {
  const config = localClientConfig(endpoint)
  const store = new S3ObjectStore(new S3Client({ ...config, forcePathStyle: true }), bucket)
  const glue = athena && lateBarsInGlue({ config, database: athena.database, bucket })
  const bars = barsTable({ store, bucket, freshId: randomUUID, glue })
  return { lake: followingLake(store, bars), bars }
}
