/** Forecasts of earlier runs whose target has come since the run before this one. */
import { DAY_MS } from '../../lake/instant.ts'
import { FORECASTS } from '../../lake/tables/forecast-tables.ts'
import { tablePartitionOf, tablePartitionPrefix } from '../../lake/tables/table.ts'
import { randomWalk } from '../forecast/baselines.ts'
import { liveOutcome } from '../forecast/outcomes.ts'
import type { Panel } from '../forecast/panel.ts'
import { scoreOne } from '../forecast/scores.ts'
import { isoDay } from '../forecast/weekdays.ts'
import type { LakeDeps } from './daily-bars.ts'
import { MADE_COLUMNS, type MadeForecast, madeForecasts } from './forecast-rows.ts'
import type { ScorePair } from './score-rows.ts'

/** Twenty bars are a month; a symbol that trades every other day takes two. */
const LOOK_BACK_DAYS = 62

export function forecastKey(asOf: number): string {
  return `${tablePartitionPrefix(FORECASTS, tablePartitionOf(FORECASTS, asOf * DAY_MS))}${isoDay(asOf)}.parquet`
}

/**
 * Scores what came true after the last run before `asOf`, up to `asOf`. It only depends on what is stored and on
 * `asOf`, so a run that is repeated scores the same again.
 */
export async function scoreLive(panel: Panel, asOf: number, deps: LakeDeps): Promise<ScorePair[]> {
  const days = await runsBefore(asOf, deps)
  const previous = days.at(-1)
  if (previous === undefined) return []
  const made: MadeForecast[] = []
  for (const day of days) made.push(...(await readForecasts(day, deps)))
  const rowOf = rowFinder(panel)
  return made.flatMap((forecast) => {
    const origin = rowOf(forecast)
    if (!origin) return []
    const at = { ...origin, horizon: forecast.horizon }
    const targetDay = at.row + at.horizon < origin.end ? (panel.day[at.row + at.horizon] as number) : Number.NaN
    if (!(targetDay > previous)) return []
    const outcome = liveOutcome(panel, at)
    const rival = scoreOne(outcome, randomWalk(panel, at))
    return { ...scoreOne(outcome, forecast), randomWalk: rival, modelVersion: forecast.modelVersion }
  })
}

async function runsBefore(asOf: number, { store }: LakeDeps): Promise<number[]> {
  const startAfter = forecastKey(asOf - LOOK_BACK_DAYS)
  const days: number[] = []
  for await (const { key } of store.list(`${FORECASTS.prefix}/`, { startAfter })) {
    const day = Date.parse(key.slice(key.lastIndexOf('/') + 1).replace('.parquet', '')) / DAY_MS
    if (day < asOf) days.push(day)
  }
  return days
}

async function readForecasts(day: number, { store, parquet }: LakeDeps): Promise<MadeForecast[]> {
  const found = await store.get(forecastKey(day))
  const made: MadeForecast[] = []
  if (!found) return made
  for await (const group of parquet.read(found.body, FORECASTS, MADE_COLUMNS)) made.push(...madeForecasts(group))
  return made
}

/** Finds the row a forecast was made from; undefined where the panel does not hold it. */
function rowFinder({ symbols, starts, day }: Panel) {
  const indexOf = new Map(symbols.map((symbol, s) => [symbol, s]))
  return ({ symbol, originDay }: MadeForecast) => {
    const s = indexOf.get(symbol)
    if (s === undefined) return undefined
    const [start, end] = [starts[s] as number, starts[s + 1] as number]
    const row = day.subarray(start, end).indexOf(originDay)
    return row < 0 ? undefined : { s, row: start + row, end }
  }
}
