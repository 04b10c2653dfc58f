/** The lake's daily bars as they were known on a day. */

import { inParallel } from '../../lake/in-parallel.ts'
import { DAY_MS } from '../../lake/instant.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'
import { tablePartitionIn, tablePartitionOf } from '../../lake/tables/table.ts'
import { BARS, BARS_LANDING } from '../../lake/tables/tables.ts'
import type { BarColumns } from '../forecast/panel.ts'
import {
  type BarSpan,
  barsOf,
  eachVersion,
  type LakeDeps,
  PRICES,
  readVersions,
  VERSION,
  type Version,
  type Versions,
  versionAt,
} from './bar-versions.ts'
import { quorumDay, type TradedDay } from './quorum.ts'

const KNOWN_COLUMNS = [...PRICES, ...VERSION, 'topic']

/** S3 answers in tens of milliseconds; so many requests at once hide that without filling memory. */
const PARALLEL = 8

export interface DailyBars {
  /** In no particular order. */
  readonly bars: BarColumns
  /** Symbols with bars of other intervals in the span, and the newest day of these. */
  readonly intraday: ReadonlyMap<string, number>
}

/** Reads the daily bars of a span. */
export async function readDailyBars(span: BarSpan, deps: LakeDeps): Promise<DailyBars> {
  const keys = await monthKeys(span, deps.store)
  const intraday = new Map<string, number>()
  const columns = span.pointInTime ? KNOWN_COLUMNS : PRICES
  const parts = await inParallel(keys, PARALLEL, (key) =>
    readVersions({ key, table: BARS, columns, intraday }, span, deps),
  )
  const versions = parts.flat()
  if (span.pointInTime) await asKnown(versions, span, deps)
  return { bars: barsOf(versions), intraday }
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
  const traded: TradedDay[] = []
  let seen = 0
  // A file that does not say its month may be of the newest, so it is read first.
  const newestFirst = [...months].sort(([a], [b]) => (a === '' || (b !== '' && a > b) ? -1 : 1))
  for (const [, keys] of newestFirst) {
    const before = traded.length
    const read = (key: string) => readVersions({ key, table: BARS, columns: [] }, span, deps)
    for (const { part, row } of eachVersion((await inParallel(keys, PARALLEL, read)).flat())) {
      traded.push({ symbol: part.symbol[row] as string, day: part.day[row] as number })
    }
    if (traded.length > before) seen++
    const day = seen >= NEWEST_MONTHS ? quorumDay(traded) : undefined
    if (day !== undefined) return day
  }
  if (traded.length === 0) return undefined
  return quorumDay(traded) ?? traded.reduce((newest, { day }) => Math.max(newest, day), Number.NEGATIVE_INFINITY)
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

/**
 * Versions sent after the span's last day give way to what landing has of the same bar: the newest that was sent by
 * then, else the oldest (a history that was loaded later, before anybody restated it). Of versions that were sent at
 * the same time, the one that compaction keeps.
 */
async function asKnown(versions: readonly Versions[], span: BarSpan, deps: LakeDeps): Promise<void> {
  const end = (span.to + 1) * DAY_MS
  const late = new Map<string, Version>()
  for (const { bar, part, row } of eachVersion(versions)) {
    if ((part.numbers.ts_sent[row] as number) >= end) late.set(bar, versionAt(part, row))
  }
  if (late.size === 0) return
  const keys: string[] = []
  for await (const { key } of deps.store.list(`${BARS_LANDING.prefix}/`)) keys.push(key)
  await inParallel(keys, PARALLEL, async (key) => {
    const landed = await readVersions({ key, table: BARS_LANDING, columns: KNOWN_COLUMNS }, span, deps)
    for (const { bar, part, row } of eachVersion(landed)) {
      const standing = late.get(bar)
      if (!standing) continue
      const version = versionAt(part, row)
      if (wasKnownRather(version, standing, end)) late.set(bar, version)
    }
  })
  for (const { bar, part, row } of eachVersion(versions)) {
    const known = late.get(bar)
    if (known) for (const [i, name] of PRICES.entries()) part.numbers[name][row] = known.prices[i] as number
  }
}

function wasKnownRather(version: Version, standing: Version, end: number): boolean {
  if (version.sent === standing.sent) return isLaterRecord(version, standing)
  if (version.sent >= end) return version.sent < standing.sent
  return standing.sent >= end || version.sent > standing.sent
}

/** The order of compaction among records of one `ts_sent`: by offset, then topic, then partition. */
function isLaterRecord(a: Version, b: Version): boolean {
  if (a.offset !== b.offset) return a.offset > b.offset
  if (a.topic !== b.topic) return a.topic > b.topic
  return a.partition > b.partition
}
