/** Spark writes to `bars` in turn with our compaction: what it merges, rewrites and deletes, and what is refused by name. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { BARS } from '../../lake/tables/tables.ts'
import type { Engines } from './engines.ts'
import { jarsIn, runPython } from './python-readers.ts'
import { closesOf, MONTH, type Stating, TRINO_BARS } from './stating.ts'

const TABLE = 'lake.tickerlake.bars'
const WHERE = `month = '${MONTH}'`
const COLUMNS = [...BARS.columns, BARS.partitionKey].map(({ name }) => name)

/** Tests that change the month 2020-01, after all others. */
export function sparkWriteTests(enginesOf: () => Engines, stating: () => Stating): void {
  const { ICEBERG_PYTHON: python = '', ICEBERG_JARS: jars } = process.env
  const place = { python, jars }
  const spark = async (...statements: readonly string[]): Promise<readonly (readonly unknown[])[]> => {
    const { endpoint, bucket } = enginesOf()
    return JSON.parse(await runPython('spark_sql.py', [endpoint, bucket, jarsIn(place), ...statements], place))
  }
  /** The closes of symbols as Trino and the local engine have them, which have to be the same. */
  const closes = async (...symbols: readonly string[]) => {
    const { trino, local } = enginesOf()
    const found: Record<string, readonly number[]> = {}
    for (const symbol of symbols) {
      const rows = (await trino(closesOf(TRINO_BARS, symbol))).rows.map(([close]) => Number(close))
      assert.deepEqual((await local.run(closesOf('bars', symbol))).rows.flat().map(Number), rows)
      found[symbol] = rows
    }
    return found
  }
  /** Readers and compaction refuse the table as it stands, and change nothing. */
  const refused = async (why: RegExp, version: number) => {
    const { local, table } = enginesOf()
    const before = await table.current()
    await assert.rejects(local.run(closesOf('bars', 'A')), why)
    await assert.rejects(stating().state({ version, symbols: ['A'] }), why)
    assert.deepEqual(await table.current(), before)
  }

  describe('bars that Spark writes to', {
    skip: python && jars ? false : 'ICEBERG_PYTHON, ICEBERG_JARS: not set',
  }, () => {
    test('have what MERGE has updated and inserted, and the next compaction goes on from there', async () => {
      await stating().state({ version: 110 })

      await spark(mergeOf({ updated: 'E', inserted: 'SPARK', close: 510 }))
      assert.deepEqual(await closes('A', 'E', 'SPARK'), { A: three(110), E: three(510), SPARK: three(110) })
      await stating().state({ version: 111, symbols: ['F', 'E'] })

      assert.deepEqual(await closes('A', 'E', 'F', 'SPARK'), {
        A: three(110),
        E: three(111),
        F: three(111),
        SPARK: three(110),
      })
    })

    test('are the same after rewrite_data_files, before the next compaction and behind it', async () => {
      const before = await closes('A', 'B', 'E', 'F', 'SPARK')

      const [rewritten] = await spark(rewriteOf("'rewrite-all', 'true'"))
      assert.ok(Number(rewritten?.[0]) > 0)
      assert.deepEqual(await closes('A', 'B', 'E', 'F', 'SPARK'), before)
      await stating().state({ version: 112, symbols: ['B'] })

      assert.deepEqual(await closes('A', 'B', 'E', 'F', 'SPARK'), { ...before, B: three(112) })
    })

    test('are refused by name while rows are deleted by delete files, until these are written out', async () => {
      await stating().state({ version: 113 })
      await spark(
        `ALTER TABLE ${TABLE} SET TBLPROPERTIES ('write.delete.mode' = 'merge-on-read')`,
        `DELETE FROM ${TABLE} WHERE ${WHERE} AND symbol = 'D' AND ts_event > timestamp_ntz '2020-01-06 00:00:00'`,
      )

      await refused(/deleted rows of the table by delete files/, 114)
      // The first leaves the delete files where they are, though they delete nothing any more.
      await spark(
        rewriteOf("'delete-file-threshold', '1'"),
        "CALL lake.system.rewrite_position_delete_files(table => 'tickerlake.bars', options => map('rewrite-all', 'true'))",
      )
      await stating().state({ version: 115, symbols: ['B'] })

      // What landed while the deletes stood is in too.
      assert.deepEqual(await closes('A', 'B', 'D'), { A: three(114), B: three(115), D: [113] })
    })

    test('are refused by name while a file of another format is among them, until it is written again', async () => {
      await stating().state({ version: 116 })
      await spark(
        `ALTER TABLE ${TABLE} SET TBLPROPERTIES ('write.format.default' = 'orc')`,
        mergeOf({ updated: 'C', inserted: 'ORC', close: 516 }),
      )

      await refused(/as ORC, and tickerlake reads Parquet alone/, 117)
      const [[rows] = []] = await spark(
        `ALTER TABLE ${TABLE} SET TBLPROPERTIES ('write.format.default' = 'parquet')`,
        rewriteOf("'rewrite-all', 'true'"),
        `SELECT count(*) FROM ${TABLE} WHERE ${WHERE}`,
      )
      await stating().state({ version: 118, symbols: ['B'] })

      const want = { A: three(117), B: three(118), C: three(516), ORC: three(116) }
      assert.deepEqual(await closes('A', 'B', 'C', 'ORC'), want)
      assert.equal(String(rows), (await enginesOf().local.run(`SELECT count(*) FROM bars WHERE ${WHERE}`)).rows[0]?.[0])
    })
  })
}

function three(close: number): readonly number[] {
  return [close, close, close]
}

interface Merge {
  readonly updated: string
  /** Gets the rows of A. */
  readonly inserted: string
  readonly close: number
}

function mergeOf({ updated, inserted, close }: Merge): string {
  const rest = COLUMNS.filter((name) => name !== 'symbol').join(', ')
  return `MERGE INTO ${TABLE} AS bars
    USING (
      SELECT CASE symbol WHEN 'A' THEN '${inserted}' ELSE symbol END AS symbol, ${rest}
      FROM ${TABLE} WHERE ${WHERE} AND symbol IN ('A', '${updated}')
    ) AS news
    ON bars.month = news.month AND bars.symbol = news.symbol AND bars.ts_event = news.ts_event AND bars.${WHERE}
    WHEN MATCHED THEN UPDATE SET close = ${close}
    WHEN NOT MATCHED THEN INSERT *`
}

function rewriteOf(options: string): string {
  return `CALL lake.system.rewrite_data_files(
    table => 'tickerlake.bars', where => "${WHERE}", options => map(${options}))`
}
