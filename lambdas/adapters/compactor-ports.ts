import { randomUUID } from 'node:crypto'
import type { Environment } from '../core/environment.ts'
import { deployedLake, endOf, type InvocationContext } from './deployed-lake.ts'
import { hyparquetGroups } from './hyparquet-groups.ts'
import { jsonLog } from './json-log.ts'
import { systemClock as clock } from './system-clock.ts'

/** What every step of a compaction works with in a deployed function. */
export function deployedPorts(env: Environment) {
  const lake = deployedLake(env)
  const log = jsonLog((line) => void process.stdout.write(line))
  return (context: InvocationContext) => {
    const end = endOf(context)
    return { store: lake(() => end), parquet: hyparquetGroups, clock, log, freshId: randomUUID }
  }
}
