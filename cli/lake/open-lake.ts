/** A deployed lake as the commands see it: where it is, and its files. */
import { randomUUID } from 'node:crypto'
import { S3Client } from '@aws-sdk/client-s3'
import { systemClock } from '../../lake/clock.ts'
import type { Deployment } from '../../lake/deployment.ts'
import { type LakeWithBars, lakeWithBars } from '../../lake/iceberg/lake-with-bars.ts'
import { retryingObjectStore } from '../../lake/store/retrying-object-store.ts'
import { S3ObjectStore } from '../../lake/store/s3-object-store.ts'
import { deploymentOf, type Target } from './target.ts'

export interface Lake extends LakeWithBars {
  readonly deployment: Deployment
}

/** How long a command tries again what S3 refuses for the moment. */
const PATIENCE_MS = 60_000

/** A lake to read. */
export async function openLake(target: Target): Promise<Lake> {
  return lakeOf(target, await deploymentOf(target))
}

/** A deployment's files, and its table `bars`. */
export function lakeOf(target: Target, deployment: Deployment): Lake {
  const s3 = new S3ObjectStore(new S3Client(target.clients), deployment.bucket)
  const deadline = () => systemClock.now() + PATIENCE_MS
  const whole = retryingObjectStore(s3, { clock: systemClock, random: Math.random, deadline })
  return { deployment, ...lakeWithBars({ store: whole, deployment, config: target.clients, freshId: randomUUID }) }
}
