/** A deployed lake as the commands see it: its bucket, its ledgers, its broker. */
import { randomUUID } from 'node:crypto'
import { KafkaClient } from '@aws-sdk/client-kafka'
import { S3Client } from '@aws-sdk/client-s3'
import { systemClock } from '../../lake/clock.ts'
import type { Deployment } from '../../lake/deployment.ts'
import { UsageError } from '../../lake/errors.ts'
import { accessOfCluster } from '../../lake/kafka/brokers.ts'
import { accessOfBrokerList, type KafkaAccess } from '../../lake/kafka/kafka-access.ts'
import { clusterOfArn } from '../../lake/ledger/cluster.ts'
import { LEDGER_PREFIX, ledgerNameOf } from '../../lake/ledger/ledger-object.ts'
import { type Ledgers, ObjectLedgers } from '../../lake/ledger/ledgers.ts'
import { parquetEncoder } from '../../lake/parquet/encoder.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'
import { retryingObjectStore } from '../../lake/store/retrying-object-store.ts'
import { S3ObjectStore } from '../../lake/store/s3-object-store.ts'
import { type Asked, deploymentOf, isAws, type Target, targetToChange } from './target.ts'

export interface Lake {
  readonly deployment: Deployment
  readonly store: ObjectStore
}

export interface LakeToChange extends Lake {
  readonly target: Target
}

/** How long a command tries again what S3 refuses for the moment. */
const PATIENCE_MS = 60_000

/** A lake to read. */
export async function openLake(target: Target): Promise<Lake> {
  return lakeOf(target, await deploymentOf(target))
}

/** A lake to change: AWS's only where `--stage` names it, and not before it is said which one it is. */
export async function openLakeToChange(asked: Asked, say: (line: string) => void): Promise<LakeToChange> {
  const { target, deployment } = await targetToChange(asked, say)
  return { ...lakeOf(target, deployment), target }
}

function lakeOf(target: Target, deployment: Deployment): Lake {
  const s3 = new S3ObjectStore(new S3Client(target.clients), deployment.bucket)
  const deadline = () => systemClock.now() + PATIENCE_MS
  return { deployment, store: retryingObjectStore(s3, { clock: systemClock, random: Math.random, deadline }) }
}

/**
 * How the deployed topic's brokers are reached. KAFKA_BROKERS means those of a laptop: a stage on AWS that says where
 * its own are is never asked elsewhere.
 */
export function brokersOf(target: Target, { clusterArn, brokers }: Deployment): Promise<KafkaAccess> | KafkaAccess {
  if (target.brokers && !isAws(target)) return accessOfBrokerList(target.brokers.join(','))
  if (clusterArn) return accessOfCluster(new KafkaClient(target.clients), clusterArn)
  if (brokers) return accessOfBrokerList(brokers)
  if (target.brokers) return accessOfBrokerList(target.brokers.join(','))
  throw new UsageError('The stage does not say where its brokers are; set KAFKA_BROKERS=host:port[,host:port].')
}

export function ledgersOf({ store }: Lake, cluster: string): Ledgers {
  return new ObjectLedgers({ store, cluster, encoder: parquetEncoder(), nonce: randomUUID })
}

/** Whose ledgers are meant: of the cluster that is named, else of the stage's own, else of the only one that there is. */
export async function clusterOfLake({ deployment, store }: Lake, named: string | undefined): Promise<string> {
  if (named) return named
  return deployment.clusterArn ? clusterOfArn(deployment.clusterArn) : onlyCluster(store, deployment.bucket)
}

async function onlyCluster(store: ObjectStore, bucket: string): Promise<string> {
  const clusters = new Set<string>()
  for await (const { key } of store.list(LEDGER_PREFIX)) {
    const name = ledgerNameOf(key)
    if (name) clusters.add(name.cluster)
  }
  const [only, ...others] = clusters
  if (only !== undefined && others.length === 0) return only
  const found = only === undefined ? 'no ledger' : `ledgers of ${[...clusters].join(', ')}`
  throw new UsageError(`s3://${bucket}/${LEDGER_PREFIX} has ${found}; say which cluster is meant with --cluster NAME.`)
}
