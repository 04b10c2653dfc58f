/** What the producer can be asked for: the scheduled replay's next minute, or a run of one's own. */

import { UsageError } from '../errors.ts'
import { DAY_MS, parseIso } from '../instant.ts'
import { isSymbol } from '../tables/bar.ts'
import type { Speed } from './replay-pace.ts'

/** Which bars are meant; null: no bound. */
export interface ReplaySelection {
  readonly symbols: readonly string[] | null
  /** Epoch milliseconds, both inclusive. With either, rows whose time cannot be read are left out. */
  readonly from: number | null
  readonly to: number | null
  /** Bars of the whole run. */
  readonly limit: number | null
}

export const EVERYTHING: ReplaySelection = { symbols: null, from: null, to: null, limit: null }

export type ReplayRequest =
  | { readonly kind: 'scheduled' }
  | {
      readonly kind: 'by-hand'
      readonly selection: ReplaySelection
      /** Undefined: a new run, whose name the answer tells. */
      readonly runId: string | undefined
      /** Undefined: as the deployment is set. */
      readonly speed: Speed | undefined
    }

type Payload = Readonly<Record<string, unknown>>

const KEYS = ['symbols', 'from', 'to', 'speed', 'runId', 'limit'] as const

/** Part of an object's key, so no slash; the length is far below the 128 that the column `run_id` takes. */
const RUN_ID = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$/

/** Reads an invocation's payload: EventBridge Scheduler's own event or `{ "scheduled": true }`, or a run by hand. */
export function parseReplayRequest(payload: unknown): ReplayRequest {
  if (!isObject(payload)) throw new UsageError(`The payload has to be a JSON object; got ${JSON.stringify(payload)}.`)
  if (payload['source'] === 'aws.scheduler') return { kind: 'scheduled' }
  if (payload['scheduled'] === true && Object.keys(payload).length === 1) return { kind: 'scheduled' }
  const unknown = Object.keys(payload).find((key) => !KEYS.some((known) => known === key))
  if (unknown !== undefined) {
    throw new UsageError(`The payload takes ${KEYS.join(', ')}, or {"scheduled": true}; got "${unknown}".`)
  }
  return {
    kind: 'by-hand',
    selection: {
      symbols: symbolsOf(payload),
      ...periodOf(payload),
      limit: optional(payload, 'limit', 'a whole number above 0', isPositiveInteger) ?? null,
    },
    runId: optional(payload, 'runId', 'up to 100 letters, digits, dots, colons, - and _', isRunId),
    speed: optional(payload, 'speed', 'a number above 0, or "max"', isSpeed),
  }
}

function symbolsOf(payload: Payload): ReplaySelection['symbols'] {
  return optional(payload, 'symbols', 'a list of Yahoo symbols such as ["AAPL", "BRK-B"]', isSymbolList) ?? null
}

function periodOf(payload: Payload): Pick<ReplaySelection, 'from' | 'to'> {
  const what = 'a date or instant in ISO 8601 such as "2013-03-01"'
  const fromText = optional(payload, 'from', what, isInstantText)
  const toText = optional(payload, 'to', what, isInstantText)
  const from = fromText === undefined ? null : (parseIso(fromText) ?? null)
  const to = toText === undefined ? null : endOf(toText)
  if (from !== null && to !== null && from > to) {
    throw new UsageError(`"from" has to come before "to"; got ${fromText} and ${toText}.`)
  }
  return { from, to }
}

/** A day as an end means all of the day. */
function endOf(text: string): number | null {
  const epochMs = parseIso(text)
  if (epochMs === undefined) return null
  return text.length === 10 ? epochMs + DAY_MS - 1 : epochMs
}

function optional<T>(payload: Payload, key: string, want: string, is: (value: unknown) => value is T): T | undefined {
  const value = payload[key]
  if (value === undefined || value === null) return undefined
  if (is(value)) return value
  throw new UsageError(`"${key}" takes ${want}; got ${JSON.stringify(value)}.`)
}

function isObject(value: unknown): value is Payload {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isSymbolList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string' && isSymbol(item))
}

function isInstantText(value: unknown): value is string {
  return typeof value === 'string' && parseIso(value) !== undefined
}

function isPositiveInteger(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0
}

function isRunId(value: unknown): value is string {
  return typeof value === 'string' && RUN_ID.test(value)
}

export function isSpeed(value: unknown): value is Speed {
  return value === 'max' || (typeof value === 'number' && Number.isFinite(value) && value > 0)
}
