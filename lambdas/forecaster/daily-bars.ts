/** The lake's daily bars as they were known on a day. */

import { inParallel } from '../../lake/in-parallel.ts'
import { DAY_MS } from '../../lake/instant.ts'
import type { ParquetGroups } from '../../lake/parquet/row-groups.ts'
import type { RowGroup } from '../../lake/parquet/table-file.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'
import { cellAt, type GroupCells } from '../../lake/tables/cells.ts'
import { tablePartitionIn, tablePartitionOf } from '../../lake/tables/table.ts'
import { BARS, BARS_LANDING } from '../../lake/tables/tables.ts'
import type { BarColumns } from '../forecast/panel.ts'
import { quorumDay } from './quorum.ts'

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

const PRICES = ['open', 'high', 'low', 'close', 'adj_close', 'volume'] as const
const NUMBERS = [...PRICES, 'ts_sent', 'kafka_offset', 'kafka_partition'] as const
const COLUMNS = ['symbol', 'interval', 'ts_event', 'topic', ...NUMBERS] as const

/** One version of a bar. */
interface Version {
  readonly symbol: string
  readonly day: number
  readonly topic: string
  readonly values: Readonly<Record<(typeof NUMBERS)[number], number>>
}

/** S3 answers in tens of milliseconds; so many requests at once hide that without filling memory. */
const PARALLEL = 8

export interface DailyBars {
  /** In no particular order. */
  readonly bars: BarColumns
  /** Symbols with bars of other intervals in the span. */
  readonly intraday: ReadonlySet<string>
}

/** Reads the daily bars of a span. */
export async function readDailyBars(span: BarSpan, deps: LakeDeps): Promise<DailyBars> {
  const keys = await monthKeys(span, deps.store)
  const intraday = new Set<string>()
  const parts = await inParallel(keys, PARALLEL, (key) => readVersions({ key, table: BARS, intraday }, span, deps))
  const versions = parts.flat()
  return { bars: columnsOf(span.pointInTime ? await asKnown(versions, span, deps) : versions), intraday }
}

/** The newest month may hold nothing but a mistake, or the first bars of a month. */
const NEWEST_MONTHS = 2

/**
 * The newest day, up to `today`, that a quorum of the symbols traded on: one bar dated ahead moves nobody's forecasts.
 * Where no day has a quorum the newest one is taken; undefined in a lake without daily bars.
 */
export async function newestDay(today: number, deps: LakeDeps): Promise<number | undefined> {
  const span = { from: Number.NEGATIVE_INFINITY, to: today, pointInTime: false }
  const months = Map.groupBy(await monthKeys(span, deps.store), (key) => tablePartitionIn(BARS, key) ?? '')
  const versions: Version[] = []
  let seen = 0
  // A file that does not say its month may be of the newest, so it is read first.
  const newestFirst = [...months].sort(([a], [b]) => (a === '' || (b !== '' && a > b) ? -1 : 1))
  for (const [, keys] of newestFirst) {
    const parts = await inParallel(keys, PARALLEL, (key) => readVersions({ key, table: BARS }, span, deps))
    const found = parts.flat()
    versions.push(...found)
    if (found.length > 0) seen++
    const day = seen >= NEWEST_MONTHS ? quorumDay(versions) : undefined
    if (day !== undefined) return day
  }
  if (versions.length === 0) return undefined
  return quorumDay(versions) ?? versions.reduce((newest, { day }) => Math.max(newest, day), Number.NEGATIVE_INFINITY)
}

async function monthKeys({ from, to }: BarSpan, store: ObjectStore): Promise<string[]> {
  const first = from === Number.NEGATIVE_INFINITY ? '' : tablePartitionOf(BARS, from * DAY_MS)
  const last = to === Number.POSITIVE_INFINITY ? undefined : tablePartitionOf(BARS, to * DAY_MS)
  const keys: string[] = []
  for await (const { key } of store.list(`${BARS.prefix}/`)) {
    const month = tablePartitionIn(BARS, key)
    const isInSpan = month === undefined || (month >= first && (last === undefined || month <= last))
    if (key.endsWith('.parquet') && isInSpan) keys.push(key)
  }
  return keys
}

interface VersionFile {
  readonly key: string
  readonly table: typeof BARS | typeof BARS_LANDING
  /** Takes the symbols whose bars are not daily. */
  readonly intraday?: Set<string>
}

