import { TickerlakeError } from '../errors.ts'
import { objectSource, SmallObjectCache } from '../parquet/file-source.ts'
import type { SourceBar } from '../records/wire.ts'
import type { SkippedFile } from '../replay/replay-answer.ts'
import { comparePositions, EarliestRows, type ReplayPosition } from '../replay/replay-order.ts'
import { partBehind, placeInParts, type ReplayPart } from '../replay/replay-part.ts'
import { ObjectChangedError, type ObjectStore, type ObjectSummary } from '../store/object-store.ts'
import { faultOf, type HistoryGroup, ParquetHistoryFile, type RowKeys } from './history-file.ts'
import { listHistory, ofVersions } from './history-listing.ts'
import { type BarKey, emptyBar, type MutableBar } from './history-rows.ts'
import type { HistoryRequest, HistorySelection, HistorySource, HistoryWindow } from './history-source.ts'

/** Small files that are kept whole; what is beyond is fetched again when it is needed again. */
const CACHE_BYTES = 64 * 1024 * 1024

/** Files and row groups that are read at once, to hide S3's latency; fewer where they are large. */
const AT_ONCE = 8
const ROWS_AT_ONCE = 262_144

/** A file that is replaced while its window is read begins the window again; a writer that never rests ends the invocation. */
const ATTEMPTS = 10
const CHANGES = 'The files of the history are replaced faster than they can be read; the next invocation tries again.'

const WHOLE: ReplayPart = { after: null, upTo: null }

type OpenedFile =
  | { readonly kind: 'open'; readonly file: ParquetHistoryFile }
  | { readonly kind: 'broken'; readonly reason: string }

/**
 * The Parquet files below a prefix. A window is found in two steps: the times of the row groups that can matter,
 * of which only the earliest rows are kept, then the other cells of those rows. So the memory it takes grows with
 * the window (twice its rows), with the largest column chunk (up to eight of them), and with the number of row
 * groups (some hundred bytes each), never with the length of the history; and files may be unsorted.
 */
export class ParquetHistory implements HistorySource {
  readonly #store: ObjectStore
  readonly #prefix: string
  readonly #partBytes: number | undefined
  readonly #cache = new SmallObjectCache(CACHE_BYTES)
  /** By key and ETag; kept between invocations. */
  #files = new Map<string, OpenedFile>()

  constructor(store: ObjectStore, prefix: string, { partBytes }: { readonly partBytes?: number | undefined } = {}) {
    this.#store = store
    this.#prefix = prefix
    this.#partBytes = partBytes
  }

