/** The bars of files for a forecast, read as every command reads strangers' files of bars. */
import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { messageOf, UsageError } from '../../lake/errors.ts'
import { historyBody } from '../../lake/history/history-body.ts'
import { barsOf } from '../../lake/history/history-rows.ts'
import { DAY_MS } from '../../lake/instant.ts'
import type { SourceBar, SourceCell } from '../../lake/records/wire.ts'
import { type BarColumns, barsOn, type Panel, panelOf } from '../../lambdas/forecast/panel.ts'
import { oneBarADay } from './one-bar-a-day.ts'

/** The files of the sample that comes with the project. */
export function sampleFiles(): readonly string[] {
  return globSync(join(import.meta.dirname, '../../localstack/sample/*.parquet')).sort()
}

/** The bars of one or several files as a panel, one bar a symbol and day. */
export async function readPanel(paths: readonly string[]): Promise<Panel> {
  return panelOf(oneBarADay(await readBarsFiles(paths)))
}

/** A file that a person has named; `called` is what a refusal calls it. */
export function readNamedFile(path: string, called: string = path): Buffer {
  try {
    return readFileSync(path)
  } catch (cause) {
    throw new UsageError(`Cannot read ${called}: ${messageOf(cause)}`, { cause })
  }
}

/** The bars up to a day, counted from 1970. */
export function barsUpTo(bars: BarColumns, lastDay: number): BarColumns {
  return barsOn(bars, (day) => day <= lastDay)
}

/** The bars of one or several files, one after the other. */
export async function readBarsFiles(paths: readonly string[]): Promise<BarColumns> {
  if (paths.length === 0) throw new UsageError('No file of bars was named; give --bars FILE.')
  const bars: Bars = { symbol: [], day: [], open: [], high: [], low: [], close: [], adjClose: [], volume: [] }
  for (const path of paths) await addFile(bars, path)
  const { symbol, day, ...prices } = bars
  const numbers = Object.entries(prices).map(([name, cells]) => [name, Float64Array.from(cells)] as const)
  return { symbol, day: Int32Array.from(day), ...(Object.fromEntries(numbers) as Record<Price, Float64Array>) }
}

type Price = 'open' | 'high' | 'low' | 'close' | 'adjClose' | 'volume'
type Bars = Record<Price, number[]> & { readonly symbol: string[]; readonly day: number[] }

async function addFile(bars: Bars, path: string): Promise<void> {
  const read = await historyBody(path, basename(path))
  if (read.kind === 'unreadable') throw new UsageError(`Cannot read ${path}: ${read.skipped.reason}.`)
  const fields = read.opened.fields
  if (!fields.has('close') && !fields.has('adjClose')) {
    throw new UsageError(`${path}: want a column close or adj_close, got ${[...fields.values()].join(', ')}.`)
  }
  let row = 0
  for await (const some of barsOf(read.opened)) {
    for (const bar of some) addBar(bars, bar, { path, row: ++row, fields })
  }
}

interface Place {
  readonly path: string
  readonly row: number
  readonly fields: ReadonlyMap<string, string>
}

/** Where a file has one of the two closes, it stands for both. */
function addBar(bars: Bars, bar: SourceBar, place: Place): void {
  bars.symbol.push(bar.symbol)
  bars.day.push(dayOf(bar.tsEvent, place))
  for (const field of ['open', 'high', 'low', 'volume'] as const) bars[field].push(numberOf(bar[field]))
  bars.close.push(numberOf(place.fields.has('close') ? bar.close : bar.adjClose))
  bars.adjClose.push(numberOf(place.fields.has('adjClose') ? bar.adjClose : bar.close))
}

function dayOf(time: SourceBar['tsEvent'], { path, row }: Place): number {
  if (typeof time === 'number') return Math.floor(time / DAY_MS)
  throw new UsageError(`${path}, row ${row}: want a date like 2020-01-31 or a timestamp, got ${JSON.stringify(time)}.`)
}

/** NaN for a gap, and for what is no number. */
function numberOf(cell: SourceCell): number {
  return typeof cell === 'number' ? cell : Number.NaN
}
