/** Whether a partition without a ledger has landed files all the same: then its ledger is lost, not yet to begin. */
import { inParallel } from '../in-parallel.ts'
import type { ObjectStore } from '../store/object-store.ts'
import { BARS_LANDING } from '../tables/tables.ts'
import { claimKeyStarts, landingFileOf } from './landing-key.ts'
import type { TopicPartition } from './ledger.ts'
import { askingFor, ownerOf } from './ownership.ts'

const LISTINGS_AT_ONCE = 16

/**
 * One LIST in a lake without landed files; else three for each day that has files, so that a
 * partition that is added to a lake of a million files begins in a second. Voids count too: each was a claim in a ledger.
 */
export async function hasLandedFiles(at: TopicPartition, cluster: string, store: ObjectStore): Promise<boolean> {
  const starts = (await landingDays(store)).flatMap((day) => claimKeyStarts(at, day))
  if (starts.length === 0) return false
  const asking = await askingFor(cluster, store)
  let found = false
  await inParallel(starts, LISTINGS_AT_ONCE, async (start) => {
    if (found) return
    for await (const { key } of store.list(start)) {
      const file = landingFileOf(key)
      if (!file || file.topic !== at.topic || file.partition !== at.partition) continue
      if (ownerOf(file.cluster, file, asking) !== 'ours') continue
      found = true
      return
    }
  })
  return found
}

/** The days that have a landed file, each found by one LIST behind the one before. */
async function landingDays(store: ObjectStore): Promise<string[]> {
  const days: string[] = []
  while (true) {
    const day = await firstDayAfter(days.at(-1), store)
    if (day === undefined) return days
    days.push(day)
  }
}

async function firstDayAfter(day: string | undefined, store: ObjectStore): Promise<string | undefined> {
  const prefix = `${BARS_LANDING.prefix}/${BARS_LANDING.partitionKey.name}=`
  // "0" is the character after "/": behind all keys of the day, before those of the next.
  for await (const { key } of store.list(prefix, day === undefined ? {} : { startAfter: `${prefix}${day}0` })) {
    return key.slice(prefix.length).split('/')[0]
  }
  return undefined
}
