import type { GlueClientConfig } from '@aws-sdk/client-glue'
import { type Environment, required } from '../environment.ts'
import { LAYOUT } from '../layout.ts'
import type { ObjectStore } from '../store/object-store.ts'
import { BARS } from '../tables/tables.ts'
import { IcebergTable } from './iceberg-table.ts'
import { objectPointer } from './object-pointer.ts'
import type { Pointer } from './pointer.ts'

export interface BarsTableProps {
  readonly store: ObjectStore
  readonly bucket: string
  /** A text never given before. */
  readonly freshId: () => string
  /** Undefined where there is no Glue. */
  readonly glue: { readonly config: GlueClientConfig; readonly database: string } | undefined
}

/**
 * The table `bars`, cut by the month of the bar's own time, once as text, as queries have always named it. Where its
 * metadata is, is said in the catalog, or where there is none, in an object of the bucket.
 */
export function barsTable({ store, bucket, freshId, glue }: BarsTableProps): IcebergTable {
  const pointer = glue ? openedLater(() => openGlue(glue)) : objectPointer({ store, key: LAYOUT.barsPointer, freshId })
  return new IcebergTable({ store, bucket, pointer, table: BARS, time: 'ts_event' })
}

/** The table `bars` as a deployed function reaches it: without a catalog where CATALOG_DATABASE is not set. */
export function deployedTable(env: Environment, freshId: () => string): (store: ObjectStore) => IcebergTable {
  const bucket = required(env, 'LAKE_BUCKET')
  const database = env['CATALOG_DATABASE']
  const glue = database === undefined ? undefined : { config: {}, database }
  return (store) => barsTable({ store, bucket, freshId, glue })
}

/** Glue's client takes longer to load than many a command runs. */
async function openGlue({ config, database }: NonNullable<BarsTableProps['glue']>): Promise<Pointer> {
  const [{ GlueClient }, { gluePointer }] = await Promise.all([
    import('@aws-sdk/client-glue'),
    import('./glue-pointer.ts'),
  ])
  return gluePointer(new GlueClient(config), { database, name: BARS.name, doc: BARS.doc })
}

function openedLater(open: () => Promise<Pointer>): Pointer {
  let opening: Promise<Pointer> | undefined
  const opened = (): Promise<Pointer> => {
    opening ??= open()
    return opening
  }
  return {
    load: async () => (await opened()).load(),
    create: async (metadataFile, metadata) => (await opened()).create(metadataFile, metadata),
    move: async (from, to, metadata) => (await opened()).move(from, to, metadata),
  }
}
