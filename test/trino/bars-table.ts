/** `bars` through Trino's Iceberg connector while our compaction commits to it, and the other way round. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { snapshotAsOf } from '../../lake/iceberg/as-of.ts'
import { pinnedLake } from '../../lake/iceberg/snapshot-store.ts'
import { toIso } from '../../lake/instant.ts'
import { lakeEngine } from '../support/lake-engine.ts'
import type { Engines } from './engines.ts'
import { pythonReaderTests } from './python-readers.ts'
import { sparkWriteTests } from './spark-writes.ts'
import { closesOf, MONTH, Stating, SYMBOLS, TRINO_BARS as TABLE } from './stating.ts'

const VERSIONS = 50

/** Tests that change the month 2020-01 of the lake, and nothing else. */
export function barsTableTests(enginesOf: () => Engines): void {
  describe('bars in the Iceberg connector of Trino', () => {
    const stating = () => {
      made ??= new Stating(enginesOf())
      return made
    }
    let made: Stating | undefined

    for (const [name, predicate] of PREDICATES) {
      test(`a predicate on ${name} reads the files of its months alone`, async () => {
        const { trino } = enginesOf()

        const files = await filesRead(`SELECT max(close) FROM ${TABLE} WHERE ${predicate}`, trino)
        const all = await trino(`SELECT count(*) FROM iceberg.tickerlake."bars$files"`)

        assert.equal(files, 1)
        assert.ok(Number(all.rows[0]?.[0]) > 100)
      })
    }

    test('is read as it was, by snapshot and by time, as the local engine reads it', async () => {
      const { table, lake, trino } = enginesOf()
      await stating().state({ version: 1 })
      const before = await table.current()
      const instant = stating().now
      await stating().state({ version: 2 })
      const sql = (from: string) =>
        `SELECT symbol, max(close) FROM ${from} WHERE month = '${MONTH}' GROUP BY symbol ORDER BY 1`

      const byVersion = await trino(sql(`${TABLE} FOR VERSION AS OF ${before?.['snapshot-id']}`))
      const byTime = await trino(
        sql(`${TABLE} FOR TIMESTAMP AS OF TIMESTAMP '${toIso(instant).replace('T', ' ').replace('Z', ' UTC')}'`),
      )
      const snapshot = await snapshotAsOf(table, { kind: 'instant', instant })
      const local = await lakeEngine(await pinnedLake(lake, table, snapshot)).run(sql('bars'))

      const wanted = SYMBOLS.map((symbol) => [symbol, 1])
      assert.deepEqual(byVersion.rows, wanted)
      assert.deepEqual(byTime.rows, wanted)
      assert.deepEqual(
        local.rows,
        SYMBOLS.map((symbol) => [symbol, '1.0']),
      )
      assert.equal(snapshot['snapshot-id'], before?.['snapshot-id'])
      assert.deepEqual(
        (await trino(sql(TABLE))).rows,
        SYMBOLS.map((symbol) => [symbol, 2]),
      )
    })

    test(`is read on while a month is replaced ${VERSIONS} times: no error, no mixture`, async (t) => {
      const { trino } = enginesOf()
      const seen = new Set<unknown>()
      let isDone = false
      const reader = async (): Promise<number> => {
        let reads = 0
        for (; !isDone; reads++) {
          const { rows } = await trino(`SELECT count(*), min(close), max(close) FROM ${TABLE} WHERE month = '${MONTH}'`)
          const [count, least, most] = rows[0] ?? []
          assert.equal(count, 18)
          assert.equal(least, most, `one answer has versions ${least} to ${most}`)
          seen.add(most)
        }
        return reads
      }
      const readers = [reader(), reader()]
      try {
        for (let version = 3; version < 3 + VERSIONS; version++) await stating().state({ version })
      } finally {
        isDone = true
      }

      const reads = await Promise.all(readers)
      t.diagnostic(`${reads.join(' and ')} reads saw ${seen.size} versions`)
      assert.ok(reads.every((count) => count > 5) && seen.size > 5)
    })

    pythonReaderTests(enginesOf, () => stating().state({ version: 99, symbols: [`P${randomUUID().slice(0, 8)}`] }))

    test('takes rows that Trino inserts, and the next compaction merges them like landed ones', async () => {
      const { trino, local } = enginesOf()
      await trino(insertOf({ symbol: 'NEW', close: 7 }))
      await trino(insertOf({ symbol: 'A', close: 9_000 }))
      assert.deepEqual((await local.run(closesOf('bars', 'NEW'))).rows, [['7.0']])

      await stating().state({ version: 100, symbols: ['B'] })

      assert.deepEqual((await trino(closesOf(TABLE, 'NEW'))).rows, [[7]])
      assert.deepEqual((await trino(closesOf(TABLE, 'A'))).rows, [[9_000], [52], [52]])
      assert.deepEqual((await local.run(closesOf('bars', 'A'))).rows, [['9000.0'], ['52.0'], ['52.0']])
      assert.deepEqual((await trino(closesOf(TABLE, 'B'))).rows, [[100], [100], [100]])
    })

    test('whose rows Trino deletes by delete files is refused by name, until OPTIMIZE has written them out', async () => {
      const { trino, local } = enginesOf()
      await trino(`DELETE FROM ${TABLE} WHERE symbol = 'NEW' AND month = '${MONTH}'`)
      const refusal = /row-deletes|deleted rows of the table by delete files/

      await assert.rejects(local.run(closesOf('bars', 'NEW')), refusal)
      await assert.rejects(stating().state({ version: 101, symbols: ['C'] }), refusal)
      await trino(`ALTER TABLE ${TABLE} EXECUTE optimize WHERE month = '${MONTH}'`)
      await stating().state({ version: 102, symbols: ['D'] })

      assert.deepEqual((await local.run(closesOf('bars', 'NEW'))).rows, [])
      assert.deepEqual((await trino(closesOf(TABLE, 'NEW'))).rows, [])
      // What landed while the deletes stood is in too: nothing of it was marked as compacted.
      assert.deepEqual((await trino(closesOf(TABLE, 'C'))).rows, [[101], [101], [101]])
      assert.deepEqual((await trino(closesOf(TABLE, 'D'))).rows, [[102], [102], [102]])
    })

    test('takes a MERGE of Trino in turn with compaction', async () => {
      const { trino, local } = enginesOf()
      await trino(
        `MERGE INTO ${TABLE} AS b USING (VALUES ('E')) AS s (symbol) ON b.symbol = s.symbol AND b.month = '${MONTH}'
         WHEN MATCHED THEN UPDATE SET close = 500`,
      )
      await trino(`ALTER TABLE ${TABLE} EXECUTE optimize WHERE month = '${MONTH}'`)
      await stating().state({ version: 103, symbols: ['F'] })

      for (const [symbol, close] of [
        ['E', 500],
        ['F', 103],
      ] as const) {
        assert.deepEqual((await trino(closesOf(TABLE, symbol))).rows, [[close], [close], [close]])
        assert.deepEqual((await local.run(closesOf('bars', symbol))).rows, Array(3).fill([`${close}.0`]))
      }
    })

    test('loses a month that Trino deletes whole, and nothing else', async () => {
      const { trino, local } = enginesOf()
      const rest = `SELECT count(*) FROM bars WHERE month <> '${MONTH}'`
      const before = (await local.run(rest)).rows
      await trino(`DELETE FROM ${TABLE} WHERE month = '${MONTH}'`)
      assert.deepEqual((await local.run(closesOf('bars', 'A'))).rows, [])

      await stating().state({ version: 104, symbols: ['A'] })

      assert.deepEqual((await trino(closesOf(TABLE, 'A'))).rows, [[104], [104], [104]])
      assert.deepEqual((await trino(closesOf(TABLE, 'B'))).rows, [])
      assert.deepEqual((await local.run(rest)).rows, before)
    })

    sparkWriteTests(enginesOf, stating)
  })
}

