import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { type GroupReader, type ParquetGroups, parquetGroups } from '../../../lake/parquet/row-groups.ts'
import { aroundObjectStore } from '../../../lake/store/retrying-object-store.ts'
import type { LandingRow } from '../../../lake/tables/tables.ts'
import { compact } from '../../../lambdas/compactor/compact.ts'
import { runCompaction } from '../../../lambdas/compactor/run.ts'
import { compactionOn } from '../../support/compaction.ts'
import { land, landed } from '../../support/lake-builder.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'

const NOW = Date.UTC(2026, 10, 22)

test('a task of many small files has several requests under way, and not all of them', async () => {
  const memory = new MemoryObjectStore()
  const files: string[] = []
  for (let i = 0; i < 40; i++) files.push(await land(memory, [landed({ symbol: `S${i}`, kafka_offset: i })], `f${i}`))
  let underWay = 0
  let most = 0
  const store = aroundObjectStore(memory, async (_what, act) => {
    most = Math.max(most, ++underWay)
    await setImmediate()
    underWay--
    return act()
  })

  const { report } = await compact({ months: ['2013-03'], files, rows: 40 }, compactionOn(store))

  assert.equal(report.added, 40)
  assert.ok(most > 4 && most < 40, `${most} at once`)
})

/** What a task reads and writes of Parquet. */
function countedParquet() {
  /** `again` are cells that were read before. */
  const counts = { groups: 0, cells: 0, again: 0, files: 0 }
  const read = new Map<GroupReader, readonly string[]>()
  const parquet: ParquetGroups = {
    ...parquetGroups,
    async open(body, table) {
      const groups = await parquetGroups.open(body, table)
      return groups.map((reader) => ({
        async read(columns) {
          const group = await reader.read(columns)
          const before = read.get(reader) ?? []
          counts.again += group.rows * columns.filter((name) => before.includes(name)).length
          read.set(reader, [...before, ...columns])
          counts.groups++
          counts.cells += group.rows * columns.length
          return group
        },
      }))
    },
    write(table) {
      counts.files++
      return parquetGroups.write(table)
    },
  }
  return { parquet, counts }
}

describe('a month of several row groups', () => {
  const ROWS = 500
  const symbol = (i: number) => `S${String(i).padStart(4, '0')}`
  const bar = (i: number, newer = 0) =>
    landed({ symbol: symbol(i), ts_sent: NOW + newer, close: 11 + newer / 10, kafka_offset: i + newer * ROWS })
  const month = async () => {
    const store = new MemoryObjectStore()
    await land(
      store,
      Array.from({ length: ROWS }, (_, i) => bar(i)),
      'all',
    )
    await runCompaction(compactionOn(store))
    return store
  }
  const again = async (store: MemoryObjectStore, rows: readonly LandingRow[]) => {
    const { parquet, counts } = countedParquet()
    const files = [await land(store, rows, 'again')]
    const { report, changes } = await compact(
      { months: ['2013-03'], files, rows: rows.length },
      { ...compactionOn(store), parquet },
    )
    return { report, changes, counts }
  }

  test('is read by the columns that are compared, and nothing is encoded, where it says all already', async () => {
    const { report, changes, counts } = await again(
      await month(),
      [0, 250, 499].map((i) => bar(i)),
    )

    assert.deepEqual(report, { months: 0, added: 0, replaced: 0, crossed: 0 })
    assert.deepEqual(changes, [])
    assert.equal(counts.files, 0)
    assert.ok(counts.groups > 3, `${counts.groups} groups`)
    assert.ok(counts.cells < ROWS * 10, `${counts.cells} cells`)
  })

  for (const i of [0, 250, 499]) {
    test(`is written again with all of its rows where only row ${i} is newer`, async () => {
      const store = await month()

      const { report, changes, counts } = await again(store, [bar(0), bar(i, 1)])

      assert.deepEqual(report, { months: 1, added: 0, replaced: 1, crossed: 0 })
      assert.deepEqual([counts.files, counts.again], [1, 0])
      assert.equal(Number(changes[0]?.added[0]?.record_count), ROWS)
    })
  }

  test('is written again where all that is new comes after its last row', async () => {
    const { report, changes } = await again(await month(), [bar(0), bar(ROWS)])

    assert.deepEqual(report, { months: 1, added: 1, replaced: 0, crossed: 0 })
    assert.equal(Number(changes[0]?.added[0]?.record_count), ROWS + 1)
  })
})
