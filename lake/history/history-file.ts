import type { DecodedArray, FileMetaData, RowGroup } from 'hyparquet'
import { messageOf } from '../errors.ts'
import { readFooter } from '../parquet/checked-footer.ts'
import { columnsFooter, decodedCells, type FileColumn } from '../parquet/columns-file.ts'
import { type FileSource, memorySource, WHOLE_FILE_BYTES } from '../parquet/file-source.ts'
import { EPOCH_PARSERS, readFlatColumn, withColumns } from '../parquet/flat-column.ts'
import { checkFileRows, checkGroupRows } from '../parquet/limits.ts'
import type { SourceCell } from '../records/wire.ts'
import { type Interval, isSymbol } from '../tables/bar.ts'
import { type EventTime, epochUnitOf, eventTimeReader, type TimeColumn } from './event-time.ts'
import { cellOf, textOf } from './history-cell.ts'
import { CELL_FIELDS, type CellField, type HistoryField } from './history-columns.ts'
import { historyNameOf, intervalOfSpacing } from './history-name.ts'
import { exactDecimal, type HistorySchema, readHistorySchema, type TimeRange, timeRangeOf } from './history-schema.ts'
import { dayOrderOf } from './text-dates.ts'

/** Rows that are looked at to find out how far apart bars are. */
const SPACING_ROWS = 2_000

/** Characters of a file's name that go with each of its bars. */
const MAX_NAME = 128

/** Characters of a reason: a file of thousands of columns would name them all. */
const MAX_FAULT = 500

/** In the key-value metadata: the name of the file that this one was made of. */
export const FILE_NAME_KEY = 'tickerlake.file'

export interface HistoryGroup extends TimeRange {
  readonly index: number
  /** Row numbers within the file: from start up to, not including, end. */
  readonly start: number
  readonly end: number
}

/** What says where each row of a group belongs, by its number within the group. */
export interface RowKeys {
  readonly count: number
  symbolOf(index: number): string
  intervalOf(index: number): string
  timeOf(index: number): EventTime
}

/** One Parquet file of the history; each read decodes the named columns of one row group. */
export class ParquetHistoryFile {
  readonly key: string
  readonly groups: readonly HistoryGroup[]
  readonly #source: FileSource
  readonly #metadata: FileMetaData
  readonly #schema: HistorySchema
  readonly #symbol: string
  /** By column, of a file that was never written. */
  readonly #held: ReadonlyMap<string, DecodedArray> | undefined
  /** Of rows that do not say it; found out when it is first needed. */
  #interval: Interval | undefined
  #time: TimeColumn | undefined

