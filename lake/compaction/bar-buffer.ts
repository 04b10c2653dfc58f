/** Room for rows of bars, filled column by column from the front. */
import { NO_WORD, type TextCells } from '../tables/cells.ts'
import { type BarColumns, type Bars, NUMBER_COLUMNS, TEXT_COLUMNS, type TextColumn } from './bar-columns.ts'

/** The words of each text column, numbered as they come. Rows are compared and moved by these numbers. */
export class BarWords {
  readonly #lists = recordOf(TEXT_COLUMNS, () => new WordList())

  listOf(column: TextColumn): readonly string[] {
    return this.#lists[column].words
  }

  /** The same rows, their text by the numbers that it has here. */
  adopt<Columns extends Pick<BarColumns, TextColumn>>(columns: Columns): Columns {
    return { ...columns, ...recordOf(TEXT_COLUMNS, (name) => this.#lists[name].adopt(columns[name])) }
  }
}

class WordList {
  readonly words: string[] = []
  readonly #numberOf = new Map<string, number>()

  adopt({ codes, words }: TextCells): TextCells {
    if (words === this.words) return { codes, words }
    const numbers = Int32Array.from(words, (word) => this.#number(word))
    return {
      words: this.words,
      codes: codes.map((code) => (code === NO_WORD ? NO_WORD : (numbers[code] as number))),
    }
  }

  #number(word: string): number {
    const found = this.#numberOf.get(word)
    if (found !== undefined) return found
    this.#numberOf.set(word, this.words.length)
    return this.words.push(word) - 1
  }
}

/** Rows that are handed on at once: so many stay in the processor's caches while column after column is copied. */
export const MOST_PICKS = 65_536

/** Rows of two places, in an order: a number from 0 on is a row of `fresh`, `~row` one of `standing`. All have the same words. */
export interface Picks<Columns = BarColumns> {
  readonly picks: Int32Array
  readonly fresh: Columns
  readonly standing: Columns
}

export class BarBuffer {
  readonly columns: BarColumns
  readonly capacity: number
  rows = 0

  constructor(capacity: number, words: BarWords) {
    this.capacity = capacity
    this.columns = {
      ...recordOf(TEXT_COLUMNS, (name) => ({ codes: new Int32Array(capacity), words: words.listOf(name) })),
      ...recordOf(NUMBER_COLUMNS, () => new Float64Array(capacity)),
    }
  }

  /** Copies rows behind those that are there. */
  append({ picks, fresh, standing }: Picks): void {
    const { columns, rows } = this
    for (const name of TEXT_COLUMNS) copyCodes(columns[name].codes.subarray(rows), picks, fresh[name], standing[name])
    for (const name of NUMBER_COLUMNS) copyNumbers(columns[name].subarray(rows), picks, fresh[name], standing[name])
    this.rows += picks.length
  }

  /** Rows of the buffer where they stand, as long as they do. */
  slice(from: number, to: number): Bars {
    const { columns } = this
    const rows = to - from
    const texts = recordOf(TEXT_COLUMNS, (name) => {
      return { codes: columns[name].codes.subarray(from, to), words: columns[name].words }
    })
    return { rows, columns: { ...texts, ...recordOf(NUMBER_COLUMNS, (name) => columns[name].subarray(from, to)) } }
  }

  /** Takes so many rows from the front. */
  drop(rows: number): void {
    for (const name of TEXT_COLUMNS) this.columns[name].codes.copyWithin(0, rows, this.rows)
    for (const name of NUMBER_COLUMNS) this.columns[name].copyWithin(0, rows, this.rows)
    this.rows -= rows
  }
}

/**
 * Writes what is not there already: most columns have one word, whose number is 0, and memory that was never written takes
 * none. The two are alike but for their types: as one they would be half as fast.
 */
function copyCodes(into: Int32Array, picks: Int32Array, { codes: fresh }: TextCells, { codes: standing }: TextCells) {
  for (let i = 0; i < picks.length; i++) {
    const row = picks[i] as number
    const code = (row >= 0 ? fresh[row] : standing[~row]) as number
    if (into[i] !== code) into[i] = code
  }
}

function copyNumbers(into: Float64Array, picks: Int32Array, fresh: Float64Array, standing: Float64Array) {
  for (let i = 0; i < picks.length; i++) {
    const row = picks[i] as number
    into[i] = (row >= 0 ? fresh[row] : standing[~row]) as number
  }
}

function recordOf<Name extends string, Value>(names: readonly Name[], of: (name: Name) => Value): Record<Name, Value> {
  return Object.fromEntries(names.map((name) => [name, of(name)])) as Record<Name, Value>
}
