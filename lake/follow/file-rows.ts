/** A history file as a table of bars, and the way back from a bar of the table to the file's row. */
import { CELL_FIELDS, type CellField } from '../history/history-columns.ts'
import type { ParquetHistoryFile } from '../history/history-file.ts'
import type { SourceCell } from '../records/wire.ts'
import { type BarTable, copyRow, emptyTable, seriesName } from './bar-table.ts'

/** Some 150 bytes each while a file is compared: what a function of 512 MB bears. */
const MOST_ROWS = 1_000_000

export interface FileRows {
  readonly table: BarTable
  /** The file's row of each bar. */
  readonly rows: Uint32Array
}

/** Reads a file whole; of two rows of one bar the later one counts, as it does where both are sent. */
export async function readFileRows(file: ParquetHistoryFile): Promise<FileRows> {
  if (file.rows > MOST_ROWS) {
    throw new Error(
      `it grew and has ${file.rows} rows; a file that grows may have ${MOST_ROWS}: cut it by symbol or by year`,
    )
  }
  const raw = emptyTable([], new Uint32Array(0), file.rows)
  const names = new Map<string, number>()
  const series = new Uint32Array(file.rows)
  for (const group of file.groups) {
    const keys = await file.readKeys(group)
    const rows = Array.from({ length: keys.count }, (_, i) => group.start + i)
    for (const cells of raw.cells) cells.fill(Number.NaN, group.start, group.end)
    await file.readCells(group, rows, (i, field, cell) => putCell(raw, group.start + i, { field, cell }))
    for (const [i, row] of rows.entries()) {
      const name = seriesName(keys.symbolOf(i), keys.intervalOf(i))
      series[row] = numberOfName(names, name)
      raw.times[row] = timeNumber(keys.timeOf(i), raw.odd[row] ?? 0, row)
    }
  }
  return ordered(raw, series, [...names.keys()])
}

function numberOfName(names: Map<string, number>, name: string): number {
  const known = names.get(name)
  if (known !== undefined) return known
  names.set(name, names.size)
  return names.size - 1
}

function putCell(
  table: BarTable,
  row: number,
  { field, cell }: { readonly field: CellField; readonly cell: SourceCell },
) {
  const column = CELL_FIELDS.indexOf(field)
  if (cell === null) return
  if (typeof cell === 'number' && !Number.isNaN(cell)) {
    const cells = table.cells[column]
    if (cells) cells[row] = cell
    return
  }
  table.odd[row] = hashOf(`${table.odd[row]} ${column} ${cell}`)
}

/** Below every instant; a time that cannot be read is known by what it says and by its row's odd cells. */
const UNREADABLE = -1e16

function timeNumber(time: number | string | null, odd: number, row: number): number {
  if (typeof time === 'number') return time
  // Doubles of this size are two apart. A row with nothing in it that could be known again is known by its place.
  return UNREADABLE - 4 * hashOf(`${time ?? row} ${odd}`)
}

/** Sorted by series and time; `series` numbers the name of each row. */
function ordered(raw: BarTable, series: Uint32Array, names: readonly string[]): FileRows {
  const sorted = names.toSorted()
  const ranks = new Map(sorted.map((name, i) => [name, i]))
  const rank = Uint32Array.from(names, (name) => ranks.get(name) ?? 0)
  const rankOf = (row: number): number => rank[series[row] ?? 0] ?? 0
  const timeOf = (row: number): number => raw.times[row] ?? 0
  const order = Uint32Array.from(raw.times.keys())
  order.sort((a, b) => rankOf(a) - rankOf(b) || timeOf(a) - timeOf(b) || a - b)
  const isLast = (i: number): boolean => {
    const next = order[i + 1]
    const row = order[i] ?? 0
    return next === undefined || rankOf(next) !== rankOf(row) || timeOf(next) !== timeOf(row)
  }
  const rows = order.filter((_, i) => isLast(i))
  const ends = new Uint32Array(sorted.length)
  const table = emptyTable(sorted, ends, rows.length)
  rows.forEach((row, at) => {
    copyRow(raw, row, { table, at })
    ends[rankOf(row)] = at + 1
  })
  return { table, rows }
}

/** FNV-1a of 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0 || 1
}
