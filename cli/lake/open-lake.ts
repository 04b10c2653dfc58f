/** A deployed lake as the commands see it: where it is, and its files. */
import { randomUUID } from 'node:crypto'
import { S3Client } from '@aws-sdk/client-s3'
import { systemClock } from '../../lake/clock.ts'
import type { Deployment } from '../../lake/deployment.ts'
import { barsTable } from '../../lake/iceberg/bars-table.ts'
import type { IcebergTable } from '../../lake/iceberg/iceberg-table.ts'
import { lateBarsInGlue } from '../../lake/iceberg/late-glue-pointer.ts'
import { followingLake } from '../../lake/iceberg/snapshot-store.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'
import { retryingObjectStore } from '../../lake/store/retrying-object-store.ts'
import { S3ObjectStore } from '../../lake/store/s3-object-store.ts'
import { deploymentOf, type Target } from './target.ts'

export interface Lake {
  readonly deployment: Deployment
  /** With the files of the newest snapshot of `bars`. */
  readonly store: ObjectStore
  /** The table `bars` itself. */
  readonly bars: IcebergTable
}

/** How long a command tries again what S3 refuses for the moment. */
const PATIENCE_MS = 60_000

/** A lake to read. */
export async function openLake(target: Target): Promise<Lake> {
  return lakeOf(target, await deploymentOf(target))
}

/** A deployment's files, and its table `bars`. */
export function lakeOf(target: Target, deployment: Deployment): Lake {
  const { bucket, athena } = deployment
  const s3 = new S3ObjectStore(new S3Client(target.clients), bucket)
  const deadline = () => systemClock.now() + PATIENCE_MS
  const whole = retryingObjectStore(s3, { clock: systemClock, random: Math.random, deadline })
  const glue = athena && lateBarsInGlue({ config: target.clients, database: athena.database, bucket })
  const bars = barsTable({ store: whole, bucket, freshId: randomUUID, glue })
  return { deployment, store: followingLake(whole, bars), bars }
}
