/** A file of a month while new rows are merged into it: compared first, then read whole, and no column read twice. */
import type { BarWords } from '../../lake/compaction/bar-buffer.ts'
import { type Bars, MERGE_COLUMNS, type MergeColumns } from '../../lake/compaction/bar-columns.ts'
import type { GroupReader } from '../../lake/parquet/row-groups.ts'
import { BAR_COLUMNS, barsOf, mergeColumnsOf, OTHER_COLUMNS } from './bar-cells.ts'

/** What a merge compares of some rows. */
interface Compared {
  readonly rows: number
  readonly columns: MergeColumns
}

/** Compared rows that are held until the file is read: a month of 500 symbols' daily bars six times, 52 bytes a row. */
const MOST_HELD_ROWS = 65_536

export class StandingFile {
  readonly #groups: readonly GroupReader[]
  readonly #words: BarWords
  /** Of the first row groups, in their order. */
  #held: (Compared | undefined)[] = []

  /** Rows are given in `words`. */
  constructor(groups: readonly GroupReader[], words: BarWords) {
    this.#groups = groups
    this.#words = words
  }

  /** What a merge compares, group by group, for as long as it is asked. */
  async *compared(): AsyncGenerator<Compared> {
    let rows = 0
    for (const reader of this.#groups) {
      const group = await reader.read(MERGE_COLUMNS)
      const compared = { rows: group.rows, columns: this.#words.adopt(mergeColumnsOf(group)) }
      rows += group.rows
      if (rows <= MOST_HELD_ROWS) this.#held.push(compared)
      yield compared
    }
  }

  /** All rows, group by group; what was compared is given up as it is passed. */
  async *bars(): AsyncGenerator<Bars> {
    for (const [i, reader] of this.#groups.entries()) {
      const held = this.#held[i]
      this.#held[i] = undefined
      const { rows, cells } = await reader.read(held ? OTHER_COLUMNS : BAR_COLUMNS)
      const bars = barsOf({ rows, cells: { ...cells, ...held?.columns } })
      yield { rows, columns: this.#words.adopt(bars.columns) }
    }
  }
}
