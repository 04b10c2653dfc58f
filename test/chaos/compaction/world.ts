/** What the actors of a chaos of compaction share: a lake, a clock, dice, and what was seen. */
import type { IcebergTable } from '../../../lake/iceberg/iceberg-table.ts'
import { parquetGroups } from '../../../lake/parquet/row-groups.ts'
import type { ObjectStore } from '../../../lake/store/object-store.ts'
import type { RunDeps } from '../../../lambdas/compactor/run.ts'
import { silentLog } from '../../support/silent-log.ts'
import type { Dice } from '../dice.ts'

export interface WorldProps {
  readonly dice: Dice
  readonly freshId: () => string
  /** The lake; what is written there is dated by the clock. */
  readonly storeOf: (now: () => number) => ObjectStore
  readonly tableOn: (store: ObjectStore) => IcebergTable
}

const START = Date.UTC(2026, 10, 22, 12)
const HOUR_MS = 3_600_000

/** A clock that passes as things are done, an hour a step: days go by in a run, and with them what was kept for days. */
class PassingClock {
  #now = START

  now(): number {
    return this.#now
  }

  pass(): void {
    this.#now += HOUR_MS
  }

  async sleep(): Promise<void> {}
}

export class World {
  readonly clock = new PassingClock()
  readonly counts = { plans: 0, commits: 0, kills: 0, rollbacks: 0, left: 0 }
  /** What a plan called missing: nothing may ever be. */
  readonly alarms: string[] = []
  /** Nobody dies any more. */
  isCalm = false
  readonly dice: Dice
  readonly freshId: () => string
  readonly store: ObjectStore
  readonly #tableOn: WorldProps['tableOn']

  constructor({ dice, freshId, storeOf, tableOn }: WorldProps) {
    this.dice = dice
    this.freshId = freshId
    this.store = storeOf(() => this.clock.now())
    this.#tableOn = tableOn
  }

  depsOn(store: ObjectStore): RunDeps {
    const { clock, freshId } = this
    const table = this.#tableOn(store)
    const kept = { retention: { snapshotDays: 1, keepLast: 3 }, landingDays: 3, mostFileRows: 30 }
    return { ...kept, store, table, parquet: parquetGroups, clock, log: silentLog, freshId }
  }
}
