/** Looks at the stream: what the broker has, what the ledgers say, what stands in the bucket. Nothing here guesses. */
import { setImmediate } from 'node:timers/promises'
import { isCompacted } from '../../lake/compaction/compaction-mark.ts'
import { inParallel } from '../../lake/in-parallel.ts'
import { LandedFiles } from '../../lake/ledger/landed-files.ts'
import { landingFileOf } from '../../lake/ledger/landing-key.ts'
import { decided, type Ledger } from '../../lake/ledger/ledger.ts'
import { countOffsets } from '../../lake/ledger/offset-ranges.ts'
import { CountedFiles, type FileCount } from '../../lake/parquet/counted-files.ts'
import type { ObjectStore, ObjectSummary } from '../../lake/store/object-store.ts'
import { BARS, BARS_LANDING } from '../../lake/tables/tables.ts'
import type { LandedBar, StreamNow } from '../api.ts'
import { LagClock } from './lag-clock.ts'
import { readOnly } from './lake.ts'
import { LANDED_COLUMNS, type LandedRow } from './overlay.ts'
import { RateHistory } from './rate-history.ts'
import type { Reader } from './reader.ts'

/** What one look has found: the numbers, and the series that have new bars. */
export interface Look {
  readonly stream: StreamNow
  readonly changed: readonly string[]
}

/** Landing files whose rows are read in one look; of more, the newest. The counts are of all files, whatever is read. */
const MOST_READ = 64
/** Files that are new are rather read than asked after, up to so many. */
const FEW = 4
const AT_ONCE = 8
const NEWEST_SHOWN = 12
/** The latest arrivals that the latency is of. */
const LATENCY_OF = 2_000

export class StreamWatch {
  readonly #reader: Reader
  readonly #now: () => number
  readonly #rates = new RateHistory()
  readonly #lags: LagClock
  readonly #landing: CountedFiles
  readonly #clean: CountedFiles
  readonly #files: LandedFiles
  #listed: readonly ObjectSummary[] = []
  #read: ReadonlySet<string> = new Set()
  #latencies: readonly number[] = []
  #newest: readonly LandedBar[] = []
  #decided: readonly Ledger[] = []
  #landed: FileCount = { files: 0, rows: 0, rejected: 0, bytes: 0 }
  #compacted = { version: '', rows: 0 }

  constructor(reader: Reader, now: () => number) {
    this.#reader = reader
    this.#now = now
    const { files, topic } = reader.lake
    this.#lags = new LagClock(topic, now)
    this.#landing = new CountedFiles(
      listedStore(files, () => this.#listed),
      BARS_LANDING,
    )
    this.#clean = new CountedFiles(files, BARS)
    this.#files = new LandedFiles(files)
  }

  async look(): Promise<Look> {
    const troubles: string[] = []
    const trouble = (error: unknown): undefined => void troubles.push(said(error))
    const { files, topicLog, topic, mapping, cloud: askCloud } = this.#reader.lake
    // The broker first: what it says was sent has had its time to land by the time the files are listed.
    const log = await topicLog?.().catch(trouble)
    const bounds = await log?.bounds(topic).catch(trouble)
    // What does not answer is told, and what it last said stands.
    this.#decided = (await this.#ledgers().catch(trouble)) ?? this.#decided
    this.#listed = (await Array.fromAsync(files.list(`${BARS_LANDING.prefix}/`)).catch(trouble)) ?? this.#listed
    const [counted, changed = [], compacted = this.#compacted.rows, cloud] = await Promise.all([
      this.#landing.count().catch(trouble),
      this.#readNew().catch(trouble),
      this.#compactedRows().catch(trouble),
      askCloud?.().catch(trouble),
    ])
    this.#landed = counted ?? this.#landed
    const landed = this.#landed
    const partitions = await this.#lags.partitions({ ledgers: this.#decided, bounds, log })
    const sent = bounds ? sumOf([...bounds.values()].map(({ high }) => high)) : null
    const stream: StreamNow = {
      at: this.#now(),
      sent,
      landed: landed.rows,
      rejected: landed.rejected,
      givenUp: sumOf(this.#decided.map(({ gaps, givenUp }) => countOffsets(gaps) + givenUp.offsets)),
      compacted,
      files: landed.files,
      bytes: landed.bytes,
      ...this.#rates.add(this.#now(), { sent, landed: landed.rows }),
      partitions,
      latency: latencyOf(this.#latencies),
      mapping: mapping() ?? null,
      ...(cloud ? { cloud } : {}),
      newest: this.#newest,
      unshown: this.#reader.overlay.unshown,
      troubles,
    }
    return { stream, changed }
  }

  /** Each with its last claim decided by what stands at its key. */
  async #ledgers(): Promise<Ledger[]> {
    const { files, topic, ledgers: open } = this.#reader.lake
    const ledgers = await open()
    const found: Ledger[] = []
    if (!ledgers) return found
    for await (const at of ledgers.list()) {
      if (at.topic !== topic) continue
      const { ledger } = await ledgers.read(at)
      const standing = ledger.claim ? await files.head(ledger.claim.key) : undefined
      found.push(decided(ledger, standing?.metadata['kind'] === 'data' ? 'landed' : 'fenced'))
    }
    return found
  }

