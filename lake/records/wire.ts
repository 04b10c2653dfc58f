/**
 * The wire format: JSON in UTF-8, one bar a message, keyed by symbol.
 * `judge.ts` reads what arrives; this file writes what we send.
 */

import { isInstant, toIso } from '../instant.ts'
import type { Bar } from '../tables/bar.ts'

export const SCHEMA_VERSION = 1

/** Values beyond this are kept but never parsed: a bar takes about 250 bytes. */
export const MAX_VALUE_BYTES = 65_536

/** One bar as it stands in the source, before anybody judged it: a cell may be missing or of the wrong type. */
export type SourceCell = string | number | null
export interface SourceBar {
  readonly symbol: string
  readonly interval: string
  /** Epoch milliseconds where the source's date could be read, else its text. */
  readonly tsEvent: number | string | null
  readonly open: SourceCell
  readonly high: SourceCell
  readonly low: SourceCell
  readonly close: SourceCell
  readonly adjClose: SourceCell
  readonly volume: SourceCell
}

export interface Provenance {
  readonly source: string
  readonly runId: string
  /** Epoch milliseconds. */
  readonly tsSent: number
}

/** Instants as text. Those of neighbours are mostly the same, and making the text is a sixth of what a bar costs the producer. */
class IsoTexts {
  #ms = Number.NaN
  #text = ''

  of(epochMs: number): string {
    if (epochMs !== this.#ms) {
      this.#text = toIso(epochMs)
      this.#ms = epochMs
    }
    return this.#text
  }
}

/** Of the session, and of the batch that is sent. */
const eventTexts = new IsoTexts()
const sentTexts = new IsoTexts()

/** The message of a bar, as the producer sends it. */
export function encodeBar(bar: Bar | SourceBar, { source, runId, tsSent }: Provenance): string {
  return JSON.stringify({
    schema_version: SCHEMA_VERSION,
    symbol: bar.symbol,
    interval: bar.interval,
    ts_event: instantCell(bar.tsEvent),
    open: jsonCell(bar.open),
    high: jsonCell(bar.high),
    low: jsonCell(bar.low),
    close: jsonCell(bar.close),
    adj_close: jsonCell(bar.adjClose),
    volume: jsonCell(bar.volume),
    source,
    run_id: runId,
    ts_sent: sentTexts.of(tsSent),
  })
}

/** JSON has no NaN or infinity and `JSON.stringify` would make them null; as text the consumer can name the fault. */
function jsonCell(cell: SourceCell): SourceCell {
  return typeof cell === 'number' && !Number.isFinite(cell) ? String(cell) : cell
}

/** What no calendar can say is sent as the number it is. */
function instantCell(tsEvent: SourceBar['tsEvent']): SourceCell {
  return typeof tsEvent === 'number' && isInstant(tsEvent) ? eventTexts.of(tsEvent) : jsonCell(tsEvent)
}

/** What ends a replay: `kind` tells it from a bar, `sent` says how many bars came before it. */
export interface EndOfReplay {
  readonly runId: string
  readonly sent: number
}

export const END_OF_REPLAY = 'end_of_replay'

/** The message after the last bar of a replay. */
export function encodeEndOfReplay({ runId, sent }: EndOfReplay, tsSent: number): string {
  return JSON.stringify({
    schema_version: SCHEMA_VERSION,
    kind: END_OF_REPLAY,
    run_id: runId,
    sent,
    ts_sent: toIso(tsSent),
  })
}
