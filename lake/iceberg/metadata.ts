/** The metadata file of a table (Iceberg, "Table Metadata"): read, made, moved on by a commit. Each version is a file of its own. */
import { TickerlakeError } from '../errors.ts'
import { DAY_MS } from '../instant.ts'
import type { Long } from './avro-type.ts'
import { type IcebergSchema, type IcebergShape, nameMappingOf, SORT_ORDER_ID, schemaWith } from './table-schema.ts'

export interface Snapshot {
  readonly 'snapshot-id': Long
  readonly 'parent-snapshot-id'?: Long
  readonly 'sequence-number': number
  readonly 'timestamp-ms': number
  readonly 'manifest-list': string
  readonly summary: Readonly<Record<string, string>>
  readonly 'schema-id'?: number
}

interface Reference {
  readonly 'snapshot-id': Long
  readonly type: 'branch' | 'tag'
}

export interface TableMetadata {
  readonly 'format-version': number
  readonly 'table-uuid': string
  readonly location: string
  readonly 'last-sequence-number': number
  readonly 'last-updated-ms': number
  readonly 'last-column-id': number
  readonly 'current-schema-id': number
  readonly schemas: readonly IcebergSchema[]
  readonly 'current-snapshot-id'?: Long | null
  readonly snapshots?: readonly Snapshot[]
  readonly refs?: Readonly<Record<string, Reference>>
  readonly 'snapshot-log'?: readonly { readonly 'snapshot-id': Long; readonly 'timestamp-ms': number }[]
  readonly 'metadata-log'?: readonly { readonly 'metadata-file': string; readonly 'timestamp-ms': number }[]
  readonly properties?: Readonly<Record<string, string>>
  /** What other engines keep here stays as it is. */
  readonly [other: string]: unknown
}

/** How long a table keeps its past. */
export interface Retention {
  readonly snapshotDays: number
  /** Kept whatever their age, so that an idle lake can be rolled back too. */
  readonly keepLast: number
}

/** An idle lake makes a snapshot a month, and wants to be rolled back all the same. */
export const KEEP_LAST = 5

/** Where neither a stage nor the table says how long its past is kept. */
const SNAPSHOT_DAYS = 5

/** Other engines number snapshots with all 63 bits, which a double would bend. */
export function parseMetadata(bytes: Uint8Array, path: string): TableMetadata {
  const reviver = (_: string, value: unknown, context?: { readonly source?: string }) =>
    typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(context?.source ?? '')
      ? BigInt(context?.source ?? '')
      : value
  const metadata = JSON.parse(Buffer.from(bytes).toString(), reviver) as Partial<TableMetadata> | null
  if (metadata?.['format-version'] === 2 && Array.isArray(metadata.schemas)) return metadata as TableMetadata
  throw new TickerlakeError(
    'foreign-format',
    `${path} is Iceberg metadata of format version ${metadata?.['format-version']}; tickerlake writes version 2 and leaves others alone.`,
  )
}

export function encodeMetadata(metadata: TableMetadata): Uint8Array {
  const { rawJSON } = JSON as unknown as { readonly rawJSON: (text: string) => unknown }
  const replacer = (_: string, value: unknown) => (typeof value === 'bigint' ? rawJSON(String(value)) : value)
  return Buffer.from(JSON.stringify(metadata, replacer))
}

export interface NewTable {
  readonly shape: IcebergShape
  readonly location: string
  readonly uuid: string
  /** Epoch milliseconds. */
  readonly now: number
  readonly retention: Retention
}

/** Metadata files kept beside the current one: enough to look at what the last day did. */
const PREVIOUS_FILES = 24

