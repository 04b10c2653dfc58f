/** What the forecaster can be asked for. */
import { UsageError } from '../../lake/errors.ts'
import { DAY_MS, parseIso } from '../../lake/instant.ts'

export interface ForecastRequest {
  /** The day to forecast from, since 1970-01-01; without it the newest bar's, with everything that is known now. */
  readonly asOf: number | undefined
  /** Fit now, also where a fit is not due. */
  readonly refit: boolean
}

const KEYS = ['asOf', 'refit']

/** Reads `{ "asOf"?: "2020-01-31", "refit"?: true }`. */
export function parseRequest(event: unknown): ForecastRequest {
  if (event === undefined || event === null) return { asOf: undefined, refit: false }
  if (typeof event !== 'object' || Array.isArray(event)) {
    throw new UsageError(
      `The forecaster takes {"asOf": "2020-01-31", "refit": true}, both optional; got ${JSON.stringify(event)}.`,
    )
  }
  const fields: Readonly<Record<string, unknown>> = { ...event }
  const unknown = Object.keys(fields).filter((key) => !KEYS.includes(key))
  if (unknown.length > 0)
    throw new UsageError(`The forecaster knows asOf and refit; it does not know ${unknown.join(', ')}.`)
  return { asOf: dayField(fields['asOf']), refit: flagField(fields['refit']) }
}

function dayField(value: unknown): number | undefined {
  if (value === undefined) return undefined
  const epochMs = typeof value === 'string' && value.length === 10 ? parseIso(value) : undefined
  if (epochMs === undefined) throw new UsageError(`asOf takes a day like "2020-01-31"; got ${JSON.stringify(value)}.`)
  return epochMs / DAY_MS
}

function flagField(value: unknown): boolean {
  if (value === undefined) return false
  if (typeof value === 'boolean') return value
  throw new UsageError(`refit takes true or false; got ${JSON.stringify(value)}.`)
}
