import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { type CommitOutcome, commit, type TableCommit } from '../../../lake/iceberg/commit.ts'
import { IcebergTable } from '../../../lake/iceberg/iceberg-table.ts'
import type { DataFile } from '../../../lake/iceberg/manifest.ts'
import { currentOf, snapshotsOf } from '../../../lake/iceberg/metadata.ts'
import type { Moved, Pointer } from '../../../lake/iceberg/pointer.ts'
import { monthNumber } from '../../../lake/iceberg/single-value.ts'
import { ORPHAN_AGE_MS, sweep } from '../../../lake/iceberg/sweep.ts'
import type { ObjectStore } from '../../../lake/store/object-store.ts'
import { aroundObjectStore } from '../../../lake/store/retrying-object-store.ts'
import { BARS } from '../../../lake/tables/tables.ts'
import { freshId, RETENTION, tableOn } from '../../support/compaction.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'

const NOW = Date.UTC(2026, 10, 22)
const MONTHS = ['2020-01', '2020-02', '2021-01'] as const

class Killed extends Error {}

/** One writer's way to the table: killed at its n-th request, before or after that was done; or told lies by the catalog. */
interface Fate {
  readonly requests: number
  readonly answerLost: boolean
  /** A move that was done is answered with `lost`, as by a second try of a request whose first one got through. */
  readonly lies: boolean
}

const UNHARMED: Fate = { requests: Number.POSITIVE_INFINITY, answerLost: false, lies: false }

function tableOf(store: MemoryObjectStore, { requests, answerLost, lies }: Fate): IcebergTable {
  let left = requests
  const step = async <T>(act: () => Promise<T>): Promise<T> => {
    const dies = left-- <= 0
    if (dies && !answerLost) throw new Killed()
    const answer = await act()
    if (dies) throw new Killed()
    return answer
  }
  const dying: ObjectStore = aroundObjectStore(store, (_what, act) => step(act))
  const real = tableOn(dying).pointer
  const lying: Pointer = {
    ...real,
    move: async (from, to, metadata): Promise<Moved> => {
      const moved = await real.move(from, to, metadata)
      return lies ? 'lost' : moved
    },
  }
  return new IcebergTable({ store: dying, bucket: 'lake', pointer: lying, table: BARS, time: 'ts_event' })
}

/** A data file of as many rows; the object behind it is a word. */
async function dataFile(table: IcebergTable, month: string, rows: number): Promise<DataFile> {
  const path = `${table.files.location}/data/month=${month}/sorted-${freshId()}.parquet`
  await table.files.write(path, Buffer.from('rows'), 'application/vnd.apache.parquet')
  const none = { column_sizes: null, value_counts: null, null_value_counts: null, nan_value_counts: null }
  return {
    ...none,
    content: 0,
    file_path: path,
    file_format: 'PARQUET',
    partition: { month, ts_event_month: monthNumber(month) },
    record_count: rows,
    file_size_in_bytes: 4,
    lower_bounds: null,
    upper_bounds: null,
    split_offsets: null,
    sort_order_id: 1,
  }
}

/** A month with one more row, as a writer does it: the standing files merged into one. */
async function oneMore(table: IcebergTable, month: string, id: string): Promise<TableCommit> {
  const loaded = await table.load()
  const standing = (await table.liveFiles(loaded && currentOf(loaded.metadata))).filter((file) => file.month === month)
  const rows = standing.reduce((sum, file) => sum + file.rows, 1)
  const seen = standing.map((file) => file.dataFile.file_path)
  const added = [await dataFile(table, month, rows)]
  return { id, base: undefined, changes: [{ month, seen, replaced: seen, added }], summaryOn: async () => ({}) }
}

const optionsAt = (now: number, retention = RETENTION) => ({ now, freshId, retention })

/** As a function that is run again by who started it, until it has an answer. */
async function untilDone(store: MemoryObjectStore, month: string, fates: readonly Fate[]): Promise<CommitOutcome> {
  const id = freshId()
  for (const fate of [...fates, UNHARMED]) {
    const table = tableOf(store, fate)
    try {
      for (;;) {
        const outcome = await commit(table, await oneMore(table, month, id), optionsAt(NOW))
        if (outcome.kind !== 'conflict') return outcome
      }
    } catch (error) {
      assert.ok(error instanceof Killed, String(error))
    }
  }
  throw new Error('no writer came through')
}

async function rowsOf(store: ObjectStore): Promise<Record<string, number>> {
  const table = tableOn(store)
  const rows: Record<string, number> = {}
  for (const { month, rows: count, key } of await table.liveFiles(await table.current())) {
    assert.ok(await store.head(key), `${key} is live and gone`)
    rows[month] = (rows[month] ?? 0) + count
  }
  return rows
}

