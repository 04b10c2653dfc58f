import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parquetReadObjects } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { answerFile, fileFormatOf } from '../../../cli/query/answer-file.ts'
import type { QueryAnswer } from '../../../lake/queries/query-engine.ts'

const ANSWER: QueryAnswer = {
  columns: [
    { name: 'symbol', type: 'varchar' },
    { name: 'close', type: 'double' },
    { name: 'volume', type: 'bigint' },
    { name: 'ts_event', type: 'timestamp' },
    { name: 'day', type: 'date' },
    { name: 'is_last', type: 'boolean' },
    { name: 'raw', type: 'varbinary' },
  ],
  rows: [
    ['=A1', '1.5', '9007199254740991', '2013-03-01 00:00:00.000', '2013-03-01', 'true', '6e 6f'],
    [null, null, null, null, null, null, null],
  ],
  stats: { bytesScanned: 0, milliseconds: 0 },
}

describe('an answer as a file', () => {
  test('is Parquet with the types of its columns', async () => {
    const file = answerFile(ANSWER, 'parquet', false)

    const { buffer } = Uint8Array.from(file)
    const rows = await parquetReadObjects({ file: buffer, compressors, utf8: false })
    assert.deepEqual(rows[0], {
      symbol: '=A1',
      close: 1.5,
      volume: 9007199254740991n,
      ts_event: new Date('2013-03-01T00:00:00Z'),
      day: '2013-03-01',
      is_last: true,
      raw: new Uint8Array([0x6e, 0x6f]),
    })
    assert.deepEqual(new Set(Object.values(rows[1] ?? {})), new Set([null]))
  })

  test('is CSV that a spreadsheet takes for text, where that is asked for', () => {
    const text = (isSafe: boolean) => new TextDecoder().decode(answerFile(ANSWER, 'csv', isSafe))

    assert.match(text(false), /^=A1,1\.5,/m)
    assert.match(text(true), /^'=A1,1\.5,/m)
  })

  test('has the format of its name, or of --format', () => {
    assert.equal(fileFormatOf('a.PARQUET', undefined), 'parquet')
    assert.equal(fileFormatOf('a.txt', 'csv'), 'csv')
    assert.throws(() => fileFormatOf('a.txt', undefined), /ends in \.csv, \.json or \.parquet/)
    assert.throws(() => fileFormatOf('a.json', 'csv'), /--format says csv and --out a\.json says json/)
  })

  test('in Parquet refuses two columns of one name, and numbers that would lose digits', () => {
    const two = { ...ANSWER, columns: ANSWER.columns.map((column) => ({ ...column, name: 'x' })) }
    const large = { ...ANSWER, rows: [['A', '1', '9007199254740993', null, null, null, null]] }

    assert.throws(() => answerFile(two, 'parquet', false), /"x" is there twice/)
    assert.throws(() => answerFile(large, 'parquet', false), /volume holds 9007199254740993/)
  })
})
