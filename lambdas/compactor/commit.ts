/** The last step of a compaction run: what all its tasks have compacted is marked as compacted. */

import { encodeMark, joinMarks, NO_MARK, parseMark } from '../../lake/compaction/compaction-mark.ts'
import { TickerlakeError } from '../../lake/errors.ts'
import { LAYOUT } from '../../lake/layout.ts'
import { JsonObjects } from '../../lake/store/json-object.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'
import { readPlan } from './plan-object.ts'

export interface CommitDeps {
  readonly store: ObjectStore
  /** A text never given before. */
  readonly freshId: () => string
}

export interface CommitReport {
  /** False where another run of the same plan had committed it. */
  readonly committed: boolean
}

/** Another run commits in a moment, so losing this often means that something else writes the mark. */
const MOST_RACES = 50

/** Marks a plan whose tasks have all succeeded. */
export async function commit(planKey: string, { store, freshId }: CommitDeps): Promise<CommitReport> {
  const plan = await readPlan(planKey, store)
  if (!plan) return { committed: false }
  const marks = new JsonObjects({ store, nonce: freshId, format: { encode: encodeMark, parse: parseMark } })
  for (let race = 0; race < MOST_RACES; race++) {
    const standing = await marks.read(LAYOUT.compactionMark)
    const joined = { ...joinMarks(standing?.value ?? NO_MARK, plan.mark), nonce: '' }
    const { kind } = await marks.replace(LAYOUT.compactionMark, joined, standing?.etag)
    if (kind === 'conflict') continue
    await store.delete(planKey)
    return { committed: true }
  }
  throw new TickerlakeError(
    'mark-contended',
    `${LAYOUT.compactionMark} was written by others ${MOST_RACES} times in a row; run again.`,
    {
      retryable: true,
    },
  )
}