const fate = fc.record({
  requests: fc.integer({ min: 0, max: 16 }),
  answerLost: fc.boolean(),
  lies: fc.boolean(),
})
const writer = fc.record({ month: fc.constantFrom(...MONTHS), fates: fc.array(fate, { maxLength: 3 }) })

describe('a commit', () => {
  test('is done once, whatever is killed, raced or lied to on the way', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(writer, { minLength: 1, maxLength: 3 }), { maxLength: 5 }), async (rounds) => {
        const store = new MemoryObjectStore()
        const want: Record<string, number> = {}

        for (const round of rounds) {
          for (const { month } of round) want[month] = (want[month] ?? 0) + 1
          await Promise.all(round.map(({ month, fates }) => untilDone(store, month, fates)))
        }

        assert.deepEqual(Object.entries(await rowsOf(store)).sort(), Object.entries(want).sort())
      }),
      { numRuns: 60 },
    )
  })

  test('that was killed at any of its requests, and is run again, is in the table once', async () => {
    for (let requests = 0; requests < 14; requests++) {
      for (const answerLost of [false, true]) {
        const store = new MemoryObjectStore()
        await untilDone(store, '2020-01', [])
        await untilDone(store, '2020-01', [{ requests, answerLost, lies: false }])

        assert.deepEqual(await rowsOf(store), { '2020-01': 2 }, `killed at request ${requests}`)
      }
    }
  })

  test('of all its months or of none: one that others have changed takes the others with it', async () => {
    const store = new MemoryObjectStore()
    const table = tableOn(store)
    const [january, february] = [await oneMore(table, '2020-01', 'a'), await oneMore(table, '2020-02', 'a')]
    await untilDone(store, '2020-02', [])

    const both = { ...january, changes: [...january.changes, ...february.changes] }
    const outcome = await commit(table, both, optionsAt(NOW))

    assert.deepEqual(outcome, { kind: 'conflict', months: ['2020-02'] })
    assert.deepEqual(await rowsOf(store), { '2020-02': 1 })
  })

  test('on a snapshot that was rolled back is refused', async () => {
    const store = new MemoryObjectStore()
    await untilDone(store, '2020-01', [])
    const table = tableOn(store)

    const outcome = await commit(table, { ...(await oneMore(table, '2020-01', 'x')), base: '12345' }, optionsAt(NOW))

    assert.equal(outcome.kind, 'rolled-back')
  })
})

describe('old snapshots', () => {
  const DAY = 86_400_000

  test('expire with the files that they alone have, and metadata stays flat', async () => {
    const store = new MemoryObjectStore()
    const retention = { snapshotDays: 1, keepLast: 2 }
    const table = tableOn(store)
    const sizes: number[] = []
    for (let hour = 0; hour < 120; hour++) {
      const change = await oneMore(table, '2020-01', `h${hour}`)
      await commit(table, change, optionsAt(NOW + (hour * DAY) / 24, retention))
      sizes.push(store.objects.size)
    }

    const loaded = await table.load()
    assert.ok(loaded)
    const snapshots = snapshotsOf(loaded.metadata)
    for (const snapshot of snapshots)
      for (const { key } of await table.liveFiles(snapshot))
        assert.ok(store.objects.has(key), `${key} has gone too early`)
    assert.equal(snapshots.length, 25)
    assert.equal(sizes.at(-1), sizes.at(-48))
    assert.deepEqual(await rowsOf(store), { '2020-01': 120 })
  })

  test('leave orphans to the sweep, which takes nothing else', async () => {
    const clock = { now: NOW }
    const store = new MemoryObjectStore({}, () => clock.now)
    await untilDone(store, '2020-01', [])
    for (let requests = 4; requests < 9; requests++) {
      const dying = tableOf(store, { requests, answerLost: false, lies: false })
      await oneMore(dying, '2020-01', freshId())
        .then((change) => commit(dying, change, optionsAt(clock.now)))
        .catch((error) => assert.ok(error instanceof Killed))
    }
    const before = store.objects.size
    const table = tableOn(store)

    assert.deepEqual(await sweep(table, clock.now), [])
    clock.now += ORPHAN_AGE_MS + 1
    const swept = await sweep(table, clock.now)

    assert.ok(swept.length > 3)
    assert.equal(store.objects.size, before - swept.length)
    assert.deepEqual(await rowsOf(store), { '2020-01': 1 })
    await untilDone(store, '2020-01', [])
    assert.deepEqual(await rowsOf(store), { '2020-01': 2 })
  })
})
