/**
 * What a rollback would do, worked out and said before anything is changed. It takes the mark of compaction back with the
 * rows, and the next compaction merges again what landed since, as far as its landing files stand. The compactor keeps those
 * that a kept snapshot lacks; somebody may have deleted them all the same, so they are counted first. Gaps that a ledger has
 * given up count as lost, for no file ever had them.
 */

import { compactedRecords, lostByRollback } from '../../lake/compaction/rollback-loss.ts'
import { markIn } from '../../lake/compaction/table-mark.ts'
import { currentOf, type Snapshot, type TableMetadata } from '../../lake/iceberg/metadata.ts'
import { toIso } from '../../lake/instant.ts'
import { LAYOUT } from '../../lake/layout.ts'
import { type LandingFile, landingFileOf } from '../../lake/ledger/landing-key.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'

export type RollbackPlan =
  | { readonly kind: 'nothing'; readonly to: Snapshot }
  | {
      readonly kind: 'move'
      readonly from: Snapshot | undefined
      readonly to: Snapshot
      /** Records compacted now and not then: the next compaction merges them again. */
      readonly again: number
      /** Those of them whose landing files have expired. */
      readonly lost: number
    }

interface RollbackInput {
  readonly metadata: TableMetadata
  readonly to: Snapshot
  readonly store: ObjectStore
}

export async function planRollback({ metadata, to, store }: RollbackInput): Promise<RollbackPlan> {
  const from = currentOf(metadata)
  if (from === to) return { kind: 'nothing', to }
  const now = await markIn(metadata, store)
  const back = await markIn(metadata, store, to)
  const landing: LandingFile[] = []
  for await (const { key } of store.list(`${LAYOUT.landing}/`)) {
    const file = landingFileOf(key)
    if (file) landing.push(file)
  }
  const lost = [...lostByRollback({ now, back }, landing).values()].reduce((sum, count) => sum + count, 0)
  return { kind: 'move', from, to, again: Math.max(0, compactedRecords(now) - compactedRecords(back)), lost }
}

export function rollbackText(plan: RollbackPlan): string {
  const { to } = plan
  const name = `snapshot ${to['snapshot-id']} of ${toIso(to['timestamp-ms'])} (rows: ${to.summary['total-records']})`
  if (plan.kind === 'nothing') return `bars is at ${name} already.`
  const { from, again, lost } = plan
  const before = from ? ` It is at snapshot ${from['snapshot-id']} now (rows: ${from.summary['total-records']}).` : ''
  const merged = again > 0 ? ` Records landed since, which the next compaction merges again: ${again}.` : ''
  const gone =
    lost > 0 ? ` Of them in no landing file any more, so that their bars would be gone for good: ${lost}.` : ''
  return `bars goes to ${name}.${before}${merged}${gone}`
}
