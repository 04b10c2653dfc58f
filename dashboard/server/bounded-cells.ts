/** An answer that a process and a browser can hold: its first rows, and of a long cell its beginning and how long it is. */
import type { QueryAnswer } from '../../lake/queries/query-engine.ts'

/** As the page Quality shows of a record; a thousand records of 64 KiB would be 200 MB. */
const BYTES_SHOWN = 2_048
/** Athena writes bytes as `7b 22 6f`. */
const CHARACTERS_A_BYTE = 3
const MOST = BYTES_SHOWN * CHARACTERS_A_BYTE

/** Two columns of four million rows took half a minute and two gigabytes. */
const MOST_ROWS = 100_000
/** One more says that there are more. */
export const ENOUGH_ROWS = MOST_ROWS + 1

export function firstRows(answer: QueryAnswer): QueryAnswer {
  if (answer.rows.length <= MOST_ROWS) return answer
  const note = 'There are more rows: these are the first; npm run query gives all.'
  return { ...answer, rows: answer.rows.slice(0, MOST_ROWS), notes: [...(answer.notes ?? []), note] }
}

/** The cells as they are shown, and how many of them are cut. */
export function boundedCells({ columns, rows }: Pick<QueryAnswer, 'columns' | 'rows'>) {
  let cut = 0
  const shown = (cell: string | null, column: number): string | null => {
    if (cell === null || cell.length <= MOST) return cell
    cut += 1
    return `${cell.slice(0, MOST).trimEnd()} … (${lengthOf(cell, columns[column]?.type)})`
  }
  return { rows: rows.map((row) => (row.some(isLong) ? row.map(shown) : row)), cut }
}

function isLong(cell: string | null): boolean {
  return cell !== null && cell.length > MOST
}

function lengthOf(cell: string, type: string | undefined): string {
  const isBytes = type === 'varbinary'
  const length = isBytes ? Math.ceil(cell.length / CHARACTERS_A_BYTE) : cell.length
  return `${length.toLocaleString('en-US')} ${isBytes ? 'bytes' : 'characters'}`
}