  /**
   * Rows of the files that were not there at the last look. What is not compacted goes over bars; the newest few are read
   * whatever they are, for the newest bars and their latency.
   */
  async #readNew(): Promise<readonly string[]> {
    const fresh = byAge(this.#listed.filter(({ key }) => !this.#read.has(key)))
    const waiting = new Set(fresh.length > FEW ? await this.#notCompacted(fresh) : fresh)
    const taken = new Set([...[...waiting].slice(-MOST_READ), ...fresh.slice(-FEW)])
    const wanted = fresh.filter((file) => taken.has(file))
    const parts = await inParallel(wanted, AT_ONCE, (object) => this.#rowsOf(object))
    // Only now: of a file that could not be read, the next look reads.
    this.#read = new Set(this.#listed.map(({ key }) => key))
    this.#show(parts.flat())
    const over = parts.filter((_, i) => waiting.has(wanted[i] as ObjectSummary)).flat()
    return over.length > 0 ? [...this.#reader.overlay.add(over)] : []
  }

  async #notCompacted(files: readonly ObjectSummary[]): Promise<readonly ObjectSummary[]> {
    const mark = await this.#reader.lake.compacted()
    return files.filter(({ key }) => {
      const file = landingFileOf(key)
      return file === undefined || !isCompacted(mark, file)
    })
  }

  async #rowsOf(object: ObjectSummary): Promise<readonly LandedRow[]> {
    // A chart that somebody waits for gets its turn between two files.
    await setImmediate()
    const { epoch, rows } = await this.#files.read(object, LANDED_COLUMNS)
    return rows.map((row): LandedRow => ({ ...row, epoch }))
  }

  #show(rows: readonly LandedRow[]): void {
    if (rows.length === 0) return
    const latest = rows.map(({ ts_sent, ts_recv }) => ts_recv - ts_sent)
    this.#latencies = [...this.#latencies, ...latest].slice(-LATENCY_OF)
    const bars = rows
      .slice(-LATENCY_OF)
      .flatMap(barOf)
      .sort((a, b) => a.received - b.received)
    this.#newest = [...this.#newest, ...bars].slice(-NEWEST_SHOWN)
  }

  /** Counted again when a file of the table is another; then what it has leaves the overlay. */
  async #compactedRows(): Promise<number> {
    const version = await this.#reader.version([BARS])
    if (version === this.#compacted.version) return this.#compacted.rows
    const { rows } = await this.#clean.count()
    this.#reader.overlay.prune(await this.#reader.lake.compacted())
    this.#compacted = { version, rows }
    return rows
  }
}

function barOf(row: LandedRow): LandedBar[] {
  const { symbol, interval, ts_event: t, open: o, high: h, low: l, close: c, volume: v, ts_recv: received } = row
  if (row.reject_reason !== null || symbol === null || interval === null || t === null) return []
  if (o === null || h === null || l === null || c === null || v === null) return []
  return [{ symbol, interval, t, o, h, l, c, v, received }]
}

/** The newest last, as far as the store says when they were written; else by their offsets. */
function byAge(files: readonly ObjectSummary[]): readonly ObjectSummary[] {
  const offsetOf = ({ key }: ObjectSummary): number => landingFileOf(key)?.first ?? 0
  return files.toSorted((a, b) => (a.modifiedAt ?? 0) - (b.modifiedAt ?? 0) || offsetOf(a) - offsetOf(b))
}

/** Exact percentiles, by the nearest rank. */
export function latencyOf(latencies: readonly number[]): StreamNow['latency'] {
  if (latencies.length === 0) return null
  const sorted = latencies.toSorted((a, b) => a - b)
  const at = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), of: sorted.length }
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}

function said(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** A store that lists what was listed a moment ago. */
function listedStore(files: ObjectStore, listed: () => readonly ObjectSummary[]): ObjectStore {
  return {
    ...readOnly(files),
    async *list() {
      yield* listed()
    },
  }
}
