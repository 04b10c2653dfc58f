/** The files of a table in the lake's bucket: by `s3://` path, as Iceberg names them. None is ever written twice. */
import { TickerlakeError } from '../errors.ts'
import { inParallel } from '../in-parallel.ts'
import type { ObjectStore } from '../store/object-store.ts'
import {
  decodeManifest,
  decodeManifestList,
  hasLive,
  type Manifest,
  type ManifestEntry,
  SPEC_ID,
  STATUS,
} from './manifest.ts'
import type { Snapshot } from './metadata.ts'

export interface TableFilesProps {
  readonly store: ObjectStore
  readonly bucket: string
  /** Where the table lies in the bucket, without a slash at its end. */
  readonly prefix: string
}

/** Bucket and key; Hadoop's names of S3 among the schemes. */
const S3_PATH = /^s3[an]?:\/\/([^/]+)\/(.+)$/
const AT_ONCE = 16
/** Lists and manifests that are kept in memory; a manifest a year, so a table's own all fit. */
const MOST_KEPT = 512

export class TableFiles {
  readonly location: string
  readonly #store: ObjectStore
  readonly #bucket: string
  /** Files never change, so what was read once is true for ever. */
  readonly #kept = new Map<string, Promise<unknown>>()

  constructor({ store, bucket, prefix }: TableFilesProps) {
    this.#store = store
    this.#bucket = bucket
    this.location = `s3://${bucket}/${prefix}`
  }

  /** The key of a path. A table whose files lie in another bucket is not ours to read or change. */
  keyOf(path: string): string {
    const [, bucket, key] = S3_PATH.exec(path) ?? []
    if (bucket === this.#bucket && key !== undefined) return key
    throw new TickerlakeError(
      'foreign-path',
      `The table names the file ${path}, which is not in the bucket ${this.#bucket}.`,
    )
  }

  pathOf(key: string): string {
    return `s3://${this.#bucket}/${key}`
  }

  async read(path: string): Promise<Uint8Array> {
    const found = await this.#store.get(this.keyOf(path))
    if (found) return found.body
    throw new TickerlakeError(
      'table-file-gone',
      `${path} has gone: its snapshot has expired, or the file was removed by hand. Read the table again.`,
      { retryable: true },
    )
  }

  /** The path has a UUID: what stands there already is our own, of an answer that was lost. */
  async write(path: string, body: Uint8Array, contentType: string): Promise<void> {
    await this.#store.put(this.keyOf(path), body, { condition: { kind: 'absent' }, contentType })
  }

  async remove(paths: readonly string[]): Promise<void> {
    await inParallel(paths, AT_ONCE, (path) => this.#store.delete(this.keyOf(path)))
  }

  /** Objects below a folder of the table that were there before an instant, by path. */
  async *olderThan(instant: number, folder: string): AsyncGenerator<string> {
    for await (const { key, modifiedAt } of this.#store.list(`${this.keyOf(`${this.location}/${folder}`)}/`)) {
      if (modifiedAt !== undefined && modifiedAt < instant) yield this.pathOf(key)
    }
  }

  /**
   * The metadata file of the highest number, the last of those that the table's pointer was moved to; undefined where there
   * is none. One that a killed commit has left is as good: what it names is all there, the mark of what is compacted too.
   */
  async newestMetadata(): Promise<string | undefined> {
    let newest: { readonly number: number; readonly key: string } | undefined
    for await (const { key } of this.#store.list(`${this.keyOf(`${this.location}/metadata`)}/`)) {
      const number = Number(/\/(\d+)-[^/]+\.metadata\.json$/.exec(key)?.[1] ?? Number.NaN)
      if (number >= (newest?.number ?? 0)) newest = { number, key }
    }
    return newest && this.pathOf(newest.key)
  }

  manifestsOf(snapshot: Snapshot | undefined): Promise<readonly Manifest[]> {
    if (!snapshot) return Promise.resolve([])
    return this.#once(snapshot['manifest-list'], async (path) => decodeManifestList(await this.read(path)))
  }

  /** Manifests of several snapshots, each once. */
  async manifestsOfAll(snapshots: readonly Snapshot[]): Promise<readonly Manifest[]> {
    const lists = await inParallel(snapshots, AT_ONCE, (snapshot) => this.manifestsOf(snapshot))
    return [...new Map(lists.flat().map((manifest) => [manifest.manifest_path, manifest])).values()]
  }

  /** The files that manifests say are live, whatever they hold. */
  async entriesOf(manifests: readonly Manifest[]): Promise<readonly ManifestEntry[]> {
    const read = await inParallel(manifests.filter(hasLive), AT_ONCE, (manifest) => this.#entries(manifest))
    return read.flat()
  }

  /** The data files that manifests say are live. What is not read or applied here is refused, for left out it would be lost. */
  async dataEntriesOf(manifests: readonly Manifest[]): Promise<readonly ManifestEntry[]> {
    const live = manifests.filter(hasLive)
    const deletes = live.find(({ content }) => content !== 0)
    if (deletes) {
      throw new TickerlakeError(
        'row-deletes',
        `Another engine has deleted rows of the table by delete files (${deletes.manifest_path}), which tickerlake does not apply. Let that engine write them into the data files (Athena and Trino: OPTIMIZE; Spark: CALL system.rewrite_data_files with the option delete-file-threshold 1, then CALL system.rewrite_position_delete_files with rewrite-all), then go on.`,
      )
    }
    const foreign = live.find(({ partition_spec_id }) => partition_spec_id !== SPEC_ID)
    if (foreign) {
      throw new TickerlakeError(
        'other-partitions',
        `Another engine has cut the table by another partition spec (${foreign.manifest_path}); tickerlake writes spec ${SPEC_ID} alone. Take the spec back and rewrite the files of the other one.`,
      )
    }
    const entries = await this.entriesOf(live)
    refuseOtherFormats(entries)
    return entries
  }

  #entries(manifest: Manifest): Promise<readonly ManifestEntry[]> {
    return this.#once(manifest.manifest_path, async (path) =>
      decodeManifest(await this.read(path), manifest).filter(({ status }) => status !== STATUS.deleted),
    )
  }

  #once<T>(path: string, read: (path: string) => Promise<T>): Promise<T> {
    const known = this.#kept.get(path)
    if (known) return known as Promise<T>
    const reading = read(path)
    this.#kept.set(path, reading)
    reading.catch(() => this.#kept.delete(path))
    const [oldest] = this.#kept.keys()
    if (this.#kept.size > MOST_KEPT && oldest !== undefined) this.#kept.delete(oldest)
    return reading
  }
}

/** Iceberg's own word for the one format that is read here; engines write it in either case. */
const PARQUET = 'PARQUET'

function refuseOtherFormats(entries: readonly ManifestEntry[]): void {
  const other = entries.find(({ data_file }) => data_file.file_format.toUpperCase() !== PARQUET)?.data_file
  if (!other) return
  throw new TickerlakeError(
    'other-file-format',
    `Another engine has written ${other.file_path} as ${other.file_format}, and tickerlake reads Parquet alone. Let that engine set the table's write.format.default to parquet and write the file's month again (Spark: CALL system.rewrite_data_files with the option rewrite-all; Trino and Athena: DELETE the month and insert it again), then go on.`,
  )
}
