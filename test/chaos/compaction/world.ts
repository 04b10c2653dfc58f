/** What the actors of a chaos of compaction share: a lake, a clock, dice, and what was seen. */
import type { IcebergTable } from '../../../lake/iceberg/iceberg-table.ts'
import { parquetGroups } from '../../../lake/parquet/row-groups.ts'
import type { ObjectStore } from '../../../lake/store/object-store.ts'
import type { RunDeps } from '../../../lambdas/compactor/run.ts'
import { silentLog } from '../../support/silent-log.ts'
import type { Dice } from '../dice.ts'

/** Little, so that snapshots, orphans and landed files go while others are at work. */
export const CHAOS_KEPT = { retention: { snapshotDays: 1, keepLast: 3 }, landingDays: 3, mostFileRows: 30 }
/** Small, so that plans have several tasks, tasks several files, and runs several plans. */
export const SMALL_PLANS = { maxFiles: 7, maxTaskRows: 40 }

export interface WorldProps {
  readonly dice: Dice
  /** How long a step takes on the world's clock; 0 for a clock that is the machine's. @default an hour */
  readonly stepMs?: number
  readonly freshId: () => string
  /** The lake; what is written there is dated by the clock. */
  readonly storeOf: (now: () => number) => ObjectStore
  readonly tableOn: (store: ObjectStore) => IcebergTable
}

const START = Date.UTC(2026, 10, 22, 12)
const HOUR_MS = 3_600_000

/** A clock that passes as things are done: days go by in a run, and with them what was kept for days. */
class PassingClock {
  readonly #stepMs: number
  #now = START

  constructor(stepMs: number) {
    this.#stepMs = stepMs
  }

  now(): number {
    return this.#stepMs === 0 ? Date.now() : this.#now
  }

  pass(): void {
    this.#now += this.#stepMs
  }

  async sleep(): Promise<void> {}
}

export class World {
  readonly clock: PassingClock
  readonly counts = { plans: 0, commits: 0, conflicts: 0, kills: 0, rollbacks: 0, left: 0 }
  /** What a plan called missing: nothing may ever be. */
  readonly alarms: string[] = []
  /** Nobody dies any more. */
  isCalm = false
  readonly dice: Dice
  readonly freshId: () => string
  readonly store: ObjectStore
  readonly #tableOn: WorldProps['tableOn']

  constructor({ dice, freshId, storeOf, tableOn, stepMs = HOUR_MS }: WorldProps) {
    this.dice = dice
    this.clock = new PassingClock(stepMs)
    this.freshId = freshId
    this.store = storeOf(() => this.clock.now())
    this.#tableOn = tableOn
  }

  depsOn(store: ObjectStore): RunDeps {
    const { clock, freshId } = this
    const table = this.#tableOn(store)
    return { ...CHAOS_KEPT, store, table, parquet: parquetGroups, clock, log: silentLog, freshId }
  }
}
