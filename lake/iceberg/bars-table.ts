import type { GlueClientConfig } from '@aws-sdk/client-glue'
import { LAYOUT } from '../layout.ts'
import type { ObjectStore } from '../store/object-store.ts'
import { BARS } from '../tables/tables.ts'
import { IcebergTable } from './iceberg-table.ts'
import { objectPointer } from './object-pointer.ts'
import type { Pointer } from './pointer.ts'

export interface BarsTableProps {
  readonly store: ObjectStore
  readonly bucket: string
  readonly pointer: Pointer
}

/** The clean table. Cut by the month of the bar's own time, once as text, as queries have always named it. */
export function barsTable(props: BarsTableProps): IcebergTable {
  return new IcebergTable({ ...props, table: BARS, time: 'ts_event' })
}

export interface CatalogProps {
  readonly store: ObjectStore
  /** A text never given before. */
  readonly freshId: () => string
  /** Undefined where there is no Glue. */
  readonly glue: { readonly config: GlueClientConfig; readonly database: string } | undefined
}

/** Where the clean table's metadata is said to be: in the catalog, or where there is none, in an object of the bucket. */
export function barsPointer({ store, freshId, glue }: CatalogProps): Pointer {
  if (!glue) return objectPointer({ store, key: LAYOUT.barsPointer, freshId })
  return openedLater(() => openGlue(glue))
}

/** Glue's client takes longer to load than many a command runs. */
async function openGlue({ config, database }: NonNullable<CatalogProps['glue']>): Promise<Pointer> {
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
