/**
 * A Parquet file whose columns pandas named by two lines, `('AAPL', 'Open')` or `('Open', 'AAPL')`, as
 * `yf.download(…, group_by='ticker').to_parquet(…)` writes it: read whole and made a history of one bar a row.
 */
import type { FileMetaData, SchemaElement } from 'hyparquet'
import { readFooter } from '../parquet/checked-footer.ts'
import type { FileSource } from '../parquet/file-source.ts'
import { EPOCH_PARSERS, flatElements, readFlatColumn } from '../parquet/flat-column.ts'
import { checkFileRows } from '../parquet/limits.ts'
import { offsetIn } from '../time-zone.ts'
import { fieldOf, levelsOfName, YAHOO_NAMES } from './history-columns.ts'
import { timeOf } from './history-schema.ts'
import { historyFile } from './history-writer.ts'
import { longRecords } from './wide-table.ts'

/** Cells that are held as text at once, at some hundred bytes each. */
const MAX_CELLS = 10_000_000

/** The file as a history, or undefined where its columns have one name each or its times are of no kind that is known. */
export async function unleveled(file: FileSource, fileName: string): Promise<Uint8Array | undefined> {
  const metadata = await readFooter(file, { firstFetchBytes: file.byteLength, parsers: EPOCH_PARSERS })
  const elements = flatElements(metadata)
  const columns = elements.flatMap((element) => {
    const levels = levelsOfName(element.name)
    return levels === undefined || isDate(element) ? [] : [{ element, levels }]
  })
  const date = elements.find(isDate)
  const textOfTime = date && timeWriter(metadata, date)
  if (columns.length === 0 || !date || !textOfTime) return undefined
  const cells = Number(metadata.num_rows) * columns.length
  checkFileRows(Number(metadata.num_rows), file.byteLength)
  if (cells > MAX_CELLS) throw new Error(`${cells} cells in two levels of columns; at most ${MAX_CELLS} are read`)

  const times = await cellsOf(file, metadata, date)
  const values = await Promise.all(columns.map(({ element }) => cellsOf(file, metadata, element)))
  const lines = [0, 1].map((level) => ['', ...columns.map(({ levels }) => levels[level] ?? '')])
  const rows = times.map((time, i) => [textOfTime(time), ...values.map((column) => textOfCell(column[i]))])
  const index = [YAHOO_NAMES.date, ...columns.map(() => '')]
  const [header = [], ...bars] = longRecords([...lines, index, ...rows])
  if (fieldOf(header[0] ?? '') !== 'date' || fieldOf(header[1] ?? '') !== 'symbol') return undefined
  return historyFile({ columns: header, rows: bars.map((bar) => bar.map((cell) => cell || null)) }, fileName)
}

/** `Date`, or `('Date', '')` after reset_index. */
function isDate({ name }: SchemaElement): boolean {
  const [first, second] = levelsOfName(name) ?? [name, '']
  return fieldOf(first) === 'date' && second === ''
}

async function cellsOf(file: FileSource, metadata: FileMetaData, element: SchemaElement): Promise<unknown[]> {
  const cells: unknown[] = []
  for (const rowGroup of metadata.row_groups) {
    const some = await readFlatColumn(file, { metadata, rowGroup, element, parsers: EPOCH_PARSERS, utf8: true })
    for (const cell of some) cells.push(cell)
  }
  return cells
}

/** A double is written with all its digits, so that it comes back as it was. */
function textOfCell(cell: unknown): string {
  return cell === null || cell === undefined || Number.isNaN(cell) ? '' : String(cell)
}

/** A time as text that says its day where it was written: `2013-03-01`, `2013-03-01T09:30:00.000-05:00`. */
function timeWriter(metadata: FileMetaData, date: SchemaElement): ((cell: unknown) => string) | undefined {
  const { kind, zone } = timeOf(metadata, date)
  if (kind === 'number') return undefined
  const offsetOf = (epochMs: number): number =>
    kind === 'instant' && zone !== undefined ? Math.trunc(offsetIn(zone, epochMs) / 60_000) : 0
  return (cell) => {
    if (typeof cell !== 'number') return ''
    const offset = offsetOf(cell)
    const local = new Date(cell + offset * 60_000).toISOString().slice(0, -1)
    if (kind === 'instant') return `${local}${offset === 0 ? 'Z' : offsetText(offset)}`
    return local.endsWith('T00:00:00.000') ? local.slice(0, 10) : local
  }
}

/** Of minutes ahead of UTC. */
function offsetText(minutes: number): string {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
  return `${minutes < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`
}
