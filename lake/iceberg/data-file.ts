import { TickerlakeError } from '../errors.ts'
import { type ColumnSummary, summaryOf } from '../parquet/file-summary.ts'
import type { IcebergTable, LiveFile } from './iceberg-table.ts'
import type { DataFile } from './manifest.ts'
import { monthNumber, valueBytes } from './single-value.ts'
import { type IcebergField, type IcebergShape, type IcebergType, SORT_ORDER_ID } from './table-schema.ts'

/** A sorted Parquet file of one month as a data file: counts, sizes and bounds by which readers leave it out. */
export function dataFileOf(
  { path, body, month }: { readonly path: string; readonly body: Uint8Array; readonly month: string },
  { schema, names }: IcebergShape,
): DataFile {
  const { rows, columns, groupOffsets } = summaryOf(body)
  const of = <T>(cellOf: (column: ColumnSummary, field: IcebergField) => T | undefined) =>
    schema.fields.flatMap((field) => {
      const column = columns.get(field.name)
      const value = column && cellOf(column, field)
      return value === undefined ? [] : [{ key: field.id, value }]
    })
  const boundOf = (side: 'min' | 'max') =>
    of((column, { type }) => {
      const bound = column[side]
      return bound === undefined ? undefined : valueBytes(bound, type as IcebergType)
    })
  return {
    content: 0,
    file_path: path,
    file_format: 'PARQUET',
    partition: { [names.key]: month, [names.time]: monthNumber(month) },
    record_count: rows,
    file_size_in_bytes: body.length,
    column_sizes: of(({ bytes }) => bytes),
    value_counts: of(({ values }) => values),
    null_value_counts: of(({ nulls }, { required }) => (required ? 0 : nulls)),
    nan_value_counts: null,
    lower_bounds: boundOf('min'),
    upper_bounds: boundOf('max'),
    split_offsets: groupOffsets,
    sort_order_id: SORT_ORDER_ID,
  }
}

/**
 * Refuses to rewrite files with values in a column that this code does not know, of another engine or a later release: the
 * values would be gone from the new files without a word.
 */
export function refuseOtherColumns(files: readonly LiveFile[], { shape, name }: IcebergTable): void {
  const known = new Set(shape.schema.fields.map(({ id }) => id))
  for (const { dataFile } of files) {
    const nulls = new Map(dataFile.null_value_counts?.map(({ key, value }) => [key, Number(value)]))
    const other = dataFile.value_counts?.find(
      ({ key, value }) => !known.has(key) && Number(value) > (nulls.get(key) ?? 0),
    )
    if (!other) continue
    throw new TickerlakeError(
      'other-columns',
      `${dataFile.file_path} of ${name} has values in the column number ${other.key}, which this release does not know and would drop. Add the column to lake/tables, or deploy the release that has it; then run again.`,
    )
  }
}
