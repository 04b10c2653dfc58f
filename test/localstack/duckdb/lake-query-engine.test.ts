import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { TickerlakeError } from '../../../lake/errors.ts'
import { TABLES } from '../../../lake/tables/tables.ts'
import { land, landed, landVoid, rejected } from '../../support/lake-builder.ts'
import { lakeEngine } from '../../support/lake-engine.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'

describe('a lake without Athena', () => {
  test('answers of tables that have no file yet', async () => {
    const engine = lakeEngine(new MemoryObjectStore())

    for (const { name } of TABLES) {
      assert.deepEqual((await engine.run(`SELECT count(*) FROM ${name}`)).rows, [['0']], name)
    }
  })

  test('prints cells as Athena does', async () => {
    const store = new MemoryObjectStore()
    await land(
      store,
      [landed({ ts_event: Date.UTC(2013, 2, 1), close: 11.5 }), rejected({ raw_value: bytes('no') })],
      'a',
    )

    const { columns, rows } = await lakeEngine(store).run(
      'SELECT symbol, ts_event, close, raw_value, dt FROM bars_landing ORDER BY symbol',
    )

    assert.deepEqual(
      columns.map(({ name, type }) => `${name} ${type}`),
      ['symbol varchar', 'ts_event timestamp', 'close double', 'raw_value varbinary', 'dt varchar'],
    )
    assert.deepEqual(rows, [
      ['AAPL', '2013-03-01 00:00:00.000', '11.5', null, '2026-11-22'],
      [null, null, null, '6e 6f', '2026-11-22'],
    ])
  })

  test('sees at the next question what has landed since the last, and nothing in the file of a fenced claim', async () => {
    const store = new MemoryObjectStore()
    const engine = lakeEngine(store)
    const count = async () => (await engine.run('SELECT count(*) FROM bars_landing')).rows[0]?.[0]

    await land(store, [landed({ kafka_offset: 0 })], 'a')
    assert.equal(await count(), '1')
    const key = await land(store, [landed({ kafka_offset: 1 })], 'b')
    assert.equal(await count(), '2')
    await landVoid(store, key, 'b')
    assert.equal(await count(), '1')
  })

  test('knows its tables by SHOW TABLES and DESCRIBE', async () => {
    const engine = lakeEngine(new MemoryObjectStore())

    const shown = await engine.run('SHOW TABLES')
    const described = await engine.run('DESCRIBE bars')

    for (const { name } of TABLES) assert.ok(shown.rows.flat().includes(name), name)
    assert.ok(shown.rows.flat().includes('bars_quality'))
    assert.ok(described.rows.some(([name]) => name === 'adj_close'))
  })

  test('says of an approximate function that it is exact here, when it is asked again too', async () => {
    const engine = lakeEngine(new MemoryObjectStore())
    const sql = 'SELECT approx_percentile(close, 0.5) FROM bars'

    for (const { notes } of [await engine.run(sql), await engine.run(sql)])
      assert.deepEqual(notes, ['approx_percentile is exact here; on Athena it is near the percentile.'])
    assert.deepEqual((await engine.run('SELECT max(close) FROM bars')).notes, [])
  })

  test('makes no null of what it refuses while it runs', async () => {
    const engine = lakeEngine(new MemoryObjectStore())

    await assert.rejects(engine.run("SELECT upper('ß')"), /writes ß otherwise/)
    await assert.rejects(engine.run("SELECT TRY(upper('ß'))"), /has no TRY around what it may refuse/)
    assert.deepEqual((await engine.run('SELECT TRY(1 / 0)')).rows, [[null]])
  })

  test('says a text that cannot be cast in whole', async () => {
    const engine = lakeEngine(new MemoryObjectStore())

    await assert.rejects(engine.run("SELECT CAST('it''s 1' AS integer)"), {
      message: "Cannot cast 'it's 1' to integer.",
    })
  })

  test('says what is wrong in whole, of whatever type the answer would be', async () => {
    const engine = lakeEngine(new MemoryObjectStore())

    for (const element of ["'a'", '1', '1.5', "X'00'", "DATE '2024-01-01'", "JSON '1'", 'ROW(1)', 'ARRAY[1]', 'true'])
      await assert.rejects(engine.run(`SELECT ARRAY[${element}][3]`), /^SqlError: Array subscript out of bounds[.]$/)
    await assert.rejects(engine.run("SELECT CAST('a' AS decimal(5,1))"), /Cannot cast 'a' to decimal[(]5,1[)][.]$/)
  })

  test('tries a cast alone: what is cast fails as ever', async () => {
    const engine = lakeEngine(new MemoryObjectStore())

    const { rows } = await engine.run("SELECT TRY_CAST(x || '0' AS integer) FROM (VALUES '1', 'a') AS t (x) ORDER BY x")

    assert.deepEqual(rows, [['10'], [null]])
    await assert.rejects(engine.run("SELECT TRY_CAST(CAST('a' AS integer) AS varchar)"), /Cannot cast 'a' to integer/)
  })

  test('says where a statement is wrong, in the text as it was written', async () => {
    await assert.rejects(
      lakeEngine(new MemoryObjectStore()).run('SELECT symbl FROM bars'),
      (error) =>
        error instanceof TickerlakeError &&
        error.message === 'Line 1, column 8: there is no column "symbl". Did you mean "symbol"?',
    )
  })
})

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
