import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import fc from 'fast-check'
import type { ObjectStore } from '../../../lake/store/object-store.ts'
import { aroundObjectStore } from '../../../lake/store/retrying-object-store.ts'
import type { BarRow, LandingRow } from '../../../lake/tables/tables.ts'
import { type CommitReport, commit, type RunState } from '../../../lambdas/compactor/commit.ts'
import { PLAN_DEFAULTS, plan } from '../../../lambdas/compactor/plan.ts'
import { runCompaction } from '../../../lambdas/compactor/run.ts'
import { runTask } from '../../../lambdas/compactor/task.ts'
import { compactionOn, freshId } from '../../support/compaction.ts'
import { land, landed, putLedger, readBars } from '../../support/lake-builder.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'

const DAY = 86_400_000
const NOW = Date.UTC(2026, 10, 22, 12)

class Killed extends Error {}

/** A run that is cut off at its n-th request, before it reaches the store or after its answer got lost. */
function dyingStore(inner: MemoryObjectStore, requests: number, answerLost: boolean): ObjectStore {
  let left = requests
  const step = async <T>(act: () => Promise<T>): Promise<T> => {
    const dies = left-- <= 0
    if (dies && !answerLost) throw new Killed()
    const answer = await act()
    if (dies) throw new Killed()
    return answer
  }
  return {
    ...aroundObjectStore(inner, (_what, act) => step(act)),
    async *list(prefix, options) {
      yield* await step(async () => inner.list(prefix, options))
    },
  }
}

const depsOn = (store: ObjectStore) => ({ ...compactionOn(store, NOW), mostFileRows: 5 })

/** Small enough that plans have several tasks, tasks several passes, and runs leave files to the next. */
const SMALL = { ...PLAN_DEFAULTS, maxFiles: 3, maxTaskRows: 4 }
const MANY = { ...SMALL, maxFiles: 1_000 }

interface Sent {
  readonly symbol: string
  readonly day: number
  readonly tsSent: number
  readonly partition: number
}

const sent: fc.Arbitrary<Sent> = fc.record({
  symbol: fc.constantFrom('A', 'B', '^C'),
  day: fc.integer({ min: 0, max: 70 }),
  tsSent: fc.integer({ min: 0, max: 3 }),
  partition: fc.integer({ min: 0, max: 1 }),
})

type Act =
  | { readonly kind: 'land'; readonly batch: readonly Sent[] }
  | { readonly kind: 'run'; readonly requests: number; readonly answerLost: boolean }
  | { readonly kind: 'overlap'; readonly batch: readonly Sent[]; readonly pauses: readonly number[] }

const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ kind: fc.constant('land' as const), batch: fc.array(sent, { minLength: 1, maxLength: 8 }) }),
  fc.record({ kind: fc.constant('run' as const), requests: fc.integer({ min: 0, max: 40 }), answerLost: fc.boolean() }),
  fc.record({
    kind: fc.constant('overlap' as const),
    batch: fc.array(sent, { minLength: 1, maxLength: 8 }),
    pauses: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 30 }),
  }),
)

/** The truth, computed without any of the code that is tested: a map of the newest versions. */
class Expected {
  readonly newest = new Map<string, LandingRow>()

  add(row: LandingRow): void {
    const key = `${row.ts_event && new Date(row.ts_event).toISOString().slice(0, 7)} ${row.symbol} ${row.ts_event}`
    const standing = this.newest.get(key)
    if (!standing || version(row) > version(standing)) this.newest.set(key, row)
  }

  bars(): unknown[] {
    return [...this.newest].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => essence(row))
  }
}

function version(row: LandingRow): string {
  return [row.ts_sent, row.kafka_offset, row.kafka_partition].map((part) => String(part).padStart(15, '0')).join(' ')
}

function essence({ symbol, ts_event, ts_sent, kafka_offset, kafka_partition, close }: LandingRow | BarRow): unknown {
  return { symbol, ts_event, ts_sent, kafka_offset, kafka_partition, close }
}

async function landBatch(batch: readonly Sent[], next: number[], { store, expected }: World): Promise<void> {
  for (const partition of [0, 1]) {
    const rows = batch
      .filter((one) => one.partition === partition)
      .map((one, i) =>
        landed({
          symbol: one.symbol,
          ts_event: Date.UTC(2020, 0, 1) + one.day * DAY,
          ts_sent: NOW + one.tsSent,
          kafka_partition: partition,
          kafka_offset: (next[partition] ?? 0) + i,
          close: 9 + ((next[partition] ?? 0) + i) / 1000,
        }),
      )
    if (rows.length === 0) continue
    for (const row of rows) expected.add(row)
    await land(store, rows, freshId())
    next[partition] = (next[partition] ?? 0) + rows.length
    await putLedger(store, { partition, next: next[partition] })
  }
}

interface World {
  readonly store: MemoryObjectStore
  readonly expected: Expected
}

/** Lets every request wait some turns of the event loop, so that two runs' requests fall in any order. */
function pausingStore(inner: MemoryObjectStore, pauses: readonly number[]): ObjectStore {
  let request = 0
  return aroundObjectStore(inner, async (_what, act) => {
    for (let turns = pauses[request++ % pauses.length] ?? 0; turns > 0; turns--) await setImmediate()
    return act()
  })
}

/** Two runs side by side, the second planned when more has landed; the first to be planned is the last to commit. */
async function overlap(
  { batch, pauses }: Extract<Act, { kind: 'overlap' }>,
  next: number[],
  world: World,
): Promise<void> {
  const deps = depsOn(pausingStore(world.store, pauses))
  const early = await plan(deps, MANY)
  await landBatch(batch, next, world)
  const late = await plan(deps, MANY)
  await Promise.all([...early.tasks, ...late.tasks].map((task) => runTask(task, deps)))
  await Promise.all([late, late, early].map((planned) => commitAnyhow(planned, deps)))
  assert.equal((await plan(deps, MANY)).files, 0)
}

/** As the state machine does: what others changed meanwhile is merged again. */
async function commitAnyhow(planned: RunState, deps: ReturnType<typeof depsOn>): Promise<void> {
  let state: RunState & Pick<CommitReport, 'tasks'> = { ...planned, tasks: [] }
  do {
    state = await commit(state, deps)
    for (const task of state.tasks) await runTask(task, deps)
  } while (state.tasks.length > 0)
}

test('bars are the newest versions of everything landed, whichever runs are killed, doubled or interleaved', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 12 }), async (acts) => {
      const world: World = { store: new MemoryObjectStore(), expected: new Expected() }
      const next = [0, 0]

      for (const one of acts) {
        if (one.kind === 'land') await landBatch(one.batch, next, world)
        else if (one.kind === 'overlap') await overlap(one, next, world)
        else {
          const dying = dyingStore(world.store, one.requests, one.answerLost)
          await runCompaction(depsOn(dying), SMALL).catch((error) => assert.ok(error instanceof Killed, String(error)))
        }
      }
      await runCompaction(depsOn(world.store), SMALL)

      assert.deepEqual((await readBars(world.store)).map(essence), world.expected.bars())
      assert.equal((await plan(depsOn(world.store))).files, 0)
    }),
    { numRuns: 60 },
  )
})
