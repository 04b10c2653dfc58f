/** One history file of a new version: what it says that was not sent so, and the record of what was. */
import { afterSending, type BarTable, changesBetween, NO_ROWS, rowsWhere } from '../../lake/follow/bar-table.ts'
import { type FileRows, readFileRows } from '../../lake/follow/file-rows.ts'
import type { SentFile } from '../../lake/follow/node-sent-file.ts'
import type { SentFiles, SentVersion } from '../../lake/follow/sent-files.ts'
import type { TakenFile } from '../../lake/follow/taken-files.ts'
import { ParquetHistoryFile } from '../../lake/history/history-file.ts'
import { fileVersion } from '../../lake/history/history-listing.ts'
import { emptyBar } from '../../lake/history/history-rows.ts'
import { objectSource, type SmallObjectCache } from '../../lake/parquet/file-source.ts'
import type { SourceBar } from '../../lake/records/wire.ts'
import { progressIn, type ReplayCursor } from '../../lake/replay/replay-cursor.ts'
import type { ObjectStore, ObjectSummary } from '../../lake/store/object-store.ts'

export interface FileEffects {
  readonly store: ObjectStore
  readonly cache: SmallObjectCache
  readonly sentFiles: SentFiles
}

/** Where the producer stands when it looks at a file. */
export interface Standing {
  /** What the list of files says of it. */
  readonly taken: TakenFile | undefined
  readonly cursor: ReplayCursor
}

export class ChangedFile {
  readonly object: ObjectSummary
  readonly name: string
  /** Numbers of the table's rows to send. */
  readonly changed: readonly number[]
  /** Bars that were sent and that the file no longer has. */
  readonly vanished: number
  /** Whether it is unknown what was sent of the file, so that all of it is sent. */
  readonly isUnknown: boolean
  readonly #file: ParquetHistoryFile
  readonly #rows: FileRows
  readonly #found: SentVersion | undefined
  readonly #sent: BarTable
  readonly #done: number[] = []

  private constructor(object: ObjectSummary, file: ParquetHistoryFile, { rows, found, sent }: Comparison) {
    this.object = object
    this.name = file.name
    this.#file = file
    this.#rows = rows
    this.#found = found
    this.#sent = sent ?? NO_ROWS
    this.isUnknown = sent === undefined
    const { rows: changed, vanished } = changesBetween(this.#sent, rows.table)
    this.changed = changed
    this.vanished = vanished
  }

  /** Throws where the file cannot be read. */
  static async open(object: ObjectSummary, standing: Standing, effects: FileEffects): Promise<ChangedFile> {
    const { store, cache, sentFiles } = effects
    const [file, found] = await Promise.all([
      ParquetHistoryFile.open(object.key, objectSource(object, store, cache)),
      sentFiles.read(object.key),
    ])
    const sent = sentOf(found, { ...standing, file: object.key })
    return new ChangedFile(object, file, { rows: await readFileRows(file), found, sent })
  }

  timeOf(row: number): number {
    return this.#rows.table.times[row] ?? 0
  }

  /** The bars of rows of the table, in their order. */
  async bars(rows: readonly number[]): Promise<readonly SourceBar[]> {
    const bars = new Map<number, SourceBar>()
    const wanted = rows.map((row) => this.#rows.rows[row] ?? 0)
    for (const group of this.#file.groups) {
      const own = wanted.filter((row) => row >= group.start && row < group.end)
      if (own.length === 0) continue
      const keys = await this.#file.readKeys(group)
      const made = own.map((row) => {
        const i = row - group.start
        return emptyBar({ symbol: keys.symbolOf(i), interval: keys.intervalOf(i), time: keys.timeOf(i) })
      })
      await this.#file.readCells(group, own, (i, field, cell) => {
        const bar = made[i]
        if (bar) bar[field] = cell
      })
      own.forEach((row, i) => {
        const bar = made[i]
        if (bar) bars.set(row, bar)
      })
    }
    return wanted.flatMap((row) => bars.get(row) ?? [])
  }

  /** Notes rows as acknowledged by the broker. */
  sent(rows: readonly number[]): void {
    this.#done.push(...rows)
  }

  get isWhole(): boolean {
    return this.#done.length === this.changed.length
  }

  /** What is to be written down now; undefined where what stands there says it already. */
  get record(): SentFile | undefined {
    const isNews = this.#done.length > 0 || this.vanished > 0 || this.#found?.file?.basis !== 'sent'
    if (!isNews) return undefined
    const table = afterSending(this.#sent, this.#rows.table, this.#done)
    return { etag: fileVersion(this.object), isWhole: this.isWhole, basis: 'sent', table }
  }

  /** What is to be written down of a file that the replay of the past sends. */
  get recordOfReplay(): SentFile {
    return { etag: fileVersion(this.object), isWhole: true, basis: 'replay', table: this.#rows.table }
  }

  get found(): SentVersion | undefined {
    return this.#found
  }
}

interface Comparison {
  readonly rows: FileRows
  readonly found: SentVersion | undefined
  readonly sent: BarTable | undefined
}

/** The rows that were sent of a file; undefined where nobody knows. */
function sentOf(
  found: SentVersion | undefined,
  { taken, cursor, file }: Standing & { readonly file: string },
): BarTable | undefined {
  if (found?.file?.basis === 'sent') return found.file.table
  if (!taken) return found ? undefined : NO_ROWS
  if (taken.taking === 'followed') return undefined
  if (found?.file?.etag !== taken.version) return progressIn(cursor, file) === 'none' ? NO_ROWS : undefined
  const { table } = found.file
  return cursor.ended ? table : rowsWhere(table, (time) => isBehind(cursor, { file, time }))
}

/** Whether the replay has come past a time in a file. Of an instant that it stands in the midst of, rows are sent again rather than left out. */
function isBehind(cursor: ReplayCursor, { file, time }: { readonly file: string; readonly time: number }): boolean {
  const progress = progressIn(cursor, file)
  if (progress !== 'some') return progress === 'all'
  const { position } = cursor
  if (position === null || position.tsEvent === null) return false
  return time < position.tsEvent || (time === position.tsEvent && file < position.file)
}
