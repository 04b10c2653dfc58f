/** Why a run of the forecaster has no row of a symbol: what `bars` holds of it. */
import { DAY_MS } from '../../lake/instant.ts'
import { parquetGroups } from '../../lake/parquet/row-groups.ts'
import type { RowGroup } from '../../lake/parquet/table-file.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'
import { cellAt } from '../../lake/tables/cells.ts'
import { BARS } from '../../lake/tables/tables.ts'
import { isoDay } from '../../lambdas/forecast/weekdays.ts'

export async function absenceOf(store: ObjectStore, symbol: string): Promise<string> {
  const newest = await newestBarsOf(store, symbol)
  if (newest.size === 0) return `${symbol} is not forecast: there is no bar of it in the lake`
  const daily = newest.get('1d')
  if (daily !== undefined) return `${symbol} is not forecast: its last daily bar is of ${isoDay(daily)}`
  return `${symbol} is not forecast: the lake has its bars of ${[...newest.keys()].sort().join(', ')}, and no daily ones`
}

/** The day of the newest bar by interval, from the newest month that has any. */
async function newestBarsOf(store: ObjectStore, symbol: string): Promise<ReadonlyMap<string, number>> {
  const objects = await Array.fromAsync(store.list(`${BARS.prefix}/`))
  const newest = new Map<string, number>()
  for (const { key } of objects.toReversed()) {
    const found = key.endsWith('.parquet') ? await store.get(key) : undefined
    if (found) await takeNewest(newest, found.body, symbol)
    if (newest.has('1d')) break
  }
  return newest
}

async function takeNewest(newest: Map<string, number>, body: Uint8Array, symbol: string): Promise<void> {
  for await (const group of parquetGroups.read(body, BARS, ['symbol', 'interval', 'ts_event'])) {
    for (const { interval, day } of barsOf(group, symbol)) {
      newest.set(interval, Math.max(newest.get(interval) ?? day, day))
    }
  }
}

function* barsOf({ rows, cells }: RowGroup, symbol: string) {
  for (let row = 0; row < rows; row++) {
    if (cellAt(cells['symbol'], row) !== symbol) continue
    yield {
      interval: String(cellAt(cells['interval'], row)),
      day: Math.floor(Number(cellAt(cells['ts_event'], row)) / DAY_MS),
    }
  }
}
