/** The Avro schemas of manifests and of their lists, with Iceberg's field ids (Iceberg, "Manifests", "Manifest Lists"). */
import type { AvroField, AvroType } from './avro-type.ts'
import { PARTITION_IDS, type PartitionNames } from './table-schema.ts'

const CONTAINS_NULL = 509
const KEY_VALUE = { type: 'array', logicalType: 'map' } as const

export function dataFileSchema({ key, time }: PartitionNames): AvroType {
  const partition = record('r102', [
    optional(key, PARTITION_IDS.key, 'string'),
    optional(time, PARTITION_IDS.time, 'int'),
  ])
  return record('r2', [
    required('content', 134, 'int'),
    required('file_path', 100, 'string'),
    required('file_format', 101, 'string'),
    required('partition', 102, partition),
    required('record_count', 103, 'long'),
    required('file_size_in_bytes', 104, 'long'),
    byColumn('column_sizes', [108, 117, 118], 'long'),
    byColumn('value_counts', [109, 119, 120], 'long'),
    byColumn('null_value_counts', [110, 121, 122], 'long'),
    byColumn('nan_value_counts', [137, 138, 139], 'long'),
    byColumn('lower_bounds', [125, 126, 127], 'bytes'),
    byColumn('upper_bounds', [128, 129, 130], 'bytes'),
    optional('split_offsets', 132, { type: 'array', items: 'long', 'element-id': 133 }),
    optional('sort_order_id', 140, 'int'),
  ])
}

export function entrySchema(names: PartitionNames): AvroType {
  return record('manifest_entry', [
    required('status', 0, 'int'),
    optional('snapshot_id', 1, 'long'),
    optional('sequence_number', 3, 'long'),
    optional('file_sequence_number', 4, 'long'),
    required('data_file', 2, dataFileSchema(names)),
  ])
}

export const MANIFEST_SCHEMA: AvroType = record('manifest_file', [
  required('manifest_path', 500, 'string'),
  required('manifest_length', 501, 'long'),
  required('partition_spec_id', 502, 'int'),
  required('content', 517, 'int'),
  required('sequence_number', 515, 'long'),
  required('min_sequence_number', 516, 'long'),
  required('added_snapshot_id', 503, 'long'),
  required('added_files_count', 504, 'int'),
  required('existing_files_count', 505, 'int'),
  required('deleted_files_count', 506, 'int'),
  required('added_rows_count', 512, 'long'),
  required('existing_rows_count', 513, 'long'),
  required('deleted_rows_count', 514, 'long'),
  optional('partitions', 507, {
    type: 'array',
    'element-id': 508,
    items: record('r508', [
      required('contains_null', CONTAINS_NULL, 'boolean'),
      optional('contains_nan', 518, 'boolean'),
      optional('lower_bound', 510, 'bytes'),
      optional('upper_bound', 511, 'bytes'),
    ]),
  }),
])

function record(name: string, fields: readonly AvroField[]): AvroType {
  return { type: 'record', name, fields }
}

function required(name: string, id: number, type: AvroType): AvroField {
  return { name, type, 'field-id': id }
}

function optional(name: string, id: number, type: AvroType): AvroField {
  return { name, type: ['null', type], default: null, 'field-id': id }
}

/** A value for each column, by its field id. */
function byColumn(name: string, [id, key, value]: readonly [number, number, number], type: AvroType): AvroField {
  const items = record(`k${key}_v${value}`, [required('key', key, 'int'), required('value', value, type)])
  return optional(name, id, { ...KEY_VALUE, items })
}
