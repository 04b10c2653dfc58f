/** `--as-of`: a lake as it was. */
import { systemClock } from '../../lake/clock.ts'
import { UsageError } from '../../lake/errors.ts'
import { type AsOf, snapshotAsOf } from '../../lake/iceberg/as-of.ts'
import type { Snapshot } from '../../lake/iceberg/metadata.ts'
import { pinnedLake } from '../../lake/iceberg/snapshot-store.ts'
import { parseIso, toIso } from '../../lake/instant.ts'
import { type Lake, openLake } from './open-lake.ts'
import type { Target } from './target.ts'

interface AsOfOptions {
  /** What is given it, for the sentence of a misuse. @default --as-of */
  readonly option?: string
  /** Epoch milliseconds. */
  readonly now?: number
}

/** What `--as-of` says: a time, or the id of a snapshot; undefined where it was not given. */
export function asOfOf(
  text: string | undefined,
  { option = '--as-of', now = systemClock.now() }: AsOfOptions = {},
): AsOf | undefined {
  if (text === undefined) return undefined
  if (/^\d{5,19}$/.test(text)) return { kind: 'snapshot', id: text }
  const instant = parseIso(text)
  if (instant === undefined) {
    throw new UsageError(
      `${option} takes an ISO 8601 date or time, UTC, or the id of a snapshot ("npm run lake -- snapshots" lists them); got "${text}".`,
    )
  }
  if (instant > now) throw new UsageError(`${option} takes a time that has been; ${toIso(instant)} is ahead.`)
  return { kind: 'instant', instant }
}

export interface LakeAsOf extends Lake {
  /** The one snapshot of `bars` that the store has; undefined where it follows the newest. */
  readonly snapshot: Snapshot | undefined
}

/** A lake to read, with `bars` as it was, or where nothing was said, as it is. */
export async function openLakeAsOf(target: Target, asOf: AsOf | undefined): Promise<LakeAsOf> {
  const lake = await openLake(target)
  const snapshot = asOf && (await snapshotAsOf(lake.bars, asOf))
  return { ...lake, snapshot, store: snapshot ? await pinnedLake(lake.store, lake.bars, snapshot) : lake.store }
}
