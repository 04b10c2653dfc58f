import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { CountedFiles } from '../../../lake/parquet/counted-files.ts'
import { BARS, BARS_LANDING } from '../../../lake/tables/tables.ts'
import { land, landed, landVoid, rejected } from '../../support/lake-builder.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'

describe('counting landed files', () => {
  test('sums rows and rejects from the footers; a void is no file', async () => {
    const store = new MemoryObjectStore()
    await land(store, [landed({ kafka_offset: 0 }), rejected({ kafka_offset: 1 })], 'a')
    await land(store, [landed({ kafka_offset: 2 })], 'b')
    await landVoid(store, `${BARS_LANDING.prefix}/dt=2026-01-15/void.parquet`, 'c')

    const { files, rows, rejected: bad } = await new CountedFiles(store, BARS_LANDING).count()

    assert.deepEqual({ files, rows, bad }, { files: 2, rows: 3, bad: 1 })
  })

  test('reads each file once however often it counts', async () => {
    let ranges = 0
    const store = new MemoryObjectStore({
      before: async (verb) => {
        if (verb === 'getRange') ranges++
      },
    })
    const counted = new CountedFiles(store, BARS_LANDING)
    await land(store, [landed({ kafka_offset: 0 })], 'a')
    await counted.count()
    const once = ranges

    await counted.count()
    await land(store, [landed({ kafka_offset: 1 })], 'b')
    const { rows } = await counted.count()

    assert.equal(rows, 2)
    assert.equal(ranges, 2 * once)
  })

  test('reads nothing of what it has passed over, and counts what came after', async () => {
    const read: string[] = []
    const store = new MemoryObjectStore({
      before: (verb, key) => {
        if (verb === 'getRange') read.push(key)
      },
    })
    await land(store, [landed({ kafka_offset: 0 }), rejected({ kafka_offset: 1 })], 'a')
    const counted = new CountedFiles(store, BARS_LANDING)
    await counted.passOver()
    await land(store, [rejected({ kafka_offset: 2 })], 'b')

    const { files, rows, rejected: bad } = await counted.count()

    assert.deepEqual({ files, rows, bad }, { files: 1, rows: 1, bad: 1 })
    assert.ok(read.length > 0 && read.every((key) => key.includes('@b.')))
  })

  test('of a table that rejects nothing has no rejects', async () => {
    assert.equal((await new CountedFiles(new MemoryObjectStore(), BARS).count()).rejected, 0)
  })
})
