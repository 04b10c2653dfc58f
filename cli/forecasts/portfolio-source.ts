/** Where a portfolio's risk comes from: the lake's bars and its model, or a file of bars and a model made here. */
import { TickerlakeError, UsageError } from '../../lake/errors.ts'
import { parquetGroups } from '../../lake/parquet/row-groups.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'
import { MODEL_CODE, trainedOf } from '../../lambdas/forecast/artefact.ts'
import { skipReasonOf } from '../../lambdas/forecast/eligibility.ts'
import { featuresOf } from '../../lambdas/forecast/features.ts'
import { jointHistoryOf, rowScalesOf } from '../../lambdas/forecast/joint-history.ts'
import { type Model, trainerOf } from '../../lambdas/forecast/model.ts'
import { type BarColumns, type Panel, panelOf } from '../../lambdas/forecast/panel.ts'
import { poolOf } from '../../lambdas/forecast/pool.ts'
import { type PortfolioRisk, portfolioRisk } from '../../lambdas/forecast/portfolio-risk.ts'
import { scenariosOf } from '../../lambdas/forecast/scenarios.ts'
import { isoDay } from '../../lambdas/forecast/weekdays.ts'
import { readDailyBars } from '../../lambdas/forecaster/daily-bars.ts'
import { newestArtefact } from '../../lambdas/forecaster/model-store.ts'
import { barsUpTo } from './bars-file.ts'
import { dayOption, newestRun } from './fan-source.ts'
import type { Holding, Holdings } from './holdings.ts'

export interface PricedHolding extends Holding {
  readonly value: number
  /** Of the days that the risk is made of, how many the symbol lacks. */
  readonly filled: number
}

export interface Unpriced {
  readonly symbol: string
  readonly reason: string
}

export interface PortfolioReport {
  readonly asOf: string
  readonly holdings: readonly PricedHolding[]
  readonly cash: number
  /** Holdings of which nothing is known; they are in no number. */
  readonly left: readonly Unpriced[]
  /** By horizon. */
  readonly risks: readonly PortfolioRisk[]
}

/** The joint history, and a year and more of bars before it for the features of its first day. */
const SPAN_DAYS = 2_000

export async function portfolioFromLake(
  store: ObjectStore,
  holdings: Holdings,
  asOf: string | undefined,
): Promise<PortfolioReport> {
  const day = await newestRun(store, asOf)
  const artefact = await newestArtefact(isoDay(day), store)
  if (!artefact) {
    throw new TickerlakeError(
      'no-forecasts',
      `The lake has no model of ${MODEL_CODE} yet; the forecaster's next run makes one.`,
    )
  }
  const span = { from: day - SPAN_DAYS, to: day, pointInTime: false }
  const { bars } = await readDailyBars(span, { store, parquet: parquetGroups })
  return reportOf(panelOf(bars), holdings, () => trainedOf(artefact).model)
}

export function portfolioFromBars(bars: BarColumns, holdings: Holdings, asOf: string | undefined): PortfolioReport {
  const panel = panelOf(asOf === undefined ? bars : barsUpTo(bars, dayOption(asOf)))
  if (panel.day.length === 0) throw new UsageError(`The file has no bars up to ${asOf}.`)
  return reportOf(panel, holdings, (features) => trainerOf(poolOf(panel, features)).fit(panel.dates.length - 1))
}

function reportOf(
  panel: Panel,
  holdings: Holdings,
  modelOf: (features: ReturnType<typeof featuresOf>) => Model,
): PortfolioReport {
  const { known, left } = sorted(panel, holdings)
  if (known.length === 0) {
    const reasons = left.map(({ symbol, reason }) => `${symbol}: ${reason}`).join('; ')
    throw new UsageError(`No holding can be forecast (${reasons}).`)
  }
  const features = featuresOf(panel)
  const histories = modelOf(features).map((model, k) =>
    scenariosOf(jointHistoryOf(panel, rowScalesOf(panel, features, k, model), panel.dates.length - 1)),
  )
  const positions = known.map(({ s, value }) => ({ s, value }))
  return {
    asOf: isoDay(panel.dates.at(-1) as number),
    holdings: known.map(({ s, symbol, amount, value }) => ({
      symbol,
      amount,
      value,
      filled: histories[0]?.history.filled[s] ?? 0,
    })),
    cash: holdings.cash,
    left,
    risks: histories.map((over) => portfolioRisk({ over, daily: histories[0] ?? over }, positions)),
  }
}

/** The holdings that can be forecast, with their place in the panel and what they are worth; and those that cannot. */
function sorted(panel: Panel, { unit, holdings }: Holdings) {
  const asOf = panel.dates.at(-1) as number
  const known: (Holding & { readonly s: number; readonly value: number })[] = []
  const left: Unpriced[] = []
  for (const { symbol, amount } of holdings) {
    const s = panel.symbols.indexOf(symbol)
    const reason = s < 0 ? absentReason(panel, symbol) : skipReasonOf(panel, s, asOf)
    const close = panel.close[(panel.starts[s + 1] ?? 0) - 1] as number
    const value = unit === 'quantity' ? amount * close : amount
    if (reason !== undefined) left.push({ symbol, reason })
    else if (!Number.isFinite(value)) left.push({ symbol, reason: 'its last bar has no close' })
    else known.push({ symbol, amount, s, value })
  }
  return { known, left }
}

function absentReason({ symbols }: Panel, symbol: string): string {
  const meant = symbols.find((known) => known.toUpperCase() === symbol.toUpperCase())
  return `there is no daily bar of it${meant === undefined ? '' : `, but of ${meant}`}`
}
