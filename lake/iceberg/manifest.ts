/** Manifests: which data files there are, and which are gone; and the list of a snapshot's manifests. */
import { TickerlakeError } from '../errors.ts'
import { decodeAvro } from './avro-reader.ts'
import type { AvroValue, Long } from './avro-type.ts'
import { encodeAvro } from './avro-writer.ts'
import { dataFileSchema, entrySchema, MANIFEST_SCHEMA } from './manifest-schema.ts'
import { monthNumber, textOfBound, valueBytes } from './single-value.ts'
import type { IcebergSchema, IcebergShape, PartitionNames } from './table-schema.ts'

/** Cells by field id, as Avro has a map of integers. */
type ByColumn<T> = readonly { readonly key: number; readonly value: T }[] | null

/** A data file as Iceberg knows it. Types rather than interfaces here: an interface is no `AvroValue`. */
export type DataFile = {
  /** 0 is data; others are deletes of rows. */
  readonly content: number
  readonly file_path: string
  readonly file_format: string
  readonly partition: { readonly [name: string]: Long | string | null }
  readonly record_count: Long
  readonly file_size_in_bytes: Long
  readonly column_sizes: ByColumn<Long>
  readonly value_counts: ByColumn<Long>
  readonly null_value_counts: ByColumn<Long>
  readonly nan_value_counts: ByColumn<Long>
  readonly lower_bounds: ByColumn<Uint8Array>
  readonly upper_bounds: ByColumn<Uint8Array>
  readonly split_offsets: readonly Long[] | null
  readonly sort_order_id: number | null
}

export const STATUS = { existing: 0, added: 1, deleted: 2 } as const

export type ManifestEntry = {
  readonly status: number
  readonly snapshot_id: Long | null
  readonly sequence_number: Long | null
  readonly file_sequence_number: Long | null
  readonly data_file: DataFile
}

type PartitionRange = {
  readonly contains_null: boolean
  readonly contains_nan: boolean | null
  readonly lower_bound: Uint8Array | null
  readonly upper_bound: Uint8Array | null
}

/** The line of a manifest in a snapshot's list. */
export type Manifest = {
  readonly manifest_path: string
  readonly manifest_length: Long
  readonly partition_spec_id: number
  /** 0: of data files; 1: of deletes. */
  readonly content: number
  readonly sequence_number: Long
  readonly min_sequence_number: Long
  readonly added_snapshot_id: Long
  readonly added_files_count: number
  readonly existing_files_count: number
  readonly deleted_files_count: number
  readonly added_rows_count: Long
  readonly existing_rows_count: Long
  readonly deleted_rows_count: Long
  readonly partitions: readonly PartitionRange[] | null
}

/** The one partition spec that we write; `partition_spec_id` of any other is of another engine. */
export const SPEC_ID = 0

/** `schema` is the table's own, which may know more columns than the shape. */
export function encodeManifest(
  entries: readonly ManifestEntry[],
  { partition, names }: IcebergShape,
  schema: IcebergSchema,
): Uint8Array {
  return encodeAvro(entrySchema(names), entries, {
    schema: JSON.stringify(schema),
    'schema-id': String(schema['schema-id']),
    'partition-spec': JSON.stringify(partition),
    'partition-spec-id': String(SPEC_ID),
    'format-version': '2',
    content: 'data',
  })
}

/** The entries, with the numbers that an entry inherits from its manifest. */
export function decodeManifest(bytes: Uint8Array, manifest: Manifest): ManifestEntry[] {
  return decodeAvro(bytes).records.map((record) => {
    const entry = checked(record, manifest)
    return {
      ...entry,
      snapshot_id: entry.snapshot_id ?? manifest.added_snapshot_id,
      sequence_number: entry.sequence_number ?? manifest.sequence_number,
      file_sequence_number: entry.file_sequence_number ?? manifest.sequence_number,
    }
  })
}

function checked(record: AvroValue, { manifest_path }: Manifest): ManifestEntry {
  const entry = record as ManifestEntry | null
  if (typeof entry?.data_file?.file_path === 'string' && typeof entry.status === 'number') return entry
  throw new TickerlakeError('not-a-manifest', `${manifest_path} is no Iceberg manifest.`)
}

export interface SnapshotPlace {
  readonly id: Long
  readonly sequence: number
}

/** Describes a manifest that was written. */
export function manifestOf(
  file: { readonly path: string; readonly length: number },
  entries: readonly ManifestEntry[],
  { id, sequence, names }: SnapshotPlace & { readonly names: PartitionNames },
): Manifest {
  const of = (status: number) => entries.filter((entry) => entry.status === status)
  const rows = (status: number) => of(status).reduce((sum, { data_file }) => sum + Number(data_file.record_count), 0)
  const live = entries.filter(({ status }) => status !== STATUS.deleted)
  return {
    manifest_path: file.path,
    manifest_length: file.length,
    partition_spec_id: SPEC_ID,
    content: 0,
    sequence_number: sequence,
    min_sequence_number: live.reduce(
      (least, entry) => Math.min(least, Number(entry.sequence_number ?? sequence)),
      sequence,
    ),
    added_snapshot_id: id,
    added_files_count: of(STATUS.added).length,
    existing_files_count: of(STATUS.existing).length,
    deleted_files_count: of(STATUS.deleted).length,
    added_rows_count: rows(STATUS.added),
    existing_rows_count: rows(STATUS.existing),
    deleted_rows_count: rows(STATUS.deleted),
    partitions: rangesOf(entries.map(({ data_file }) => String(data_file.partition[names.key])).sort()),
  }
}

function rangesOf(months: readonly string[]): readonly PartitionRange[] {
  const [first = '', last = ''] = [months[0], months.at(-1)]
  const range = (lower_bound: Uint8Array, upper_bound: Uint8Array) => ({
    contains_null: false,
    contains_nan: false,
    lower_bound,
    upper_bound,
  })
  return [
    range(valueBytes(first, 'string'), valueBytes(last, 'string')),
    range(valueBytes(monthNumber(first), 'int'), valueBytes(monthNumber(last), 'int')),
  ]
}

export function encodeManifestList(
  manifests: readonly Manifest[],
  { id, sequence, parent }: SnapshotPlace & { readonly parent: Long | undefined },
): Uint8Array {
  return encodeAvro(MANIFEST_SCHEMA, manifests, {
    'format-version': '2',
    'snapshot-id': String(id),
    'parent-snapshot-id': String(parent ?? null),
    'sequence-number': String(sequence),
  })
}

export function decodeManifestList(bytes: Uint8Array): Manifest[] {
  return decodeAvro(bytes).records as unknown as Manifest[]
}

/** Data files as bytes of their own: what a task of a run hands to the commit. */
export function encodeDataFiles(files: readonly DataFile[], names: PartitionNames): Uint8Array {
  return encodeAvro(dataFileSchema(names), files, {})
}

export function decodeDataFiles(bytes: Uint8Array): DataFile[] {
  return decodeAvro(bytes).records as unknown as DataFile[]
}

/** Whether a manifest says of files that still count. A list may name some that only say what is gone. */
export function hasLive({ added_files_count, existing_files_count }: Manifest): boolean {
  return added_files_count + existing_files_count > 0
}

/** Whether a manifest may have files of some month: by the bounds of its first partition field, as far as it says any. */
export function mayHold({ partitions }: Manifest, months: Iterable<string>): boolean {
  const { lower_bound: lower, upper_bound: upper } = partitions?.[0] ?? {}
  if (!lower || !upper) return true
  const [from, to] = [textOfBound(lower), textOfBound(upper)]
  for (const month of months) if (from <= month && month <= to) return true
  return false
}
