/** The cells of a column as whoever writes or reads a file holds them. */
/** Text as numbers into a list of the different words: as a dictionary column of a file has it. */
export interface TextCells {
  readonly codes: Int32Array
  readonly words: readonly string[]
}

/** The code of null. */
export const NO_WORD = -1

/**
 * The cells of one column, a value a row, null where there is none: text as strings or `TextCells`, `binary` as bytes,
 * everything else as numbers (`bigint` and `timestamp` as safe integers). In a `Float64Array` NaN is null where the
 * column is nullable.
 */
export type ColumnCells = readonly Cell[] | Float64Array | TextCells

export type Cell = string | number | boolean | Uint8Array | null

export function isText(cells: ColumnCells): cells is TextCells {
  return 'codes' in cells
}

export function rowsIn(cells: ColumnCells): number {
  return isText(cells) ? cells.codes.length : cells.length
}

/** The cells of some rows: of typed arrays a view. */
export function stretchOf(cells: ColumnCells, from: number, to: number): ColumnCells {
  if (from === 0 && to === rowsIn(cells)) return cells
  if (isText(cells)) return { words: cells.words, codes: cells.codes.subarray(from, to) }
  return cells instanceof Float64Array ? cells.subarray(from, to) : cells.slice(from, to)
}

/** The cells of one column of a row group: text by words, or numbers with NaN for null. */
export type GroupCells = Float64Array | TextCells

/** The cell of a row, null where there is none. */
export function cellAt(cells: GroupCells | undefined, row: number): string | number | null {
  if (!cells) return null
  if (isText(cells)) return wordAt(cells, row)
  const number = cells[row]
  return number === undefined || Number.isNaN(number) ? null : number
}

/** The text of a row, null where there is none. */
export function wordAt({ codes, words }: TextCells, row: number): string | null {
  return words[codes[row] ?? NO_WORD] ?? null
}

/** The cells of a row under the names of its columns. */
export function rowAt(
  cells: Readonly<Record<string, GroupCells>>,
  names: readonly string[],
  row: number,
): Record<string, string | number | null> {
  // Written out: it is called for each of a hundred thousand rows.
  const cellsOfRow: Record<string, string | number | null> = {}
  for (const name of names) cellsOfRow[name] = cellAt(cells[name], row)
  return cellsOfRow
}

/** Texts by number. Neighbours are often the same text, and then need no look into the map. */
export function wordsOf(texts: readonly (string | null)[]): TextCells {
  const codes = new Int32Array(texts.length)
  const words: string[] = []
  const codeOf = new Map<string | null, number>([[null, NO_WORD]])
  let last: string | null = null
  let code = NO_WORD
  for (let i = 0; i < texts.length; i++) {
    const text = texts[i] as string | null
    if (text !== last) {
      last = text
      code = codeOf.get(text) ?? words.length
      if (text !== null && code === words.length) {
        codeOf.set(text, code)
        words.push(text)
      }
    }
    codes[i] = code
  }
  return { codes, words }
}
