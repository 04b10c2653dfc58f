/** Versions of daily bars as they stand in the lake's files. */
import { DAY_MS } from '../../lake/instant.ts'
import type { ParquetGroups } from '../../lake/parquet/row-groups.ts'
import type { RowGroup } from '../../lake/parquet/table-file.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'
import { cellAt, type GroupCells } from '../../lake/tables/cells.ts'
import type { BARS, BARS_LANDING } from '../../lake/tables/tables.ts'
import type { BarColumns } from '../forecast/panel.ts'

export interface LakeDeps {
  readonly store: ObjectStore
  readonly parquet: ParquetGroups
}

/** Which bars: from a day to a day, both included, since 1970-01-01. */
export interface BarSpan {
  readonly from: number
  readonly to: number
  /**
   * Whether the days after `to` are still to come for us: then no version that was sent after `to` is used where an
   * older one is left in landing.
   */
  readonly pointInTime: boolean
}

export const PRICES = ['open', 'high', 'low', 'close', 'adj_close', 'volume'] as const
/** What a bar is known by. */
const KEYS = ['symbol', 'interval', 'ts_event'] as const
/** What tells the versions of a bar apart. */
export const VERSION = ['ts_sent', 'kafka_offset', 'kafka_partition'] as const

type NumberName = (typeof PRICES)[number] | (typeof VERSION)[number]

/** Versions of bars by columns; those that were not asked for are empty. */
export interface Versions {
  readonly symbol: readonly string[]
  readonly day: Int32Array
  readonly topic: readonly string[]
  readonly numbers: Readonly<Record<NumberName, Float64Array>>
}

/** One version of a bar. */
export interface Version {
  readonly topic: string
  /** In the order of PRICES. */
  readonly prices: readonly number[]
  readonly sent: number
  readonly offset: number
  readonly partition: number
}

const NONE = new Float64Array(0)

interface VersionFile {
  readonly key: string
  readonly table: typeof BARS | typeof BARS_LANDING
  /** Beside the keys. */
  readonly columns: readonly string[]
  /** Takes the symbols with bars that are not daily, and the newest day of these. */
  readonly intraday?: Map<string, number>
}

/** The versions of daily bars in a file, by its row groups. */
export async function readVersions(
  file: VersionFile,
  span: BarSpan,
  { store, parquet }: LakeDeps,
): Promise<Versions[]> {
  const found = await store.get(file.key)
  const versions: Versions[] = []
  if (!found) return versions
  for await (const group of parquet.read(found.body, file.table, [...KEYS, ...file.columns])) {
    versions.push(versionsOf(group, span, file.intraday))
  }
  return versions
}

function versionsOf({ rows, cells }: RowGroup, { from, to }: BarSpan, intraday: VersionFile['intraday']): Versions {
  const kept = new Int32Array(rows)
  const day = new Int32Array(rows)
  const symbols: string[] = []
  for (let row = 0; row < rows; row++) {
    const symbol = cellAt(cells['symbol'], row)
    const onDay = Math.floor(numberAt(cells['ts_event'], row) / DAY_MS)
    if (typeof symbol !== 'string' || !(onDay >= from && onDay <= to)) continue
    if (cellAt(cells['interval'], row) !== '1d') {
      intraday?.set(symbol, Math.max(onDay, intraday.get(symbol) ?? onDay))
      continue
    }
    kept[symbols.length] = row
    day[symbols.length] = onDay
    symbols.push(symbol)
  }
  const rowsKept = kept.subarray(0, symbols.length)
  const numbers = (name: NumberName) => numbersOf(cells[name], rowsKept)
  return {
    symbol: symbols,
    day: day.subarray(0, symbols.length),
    topic: cells['topic'] ? Array.from(rowsKept, (row) => String(cellAt(cells['topic'], row))) : [],
    numbers: {
      open: numbers('open'),
      high: numbers('high'),
      low: numbers('low'),
      close: numbers('close'),
      adj_close: numbers('adj_close'),
      volume: numbers('volume'),
      ts_sent: numbers('ts_sent'),
      kafka_offset: numbers('kafka_offset'),
      kafka_partition: numbers('kafka_partition'),
    },
  }
}

function numbersOf(cells: GroupCells | undefined, rows: Int32Array): Float64Array {
  if (!cells) return NONE
  const numbers = new Float64Array(rows.length)
  for (let i = 0; i < rows.length; i++) numbers[i] = numberAt(cells, rows[i] as number)
  return numbers
}

function numberAt(cells: GroupCells | undefined, row: number): number {
  return cells instanceof Float64Array ? (cells[row] ?? Number.NaN) : Number.NaN
}

/** Every version, with the name of its bar. */
export function* eachVersion(
  parts: readonly Versions[],
): Generator<{ readonly bar: string; readonly part: Versions; readonly row: number }> {
  for (const part of parts) {
    for (const [row, symbol] of part.symbol.entries()) yield { bar: `${symbol} ${part.day[row]}`, part, row }
  }
}

export function versionAt({ topic, numbers }: Versions, row: number): Version {
  const at = (name: NumberName) => numbers[name][row] as number
  return {
    topic: topic[row] as string,
    prices: PRICES.map(at),
    sent: at('ts_sent'),
    offset: at('kafka_offset'),
    partition: at('kafka_partition'),
  }
}

/** All parts as one, the prices alone. */
export function barsOf(parts: readonly Versions[]): BarColumns {
  const rows = parts.reduce((sum, { day }) => sum + day.length, 0)
  const column = (name: NumberName) => joined(new Float64Array(rows), parts, ({ numbers }) => numbers[name])
  return {
    symbol: parts.flatMap(({ symbol }) => symbol),
    day: joined(new Int32Array(rows), parts, ({ day }) => day),
    open: column('open'),
    high: column('high'),
    low: column('low'),
    close: column('close'),
    adjClose: column('adj_close'),
    volume: column('volume'),
  }
}

function joined<Numbers extends Float64Array | Int32Array>(
  whole: Numbers,
  parts: readonly Versions[],
  numbersOfPart: (part: Versions) => Numbers,
): Numbers {
  let at = 0
  for (const part of parts) {
    whole.set(numbersOfPart(part), at)
    at += part.day.length
  }
  return whole
}
