/** What would become of a folder of history, told without a broker: each file's bars, judged as the consumer judges them. */
import { UsageError } from '../errors.ts'
import { instantText, toIso } from '../instant.ts'
import { judge, type RejectCode } from '../records/judge.ts'
import { encodeBar, type SourceBar } from '../records/wire.ts'
import type { SkippedFile } from '../replay/replay-answer.ts'
import { historyBody } from './history-body.ts'
import { faultOf } from './history-file.ts'
import type { HistoryFolder } from './history-folder.ts'
import { barsOf } from './history-rows.ts'

export interface Rejects {
  readonly rows: number
  /** What is wrong with the first of them. */
  readonly example: string
}

export interface FileCheck {
  readonly file: string
  readonly rows: number
  /** Rows that would be bars. */
  readonly bars: number
  readonly symbols: readonly string[]
  readonly intervals: readonly string[]
  /** Times of the first bar and the last, ISO 8601; null where there is none. */
  readonly first: string | null
  readonly last: string | null
  readonly rejected: ReadonlyMap<RejectCode, Rejects>
  /** Bars of a symbol, interval and time that stood in the file before: the newest version counts. */
  readonly repeated: number
}

export type Checked =
  | { readonly kind: 'read'; readonly check: FileCheck }
  | { readonly kind: 'left-out'; readonly skipped: SkippedFile }

/** Reads one file to its end; `now` is when its bars would arrive (epoch milliseconds). */
export async function checkFile(file: string, key: string, now: number): Promise<Checked> {
  const read = await historyBody(file, key)
  if (read.kind === 'unreadable') return { kind: 'left-out', skipped: read.skipped }
  const tally = new Tally(now)
  try {
    for await (const bars of barsOf(read.opened)) for (const bar of bars) tally.add(bar)
  } catch (error) {
    // A file may be sound at its beginning and damaged further on; the producer leaves it out when it gets there.
    return { kind: 'left-out', skipped: { file, reason: faultOf(error) } }
  }
  return { kind: 'read', check: tally.of(file) }
}

/** Throws where a folder has no file that can be read; looks no further than the first that can. */
export async function refuseUnreadable({ files, leftOut }: HistoryFolder): Promise<void> {
  const reasons: SkippedFile[] = []
  for (const [key, file] of files) {
    const read = await historyBody(file, key)
    if (read.kind === 'body') return
    reasons.push(read.skipped)
  }
  const all = [...reasons, ...leftOut].map(({ file, reason }) => `  ${file}: ${reason}`)
  throw new UsageError(`No file of the history can be read:\n${all.slice(0, 20).join('\n')}`)
}

const PROVENANCE = { source: '', runId: '' }

class Tally {
  readonly #now: number
  readonly #symbols = new Set<string>()
  readonly #intervals = new Set<string>()
  readonly #seen = new Set<string>()
  readonly #rejected = new Map<RejectCode, Rejects>()
  #rows = 0
  #bars = 0
  #first = Number.POSITIVE_INFINITY
  #last = Number.NEGATIVE_INFINITY

  constructor(now: number) {
    this.#now = now
  }

  add(source: SourceBar): void {
    this.#rows += 1
    const value = Buffer.from(encodeBar(source, { ...PROVENANCE, tsSent: this.#now }))
    const verdict = judge({ topic: '', partition: 0, offset: 0, timestamp: this.#now, key: null, value }, this.#now)
    if (verdict.kind === 'bar') {
      const { symbol, interval, tsEvent } = verdict.bar
      this.#bars += 1
      this.#symbols.add(symbol)
      this.#intervals.add(interval)
      this.#seen.add(`${symbol} ${interval} ${tsEvent}`)
      this.#first = Math.min(this.#first, tsEvent)
      this.#last = Math.max(this.#last, tsEvent)
    } else if (verdict.kind === 'rejected') {
      const { rows, example } = this.#rejected.get(verdict.code) ?? {
        rows: 0,
        example: exampleOf(source, verdict.detail),
      }
      this.#rejected.set(verdict.code, { rows: rows + 1, example })
    }
  }

  of(file: string): FileCheck {
    return {
      file,
      rows: this.#rows,
      bars: this.#bars,
      symbols: [...this.#symbols].sort(),
      intervals: [...this.#intervals],
      first: this.#bars > 0 ? toIso(this.#first) : null,
      last: this.#bars > 0 ? toIso(this.#last) : null,
      rejected: this.#rejected,
      repeated: this.#bars - this.#seen.size,
    }
  }
}

function exampleOf({ symbol, tsEvent }: SourceBar, detail: string): string {
  const time = typeof tsEvent === 'number' ? instantText(tsEvent) : String(tsEvent)
  return `${symbol} ${time}: ${detail}`
}
