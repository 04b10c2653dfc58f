/** Whose a landed file is, and whose ledgers are meant. Offsets mean nothing without their cluster: the new cluster's 0 is not the old one's. */
import type { Deployment } from '../deployment.ts'
import { UsageError } from '../errors.ts'
import { groupOf } from '../records/kafka-event.ts'
import type { ObjectStore } from '../store/object-store.ts'
import { clusterOfArn } from './cluster.ts'
import type { TopicPartition } from './ledger.ts'
import { LEDGER_PREFIX, ledgersIn } from './ledger-object.ts'

/** The cluster that asks, and the topic partitions (`topic-partition`) that other clusters have ledgers of in the same lake. */
export interface Asking {
  readonly cluster: string
  readonly shared: ReadonlySet<string>
}

/**
 * A file that names its cluster is that cluster's. One of a release that did not say is of the cluster that asks, if no
 * other has a ledger of the partition; else it may be anybody's.
 */
export function ownerOf(
  named: string | undefined,
  at: TopicPartition,
  { cluster, shared }: Asking,
): 'ours' | 'theirs' | 'unknown' {
  if (named !== undefined) return named === cluster ? 'ours' : 'theirs'
  return shared.has(groupOf(at)) ? 'unknown' : 'ours'
}

/** One LIST of the ledgers of all clusters. */
export async function askingFor(cluster: string, store: ObjectStore): Promise<Asking> {
  const shared = new Set<string>()
  for await (const name of ledgersIn(store)) if (name.cluster !== cluster) shared.add(groupOf(name))
  return { cluster, shared }
}

export interface DeployedLake {
  readonly deployment: Pick<Deployment, 'clusterArn' | 'bucket'>
  readonly store: ObjectStore
}

/** Whose ledgers are meant: of the cluster that is named, else of the stage's own, else of the only one that there is. */
export async function clusterOfLake({ deployment, store }: DeployedLake, named: string | undefined): Promise<string> {
  if (named) return named
  return deployment.clusterArn ? clusterOfArn(deployment.clusterArn) : onlyCluster(store, deployment.bucket)
}

async function onlyCluster(store: ObjectStore, bucket: string): Promise<string> {
  const clusters = new Set<string>()
  for await (const { cluster } of ledgersIn(store)) clusters.add(cluster)
  const [only, ...others] = clusters
  if (only !== undefined && others.length === 0) return only
  const found = only === undefined ? 'no ledger' : `ledgers of ${[...clusters].join(', ')}`
  throw new UsageError(`s3://${bucket}/${LEDGER_PREFIX} has ${found}; say which cluster is meant with --cluster NAME.`)
}
