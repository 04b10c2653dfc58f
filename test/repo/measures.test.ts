import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { UsageError } from '../../lake/errors.ts'
import { compareRuns, type Measure, measuresTable, readRun } from '../bench/measures.ts'

function aMeasure(changes: Partial<Measure> = {}): Measure {
  return { work: 'landing', unit: 'CPU ms', ours: 20, against: 'parquetjs-lite', theirs: 500, ...changes }
}

const RUN = { date: '2026-11-28', machine: '2 × any', node: 'v24.21.0', commit: 'abcdef0', measures: [aMeasure()] }

test('a table of measures says how many times ours goes into theirs', () => {
  assert.match(measuresTable([aMeasure()]), /\| landing \| CPU ms \| 20\.0 \| parquetjs-lite \| 500\.0 \| 25\.00× \|/)
})

test('a run is compared by ratio: a machine that is slower in all is no regression', () => {
  const { table, slower } = compareRuns(RUN, [aMeasure({ ours: 60, theirs: 1500 })])

  assert.deepEqual(slower, [])
  assert.match(table, /25\.00× \| 25\.00× \| 1\.00/)
})

test('work that is a fifth worse than it was is named, other work is not compared', () => {
  const { slower } = compareRuns(RUN, [aMeasure({ ours: 26 }), aMeasure({ work: 'other', ours: 900 })])

  assert.deepEqual(slower, ['landing (CPU ms)'])
})

test('what --save has not written is refused by name', () => {
  const folder = mkdtempSync(join(tmpdir(), 'measures-'))
  try {
    for (const text of ['no json', '{}']) {
      const path = join(folder, 'run.json')
      writeFileSync(path, text)
      assert.throws(
        () => readRun(path),
        (error) => error instanceof UsageError && error.message.includes(path),
      )
    }
    assert.throws(() => readRun(join(folder, 'absent.json')), UsageError)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
