/** What a task of a run hands to the commit: the changes that it has made files for. */
import { decodeDataFiles, encodeDataFiles } from '../../lake/iceberg/manifest.ts'
import type { MonthChange } from '../../lake/iceberg/table-change.ts'
import type { PartitionNames } from '../../lake/iceberg/table-schema.ts'
import { putJson, textAt } from '../../lake/store/json-object.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'

interface StoredChange {
  readonly month: string
  readonly seen: readonly string[]
  readonly replaced: readonly string[]
  /** Data files as Iceberg writes them, in base64. */
  readonly added: string
}

/** Below its plan, so that both go together. */
export function noteKey(plan: string, task: number): string {
  return `${plan.slice(0, -'.json'.length)}/task-${task}.json`
}

/** A task that runs twice writes its note twice: either is true, and the files of the other are swept. */
export async function writeNote(
  key: string,
  changes: readonly MonthChange[],
  { store, names }: { readonly store: ObjectStore; readonly names: PartitionNames },
): Promise<void> {
  const stored = changes.map(
    (change): StoredChange => ({
      ...change,
      added: Buffer.from(encodeDataFiles(change.added, names)).toString('base64'),
    }),
  )
  await putJson(key, JSON.stringify(stored), store)
}

/** Undefined where there is none: its task has not ended, or the run is over. */
export async function readNote(key: string, store: ObjectStore): Promise<readonly MonthChange[] | undefined> {
  const text = await textAt(key, store)
  if (text === undefined) return undefined
  const stored = JSON.parse(text) as readonly StoredChange[]
  return stored.map((change) => ({ ...change, added: decodeDataFiles(Buffer.from(change.added, 'base64')) }))
}
