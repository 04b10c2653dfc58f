/** A fit: train on all history, and say what such models were worth walk-forward. */
import type { ColumnCells } from '../../lake/tables/cells.ts'
import { type Artefact, type ArtefactScore, artefactOf, type SymbolScore } from '../forecast/artefact.ts'
import { backtestOptions, walkForward } from '../forecast/backtest.ts'
import { randomWalkQuantiles } from '../forecast/baselines.ts'
import { discardFeatures } from '../forecast/features.ts'
import { HORIZONS } from '../forecast/horizons.ts'
import { KeptForecasts } from '../forecast/kept-forecasts.ts'
import { meanPinball } from '../forecast/losses.ts'
import { ORIGIN_GRID, type Outcome, originsOf, outcomesOf } from '../forecast/outcomes.ts'
import type { Panel } from '../forecast/panel.ts'
import { poolOf } from '../forecast/pool.ts'
import { covers, scoreForecasts } from '../forecast/scores.ts'
import { train } from '../forecast/training.ts'
import { isoDay } from '../forecast/weekdays.ts'
import { fingerprintOf, versionOf } from './model-store.ts'
import { type ScorePair, scoreColumns } from './score-rows.ts'

export interface Fit {
  readonly artefact: Artefact
  /** The walk-forward forecasts behind the artefact's scores, each beside the random walk's, as columns of `forecast_scores`. */
  readonly scores: readonly ColumnCells[]
}

/** Fits as of the panel's last day; `asOf` is the day of the run that asks for it. */
export function fitOn(panel: Panel, asOf: number): Fit {
  const { forecasts, trained } = learntFrom(panel)
  const dataFingerprint = fingerprintOf(panel)
  const version = versionOf(isoDay(trained.trainedTo), dataFingerprint)
  const tallies: Tallies = { byHorizon: new Map(), bySymbol: new Map() }
  const pairs = counted(pairsOf(panel, forecasts, version), tallies)
  const scores = scoreColumns(pairs, { kind: 'walk-forward', asOf, most: forecasts.count })
  const artefact = artefactOf(trained, {
    version,
    trainedFrom: isoDay(panel.dates[0] as number),
    symbols: panel.symbols.length,
    bars: panel.day.length,
    dataFingerprint,
    scores: HORIZONS.flatMap((horizon) => artefactScore(horizon, tallies.byHorizon.get(horizon))),
    symbolScores: Object.fromEntries(Array.from(tallies.bySymbol, ([symbol, of]) => [symbol, symbolScore(of)])),
  })
  return { artefact, scores }
}

/** Features are let go here, at once: the collector would leave them where they are while forecasts are scored. */
function learntFrom(panel: Panel) {
  const pool = poolOf(panel)
  const forecasts = new KeptForecasts(walkForward(pool, backtestOptions(panel)))
  const trained = train(pool)
  discardFeatures(pool.features)
  return { forecasts, trained }
}

/** Symbol by symbol, so that a hundred thousand scored forecasts are never there at once. */
function* pairsOf(panel: Panel, forecasts: KeptForecasts, modelVersion: string): Generator<ScorePair> {
  for (const [s, symbol] of panel.symbols.entries()) {
    const outcomes = outcomesOf(panel, s)
    const rivals = randomWalkLosses(panel, s, outcomes)
    let i = 0
    for (const one of scoreForecasts(outcomes, forecasts.of(symbol)).scored) {
      while (outcomes[i] !== one.outcome) i++
      yield { ...one, randomWalk: rivals[i], modelVersion }
    }
  }
}

/** What the random walk lost on each outcome of symbol s; undefined where it has nothing to say. */
function randomWalkLosses(panel: Panel, s: number, outcomes: readonly Outcome[]): readonly (number | undefined)[] {
  const from = HORIZONS.map((horizon) => randomWalkQuantiles(panel, { s, horizon }))
  const rows = outcomes.length === 0 ? [] : originsOf(panel, s, ORIGIN_GRID)
  // Outcomes are in the order of their origins, then of the horizons.
  return rows.flatMap((row, origin) =>
    from.map((quantilesFrom, k) => {
      const quantiles = quantilesFrom(row)
      const { y } = outcomes[origin * HORIZONS.length + k] as Outcome
      return quantiles.every(Number.isFinite) ? meanPinball(y, quantiles) : undefined
    }),
  )
}

/** What forecasts earned: sums over them. */
interface Tally {
  n: number
  pinball: number
  /** Of the random walk, which has its own number: it may have nothing to say of some. */
  rivals: number
  randomWalk: number
  inside80: number
  inside95: number
  qlike: number
}

interface Tallies {
  readonly byHorizon: Map<number, Tally>
  readonly bySymbol: Map<string, Tally>
}

/** The same pairs, each counted on its way. */
function* counted(pairs: Iterable<ScorePair>, { byHorizon, bySymbol }: Tallies): Generator<ScorePair> {
  for (const pair of pairs) {
    count(tallyOf(byHorizon, pair.outcome.horizon), pair)
    count(tallyOf(bySymbol, pair.outcome.symbol), pair)
    yield pair
  }
}

function tallyOf<Key>(tallies: Map<Key, Tally>, key: Key): Tally {
  const tally = tallies.get(key) ?? { n: 0, pinball: 0, rivals: 0, randomWalk: 0, inside80: 0, inside95: 0, qlike: 0 }
  tallies.set(key, tally)
  return tally
}

function count(tally: Tally, pair: ScorePair): void {
  const { scale } = pair.outcome
  tally.n++
  tally.pinball += pair.pinball / scale
  if (pair.randomWalk !== undefined) {
    tally.rivals++
    tally.randomWalk += pair.randomWalk / scale
  }
  tally.inside80 += covers(pair, 1)
  tally.inside95 += covers(pair, 3)
  tally.qlike += pair.qlike
}

function ratioOf({ n, pinball, rivals, randomWalk }: Tally): number {
  return pinball / n / (randomWalk / rivals)
}

function artefactScore(horizon: number, tally: Tally | undefined): ArtefactScore[] {
  if (!tally) return []
  const { n, pinball, inside80, inside95, qlike } = tally
  const score = {
    horizon,
    n,
    scaledPinball: pinball / n,
    pinballToRandomWalk: ratioOf(tally),
    coverage80: inside80 / n,
    coverage95: inside95 / n,
    qlike: qlike / n,
  }
  return [score]
}

function symbolScore(tally: Tally): SymbolScore {
  const { n, inside80, inside95 } = tally
  return {
    n,
    pinballToRandomWalk: rounded(ratioOf(tally)),
    coverage80: rounded(inside80 / n),
    coverage95: rounded(inside95 / n),
  }
}

/** Four digits: more than a few hundred forecasts can tell. */
function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4
}
