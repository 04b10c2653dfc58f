import { randomUUID } from 'node:crypto'
import { systemClock as clock } from '../../lake/clock.ts'
import type { Environment } from '../../lake/environment.ts'
import { jsonLog } from '../../lake/log.ts'
import { parquetGroups } from '../../lake/parquet/row-groups.ts'
import { deployedLake, endOf, type InvocationContext } from '../../lake/store/deployed-lake.ts'

/** What every step of a compaction works with in a deployed function. */
export function deployedPorts(env: Environment) {
  const lake = deployedLake(env)
  const log = jsonLog((line) => void process.stdout.write(line))
  return (context: InvocationContext) => {
    const end = endOf(context)
    return { store: lake(() => end), parquet: parquetGroups, clock, log, freshId: randomUUID }
  }
}
