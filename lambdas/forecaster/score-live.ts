/** Forecasts of earlier runs whose target has come, each scored once. */

import { DAY_MS } from '../../lake/instant.ts'
import { cellAt } from '../../lake/tables/cells.ts'
import { FORECAST_SCORES, FORECASTS } from '../../lake/tables/forecast-tables.ts'
import { tablePartitionOf, tablePartitionPrefix } from '../../lake/tables/table.ts'
import { randomWalkQuantiles } from '../forecast/baselines.ts'
import { meanPinball } from '../forecast/losses.ts'
import { liveOutcome } from '../forecast/outcomes.ts'
import type { Panel } from '../forecast/panel.ts'
import { scoreOne } from '../forecast/scores.ts'
import { isoDay } from '../forecast/weekdays.ts'
import type { LakeDeps } from './bar-versions.ts'
import { MADE_COLUMNS, type MadeForecast, madeForecasts } from './forecast-rows.ts'
import type { ScoreKind, ScorePair } from './score-rows.ts'

/** Twenty bars are a month; a symbol that trades every other day takes two. */
const LOOK_BACK_DAYS = 62

export function forecastKey(asOf: number): string {
  return `${tablePartitionPrefix(FORECASTS, tablePartitionOf(FORECASTS, asOf * DAY_MS))}${isoDay(asOf)}.parquet`
}

export function scoresKey(asOf: number, kind: ScoreKind): string {
  const folder = tablePartitionPrefix(FORECAST_SCORES, tablePartitionOf(FORECAST_SCORES, asOf * DAY_MS))
  return `${folder}${isoDay(asOf)}-${kind}.parquet`
}

/**
 * Scores what has come true by `asOf` and no other run has scored: a bar that came late is scored late. Of the
 * forecasts of one symbol, origin and horizon the earliest counts. It only depends on what is stored, its own scores
 * left out, so a run that is repeated scores the same again.
 */
export async function scoreLive(panel: Panel, asOf: number, deps: LakeDeps): Promise<ScorePair[]> {
  const made = await earliestForecasts(asOf, deps)
  for (const name of await scoredElsewhere(asOf, deps)) made.delete(name)
  const rowOf = rowFinder(panel)
  return [...made.values()].flatMap((forecast) => {
    const origin = rowOf(forecast)
    if (!origin || origin.row + forecast.horizon >= origin.end) return []
    const at = { ...origin, horizon: forecast.horizon }
    const outcome = liveOutcome(panel, at)
    if (!(outcome.scale > 0)) return []
    const rival = meanPinball(outcome.y, randomWalkQuantiles(panel, at)(at.row))
    return { ...scoreOne(outcome, forecast), randomWalk: rival, modelVersion: forecast.modelVersion }
  })
}

function nameOf(symbol: string, originDay: number, horizon: number): string {
  return `${symbol} ${originDay} ${horizon}`
}

/** The forecasts of the runs before `asOf`, each by its name, the earliest run's of several. */
async function earliestForecasts(asOf: number, deps: LakeDeps): Promise<Map<string, MadeForecast>> {
  const made = new Map<string, MadeForecast>()
  for (const day of await runsBefore(asOf, deps)) {
    for (const forecast of await readForecasts(day, deps)) {
      const name = nameOf(forecast.symbol, forecast.originDay, forecast.horizon)
      if (!made.has(name)) made.set(name, forecast)
    }
  }
  return made
}

/** The names of the forecasts that runs of other days have scored live. */
async function scoredElsewhere(asOf: number, { store, parquet }: LakeDeps): Promise<Set<string>> {
  const names = new Set<string>()
  const startAfter = scoresKey(asOf - LOOK_BACK_DAYS, 'live')
  for await (const { key } of store.list(`${FORECAST_SCORES.prefix}/`, { startAfter })) {
    if (!key.endsWith('-live.parquet') || key === scoresKey(asOf, 'live')) continue
    const found = await store.get(key)
    if (!found) continue
    for await (const { rows, cells } of parquet.read(found.body, FORECAST_SCORES, NAME_COLUMNS)) {
      for (let row = 0; row < rows; row++) {
        const origin = Number(cellAt(cells['ts_origin'], row)) / DAY_MS
        names.add(nameOf(String(cellAt(cells['symbol'], row)), origin, Number(cellAt(cells['horizon'], row))))
      }
    }
  }
  return names
}

const NAME_COLUMNS = ['symbol', 'horizon', 'ts_origin']

async function runsBefore(asOf: number, { store }: LakeDeps): Promise<number[]> {
  const startAfter = forecastKey(asOf - LOOK_BACK_DAYS)
  const days: number[] = []
  for await (const { key } of store.list(`${FORECASTS.prefix}/`, { startAfter })) {
    const day = Date.parse(key.slice(key.lastIndexOf('/') + 1).replace('.parquet', '')) / DAY_MS
    if (day < asOf) days.push(day)
  }
  return days.sort((a, b) => a - b)
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
