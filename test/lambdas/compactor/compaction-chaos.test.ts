import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { LAYOUT } from '../../../lake/layout.ts'
import type { PutOutcome, StoredObject } from '../../../lake/store/object-store.ts'
import { compactingHere, compactionChaos } from '../../chaos/compaction/compaction-chaos.ts'
import { World } from '../../chaos/compaction/world.ts'
import { Dice } from '../../chaos/dice.ts'
import { freshId, liveFilesOn, tableOn } from '../../support/compaction.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'

type Now = () => number

const worldOf = (seed: number, storeOf = (now: Now) => new MemoryObjectStore({}, now)) =>
  new World({ dice: new Dice(seed), freshId, storeOf, tableOn })

const inMemory = (world: World) =>
  compactionChaos(world, () => ({ isSending: (sent) => sent < 200, compacting: () => compactingHere(world, 5) }))

describe('bars have the newest version of every bar once', () => {
  for (const seed of [1, 2, 3]) {
    test(`whatever is killed, doubled, given up, rolled back or late: seed ${seed}`, async (t) => {
      const world = worldOf(seed)

      const count = await inMemory(world)

      t.diagnostic(JSON.stringify({ ...count, ...world.counts }))
      assert.deepEqual(count.wrong, [])
      assert.deepEqual(world.alarms, [])
      assert.ok(world.counts.kills > 0 && world.counts.commits > 0 && world.counts.conflicts > 0)
    })
  }
})

/** Marks that say a little more than was read. */
class MarksAhead extends MemoryObjectStore {
  constructor(now: Now) {
    super({}, now)
  }

  override put(...[key, body, options]: Parameters<MemoryObjectStore['put']>): Promise<PutOutcome> {
    if (!key.startsWith(LAYOUT.compactionMarks)) return super.put(key, body, options)
    const more = new TextDecoder().decode(body).replaceAll(/"next":(\d+)/g, (_, next) => `"next":${Number(next) + 9}`)
    return super.put(key, new TextEncoder().encode(more), options)
  }
}

/** Landed files that go by their age alone: those of the days before are not there when they are listed. */
class ExpiresByAge extends MemoryObjectStore {
  readonly #now: Now

  constructor(now: Now) {
    super({}, now)
    this.#now = now
  }

  override list(...[prefix, options]: Parameters<MemoryObjectStore['list']>): ReturnType<MemoryObjectStore['list']> {
    const today = `${LAYOUT.landing}/dt=${new Date(this.#now()).toISOString().slice(0, 10)}`
    for (const key of this.objects.keys()) if (key.startsWith(LAYOUT.landing) && key < today) this.objects.delete(key)
    return super.list(prefix, options)
  }
}

/** A commit that goes by what a month has now, not by what it had when it was merged: no month is ever changed meanwhile. */
class NoMonthChanged extends MemoryObjectStore {
  constructor(now: Now) {
    super({}, now)
  }

  override async get(key: string): Promise<StoredObject | undefined> {
    const found = await super.get(key)
    if (!found || !/\/task-\d+\.json$/.test(key)) return found
    const live = Map.groupBy(await liveFilesOn(this), ({ month }) => month)
    const changes = JSON.parse(new TextDecoder().decode(found.body)) as readonly { readonly month: string }[]
    const asOfNow = changes.map(({ month, ...change }) => {
      const seen = (live.get(month) ?? []).map(({ dataFile }) => dataFile.file_path)
      return { ...change, month, seen }
    })
    return { ...found, body: new TextEncoder().encode(JSON.stringify(asOfNow)) }
  }
}

describe('the count finds', () => {
  const planted = { MarksAhead, ExpiresByAge }
  for (const [name, Store] of Object.entries(planted)) {
    test(`what is planted: ${name}`, async () => {
      const world = worldOf(1, (now) => new Store(now))

      const found = await inMemory(world).then(
        ({ wrongCount }) => wrongCount,
        (error: Error) => error.message.length,
      )

      assert.ok(found + world.alarms.length > 0)
    })
  }

  test('bars twice where a commit does not look whether a month was changed since it was merged', async (t) => {
    const world = worldOf(1, (now) => new NoMonthChanged(now))

    const { wrong, wrongCount } = await inMemory(world)

    t.diagnostic(JSON.stringify({ wrongCount, ...world.counts }))
    assert.ok(wrong.some((line) => line.includes('it was there before')))
  })
})
