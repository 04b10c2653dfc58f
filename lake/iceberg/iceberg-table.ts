/** An Iceberg table as it is read: its metadata, its snapshots, and the files that each holds. */
import { createHash } from 'node:crypto'
import type { Table } from '../tables/table.ts'
import type { Long } from './avro-type.ts'
import type { DataFile } from './manifest.ts'
import {
  currentOf,
  encodeMetadata,
  newMetadata,
  parseMetadata,
  type Retention,
  type Snapshot,
  type TableMetadata,
} from './metadata.ts'
import type { Pointer, PointerState } from './pointer.ts'
import { monthOf } from './table-change.ts'
import { TableFiles, type TableFilesProps } from './table-files.ts'
import { dataTableOf, type IcebergShape, shapeOf } from './table-schema.ts'

export interface IcebergTableProps extends Omit<TableFilesProps, 'prefix'> {
  readonly pointer: Pointer
  readonly table: Table
  /** The column by whose month the table is cut too. */
  readonly time: string
}

/** The table as one version of its metadata has it. */
export interface LoadedTable {
  readonly at: PointerState & { readonly metadataFile: string }
  readonly metadata: TableMetadata
  /** The catalog does not name it yet: the folder of an older tickerlake bears its name until the table moves on. */
  readonly isUnnamed?: boolean
}

interface StoredMetadata {
  readonly path: string
  readonly metadata: TableMetadata
}

/** A data file that a snapshot holds. */
export interface LiveFile {
  readonly key: string
  readonly size: number
  readonly rows: number
  readonly month: string
  readonly dataFile: DataFile
}

const JSON_TYPE = 'application/json'

export class IcebergTable {
  readonly name: string
  readonly files: TableFiles
  readonly pointer: Pointer
  readonly shape: IcebergShape
  /** As its data files have to be written. */
  readonly dataTable: Table
  #newest: LoadedTable | undefined

  constructor({ pointer, table, time, ...files }: IcebergTableProps) {
    this.files = new TableFiles({ ...files, prefix: table.prefix })
    this.name = table.name
    this.pointer = pointer
    this.shape = shapeOf(table, time)
    this.dataTable = dataTableOf(table)
  }

  /** The table as it stands now; undefined where nobody has made it. */
  async load(): Promise<LoadedTable | undefined> {
    const at = await this.pointer.load()
    return at && this.#loadedAt(at)
  }

  async #loadedAt({ metadataFile, ...at }: PointerState): Promise<LoadedTable | undefined> {
    if (metadataFile === undefined) return undefined
    const known = this.#newest?.at.metadataFile === metadataFile ? this.#newest.metadata : undefined
    const metadata = known ?? parseMetadata(await this.files.read(metadataFile), metadataFile)
    this.#newest = { at: { ...at, metadataFile }, metadata }
    return this.#newest
  }

  /**
   * The table as it stands now. Where the catalog has none it is what the newest metadata file in the bucket says, if the
   * catalog was lost and the lake was not, or else made; two that make it at once make one. Where the folder of an older
   * tickerlake bears its name, an empty table stays unnamed: readers have the folder's rows until a commit brings them.
   */
  async loadOrMake(options: MakeOptions): Promise<LoadedTable> {
    for (;;) {
      const at = await this.pointer.load()
      const standing = at && (await this.#loadedAt(at))
      if (standing) return standing
      const { path, metadata } = (await this.#leftBehind()) ?? (await this.#made(options))
      if (!at) await this.pointer.create(path, metadata)
      else if (currentOf(metadata)) await this.pointer.move(at, path, metadata)
      else return { at: { ...at, metadataFile: path }, metadata, isUnnamed: true }
    }
  }

  /** Has the catalog name an empty table, where no older tickerlake has left a row. */
  async register({ at, metadata }: LoadedTable): Promise<void> {
    await this.pointer.move(at, at.metadataFile, metadata)
  }

  /** What a commit would go on from: the table that the catalog knows, or the one that it has lost. */
  async find(): Promise<TableMetadata | undefined> {
    return ((await this.load()) ?? (await this.#leftBehind()))?.metadata
  }

  async #leftBehind(): Promise<StoredMetadata | undefined> {
    const path = await this.files.newestMetadata()
    return path === undefined ? undefined : { path, metadata: parseMetadata(await this.files.read(path), path) }
  }

  async #made({ now, freshId, retention }: MakeOptions): Promise<StoredMetadata> {
    const { location } = this.files
    const metadata = newMetadata({ shape: this.shape, location, uuid: freshId(), now, retention })
    const path = `${location}/metadata/00000-${freshId()}.metadata.json`
    await this.files.write(path, encodeMetadata(metadata), JSON_TYPE)
    return { path, metadata }
  }

  /** The live files of a snapshot, by key. They stay as they are until the snapshot expires, some days after another follows it. */
  async liveFiles(snapshot: Snapshot | undefined): Promise<readonly LiveFile[]> {
    const entries = await this.files.dataEntriesOf(await this.files.manifestsOf(snapshot))
    const files = entries.map((entry): LiveFile => {
      const { file_path, file_size_in_bytes, record_count } = entry.data_file
      const [size, rows] = [Number(file_size_in_bytes), Number(record_count)]
      const month = monthOf(entry, this.shape.names)
      return { key: this.files.keyOf(file_path), size, rows, month, dataFile: entry.data_file }
    })
    return files.sort((a, b) => (a.key < b.key ? -1 : 1))
  }

  /** The current snapshot; undefined where there is no table, or nothing was committed to it. */
  async current(): Promise<Snapshot | undefined> {
    const loaded = await this.load()
    return loaded && currentOf(loaded.metadata)
  }
}

export interface MakeOptions {
  /** Epoch milliseconds. */
  readonly now: number
  /** Makes a UUID. */
  readonly freshId: () => string
  readonly retention: Retention
}

const ID_DIGITS = 13

/** Ids of our own fit a double, so that every reader's JSON has them right: 52 bits of a hash of a fresh text. */
export function snapshotIdOf(fresh: string): Long {
  return Number.parseInt(createHash('sha256').update(fresh).digest('hex').slice(0, ID_DIGITS), 16)
}
