/** The lake as a deployed function reaches it: the bucket of its environment, within the time that is left to it. */

import { S3Client } from '@aws-sdk/client-s3'
import { systemClock as clock } from '../clock.ts'
import { type Environment, required } from '../environment.ts'
import type { ObjectStore } from './object-store.ts'
import { retryingObjectStore } from './retrying-object-store.ts'
import { S3ObjectStore } from './s3-object-store.ts'

/** What Lambda tells a function about the invocation. */
export interface InvocationContext {
  getRemainingTimeInMillis(): number
}

/** When Lambda will end the invocation, epoch milliseconds. */
export function endOf(context: InvocationContext): number {
  return clock.now() + context.getRemainingTimeInMillis()
}

export interface DeployedLakeProps {
  /** A request that takes longer is given up and tried again. @default as long as the invocation has */
  readonly requestTimeoutMs?: number
}

/** Opens the bucket LAKE_BUCKET once a process. Each invocation gets a store that tries again until its `deadline`. */
export function deployedLake(
  env: Environment,
  { requestTimeoutMs }: DeployedLakeProps = {},
): (deadline: () => number) => ObjectStore {
  const s3 = new S3Client({
    // An emulator, which an endpoint in the environment means, has no host names for buckets.
    forcePathStyle: env['AWS_ENDPOINT_URL'] !== undefined,
    ...(requestTimeoutMs && { requestHandler: { requestTimeout: requestTimeoutMs, throwOnRequestTimeout: true } }),
  })
  const lake = new S3ObjectStore(s3, required(env, 'LAKE_BUCKET'))
  return (deadline) => retryingObjectStore(lake, { clock, random: Math.random, deadline })
}
