/** The model as a JSON object that is kept: coefficients, quantiles, widths, and where they come from. */
import { FEATURE_COUNT } from './feature-table.ts'
import { HORIZONS, INTERVALS, QUANTILE_LEVELS } from './horizons.ts'
import type { Trained } from './training.ts'
import { isoDay } from './weekdays.ts'

/** Changes whenever features or fit do: a model is only used by the code that made it. */
export const MODEL_CODE = 'pts-3'

/** What a model earned walk-forward over the last 500 bars before `trainedTo`. */
export interface ArtefactScore {
  readonly horizon: number
  readonly n: number
  readonly scaledPinball: number
  /** Mean scaled pinball over the random walk's; below 1 is better. */
  readonly pinballToRandomWalk: number
  readonly coverage80: number
  readonly coverage95: number
  readonly qlike: number
}

/** The same of one symbol, over all horizons. */
export interface SymbolScore {
  readonly n: number
  readonly pinballToRandomWalk: number
  readonly coverage80: number
  readonly coverage95: number
}

export interface Artefact {
  readonly version: string
  readonly code: string
  readonly trainedFrom: string
  readonly trainedTo: string
  readonly symbols: number
  readonly bars: number
  /** SHA-256 of the bars that it was trained on, first 16 hex digits. */
  readonly dataFingerprint: string
  readonly scores: readonly ArtefactScore[]
  readonly symbolScores: Readonly<Record<string, SymbolScore>>
  readonly horizons: readonly {
    readonly h: number
    readonly coefficients: readonly number[]
    readonly z: readonly number[]
    readonly deviation: number
    /** How far the centre leans (0: the direction is not forecast), and by what. */
    readonly location: { readonly gate: number; readonly coefficients: readonly number[]; readonly offset: number }
    /** How far it was drawn toward the prior that is shipped, from 0 to 1. */
    readonly pull: number
  }[]
  readonly widths: { readonly pooled: readonly number[]; readonly own: Readonly<Record<string, readonly number[]>> }
}

/** Where the data came from, beside what was learnt from it. */
export type ArtefactSource = Pick<
  Artefact,
  'version' | 'trainedFrom' | 'symbols' | 'bars' | 'dataFingerprint' | 'scores' | 'symbolScores'
>

/** What was learnt, as it is kept. */
export function artefactOf(trained: Trained, source: ArtefactSource): Artefact {
  return {
    ...source,
    code: MODEL_CODE,
    trainedTo: isoDay(trained.trainedTo),
    horizons: trained.model.map(({ coefficients, z, deviation, location, pull }, k) => ({
      h: HORIZONS[k] as number,
      coefficients: Array.from(coefficients),
      z,
      deviation,
      location: { ...location, coefficients: Array.from(location.coefficients) },
      pull,
    })),
    widths: { pooled: trained.pooled, own: Object.fromEntries(trained.own) },
  }
}

export function encodeArtefact(artefact: Artefact): string {
  return `${JSON.stringify(artefact)}\n`
}

/** The artefact of a JSON text, or undefined where it is none or another code's. */
export function parseArtefact(text: string): Artefact | undefined {
  const value: unknown = JSON.parse(text)
  return isArtefact(value) ? value : undefined
}

/** What was learnt, out of what was kept: the way back of `artefactOf`. */
export function trainedOf(artefact: Artefact): Trained {
  return {
    model: artefact.horizons.map(({ coefficients, z, deviation, location, pull }) => ({
      coefficients: Float64Array.from(coefficients),
      z,
      deviation,
      location: { ...location, coefficients: Float64Array.from(location.coefficients) },
      pull,
    })),
    trainedTo: Date.parse(artefact.trainedTo) / 86_400_000,
    pooled: artefact.widths.pooled,
    own: new Map(Object.entries(artefact.widths.own)),
  }
}

function isArtefact(value: unknown): value is Artefact {
  if (typeof value !== 'object' || value === null || !('code' in value) || value.code !== MODEL_CODE) return false
  if (!('horizons' in value && Array.isArray(value.horizons) && value.horizons.length === HORIZONS.length)) return false
  if (!('widths' in value && typeof value.widths === 'object' && value.widths !== null && 'pooled' in value.widths))
    return false
  return isNumbers(value.widths.pooled, HORIZONS.length * INTERVALS.length) && value.horizons.every(isHorizon)
}

function isHorizon(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (!('coefficients' in value && 'z' in value && 'location' in value)) return false
  return isNumbers(value.coefficients, FEATURE_COUNT) && isNumbers(value.z, QUANTILE_LEVELS.length)
}

function isNumbers(value: unknown, length: number): boolean {
  return Array.isArray(value) && value.length === length && value.every((item) => typeof item === 'number')
}
