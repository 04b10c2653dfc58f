import type { Deployment } from '../deployment.ts'
import type { ObjectStore } from '../store/object-store.ts'
import { barsTable } from './bars-table.ts'
import type { BarsInGlue } from './glue-pointer.ts'
import type { IcebergTable } from './iceberg-table.ts'
import type { Pointer } from './pointer.ts'
import { followingLake } from './snapshot-store.ts'

export interface LakeWithBars {
  /** With the files of the newest snapshot of `bars`. */
  readonly store: ObjectStore
  /** The table `bars` itself. */
  readonly bars: IcebergTable
}

interface CommandLake {
  /** All of the bucket. */
  readonly store: ObjectStore
  readonly deployment: Pick<Deployment, 'bucket' | 'athena'>
  readonly config: BarsInGlue['config']
  /** Makes a UUID. */
  readonly freshId: () => string
}

/** A deployed lake as commands have it, and its table `bars`. */
export function lakeWithBars({ store, deployment: { bucket, athena }, config, freshId }: CommandLake): LakeWithBars {
  const glue = athena && lateBarsInGlue({ config, database: athena.database, bucket })
  const bars = barsTable({ store, bucket, freshId, glue })
  return { store: followingLake(store, bars), bars }
}

/**
 * Where the catalog has `bars`, for commands: Glue's client takes longer to load than many of them run. Not for functions,
 * whose bundles would hold all of the client for being loaded late.
 */
function lateBarsInGlue(glue: BarsInGlue): Pointer {
  let opening: Promise<Pointer> | undefined
  const opened = (): Promise<Pointer> => {
    opening ??= import('./glue-pointer.ts').then(({ barsInGlue }) => barsInGlue(glue))
    return opening
  }
  return {
    load: async () => (await opened()).load(),
    create: async (metadataFile, metadata) => (await opened()).create(metadataFile, metadata),
    move: async (from, to, metadata) => (await opened()).move(from, to, metadata),
  }
}
