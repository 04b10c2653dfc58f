/** The bars of files for a forecast, read as every command reads strangers' files of bars. */
import { basename } from 'node:path'
import { UsageError } from '../../lake/errors.ts'
import { historyBody } from '../../lake/history/history-body.ts'
import { barsOf } from '../../lake/history/history-rows.ts'
import { DAY_MS } from '../../lake/instant.ts'
import type { SourceBar, SourceCell } from '../../lake/records/wire.ts'
import type { BarColumns } from '../../lambdas/forecast/panel.ts'

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
