import type { ObjectStore, ObjectSummary } from '../../lake/store/object-store.ts'
import type { Table } from '../../lake/tables/table.ts'

/** The files that a table is made of now. */
export async function filesOf({ prefix }: Table, store: ObjectStore): Promise<readonly ObjectSummary[]> {
  const files: ObjectSummary[] = []
  for await (const object of store.list(`${prefix}/`)) if (object.key.endsWith('.parquet')) files.push(object)
  return files
}