  private constructor(
    key: string,
    source: FileSource,
    { metadata, held }: { readonly metadata: FileMetaData; readonly held?: ReadonlyMap<string, DecodedArray> },
  ) {
    this.key = key
    this.#source = source
    this.#metadata = metadata
    this.#held = held
    this.#schema = readHistorySchema(metadata)
    this.groups = groupsOf(metadata, this.#schema)
    if (!held) checkFileRows(this.rows, source.byteLength)
    this.#symbol = historyNameOf(key).symbol
    if (this.#schema.columns.has('symbol') || isSymbol(this.#symbol)) return
    throw new Error('it has no column Symbol and its name is no symbol; name it as AAPL.csv is named')
  }

  /** Reads the footer; throws where the file is no Parquet file or has no dates. */
  static async open(key: string, source: FileSource): Promise<ParquetHistoryFile> {
    if (source.byteLength === 0) throw new Error('the file is empty')
    const metadata = await readFooter(source, { parsers: EPOCH_PARSERS, firstFetchBytes: WHOLE_FILE_BYTES })
    return new ParquetHistoryFile(key, source, { metadata })
  }

  /** The file that these columns would be, without writing it: who only reads need not pack cells and unpack them again. */
  static ofColumns(key: string, columns: readonly FileColumn[]): ParquetHistoryFile {
    const held = new Map(columns.map((column) => [column.name, decodedCells(column)]))
    return new ParquetHistoryFile(key, memorySource(new Uint8Array()), { metadata: columnsFooter(columns), held })
  }

  /** Whether all its bars are of one symbol, and which. */
  get onlySymbol(): string | undefined {
    return this.#schema.columns.has('symbol') ? undefined : this.#symbol
  }

  /** The file as its owner calls it, for who looks for a row in it; at most as long as a record may say. */
  get name(): string {
    const said = this.#metadata.key_value_metadata?.find(({ key }) => key === FILE_NAME_KEY)?.value
    return printableName(said ?? this.key.slice(this.key.indexOf('/') + 1))
  }

  /** The columns that mean something, by their fields. */
  get fields(): ReadonlyMap<HistoryField, string> {
    return this.#schema.columns
  }

  /** Flat columns that mean nothing. */
  get others(): readonly string[] {
    const meant = new Set(this.#schema.columns.values())
    return [...this.#schema.elements.keys()].filter((name) => !meant.has(name))
  }

  get rows(): number {
    return this.groups.at(-1)?.end ?? 0
  }

  async readKeys(group: HistoryGroup): Promise<RowKeys> {
    const time = this.#time ?? (await this.#findTime())
    this.#time = time
    const interval = this.#interval ?? (await this.#findInterval(time))
    this.#interval = interval
    const [dates, symbols, intervals] = await Promise.all([
      this.#column(group, 'date'),
      this.#column(group, 'symbol'),
      this.#column(group, 'interval'),
    ])
    const readTime = eventTimeReader(time)
    const intervalOf = (i: number): string => (intervals && textOf(intervals[i]).trim()) || interval
    return {
      count: group.end - group.start,
      // Columns of a fixed width are filled up with blanks.
      symbolOf: (i) => (symbols ? textOf(symbols[i]).trim() : this.#symbol),
      intervalOf,
      timeOf: (i) => readTime(dates?.[i], intervalOf(i)),
    }
  }

  /** Calls back with each cell of the given rows (numbers within the file), column by column. */
  async readCells(group: HistoryGroup, rows: readonly number[], take: TakeCell): Promise<void> {
    const names = CELL_FIELDS.flatMap((field) => this.#schema.columns.get(field) ?? [])
    const source = await withColumns(this.#source, this.#rowGroup(group), new Set(names))
    for (const field of CELL_FIELDS) {
      const cells = await this.#column(group, field, source)
      if (!cells) continue
      rows.forEach((row, i) => {
        take(i, field, cellOf(cells[row - group.start]))
      })
    }
  }

  /** The unit of bare numbers, or the order of day and month in texts, by the first row group and the last. */
  async #findTime(): Promise<TimeColumn> {
    const { kind, zone } = this.#schema.time
    if (kind !== 'number') return { kind, zone }
    const groups = new Set([this.groups[0], this.groups.at(-1)].filter((group) => group !== undefined))
    const columns = await Promise.all([...groups].map((group) => this.#column(group, 'date')))
    const cells = columns.flatMap((some) => Array.from<unknown>(some ?? []))
    return { kind: epochUnitOf(cells), zone, order: dayOrderOf(cells) }
  }

  /** The name's interval, else what the distance between the first rows means. */
  async #findInterval(time: TimeColumn): Promise<Interval> {
    const named = historyNameOf(this.key).interval
    const [first] = this.groups
    if (named || !first || this.#schema.columns.has('interval')) return named ?? '1d'
    const dates = await this.#column(first, 'date')
    const timeOf = eventTimeReader(time)
    const times = Array.from(dates ?? [])
      .slice(0, SPACING_ROWS)
      // Read as of an hourly bar a time keeps its hours and minutes.
      .map((raw) => timeOf(raw, '1h'))
    return intervalOfSpacing(times.filter((time) => typeof time === 'number'))
  }

  async #column(group: HistoryGroup, field: HistoryField, source = this.#source): Promise<DecodedArray | undefined> {
    const column = this.#schema.columns.get(field)
    return column === undefined ? undefined : this.readColumn(group, column, source)
  }

  /** The cells of a flat column in the rows of a group. */
  async readColumn(group: HistoryGroup, column: string, source = this.#source): Promise<DecodedArray> {
    const held = this.#held?.get(column)
    if (held) return held.slice(group.start, group.end)
    const element = this.#schema.elements.get(column)
    if (!element) throw new Error(`its footer does not say what the column ${column} is`)
    const cells = await readFlatColumn(source, {
      metadata: this.#metadata,
      rowGroup: this.#rowGroup(group),
      element,
      parsers: EPOCH_PARSERS,
      utf8: !this.#schema.decimals.has(column),
    })
    const scale = this.#schema.decimals.get(column)
    return scale === undefined ? cells : Array.from<unknown, unknown>(cells, (cell) => exactDecimal(cell, scale))
  }

  #rowGroup({ index }: HistoryGroup): RowGroup {
    const rowGroup = this.#metadata.row_groups[index]
    if (!rowGroup) throw new RangeError(`${this.key} has no row group ${index}`)
    return rowGroup
  }
}

/** `index` counts the rows that were asked for. */
export type TakeCell = (index: number, field: CellField, cell: SourceCell) => void

function groupsOf(metadata: FileMetaData, schema: HistorySchema): readonly HistoryGroup[] {
  let start = 0
  return metadata.row_groups.map((group, index) => {
    const first = start
    checkGroupRows(Number(group.num_rows))
    start += Number(group.num_rows)
    return { index, start: first, end: start, ...timeRangeOf(group, schema) }
  })
}

/** Without what a terminal would obey and what a record may not hold (lake/records/judge.ts); the end says most. */
function printableName(name: string): string {
  const plain = printable(name)
  return plain.length <= MAX_NAME ? plain : `…${plain.slice(1 - MAX_NAME)}`
}

function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '?')
}

/** Why a file cannot be read, for people; what it quotes of the file is cut, and is nothing that a terminal would obey. */
export function faultOf(error: unknown): string {
  const said = printable(messageOf(error).slice(0, MAX_FAULT + 1))
  const cut = said.length > MAX_FAULT ? `${said.slice(0, MAX_FAULT)}…` : said
  // What a decoder stumbles over in bytes that are not what their headers say.
  return error instanceof TypeError || error instanceof RangeError ? `its bytes are damaged (${cut})` : cut
}
