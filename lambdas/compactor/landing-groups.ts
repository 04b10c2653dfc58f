import { messageOf, TickerlakeError } from '../../lake/errors.ts'
import { inOrder } from '../../lake/in-parallel.ts'
import type { ParquetGroups } from '../../lake/parquet/row-groups.ts'
import type { RowGroup } from '../../lake/parquet/table-file.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'
import { BARS_LANDING } from '../../lake/tables/tables.ts'

interface LandingDeps {
  readonly store: ObjectStore
  readonly parquet: ParquetGroups
}

/** Files under way or waiting: an answer takes some 20 ms, decoding one. A landed file is of one batch, so that many are some megabytes. */
const FILES_AHEAD = 16

/** The row groups of landing files, file by file. What is gone or cannot be read stops the run: left out, it would be lost to `bars`. */
export async function* landingGroups(
  keys: readonly string[],
  columns: readonly string[],
  { store, parquet }: LandingDeps,
): AsyncGenerator<RowGroup> {
  const files = inOrder(keys, FILES_AHEAD, async (key) => ({ key, found: await store.get(key) }))
  for await (const { key, found } of files) {
    if (!found) {
      const message = `The landing file ${key} has gone since it was listed; run again. Keep landing for more days if this recurs.`
      throw new TickerlakeError('landing-gone', message, { retryable: true })
    }
    try {
      yield* parquet.read(found.body, BARS_LANDING, columns)
    } catch (cause) {
      const message = `The landing file ${key} cannot be read: ${messageOf(cause)} Move it out of ${BARS_LANDING.prefix}/ to go on without it.`
      throw new TickerlakeError('landing-unreadable', message, { cause })
    }
  }
}
