/** What a manifest says of the cells of a data file, for readers that leave files out. */
import { fromMicros } from '../instant.ts'
import type { ObjectSummary } from '../store/object-store.ts'
import type { DataFile } from './manifest.ts'
import { textOfBound } from './single-value.ts'
import type { IcebergField, IcebergShape } from './table-schema.ts'

type FileBounds = NonNullable<ObjectSummary['bounds']>

/** Texts and times alone: by others no reader of the lake leaves anything out. */
export function boundsIn({ lower_bounds, upper_bounds }: DataFile, { schema }: IcebergShape): FileBounds {
  return (column) => {
    const field = schema.fields.find(({ name }) => name === column)
    const of = (bounds: DataFile['lower_bounds']) => {
      const found = bounds?.find(({ key }) => key === field?.id)
      return field && found && cellOf(found.value, field)
    }
    const [min, max] = [of(lower_bounds), of(upper_bounds)]
    return min === undefined || max === undefined ? undefined : { min, max }
  }
}

function cellOf(bytes: Uint8Array, { type }: IcebergField): number | string | undefined {
  if (type === 'string') return textOfBound(bytes)
  if (type !== 'timestamp' || bytes.length !== 8) return undefined
  return fromMicros(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getBigInt64(0, true))
}