async function readVersions(file: VersionFile, span: BarSpan, { store, parquet }: LakeDeps): Promise<Version[]> {
  const found = await store.get(file.key)
  const versions: Version[] = []
  if (!found) return versions
  for await (const group of parquet.read(found.body, file.table, [...COLUMNS])) {
    for (const version of versionsOf(group, span, file.intraday)) versions.push(version)
  }
  return versions
}

function* versionsOf(
  { rows, cells }: RowGroup,
  { from, to }: BarSpan,
  intraday: Set<string> | undefined,
): Generator<Version> {
  const text = (name: string, row: number) => cellAt(cells[name], row)
  for (let row = 0; row < rows; row++) {
    const symbol = text('symbol', row)
    const day = Math.floor(numberAt(cells['ts_event'], row) / DAY_MS)
    if (typeof symbol !== 'string' || !(day >= from && day <= to)) continue
    if (text('interval', row) === '1d')
      yield { symbol, day, topic: String(text('topic', row)), values: valuesAt(cells, row) }
    else intraday?.add(symbol)
  }
}

function valuesAt(cells: RowGroup['cells'], row: number): Version['values'] {
  return {
    open: numberAt(cells['open'], row),
    high: numberAt(cells['high'], row),
    low: numberAt(cells['low'], row),
    close: numberAt(cells['close'], row),
    adj_close: numberAt(cells['adj_close'], row),
    volume: numberAt(cells['volume'], row),
    ts_sent: numberAt(cells['ts_sent'], row),
    kafka_offset: numberAt(cells['kafka_offset'], row),
    kafka_partition: numberAt(cells['kafka_partition'], row),
  }
}

function numberAt(cells: GroupCells | undefined, row: number): number {
  return cells instanceof Float64Array ? (cells[row] ?? Number.NaN) : Number.NaN
}

/**
 * Versions sent after the span's last day give way to what landing has of the same bar: the newest that was sent by
 * then, else the oldest (a history that was loaded later, before anybody restated it). Of versions that were sent at
 * the same time, the one that compaction keeps.
 */
async function asKnown(versions: readonly Version[], span: BarSpan, deps: LakeDeps): Promise<readonly Version[]> {
  const end = (span.to + 1) * DAY_MS
  const late = new Map<string, Version>()
  for (const version of versions) if (version.values.ts_sent >= end) late.set(barOf(version), version)
  if (late.size === 0) return versions
  const keys: string[] = []
  for await (const { key } of deps.store.list(`${BARS_LANDING.prefix}/`)) keys.push(key)
  await inParallel(keys, PARALLEL, async (key) => {
    for (const version of await readVersions({ key, table: BARS_LANDING }, span, deps)) {
      const standing = late.get(barOf(version))
      if (standing && wasKnownRather(version, standing, end)) late.set(barOf(version), version)
    }
  })
  return versions.map((version) => late.get(barOf(version)) ?? version)
}

function barOf({ symbol, day }: Version): string {
  return `${symbol} ${day}`
}

function wasKnownRather(version: Version, standing: Version, end: number): boolean {
  const [sent, standingSent] = [version.values.ts_sent, standing.values.ts_sent]
  if (sent === standingSent) return isLaterRecord(version, standing)
  if (sent >= end) return sent < standingSent
  return standingSent >= end || sent > standingSent
}

/** The order of compaction among records of one `ts_sent`: by offset, then topic, then partition. */
function isLaterRecord(a: Version, b: Version): boolean {
  if (a.values.kafka_offset !== b.values.kafka_offset) return a.values.kafka_offset > b.values.kafka_offset
  if (a.topic !== b.topic) return a.topic > b.topic
  return a.values.kafka_partition > b.values.kafka_partition
}

function columnsOf(versions: readonly Version[]): BarColumns {
  const column = (name: (typeof PRICES)[number]) => Float64Array.from(versions, ({ values }) => values[name])
  return {
    symbol: versions.map(({ symbol }) => symbol),
    day: Int32Array.from(versions, ({ day }) => day),
    open: column('open'),
    high: column('high'),
    low: column('low'),
    close: column('close'),
    adjClose: column('adj_close'),
    volume: column('volume'),
  }
}
