/** A copy of the lake's files on this machine: one for each version of a file, made once and read by every statement after. */
import { existsSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs'
import { join, resolve, sep } from 'node:path'
import { TickerlakeError } from '../../lake/errors.ts'
import { inParallel } from '../../lake/in-parallel.ts'
import type { ObjectStore, ObjectSummary } from '../../lake/store/object-store.ts'
import type { Table } from '../../lake/tables/table.ts'
import { writeWhole } from '../engine/whole-file.ts'

/** A table's files as they stood a moment ago. */
export interface TableCopy {
  /** Paths on this machine, `…/bars/data/month=2013-03/sorted-<id>.<version>.parquet`. */
  readonly files: readonly string[]
  readonly bytes: number
}

const AT_ONCE = 8
/** A table whose files are replaced while they are copied is listed again this often. */
const TRIES = 5
/** Another process may still read a version that is no longer the newest. */
const KEPT_MS = 3_600_000

export class LakeCopy {
  readonly folder: string
  readonly #store: ObjectStore
  readonly #now: () => number
  readonly #making = new Map<string, Promise<boolean>>()

  constructor(store: ObjectStore, folder: string, now: () => number = Date.now) {
    this.#store = store
    this.folder = resolve(folder)
    this.#now = now
  }

  /** Copies what is new of a table. */
  async of(table: Table): Promise<TableCopy> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const listed = (await filesOf(table, this.#store)).map((object) => ({ object, file: this.#fileOf(object) }))
      const missing = listed.filter(({ file }) => !existsSync(file))
      const made = await inParallel(missing, AT_ONCE, ({ object, file }) => this.#makeOnce(object, file))
      if (!made.every(Boolean)) continue
      const files = listed.map(({ file }) => file)
      if (missing.length > 0) this.#removeOld(table, new Set(files))
      return { files, bytes: listed.reduce((sum, { object }) => sum + object.size, 0) }
    }
    throw new TickerlakeError('query', `The files of ${table.name} change faster than they are read; ask again.`)
  }

  /** Statements that run at once share the making of a copy. */
  #makeOnce(object: ObjectSummary, file: string): Promise<boolean> {
    const running = this.#making.get(file)
    if (running) return running
    const making = this.#make(object, file).finally(() => this.#making.delete(file))
    this.#making.set(file, making)
    return making
  }

  /** False where the object is no longer the version that was listed. */
  async #make({ key, etag }: ObjectSummary, file: string): Promise<boolean> {
    const object = await this.#store.get(key)
    if (object?.etag !== etag) return false
    writeWhole(file, object.body)
    utimesSync(file, LISTED, LISTED)
    return true
  }

  /** The file of a version. A key may hold `..`, and whoever can write to a bucket chooses its keys. */
  #fileOf({ key, etag }: ObjectSummary): string {
    const file = resolve(this.folder, key.replace(/[.]parquet$/, `.${etag.replaceAll(/[^\w-]/g, '')}.parquet`))
    if (file.startsWith(this.folder + sep) && !key.split('/').includes('..')) return file
    throw new TickerlakeError(
      'foreign-key',
      `The key ${JSON.stringify(key)} leads out of the folder; it is not copied.`,
    )
  }

  /** Removes what is not among a table's files, an hour after that was first seen. */
  #removeOld({ prefix }: Table, listed: ReadonlySet<string>): void {
    const folder = join(this.folder, prefix)
    if (!existsSync(folder)) return
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      const file = join(entry.parentPath, entry.name)
      if (!entry.isFile() || listed.has(file)) continue
      const since = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0
      if (since === LISTED) utimesSync(file, this.#now() / 1000, this.#now() / 1000)
      else if (this.#now() - since > KEPT_MS) rmSync(file, { force: true })
    }
  }
}

/** The time of a copy whose version is listed; any other is when it was first missed. */
const LISTED = 0

/** The files that a table is made of now. */
async function filesOf({ prefix }: Table, store: ObjectStore): Promise<readonly ObjectSummary[]> {
  const files: ObjectSummary[] = []
  for await (const object of store.list(`${prefix}/`)) if (object.key.endsWith('.parquet')) files.push(object)
  return files
}