  async read(request: HistoryRequest): Promise<HistoryWindow> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#readWindow(request)
      } catch (error) {
        if (!(error instanceof ObjectChangedError)) throw error
        if (attempt === ATTEMPTS)
          throw new TickerlakeError('history-changes', CHANGES, { retryable: true, cause: error })
      }
    }
  }

  async partBehind(after: string | null, versions: HistoryRequest['versions']): Promise<ReplayPart> {
    return partBehind(after, ofVersions(await listHistory(this.#store, this.#prefix), versions), this.#partBytes)
  }

  async #readWindow(request: HistoryRequest): Promise<HistoryWindow> {
    const isStale = await this.#openAll(request)
    if (isStale) return { rows: [], last: false, skipped: this.#skipped(), isStale }
    while (true) {
      const { rows: keys, dropped } = await this.#earliest(request)
      const bars = await this.#readBars(keys, request.isTimeUp)
      const rows = keys.flatMap((position, i) => {
        const bar = bars[i]
        if (!bar) return []
        const { tsEvent, file, row, source } = position
        return [{ position: { tsEvent, file, row }, bar, source: source.file.name }]
      })
      // A window can only be empty before the end when all its files broke while they were read.
      if (rows.length > 0 || !dropped) return { rows, last: !dropped, skipped: this.#skipped(), isStale }
    }
  }

  /** Opens what is there; of given versions those alone, and says whether one of them is no more. */
  async #openAll({ versions, part = WHOLE }: HistoryRequest): Promise<boolean> {
    const standing = ofVersions(await listHistory(this.#store, this.#prefix), versions)
    const objects = standing.filter(({ key }) => placeInParts(part, key) === 'here')
    const files = new Map<string, OpenedFile>()
    for (const some of chunksOf(objects, () => 0)) {
      const opened = await Promise.all(some.map((object) => this.#files.get(versionOf(object)) ?? this.#open(object)))
      some.forEach((object, i) => {
        const file = opened[i]
        if (file) files.set(versionOf(object), file)
      })
    }
    this.#files = files
    return versions !== undefined && standing.length < versions.size
  }

  async #open(object: ObjectSummary): Promise<OpenedFile> {
    const source = objectSource(object, this.#store, this.#cache)
    try {
      return { kind: 'open', file: await ParquetHistoryFile.open(object.key, source) }
    } catch (error) {
      return { kind: 'broken', reason: reasonOf(error) }
    }
  }

  async #earliest({ selection, after, limit, isTimeUp }: HistoryRequest) {
    const earliest = new EarliestRows<RowKey>(limit)
    const groups = this.#groupsFor(selection, after)
    for (const some of chunksOf(groups, ({ group }) => group.end - group.start)) {
      if (isTimeUp?.()) throw tooWide(groups.length)
      earliest.settle()
      if (earliest.isFullBefore(some[0]?.group.earliest ?? Number.POSITIVE_INFINITY)) break
      const keys = await Promise.all(
        some.map((source) => this.#orBroken(source, () => source.file.readKeys(source.group))),
      )
      some.forEach((source, i) => {
        const read = keys[i]
        if (read) offerRows(earliest, { selection, after, source, keys: read })
      })
    }
    return earliest.take()
  }

  /** The row groups that can hold rows behind a position, earliest first. */
  #groupsFor({ symbols, from, to }: HistorySelection, after: ReplayPosition | null): readonly GroupOfFile[] {
    const start = Math.max(after?.tsEvent ?? Number.NEGATIVE_INFINITY, from ?? Number.NEGATIVE_INFINITY)
    const end = to ?? Number.POSITIVE_INFINITY
    return [...this.#files]
      .flatMap(([version, opened]) => {
        if (opened.kind === 'broken') return []
        const { file } = opened
        if (symbols && file.onlySymbol !== undefined && !symbols.includes(file.onlySymbol)) return []
        return file.groups.map((group) => ({ file, group, version }))
      })
      .filter(({ group }) => group.latest >= start && group.earliest <= end)
      .sort((a, b) => a.group.earliest - b.group.earliest)
  }

  async #readBars(
    keys: readonly RowKey[],
    isTimeUp: HistoryRequest['isTimeUp'],
  ): Promise<readonly (SourceBar | undefined)[]> {
    const bars: (MutableBar | undefined)[] = keys.map(emptyBar)
    const indexes = Map.groupBy(keys.keys(), (i) => keys[i]?.source)
    for (const some of chunksOf([...indexes], ([source]) => (source ? source.group.end - source.group.start : 0))) {
      if (isTimeUp?.()) throw tooWide(indexes.size)
      await Promise.all(
        some.map(async ([source, at]) => {
          if (!source) return
          const rows = at.map((i) => keys[i]?.row ?? 0)
          const done = await this.#orBroken(source, async () => {
            await source.file.readCells(source.group, rows, (i, field, cell) => {
              const bar = bars[at[i] ?? 0]
              if (bar) bar[field] = cell
            })
            return true
          })
          if (!done) for (const i of at) bars[i] = undefined
        }),
      )
    }
    return bars
  }

  /** What a read gives; a file that cannot be read on is broken from here on, and its rows are left out. */
  async #orBroken<T>({ version }: GroupOfFile, read: () => Promise<T>): Promise<T | undefined> {
    try {
      return await read()
    } catch (error) {
      this.#files.set(version, { kind: 'broken', reason: reasonOf(error) })
      return undefined
    }
  }

  #skipped(): readonly SkippedFile[] {
    return [...this.#files].flatMap(([version, opened]) =>
      opened.kind === 'broken' ? [{ file: version.slice(0, version.lastIndexOf(' ')), reason: opened.reason }] : [],
    )
  }
}

/** Nothing of the window was sent, so the next invocation would come no further. */
function tooWide(groups: number): TickerlakeError {
  return new TickerlakeError(
    'history-too-wide',
    `The bars that come next lie in ${groups} row groups, more than an invocation can look at. Nothing was sent. Replay with speed=max, which takes the files in parts, or put many symbols into one file, sorted by time.`,
  )
}

function versionOf({ key, etag }: ObjectSummary): string {
  return `${key} ${etag}`
}

/** An unreachable store is no fault of the file: it stops the read, which can be tried again. */
function reasonOf(error: unknown): string {
  if (error instanceof TickerlakeError) throw error
  return faultOf(error)
}

/** Cuts a list into pieces of at most `AT_ONCE` items and `ROWS_AT_ONCE` rows; one that is larger stands alone. */
function* chunksOf<T>(items: readonly T[], rowsOf: (item: T) => number): Generator<readonly T[]> {
  let piece: T[] = []
  let rows = 0
  for (const item of items) {
    if (piece.length === AT_ONCE || (piece.length > 0 && rows + rowsOf(item) > ROWS_AT_ONCE)) {
      yield piece
      piece = []
      rows = 0
    }
    piece.push(item)
    rows += rowsOf(item)
  }
  if (piece.length > 0) yield piece
}

/** A row that may be sent next; its cells are read only if it is. */
export interface RowKey extends ReplayPosition, BarKey {
  readonly source: GroupOfFile
}

export interface GroupOfFile {
  readonly file: ParquetHistoryFile
  readonly group: HistoryGroup
  /** Names the version of the file. */
  readonly version: string
}

interface Offer extends Pick<HistoryRequest, 'selection' | 'after'> {
  readonly source: GroupOfFile
  readonly keys: RowKeys
}

/** Most rows of a long history are behind or far ahead: those cost a look at their time and no memory. */
function offerRows(earliest: EarliestRows<RowKey>, { selection, after, source, keys }: Offer): void {
  const { file, group } = source
  const start = after?.tsEvent ?? Number.NEGATIVE_INFINITY
  for (let i = 0; i < keys.count; i++) {
    const time = keys.timeOf(i)
    const tsEvent = typeof time === 'number' ? time : null
    if ((tsEvent ?? Number.NEGATIVE_INFINITY) < start || earliest.isFullBefore(tsEvent)) continue
    const row: RowKey = {
      tsEvent,
      file: file.key,
      row: group.start + i,
      source,
      symbol: keys.symbolOf(i),
      interval: keys.intervalOf(i),
      time,
    }
    if (isSelected(row, selection) && (!after || comparePositions(row, after) > 0)) earliest.offer(row)
  }
}

function isSelected({ symbol, tsEvent }: RowKey, { symbols, from, to }: HistorySelection): boolean {
  if (symbols && !symbols.includes(symbol)) return false
  if (from === null && to === null) return true
  return tsEvent !== null && tsEvent >= (from ?? tsEvent) && tsEvent <= (to ?? tsEvent)
}
