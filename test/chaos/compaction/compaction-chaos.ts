/**
 * Chaos of compaction: consumers, backfills, redrives, compactions and rollbacks at once, each killed at any request, and a
 * change of the cluster on the way; then quiet, a last run, and a count of every bar with its newest version.
 */
import { setImmediate } from 'node:timers/promises'
import { runCompaction } from '../../../lambdas/compactor/run.ts'
import { readRows } from '../../support/parquet.ts'
import { BarsLog, type Version } from './bars-log.ts'
import { compactOnce, LeftRun, rollBackOnce } from './compaction-actor.ts'
import { LandingActor } from './landing-actor.ts'
import type { World } from './world.ts'

export interface ClusterTime {
  /** Whether more records are to come, of so many that have. */
  readonly isSending: (sent: number) => boolean
  /** Compactions side by side, until they have had enough. */
  readonly compacting: () => Promise<unknown>
}

export interface CompactionCount {
  readonly bars: number
  /** Bars that are not there, there twice, or there in another version than the newest; the first few. */
  readonly wrong: readonly string[]
  readonly wrongCount: number
}

const PARTITIONS = 3
const COMPACTORS = 2

/** `timeOf` is asked as each cluster's time begins. */
export async function compactionChaos(world: World, timeOf: () => ClusterTime): Promise<CompactionCount> {
  const newest = new Map<string, Version>()
  const logs = ['first', 'second'].map((cluster) => new BarsLog(cluster, PARTITIONS, { dice: world.dice, newest }))
  for (const log of logs) await live(log, world, timeOf())
  world.isCalm = true
  await runCompaction(world.depsOn(world.store))
  return countBars(world, newest)
}

/** One cluster's time: its records come, land and are compacted side by side, until all have landed and all runs are over. */
async function live(log: BarsLog, world: World, { isSending, compacting }: ClusterTime): Promise<void> {
  const actor = new LandingActor(world, log)
  let areRunsOver = false
  const landing = async () => {
    let sent = 0
    while (isSending(sent) || !actor.isDone || !areRunsOver) {
      if (isSending(sent)) sent += sendSome(log, world)
      await actor.step()
      await setImmediate()
      world.isCalm ||= areRunsOver && !isSending(sent)
    }
  }
  const runsEnded = compacting().then(() => {
    areRunsOver = true
  })
  await Promise.all([landing(), runsEnded])
  world.isCalm = false
}

/** Two compactors in this process, each as many runs, and somebody who rolls back now and then. */
export async function compactingHere(world: World, runs: number): Promise<void> {
  const compacting = async () => {
    for (let run = 0; run < runs; run++) await orLeft(world, () => compactOnce(world))
  }
  const rollingBack = async () => {
    for (let run = 0; run < runs; run++) {
      for (let turns = world.dice.integer(0, 400); turns > 0; turns--) await setImmediate()
      if (world.dice.next() < 0.3) await orLeft(world, () => rollBackOnce(world))
    }
  }
  await Promise.all([...Array.from({ length: COMPACTORS }, compacting), rollingBack()])
}

function sendSome(log: BarsLog, { dice }: World): number {
  const isBackfill = dice.next() < 0.1
  const count = isBackfill ? dice.integer(10, 40) : dice.integer(1, 6)
  if (isBackfill) log.backfill(count)
  else log.live(count)
  return count
}

export async function orLeft(world: World, act: () => Promise<void>): Promise<void> {
  try {
    await act()
  } catch (error) {
    if (!(error instanceof LeftRun)) throw error
    world.counts.left++
  }
}

const MOST_TOLD = 5

/** Every row of the table's live files, read by a library that is not ours. */
async function countBars(world: World, newest: ReadonlyMap<string, Version>): Promise<CompactionCount> {
  const { table } = world.depsOn(world.store)
  const wrong: string[] = []
  const left = new Map(newest)
  for (const { key } of await table.liveFiles(await table.current())) {
    const file = await world.store.get(key)
    if (!file) throw new Error(`${key} is live and gone.`)
    const rows = await readRows(file.body)
    for (const { symbol, ts_event, ts_sent, close } of rows) {
      const bar = `${symbol} ${Number(ts_event)}`
      const want = left.get(bar)
      left.delete(bar)
      const isRight = want?.tsSent === Number(ts_sent) && want.close === close
      if (!isRight)
        wrong.push(
          `${bar}: ${close} of ${Number(ts_sent)}, want ${JSON.stringify(want ?? 'none, or it was there before')}`,
        )
    }
  }
  for (const bar of left.keys()) wrong.push(`${bar} is not there`)
  return { bars: newest.size, wrong: wrong.slice(0, MOST_TOLD), wrongCount: wrong.length }
}
