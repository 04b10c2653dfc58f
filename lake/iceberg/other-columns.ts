import { TickerlakeError } from '../errors.ts'
import type { IcebergTable, LiveFile } from './iceberg-table.ts'

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
