import { randomUUID } from 'node:crypto'
import { systemClock as clock } from '../../lake/clock.ts'
import { type Environment, required } from '../../lake/environment.ts'
import { deployedTable } from '../../lake/iceberg/deployed-table.ts'
import { KEEP_LAST } from '../../lake/iceberg/metadata.ts'
import { jsonLog } from '../../lake/log.ts'
import { parquetGroups } from '../../lake/parquet/row-groups.ts'
import { deployedLake, endOf, type InvocationContext } from '../../lake/store/deployed-lake.ts'

/** What every step of a compaction works with in a deployed function. */
export function deployedPorts(env: Environment) {
  const lake = deployedLake(env)
  const tableOf = deployedTable(env, randomUUID)
  const log = jsonLog((line) => void process.stdout.write(line))
  const retention = { snapshotDays: Number(required(env, 'SNAPSHOT_DAYS')), keepLast: KEEP_LAST }
  const landingDays = Number(required(env, 'LANDING_DAYS'))
  return (context: InvocationContext) => {
    const end = endOf(context)
    const store = lake(() => end)
    const ports = { parquet: parquetGroups, clock, log, freshId: randomUUID, retention, landingDays }
    return { ...ports, store, table: tableOf(store) }
  }
}
