import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import type { ObjectStore } from '../../../lake/store/object-store.ts'
import { BARS } from '../../../lake/tables/tables.ts'
import { LakeCopy } from '../../../localstack/duckdb/lake-copy.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'

const KEY = 'bars/month=2013-03/bars.parquet'
const HOUR = 3_600_000

describe('the copy of a lake', () => {
  const folders: string[] = []
  const folder = (): string => {
    const made = mkdtempSync(join(tmpdir(), 'tickerlake-copy-'))
    folders.push(made)
    return made
  }
  after(() => {
    for (const one of folders) rmSync(one, { recursive: true })
  })

  test('is made once for each version of a file, by whichever process came first', async () => {
    const store = new MemoryObjectStore()
    await store.put(KEY, bytes('one'))
    const place = folder()
    const gets: string[] = []

    const first = await new LakeCopy(counting(store, gets), place).of(BARS)
    const again = await new LakeCopy(counting(store, gets), place).of(BARS)
    await store.put(KEY, bytes('two!'))
    const changed = await new LakeCopy(counting(store, gets), place).of(BARS)

    assert.deepEqual([contents(first.files), first.bytes], [['one'], 3])
    assert.deepEqual(again, first)
    assert.deepEqual([contents(changed.files), changed.bytes], [['two!'], 4])
    assert.deepEqual(gets, [KEY, KEY])
  })

  test('is shared by statements that run at once', async () => {
    const store = new MemoryObjectStore()
    await store.put(KEY, bytes('one'))
    const gets: string[] = []
    const copy = new LakeCopy(counting(store, gets), folder())

    await Promise.all([copy.of(BARS), copy.of(BARS)])

    assert.deepEqual(gets, [KEY])
  })

  test('lists again where a file was replaced after it was listed', async () => {
    const store = new MemoryObjectStore()
    await store.put(KEY, bytes('one'))
    let gets = 0
    const replacing: ObjectStore = {
      ...verbs(store),
      async get(key) {
        gets += 1
        if (gets === 1) await store.put(KEY, bytes('two'))
        return store.get(key)
      },
    }

    const { files } = await new LakeCopy(replacing, folder()).of(BARS)

    assert.deepEqual([contents(files), gets], [['two'], 2])
  })

  test('keeps a replaced version for an hour, because another process may read it', async () => {
    const store = new MemoryObjectStore()
    const place = folder()
    let now = Date.UTC(2026, 10, 28)
    const copy = new LakeCopy(store, place, () => now)
    const kept = async (text: string) => {
      await store.put(KEY, bytes(text))
      await copy.of(BARS)
      return readdirSync(join(place, 'bars/month=2013-03')).length
    }

    assert.equal(await kept('one'), 1)
    assert.equal(await kept('two'), 2)
    now += HOUR + 1
    assert.equal(await kept('three'), 2)
    assert.equal(await kept('two'), 2)
  })

  for (const key of ['bars/../../stolen.parquet', 'bars/month=2013-03/../../../stolen.parquet']) {
    test(`refuses by name a key that leads out of the folder: ${key}`, async () => {
      const parent = folder()
      const store = new MemoryObjectStore()
      await store.put(key, new Uint8Array(1))

      await assert.rejects(new LakeCopy(store, join(parent, 'lake')).of(BARS), /leads out of the folder/)

      assert.deepEqual(readdirSync(parent), [])
      assert.equal(existsSync(join(parent, '..', 'stolen.parquet')), false)
    })
  }
})

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

function contents(files: readonly string[]): string[] {
  return files.map((file) => readFileSync(file, 'utf8'))
}

function verbs(store: ObjectStore): ObjectStore {
  return {
    get: (key) => store.get(key),
    head: (key) => store.head(key),
    getRange: (key, start, end) => store.getRange(key, start, end),
    list: (prefix, options) => store.list(prefix, options),
    put: (key, body, options) => store.put(key, body, options),
    delete: (key) => store.delete(key),
  }
}

/** Notes each object that is got. */
function counting(store: ObjectStore, gets: string[]): ObjectStore {
  return {
    ...verbs(store),
    get(key) {
      gets.push(key)
      return store.get(key)
    },
  }
}
