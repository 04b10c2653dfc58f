import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { numberOf } from '../../../lake/history/history-cell.ts'
import { ParquetHistory } from '../../../lake/history/history-window.ts'
import { parquetOf } from '../../support/history-files.ts'
import { bomb, withFooter } from '../../support/hostile-parquet.ts'
import { MemoryObjectStore } from '../../support/memory-object-store.ts'

const ALL = { symbols: null, from: null, to: null }

/** What is read where the file stands beside a good one, and by how much memory grew meanwhile. */
async function readBeside(file: Uint8Array) {
  const store = new MemoryObjectStore()
  await store.put('history/BAD.parquet', file)
  await store.put('history/GOOD.parquet', parquetOf([{ day: 1, symbol: 'GOOD', open: 1 }], 10, false))
  const before = process.resourceUsage().maxRSS
  const window = await new ParquetHistory(store, 'history/').read({ selection: ALL, after: null, limit: 100 })
  return { ...window, grownMb: (process.resourceUsage().maxRSS - before) / 1_024 }
}

const MB = 1_048_576
const HOSTILE: readonly (readonly [string, () => Uint8Array, RegExp])[] = [
  [
    'a billion rows',
    () =>
      withFooter((footer) => {
        for (const group of footer.row_groups) group.num_rows = 1_000_000_000n
      }),
    /a row group of 1000000000 rows; at most \d+ are read/,
  ],
  [
    'a million rows where ten are',
    () =>
      withFooter((footer) => {
        for (const group of footer.row_groups) group.num_rows = 1_000_000n
      }),
    /its footer says 1000000 rows where its pages hold 10/,
  ],
  [
    'fewer rows than there are',
    () =>
      withFooter((footer) => {
        for (const group of footer.row_groups) group.num_rows = 3n
      }),
    /a page of 10 values in a row group of 3 rows/,
  ],
  [
    'a column outside of the file',
    () =>
      withFooter((footer) => {
        for (const { meta_data: meta } of footer.row_groups[0]?.columns ?? [])
          if (meta) meta.data_page_offset = 1_000_000_000n
      }),
    /places the column Date outside of the file/,
  ],
  ['a gzip bomb', () => bomb('GZIP', 512 * MB), /a page holds more than the \d+ bytes that its header says/],
  ['a zstd bomb', () => bomb('ZSTD', 512 * MB), /a page holds more than the \d+ bytes that its header says/],
]

describe('a file that lies is left out by name, soon and without its memory; the others are read', () => {
  for (const [name, make, reason] of HOSTILE) {
    test(name, async () => {
      const file = make()

      const { rows, skipped, grownMb } = await readBeside(file)

      assert.deepEqual(
        rows.map(({ bar }) => bar.symbol),
        ['GOOD'],
      )
      assert.deepEqual(
        skipped.map((one) => one.file),
        ['history/BAD.parquet'],
      )
      assert.match(skipped[0]?.reason ?? '', reason)
      assert.ok(grownMb < 100, `grew by ${grownMb} MB`)
    })
  }
})

test('text that would take more memory than the process may have is left out with a sentence', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'tickerlake-large-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'AAPL.csv')
  writeFileSync(file, `Date,Close\n${'2013-03-01,10.5\n'.repeat(1_500_000)}`)
  const reader = join(import.meta.dirname, '../../../lake/history/history-body.ts')
  const read = `const { historyBody } = await import(${JSON.stringify(reader)})
    console.log((await historyBody(${JSON.stringify(file)}, 'history/AAPL.parquet')).skipped?.reason)`

  const said = execFileSync(process.execPath, ['--max-old-space-size=128', '--input-type=module', '-e', read])

  assert.match(String(said), /it holds more than \d+ bytes of text; cut it into several files, or write it as Parquet/)
})

test('a number of a million digits takes no longer than its length', () => {
  for (const text of [`${'1'.repeat(1e6)}x`, `${'1'.repeat(1e6)}.${'1'.repeat(1e6)}x`]) {
    // With the pattern of old this took minutes.
    assert.equal(numberOf(text), undefined)
  }
})
