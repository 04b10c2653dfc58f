/** A stage of the release before Iceberg as it becomes the table: its catalog names a folder until the first commit. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { IcebergTable } from '../../../lake/iceberg/iceberg-table.ts'
import type { Pointer, PointerState } from '../../../lake/iceberg/pointer.ts'
import type { ObjectStore } from '../../../lake/store/object-store.ts'
import { aroundObjectStore } from '../../../lake/store/retrying-object-store.ts'
import { BARS } from '../../../lake/tables/tables.ts'
import { runCompaction } from '../../../lambdas/compactor/run.ts'
import { compactionOn } from '../../support/compaction.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'
import { olderLake } from '../../support/older-lake.ts'

/** A catalog in memory in which `bars` is a folder, as Glue has it there. */
class Catalog implements Pointer {
  #metadataFile: string | undefined
  #version = 0

  async load(): Promise<PointerState> {
    return { metadataFile: this.#metadataFile, version: String(this.#version) }
  }

  async create() {
    return 'lost' as const
  }

  async move({ version }: PointerState, to: string) {
    if (version !== String(this.#version)) return 'lost' as const
    this.#metadataFile = to
    this.#version++
    return 'done' as const
  }

  /** As an update of the stack would that changes the template's table. */
  setBack(): void {
    this.#metadataFile = undefined
    this.#version++
  }
}

class Killed extends Error {}

function tableIn(pointer: Pointer, store: ObjectStore): IcebergTable {
  return new IcebergTable({ store, bucket: 'lake', pointer, table: BARS, time: 'ts_event' })
}

/** Rows that a query finds: in the folder's months, or in the files of the Iceberg table. */
async function rowsFound(catalog: Catalog, store: MemoryObjectStore): Promise<number> {
  const { metadataFile } = await catalog.load()
  if (metadataFile === undefined) return [...store.objects.keys()].filter((key) => /^bars\/month=/.test(key)).length
  const table = tableIn(catalog, store)
  return (await table.liveFiles(await table.current())).reduce((sum, { rows }) => sum + rows, 0)
}

/** What stands between a compaction and its requests, to the store and to the catalog alike. */
type Between = <T>(request: () => Promise<T>) => Promise<T>

function depsOf(catalog: Catalog, store: ObjectStore, between: Between = (request) => request()) {
  const lake = aroundObjectStore(store, (_what, request) => between(request))
  const pointer: Pointer = {
    load: () => between(() => catalog.load()),
    create: () => between(() => catalog.create()),
    move: (from, to) => between(() => catalog.move(from, to)),
  }
  return compactionOn(lake, undefined, tableIn(pointer, lake))
}

test('a query finds all rows before, while and after the folder becomes the table', async () => {
  const [store, catalog] = [await olderLake(new MemoryObjectStore()), new Catalog()]
  const found: number[] = []
  const between: Between = async (request) => {
    const answer = await request()
    found.push(await rowsFound(catalog, store))
    return answer
  }

  await runCompaction(depsOf(catalog, store, between))

  assert.deepEqual([...new Set(found)], [2])
  assert.notEqual((await catalog.load()).metadataFile, undefined)
})

test('a compaction that is killed at any request leaves all rows, and the next one ends with the table', async () => {
  for (const isAnswerLost of [false, true]) {
    let isDead = true
    for (let last = 1; isDead; last++) {
      const [store, catalog] = [await olderLake(new MemoryObjectStore()), new Catalog()]
      let left = last
      isDead = await runCompaction(
        depsOf(catalog, store, async (request) => {
          const answer = left-- > 0 || isAnswerLost ? await request() : undefined
          if (left < 0) throw new Killed()
          return answer as Awaited<ReturnType<typeof request>>
        }),
      ).then(
        () => false,
        () => true,
      )
      assert.equal(await rowsFound(catalog, store), 2, `killed at request ${last}`)

      await runCompaction(depsOf(catalog, store))

      assert.equal(await rowsFound(catalog, store), 2)
      assert.notEqual((await catalog.load()).metadataFile, undefined, `killed at request ${last}`)
    }
  }
})

test('two compactions at once make one table', async () => {
  const [store, catalog] = [await olderLake(new MemoryObjectStore()), new Catalog()]

  await Promise.all([1, 2].map(() => runCompaction(depsOf(catalog, store))))

  assert.equal(await rowsFound(catalog, store), 2)
})

test('a catalog that was set back to the folder names the table again after a compaction with nothing to do', async () => {
  const [store, catalog] = [await olderLake(new MemoryObjectStore()), new Catalog()]
  await runCompaction(depsOf(catalog, store))
  const { metadataFile } = await catalog.load()

  catalog.setBack()
  await runCompaction(depsOf(catalog, store))

  assert.equal((await catalog.load()).metadataFile, metadataFile)
})

test('a new stage, whose folder is empty, has the empty table after its first compaction', async () => {
  const [store, catalog] = [new MemoryObjectStore(), new Catalog()]

  await runCompaction(depsOf(catalog, store))

  assert.notEqual((await catalog.load()).metadataFile, undefined)
  assert.equal(await rowsFound(catalog, store), 0)
})
