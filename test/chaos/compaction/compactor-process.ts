/** A compactor as a process of its own, which runs one compaction after the other until it is killed. */
import { randomUUID } from 'node:crypto'
import { systemClock as clock } from '../../../lake/clock.ts'
import { deployedTable } from '../../../lake/iceberg/deployed-table.ts'
import { parquetGroups as parquet } from '../../../lake/parquet/row-groups.ts'
import { isRetryable } from '../../../lake/retry.ts'
import { deployedLake } from '../../../lake/store/deployed-lake.ts'
import { runCompaction } from '../../../lambdas/compactor/run.ts'
import { silentLog as log } from '../../support/silent-log.ts'
import { CHAOS_KEPT } from './world.ts'

/** Files land faster than a run of seven files a plan would end. */
const PLANS = { maxFiles: 40, maxTaskRows: 100 }
const REQUESTS_END_MS = 30_000
const store = deployedLake(process.env)(() => clock.now() + REQUESTS_END_MS)
const table = deployedTable(process.env, randomUUID)(store)

process.send?.('ready')
for (;;) {
  try {
    await runCompaction({ ...CHAOS_KEPT, store, table, parquet, clock, log, freshId: randomUUID }, PLANS)
    process.send?.('done')
  } catch (error) {
    // What may be tried again is, by the next run; anything else is a finding.
    if (!isRetryable(error)) {
      process.send?.(error instanceof Error ? (error.stack ?? error.message) : String(error))
      process.exit(3)
    }
  }
}
