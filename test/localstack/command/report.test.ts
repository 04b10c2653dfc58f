import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { RunFacts } from '../../../localstack/command/once.ts'
import { reportOf, summaryOf, verdictOf } from '../../../localstack/command/report.ts'

const WELL: RunFacts = {
  runId: 'once-1',
  sent: 101,
  skipped: [],
  arrived: 101,
  landed: { records: 101, duplicates: 0, bars: 98, markers: 1, rejected: 2, rejectedByReason: { wrong_type: 2 } },
  files: 3,
  bytes: 40_000,
  landSeconds: 2,
  compacted: { different: 98, compacted: 98, forecasts: 4 },
  compactSeconds: 1,
  query: {
    sql: 'SELECT 1',
    answer: { columns: [{ name: 'one', type: 'integer' }], rows: [['1']], stats: { bytesScanned: 0, milliseconds: 1 } },
  },
}
const WHERE = {
  state: {
    engine: 'native',
    endpoint: 'http://x',
    brokers: 'y',
    topic: 'market.bars',
    stage: 'local',
    clusterArn: undefined,
  },
  deployment: { bucket: 'lake', athena: { database: 'tickerlake', workgroup: 'w' } },
  queries: { name: 'DuckDB' },
} as const

const reported = (change: Partial<RunFacts> = {}) => reportOf({ ...WELL, ...change }, { files: 5, skipped: [] }, WHERE)

describe('the report of a run', () => {
  test('says that all is well where sent = landed = compacted', () => {
    const report = reported()

    assert.equal(report.ok, true)
    assert.equal(report.rejected, 2)
    assert.equal(
      verdictOf(report),
      'All is well: sent 101 = landed 101, and all 98 different bars are compacted. ' +
        'Rejected: 2 records; npm run query -- --name rejected-by-reason.',
    )
    assert.match(summaryOf(report), /Rejected {2}2: wrong_type 2 /)
  })

  test('with --strict is not well where a file is left out or a record rejected', () => {
    const history = { files: 5, skipped: [{ file: 'a.zip', reason: 'an archive' }] }

    const report = reportOf(WELL, history, { ...WHERE, strict: true })

    assert.equal(report.ok, false)
    assert.deepEqual(report.problems, ['1 files were left out.', '2 records were rejected.'])
    assert.match(
      verdictOf(reportOf(WELL, history, WHERE)),
      /All is well: .* Left out: 1 files, named above\. Rejected: 2/,
    )
  })

  const faults: readonly (readonly [string, Partial<RunFacts>, RegExp])[] = [
    ['records that did not land', { landed: { ...WELL.landed, records: 99 } }, /2 records have not landed/],
    ['rows that landed twice', { landed: { ...WELL.landed, duplicates: 2 } }, /2 rows landed twice/],
    ['records of somebody else', { arrived: 105 }, /broker took 105 records while the producer says 101/],
    [
      'bars that are not compacted',
      { compacted: { ...WELL.compacted, compacted: 90 } },
      /98 different bars .* 90 of them are compacted/,
    ],
  ]
  for (const [name, change, sentence] of faults) {
    test(`is not well with ${name}, and says so`, () => {
      const report = reported(change)

      assert.equal(report.ok, false)
      assert.match(verdictOf(report), sentence)
    })
  }

  test('names files that the producer has left out', () => {
    const report = reported({ skipped: [{ file: 'history/X.parquet', reason: 'no Date column' }] })

    assert.match(summaryOf(report), /Left out {2}history\/X\.parquet: no Date column/)
  })
})
