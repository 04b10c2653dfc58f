import type { Clock } from '../../lake/clock.ts'
import { TickerlakeError } from '../../lake/errors.ts'
import { SentFiles } from '../../lake/follow/sent-files.ts'
import { filesOfReplay, type TakenFile, type TakenFiles, takenFilesObject } from '../../lake/follow/taken-files.ts'
import { faultOf } from '../../lake/history/history-file.ts'
import { fileVersion, listHistory } from '../../lake/history/history-listing.ts'
import type { RecordSender } from '../../lake/kafka/kafkajs-sender.ts'
import { LAYOUT } from '../../lake/layout.ts'
import type { Log } from '../../lake/log.ts'
import type { Metrics } from '../../lake/metrics.ts'
import { SmallObjectCache } from '../../lake/parquet/file-source.ts'
import { encodeBar } from '../../lake/records/wire.ts'
import type { SkippedFile } from '../../lake/replay/replay-answer.ts'
import { followRunId, isUntouched } from '../../lake/replay/replay-cursor.ts'
import { BATCH_ROWS } from '../../lake/replay/replay-pace.ts'
import type { JsonVersion } from '../../lake/store/json-object.ts'
import { ObjectChangedError, type ObjectStore, type ObjectSummary } from '../../lake/store/object-store.ts'
import { ChangedFile, type FileEffects } from './changed-file.ts'
import type { CursorHold } from './cursor-hold.ts'

export interface FollowEffects {
  readonly store: ObjectStore
  readonly sender: RecordSender
  readonly clock: Clock
  readonly freshId: () => string
  readonly log: Log
  readonly metrics: Metrics
}

export interface FollowPlan {
  /** Where the history lies, with its slash. */
  readonly prefix: string
  /** Epoch milliseconds: nothing is begun from here on. */
  readonly deadline: number
}

export interface FollowOutcome {
  readonly sent: number
  /** Whether every change that was seen has been sent. */
  readonly done: boolean
  readonly skipped: readonly SkippedFile[]
  readonly taken: TakenFiles
}

/** Files that are compared at once, to hide S3's latency; fewer where they are large. */
const AT_ONCE = 16
const BYTES_AT_ONCE = 4 * 1024 * 1024
const CACHE_BYTES = 16 * 1024 * 1024
/** What was taken in is written down as often: who comes after a crash looks at no more files again. */
const WRITE_EVERY_MS = 5_000

/**
 * Sends what files say that changed, or came, since the replay of the past began: of each file the bars that are new and
 * those that say something else than what was sent. Held to one holder by the replay's cursor.
 */
export class Follower {
  readonly #hold: CursorHold
  readonly #plan: FollowPlan
  readonly #effects: FollowEffects & FileEffects
  readonly #files = new Map<string, TakenFile>()
  #version: JsonVersion<TakenFiles> | undefined
  #isDirty = false
  #written = 0
  #sent = 0
  #skipped: SkippedFile[] = []

  constructor(hold: CursorHold, plan: FollowPlan, effects: FollowEffects) {
    this.#hold = hold
    this.#plan = plan
    const sentFiles = new SentFiles(effects.store, effects.freshId)
    this.#effects = { ...effects, sentFiles, cache: new SmallObjectCache(CACHE_BYTES) }
  }

