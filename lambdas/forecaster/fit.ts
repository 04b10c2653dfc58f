/** A fit: train on all history, and say what such models were worth walk-forward. */
import { type Artefact, type ArtefactScore, artefactOf, type SymbolScore } from '../forecast/artefact.ts'
import { backtest, backtestOptions } from '../forecast/backtest.ts'
import { baselineForecasts, randomWalk } from '../forecast/baselines.ts'
import { featuresOf } from '../forecast/features.ts'
import { HORIZONS } from '../forecast/horizons.ts'
import { outcomesOf } from '../forecast/outcomes.ts'
import type { Panel } from '../forecast/panel.ts'
import { covers, meanOf, type ScoredForecast, scoreForecasts, summarise } from '../forecast/scores.ts'
import { train } from '../forecast/training.ts'
import { isoDay } from '../forecast/weekdays.ts'
import { fingerprintOf, versionOf } from './model-store.ts'
import type { ScorePair } from './score-rows.ts'

export interface Fit {
  readonly artefact: Artefact
  /** The walk-forward forecasts behind the artefact's scores, each beside the random walk's. */
  readonly scores: readonly ScorePair[]
}

/** Fits as of the panel's last day. */
export function fitOn(panel: Panel): Fit {
  const features = featuresOf(panel)
  const options = backtestOptions(panel)
  const outcomes = panel.symbols.flatMap((_, s) => outcomesOf(panel, s, options))
  const ours = scoreForecasts(outcomes, backtest(panel, options, features)).scored
  const theirs = scoreForecasts(outcomes, baselineForecasts(panel, options, randomWalk)).scored
  const trained = train(panel, features)
  const dataFingerprint = fingerprintOf(panel)
  const artefact = artefactOf(trained, {
    version: versionOf(isoDay(trained.trainedTo), dataFingerprint),
    trainedFrom: isoDay(panel.dates[0] as number),
    symbols: panel.symbols.length,
    bars: panel.day.length,
    dataFingerprint,
    scores: artefactScores(ours, theirs),
    symbolScores: symbolScores(ours, theirs),
  })
  const scores = ours.map((one, i) => ({ ...one, randomWalk: theirs[i], modelVersion: artefact.version }))
  return { artefact, scores }
}

function artefactScores(ours: readonly ScoredForecast[], theirs: readonly ScoredForecast[]): ArtefactScore[] {
  return HORIZONS.flatMap((horizon) => {
    const of = (all: readonly ScoredForecast[]) => all.filter(({ outcome }) => outcome.horizon === horizon)
    const mine = of(ours)
    if (mine.length === 0) return []
    const { n, scaledPinball, coverage, qlike } = summarise(mine)
    const rival = meanOf(of(theirs), scaledLoss)
    return {
      horizon,
      n,
      scaledPinball,
      pinballToRandomWalk: scaledPinball / rival,
      coverage80: coverage[1] ?? Number.NaN,
      coverage95: coverage[3] ?? Number.NaN,
      qlike,
    }
  })
}

function scaledLoss({ pinball, outcome }: ScoredForecast): number {
  return pinball / outcome.scale
}

function symbolScores(
  ours: readonly ScoredForecast[],
  theirs: readonly ScoredForecast[],
): Readonly<Record<string, SymbolScore>> {
  const rivals = Map.groupBy(theirs, ({ outcome }) => outcome.symbol)
  const entries = [...Map.groupBy(ours, ({ outcome }) => outcome.symbol)].map(([symbol, mine]) => {
    const score = {
      n: mine.length,
      pinballToRandomWalk: rounded(meanOf(mine, scaledLoss) / meanOf(rivals.get(symbol) ?? [], scaledLoss)),
      coverage80: rounded(meanOf(mine, (one) => covers(one, 1))),
      coverage95: rounded(meanOf(mine, (one) => covers(one, 3))),
    }
    return [symbol, score] as const
  })
  return Object.fromEntries(entries)
}

/** Four digits: more than a few hundred forecasts can tell. */
function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4
}
