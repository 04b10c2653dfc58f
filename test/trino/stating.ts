/** The month of the tests that write to `bars`: stated again and again by landing and compaction, each time in another version. */
import { randomUUID } from 'node:crypto'
import { DAY_MS } from '../../lake/instant.ts'
import { runCompaction } from '../../lambdas/compactor/run.ts'
import { compactionOn } from '../support/compaction.ts'
import { land, landed, putLedger } from '../support/lake-builder.ts'
import { SAMPLE_SENT } from '../support/sample-lake.ts'
import type { Engines } from './engines.ts'

/** `bars` in Trino's Iceberg connector. */
export const TRINO_BARS = 'iceberg.tickerlake.bars'
export const MONTH = '2020-01'
export const SYMBOLS = ['A', 'B', 'C', 'D', 'E', 'F']

interface State {
  readonly version: number
  readonly symbols?: readonly string[]
}

/** A topic partition of its own, which states the month again and again: each version is one compaction. */
export class Stating {
  readonly #engines: Engines
  #offset = 0
  #now = SAMPLE_SENT + DAY_MS

  constructor(engines: Engines) {
    this.#engines = engines
  }

  get now(): number {
    return this.#now
  }

  async state({ version, symbols = SYMBOLS }: State): Promise<void> {
    const { store, table } = this.#engines
    this.#now += 1_000
    const rows = symbols.flatMap((symbol) => [0, 1, 2].map((day) => this.#row(symbol, day, version)))
    await land(store, rows, `v${this.#offset}`)
    await putLedger(store, { partition: 1, next: this.#offset })
    const deps = { ...compactionOn(store, this.#now, table), freshId: randomUUID }
    // Two files for six symbols, so that a month is several.
    await runCompaction({ ...deps, mostFileRows: 9 })
  }

  #row(symbol: string, day: number, version: number) {
    const kafka_offset = this.#offset++
    const prices = { open: version, high: version, low: version, close: version }
    const place = { kafka_partition: 1, kafka_offset, ts_sent: SAMPLE_SENT + kafka_offset, ts_recv: SAMPLE_SENT }
    return landed({ ...prices, ...place, symbol, ts_event: Date.UTC(2020, 0, 6 + day) })
  }
}

/** Asks for the closes of a symbol in the month, the highest first. */
export function closesOf(from: string, symbol: string): string {
  return `SELECT close FROM ${from} WHERE symbol = '${symbol}' AND month = '${MONTH}' ORDER BY close DESC`
}