  async run(): Promise<FollowOutcome> {
    const listed = await listHistory(this.#effects.store, this.#plan.prefix)
    await this.#open(listed)
    this.#forgetGone(listed)
    const changed = listed.filter((object) => this.#files.get(object.key)?.version !== fileVersion(object))
    const isDone = await this.#each(changed, (some) => this.#follow(some))
    const unknown = listed.filter(({ key }) => this.#files.get(key)?.taking === 'replay')
    if (isDone) await this.#each(unknown, (some) => this.#learn(some))
    await this.#write()
    return { sent: this.#sent, done: isDone, skipped: this.#skipped, taken: { files: this.#files, nonce: '' } }
  }

  /** The list as it stands; where nothing was sent yet, all that is there is the replay's. */
  async #open(listed: readonly ObjectSummary[]): Promise<void> {
    this.#version = await this.#objects.read(LAYOUT.replayFiles)
    const isNew = !this.#version || isUntouched(this.#hold.cursor)
    const { files } = isNew ? filesOfReplay(listed) : (this.#version?.value ?? filesOfReplay([]))
    for (const [key, taken] of files) this.#files.set(key, taken)
    this.#isDirty = isNew
    await this.#write()
  }

  get #objects() {
    return takenFilesObject(this.#effects.store, this.#effects.freshId)
  }

  #forgetGone(listed: readonly ObjectSummary[]): void {
    const there = new Set(listed.map(({ key }) => key))
    for (const key of [...this.#files.keys()]) {
      if (there.has(key)) continue
      this.#files.delete(key)
      this.#isDirty = true
      this.#effects.log.warn('history file gone', { file: key })
    }
  }

  /** Runs over files a few at a time; false where the time was up first. */
  async #each(objects: readonly ObjectSummary[], act: (some: readonly ObjectSummary[]) => Promise<boolean>) {
    for (const some of chunksOf(objects)) {
      if (this.#effects.clock.now() >= this.#plan.deadline) return false
      await this.#hold.renewIfOld()
      if (!(await act(some))) return false
      if (this.#effects.clock.now() >= this.#written + WRITE_EVERY_MS) await this.#write()
    }
    return true
  }

  async #follow(objects: readonly ObjectSummary[]): Promise<boolean> {
    const opened = await Promise.all(objects.map((object) => this.#tryOpen(object)))
    const files = opened.filter((file) => file !== undefined)
    for (const file of files) this.#say(file)
    await this.#send(files)
    await Promise.all(files.map((file) => this.#writeSent(file)))
    return files.every((file) => file.isWhole)
  }

  /** What cannot be read is named and tried again at the next look; it stops no other file. */
  async #tryOpen(object: ObjectSummary, how: 'named' | 'silent' = 'named'): Promise<ChangedFile | undefined> {
    const standing = { taken: this.#files.get(object.key), cursor: this.#hold.cursor }
    try {
      return await ChangedFile.open(object, standing, this.#effects)
    } catch (error) {
      if (error instanceof ObjectChangedError) return undefined
      if (error instanceof TickerlakeError) throw error
      // The replay itself names the files that it cannot read.
      if (how === 'named') this.#skipped.push({ file: object.key, reason: faultOf(error) })
      return undefined
    }
  }

  #say({ object, changed, vanished, isUnknown }: ChangedFile): void {
    const { log } = this.#effects
    const bars = changed.length
    if (vanished > 0) log.warn('history file lost bars; they stay in the lake', { file: object.key, bars: vanished })
    if (isUnknown) log.warn('sent again whole: it is not known what was sent of this file', { file: object.key, bars })
    else if (bars > 0) log.info('history file changed', { file: object.key, bars })
  }

  /** In the order of event time across the files, as far as time allows. */
  async #send(files: readonly ChangedFile[]): Promise<void> {
    const rows = files.flatMap((file) => file.changed.map((row) => ({ file, row, time: file.timeOf(row) })))
    rows.sort((a, b) => a.time - b.time)
    for (let start = 0; start < rows.length; start += BATCH_ROWS) {
      if (start > 0 && this.#effects.clock.now() >= this.#plan.deadline) return
      await this.#sendBatch(Map.groupBy(rows.slice(start, start + BATCH_ROWS), ({ file }) => file))
    }
  }

  async #sendBatch(batch: ReadonlyMap<ChangedFile, readonly { readonly row: number }[]>): Promise<void> {
    const { clock, sender, metrics } = this.#effects
    const parts = await Promise.all(
      [...batch].map(async ([file, chosen]) => {
        const rows = chosen.map(({ row }) => row)
        return { file, rows, bars: await file.bars(rows) }
      }),
    )
    await this.#hold.renewIfOld()
    const tsSent = clock.now()
    const provenance = { runId: followRunId(tsSent), tsSent }
    const records = parts.flatMap(({ file, bars }) =>
      bars.map((bar) => ({ key: bar.symbol, value: encodeBar(bar, { ...provenance, source: file.name }) })),
    )
    await sender.send(records)
    for (const { file, rows } of parts) file.sent(rows)
    this.#sent += records.length
    metrics.record('BarsSent', records.length, 'Count')
    const { cursor } = this.#hold
    await this.#hold.save({ ...cursor, followed: (cursor.followed ?? 0) + records.length })
  }

  async #writeSent(file: ChangedFile): Promise<void> {
    const { record, object, found } = file
    if (record && !(await this.#effects.sentFiles.replace(object.key, record, found))) throw overtaken(object.key)
    if (file.isWhole) this.#take(object, 'followed')
  }

  /** Writes down what the replay sends of a file, so that a later version can be compared with it. */
  async #learn(objects: readonly ObjectSummary[]): Promise<boolean> {
    await Promise.all(
      objects.map(async (object) => {
        const file = await this.#tryOpen(object, 'silent')
        const { sentFiles } = this.#effects
        if (file && !(await sentFiles.replace(object.key, file.recordOfReplay, file.found))) throw overtaken(object.key)
        this.#take(object, 'known')
      }),
    )
    return true
  }

  #take(object: ObjectSummary, taking: TakenFile['taking']): void {
    this.#files.set(object.key, { version: fileVersion(object), taking })
    this.#isDirty = true
  }

  async #write(): Promise<void> {
    if (!this.#isDirty) return
    const taken = { files: this.#files, nonce: '' }
    const outcome = await this.#objects.replace(LAYOUT.replayFiles, taken, this.#version?.etag)
    if (outcome.kind === 'conflict') throw overtaken(LAYOUT.replayFiles)
    this.#version = outcome.version
    this.#isDirty = false
    this.#written = this.#effects.clock.now()
  }
}

function overtaken(key: string): TickerlakeError {
  return new TickerlakeError('cursor-lost', `Another producer wrote ${key} meanwhile; it goes on from there.`)
}

/** Cuts a list into pieces of a few files and few bytes; a file that is larger stands alone. */
function* chunksOf(objects: readonly ObjectSummary[]): Generator<readonly ObjectSummary[]> {
  let piece: ObjectSummary[] = []
  let bytes = 0
  for (const object of objects) {
    if (piece.length === AT_ONCE || (piece.length > 0 && bytes + object.size > BYTES_AT_ONCE)) {
      yield piece
      piece = []
      bytes = 0
    }
    piece.push(object)
    bytes += object.size
  }
  if (piece.length > 0) yield piece
}
