/** The bars of some symbols straight out of the table's files, by byte range. */
import { inOrder } from '../in-parallel.ts'
import type { CellBounds, ObjectStore, ObjectSummary } from '../store/object-store.ts'
import { cellAt, type GroupCells, isText, rowAt } from '../tables/cells.ts'
import { tablePartitionIn } from '../tables/table.ts'
import { BARS, type BarRow } from '../tables/tables.ts'
import { objectSource, SmallObjectCache, WHOLE_FILE_BYTES } from './file-source.ts'
import type { KeptLayouts } from './open-layout.ts'
import { type RowGroup, TableFile } from './table-file.ts'

export interface SeriesRequest {
  readonly symbols: readonly string[]
  readonly interval: string
  /** Epoch milliseconds: from the first up to, not including, the second; minus and plus infinity where there is no bound. */
  readonly from: number
  readonly to: number
}

/** Without a bound. */
export const EVER = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY } as const

export interface SeriesOptions<Name extends keyof BarRow> {
  /** What is wanted of each bar; without it, everything. */
  readonly columns?: readonly Name[]
  /** Footers of files that are read again and again. */
  readonly kept?: KeptLayouts
}

/** Month files read side by side. */
const AT_ONCE = 8

/** By these columns a bar is told from others. */
const KEYS = ['symbol', 'interval', 'ts_event'] as const satisfies readonly (keyof BarRow)[]
/** Of these the bounds of a row group may say that all of its rows are wanted: then they are not read. */
const WORDS: readonly string[] = ['symbol', 'interval'] satisfies readonly (keyof BarRow)[]

/** The bars of the symbols, a file of a month at a time, by symbol and time within each. */
export async function* symbolSeries<Name extends keyof BarRow = keyof BarRow>(
  request: SeriesRequest,
  store: ObjectStore,
  options: SeriesOptions<Name> = {},
): AsyncGenerator<Pick<BarRow, Name>[]> {
  const months: ObjectSummary[] = []
  for await (const object of store.list(`${BARS.prefix}/`)) if (mayHave(object, request)) months.push(object)
  months.sort(inMonthOrder)
  const read = inOrder(months, AT_ONCE, (month) => readBars(month, { request, store, ...options }))
  for await (const bars of read) yield bars as Pick<BarRow, Name>[]
}

/** Whatever folders another engine has put its files into. */
function inMonthOrder(a: ObjectSummary, b: ObjectSummary): number {
  const [one = '', other = ''] = [tablePartitionIn(BARS, a.key), tablePartitionIn(BARS, b.key)]
  return one === other ? 0 : one < other ? -1 : 1
}

/** Whether a file may hold what is asked for, by its key and by what the table's metadata says of it. */
function mayHave({ key, bounds }: ObjectSummary, request: SeriesRequest): boolean {
  const month = tablePartitionIn(BARS, key)
  const [year = 0, number = 0] = (month ?? '').split('-').map(Number)
  const isInTime = Date.UTC(year, number - 1) < request.to && Date.UTC(year, number) > request.from
  // A file that does not say its month may hold any.
  if (month !== undefined && !isInTime) return false
  return bounds === undefined || isWithin((column) => bounds(column), request)
}

/** Whether bounds leave room for bars that are asked for. */
function isWithin(
  bounds: (column: keyof BarRow) => CellBounds | undefined,
  { symbols, interval, from, to }: SeriesRequest,
): boolean {
  const mayBe = (column: keyof BarRow, isWanted: (bounds: CellBounds) => boolean): boolean => {
    const known = bounds(column)
    return known === undefined || isWanted(known)
  }
  return (
    mayBe('symbol', ({ min, max }) => symbols.some((symbol) => symbol >= min && symbol <= max)) &&
    mayBe('interval', ({ min, max }) => interval >= min && interval <= max) &&
    mayBe('ts_event', ({ min, max }) => Number(max) >= from && Number(min) < to)
  )
}

interface Reading {
  readonly request: SeriesRequest
  readonly store: ObjectStore
  readonly columns?: readonly (keyof BarRow)[]
  readonly kept?: KeptLayouts
}

type Row = Readonly<Record<string, string | number | null>>

async function readBars(object: ObjectSummary, { request, store, columns, kept }: Reading): Promise<Row[]> {
  const names: readonly string[] = columns ?? BARS.columns.map(({ name }) => name)
  const file = await TableFile.open(objectSource(object, store, new SmallObjectCache(WHOLE_FILE_BYTES)), kept)
  const bars: Row[] = []
  for (const group of file.groups) {
    if (!isWithin((column) => file.bounds(group, column), request)) continue
    const isTold = (name: string): boolean => WORDS.includes(name) && file.isOneValue(group, name)
    const needed = BARS.columns.filter(({ name }) => names.includes(name) || (isKey(name) && !isTold(name)))
    const read = await file.read(group, needed)
    for (const row of rowsOf(read, request)) bars.push(rowAt(read.cells, names, row))
  }
  return bars
}

function isKey(name: string): boolean {
  return KEYS.some((key) => key === name)
}

/** The rows of a group that are asked for. */
function rowsOf({ rows, cells }: RowGroup, { symbols, interval, from, to }: SeriesRequest): readonly number[] {
  const isSymbol = among(cells['symbol'], symbols)
  const isInterval = among(cells['interval'], [interval])
  const time = cells['ts_event']
  const found: number[] = []
  for (let row = 0; row < rows; row++) {
    if (!isSymbol(row) || !isInterval(row)) continue
    const at = Number(cellAt(time, row))
    if (at >= from && at < to) found.push(row)
  }
  return found
}

/** Whether the text of a row is one of some: by its number, so that no text is looked at twice. What is not read is one. */
function among(cells: GroupCells | undefined, texts: readonly string[]): (row: number) => boolean {
  if (!cells) return () => true
  if (!isText(cells)) return () => false
  const { codes, words } = cells
  const isWanted = Uint8Array.from(words, (word) => (texts.includes(word) ? 1 : 0))
  return (row) => isWanted[codes[row] as number] === 1
}
