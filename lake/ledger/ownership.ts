/** Whose a landed file is. Offsets mean nothing without their cluster: the new cluster's 0 is not the old one's. */
import { groupOf } from '../records/kafka-event.ts'
import type { ObjectStore } from '../store/object-store.ts'
import type { TopicPartition } from './ledger.ts'
import { LEDGER_PREFIX, ledgerNameOf } from './ledger-object.ts'

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
  for await (const { key } of store.list(LEDGER_PREFIX)) {
    const name = ledgerNameOf(key)
    if (name && name.cluster !== cluster) shared.add(groupOf(name))
  }
  return { cluster, shared }
}
