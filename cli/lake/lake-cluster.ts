/** The broker and the ledgers of a deployed lake; apart from its files, for they take a while to load. */
import { randomUUID } from 'node:crypto'
import { KafkaClient } from '@aws-sdk/client-kafka'
import type { Deployment } from '../../lake/deployment.ts'
import { UsageError } from '../../lake/errors.ts'
import { accessOfCluster } from '../../lake/kafka/brokers.ts'
import { accessOfBrokerList, type KafkaAccess } from '../../lake/kafka/kafka-access.ts'
import { type Ledgers, ObjectLedgers } from '../../lake/ledger/ledgers.ts'
import { parquetEncoder } from '../../lake/parquet/encoder.ts'
import type { Lake } from './open-lake.ts'
import { isAws, type Target } from './target.ts'

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

export function ledgersOf({ store, deployment: { stage } }: Lake, cluster: string): Ledgers {
  return new ObjectLedgers({ store, cluster, stage, encoder: parquetEncoder(), nonce: randomUUID })
}