const PREDICATES = [
  ['the month', "month = '2012-03'"],
  ['the time', "ts_event >= TIMESTAMP '2012-03-01 00:00:00' AND ts_event < TIMESTAMP '2012-04-01 00:00:00'"],
] as const

/** A row of another engine: sent later than any other of its bar. */
function insertOf({ symbol, close }: { readonly symbol: string; readonly close: number }): string {
  const columns =
    'symbol, interval, ts_event, open, high, low, close, volume, ts_sent, ts_recv, topic, kafka_partition, kafka_offset, flags, month'
  const prices = [close, close, close, close].map((price) => `${price}e0`).join(', ')
  const sent = "TIMESTAMP '2027-01-01 00:00:00'"
  return `INSERT INTO ${TABLE} (${columns}) VALUES ('${symbol}', '1d', TIMESTAMP '2020-01-06 00:00:00', ${prices}, 1, ${sent}, ${sent}, 'by hand', 0, 0, '', '${MONTH}')`
}

/** The data files that Trino's plan came to, as EXPLAIN ANALYZE VERBOSE counts them. */
async function filesRead(sql: string, trino: Engines['trino']): Promise<number> {
  const { rows } = await trino(`EXPLAIN ANALYZE VERBOSE ${sql}`)
  const found = /'dataFiles' = LongCount\{total=(\d+)\}/.exec(String(rows[0]?.[0]))
  assert.ok(found, String(rows[0]?.[0]).slice(0, 3_000))
  return Number(found[1])
}
