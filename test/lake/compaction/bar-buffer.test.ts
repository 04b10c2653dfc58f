import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { BarBuffer, BarWords } from '../../../lake/compaction/bar-buffer.ts'
import { type BarColumns, NUMBER_COLUMNS, TEXT_COLUMNS } from '../../../lake/compaction/bar-columns.ts'
import { NO_WORD, wordAt } from '../../../lake/tables/cells.ts'

/** A row by its number alone: text of each column, null in some, and a number of each. */
const textOf = (name: string, row: number): string | null => (row % 5 === 0 ? null : `${name}-${row % 7}`)

/** As a file may have them: words that no row uses, and one word twice. */
function columnsOf(rows: readonly number[]): BarColumns {
  const texts = TEXT_COLUMNS.map((name) => {
    const words = ['unused', ...Array.from({ length: 14 }, (_, i) => `${name}-${i % 7}`)]
    const codes = Int32Array.from(rows, (row) => (textOf(name, row) === null ? NO_WORD : 1 + (row % 14)))
    return [name, { codes, words }] as const
  })
  const numbers = NUMBER_COLUMNS.map((name, i) => [name, Float64Array.from(rows, (row) => row + i / 100)] as const)
  return Object.fromEntries<unknown>([...texts, ...numbers]) as unknown as BarColumns
}

function rowsOf({ columns, rows }: BarBuffer): unknown[] {
  return Array.from({ length: rows }, (_, row) => [
    ...TEXT_COLUMNS.map((name) => wordAt(columns[name], row)),
    ...NUMBER_COLUMNS.map((name) => columns[name][row]),
  ])
}

const wanted = (row: number): unknown => [
  ...TEXT_COLUMNS.map((name) => textOf(name, row)),
  ...NUMBER_COLUMNS.map((_, i) => row + i / 100),
]

test('rows of two files with words of their own stand in the order in which they were picked, until they are dropped', () => {
  const place = fc.record({ isFresh: fc.boolean(), at: fc.nat(19) })
  fc.assert(
    fc.property(fc.array(fc.array(place, { maxLength: 30 }), { maxLength: 4 }), fc.nat(20), (batches, dropped) => {
      const words = new BarWords()
      const [fresh, standing] = [Array.from({ length: 20 }, (_, i) => i), Array.from({ length: 20 }, (_, i) => 100 + i)]
      const from = { fresh: words.adopt(columnsOf(fresh)), standing: words.adopt(columnsOf(standing)) }
      const buffer = new BarBuffer(200, words)
      for (const batch of batches) {
        buffer.append({ ...from, picks: Int32Array.from(batch, ({ isFresh, at }) => (isFresh ? at : ~at)) })
      }
      const rows = batches.flat().map(({ isFresh, at }) => (isFresh ? fresh : standing)[at] as number)
      assert.deepEqual(rowsOf(buffer), rows.map(wanted))
      const gone = Math.min(dropped, rows.length)
      const part = buffer.slice(gone, rows.length)
      assert.deepEqual([...part.columns.ts_event], rows.slice(gone))

      buffer.drop(gone)
      assert.deepEqual(rowsOf(buffer), rows.slice(gone).map(wanted))
    }),
  )
})