export function newMetadata({ shape, location, uuid, now, retention }: NewTable): TableMetadata {
  return {
    'format-version': 2,
    'table-uuid': uuid,
    location,
    'last-sequence-number': 0,
    'last-updated-ms': now,
    'last-column-id': lastColumn(shape.schema),
    'current-schema-id': 0,
    schemas: [shape.schema],
    'default-spec-id': 0,
    'partition-specs': [{ 'spec-id': 0, fields: shape.partition }],
    'last-partition-id': Math.max(...shape.partition.map((field) => field['field-id'])),
    'default-sort-order-id': SORT_ORDER_ID,
    'sort-orders': [
      { 'order-id': 0, fields: [] },
      { 'order-id': SORT_ORDER_ID, fields: shape.sort },
    ],
    // What another engine that writes or tidies here should know.
    properties: {
      'schema.name-mapping.default': nameMappingOf(shape),
      'write.format.default': 'PARQUET',
      'write.parquet.compression-codec': 'zstd',
      'write.metadata.delete-after-commit.enabled': 'true',
      'write.metadata.previous-versions-max': String(PREVIOUS_FILES),
      ...propertiesOf(retention),
    },
    'current-snapshot-id': -1,
    refs: {},
    snapshots: [],
    'snapshot-log': [],
    'metadata-log': [],
  }
}

const MAX_AGE = 'history.expire.max-snapshot-age-ms'
const KEPT_ANYWAY = 'history.expire.min-snapshots-to-keep'

function propertiesOf({ snapshotDays, keepLast }: Retention): Readonly<Record<string, string>> {
  return { [MAX_AGE]: String(snapshotDays * DAY_MS), [KEPT_ANYWAY]: String(keepLast) }
}

/** How long the table says that its past is kept: as the last commit was told. */
export function retentionOf({ properties }: TableMetadata): Retention {
  const [age, keepLast] = [MAX_AGE, KEPT_ANYWAY].map((name) => Number(properties?.[name] ?? Number.NaN))
  return {
    snapshotDays: age === undefined || Number.isNaN(age) ? SNAPSHOT_DAYS : age / DAY_MS,
    keepLast: keepLast === undefined || Number.isNaN(keepLast) ? KEEP_LAST : keepLast,
  }
}

/** The table as it tells other engines, and whoever expires by hand, how long its past is kept now. */
export function withRetention(metadata: TableMetadata, retention: Retention): TableMetadata {
  return { ...metadata, properties: { ...metadata.properties, ...propertiesOf(retention) } }
}

function lastColumn({ fields }: IcebergSchema): number {
  return Math.max(...fields.map(({ id }) => id))
}

export function schemaOf(metadata: TableMetadata): IcebergSchema {
  const found = metadata.schemas.find((schema) => schema['schema-id'] === metadata['current-schema-id'])
  if (found) return found
  throw new TickerlakeError('foreign-format', `The table's metadata has no schema ${metadata['current-schema-id']}.`)
}

/** The table with the columns that are new to it. */
export function withColumns(metadata: TableMetadata, shape: IcebergShape): TableMetadata {
  const schema = schemaWith(schemaOf(metadata), shape)
  if (!schema) return metadata
  const id = Math.max(...metadata.schemas.map((one) => one['schema-id'])) + 1
  return {
    ...metadata,
    'last-column-id': Math.max(metadata['last-column-id'], lastColumn(schema)),
    'current-schema-id': id,
    schemas: [...metadata.schemas, { ...schema, 'schema-id': id }],
    properties: { ...metadata.properties, 'schema.name-mapping.default': nameMappingOf({ ...shape, schema }) },
  }
}

export function snapshotsOf({ snapshots = [] }: TableMetadata): readonly Snapshot[] {
  return snapshots
}

function snapshotOf(metadata: TableMetadata, id: Long | null | undefined): Snapshot | undefined {
  return snapshotsOf(metadata).find((snapshot) => snapshot['snapshot-id'] === id)
}

export function currentOf(metadata: TableMetadata): Snapshot | undefined {
  return snapshotOf(metadata, metadata['current-snapshot-id'])
}

/** A snapshot and those that it came from, back to the last that is kept. */
export function* ancestry(metadata: TableMetadata, from = currentOf(metadata)): Generator<Snapshot> {
  for (let at = from; at; at = snapshotOf(metadata, at['parent-snapshot-id'])) yield at
}

/** What was current at an instant, as Athena's `FOR TIMESTAMP AS OF` has it; undefined where that is no longer kept. */
export function snapshotAt(metadata: TableMetadata, instant: number): Snapshot | undefined {
  const entry = (metadata['snapshot-log'] ?? []).findLast((one) => one['timestamp-ms'] <= instant)
  return entry && snapshotOf(metadata, entry['snapshot-id'])
}
