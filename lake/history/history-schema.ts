import type { FileMetaData, RowGroup, SchemaElement } from 'hyparquet'
import { DAY_MS } from '../instant.ts'
import { chunkNamed, flatElements } from '../parquet/flat-column.ts'
import { knownZone } from '../time-zone.ts'
import type { TimeColumn, TimeKind } from './event-time.ts'
import { type HistoryField, leveledName, mapColumns, refuseTwins, splitTime } from './history-columns.ts'

/** What a history file's footer says about it. */
export interface HistorySchema {
  readonly columns: ReadonlyMap<HistoryField, string>
  /** The scale of each DECIMAL column. */
  readonly decimals: ReadonlyMap<string, number>
  /** The flat columns by name, decimals as the plain integers or bytes that they are stored as. */
  readonly elements: ReadonlyMap<string, SchemaElement>
  /** Of kind `number` where the footer has no type for the time: then its cells tell the unit. */
  readonly time: Omit<TimeColumn, 'kind'> & { readonly kind: TimeKind | 'number' }
}

/** Finds the columns of a history file; throws, saying which columns there are, where it is not one. */
export function readHistorySchema(metadata: FileMetaData): HistorySchema {
  const elements = flatElements(metadata)
  const names = elements.map(({ name }) => name)
  const leveled = leveledName(names)
  if (leveled) {
    throw new Error(
      `its columns have two names, such as ${leveled}; save it in pandas after stack(level=1).reset_index()`,
    )
  }
  const columns = mapColumns(names)
  const date = elements.find(({ name }) => name === columns.get('date'))
  const split = splitTime(names)
  if (split)
    throw new Error(`its time stands in two columns, ${split.date} and ${split.time}; write it as one, Datetime`)
  refuseTwins(names)
  if (!date) throw new Error(`no column Date, Datetime or ts_event; its columns are ${names.join(', ') || 'none'}`)
  return { columns, ...withoutDecimals(elements), time: timeOf(metadata, date) }
}

/** What the footer says of the times of a column. */
export function timeOf(metadata: FileMetaData, date: SchemaElement): HistorySchema['time'] {
  return { kind: timeKindOf(date), zone: zoneOf(metadata, date.name) }
}

/** hyparquet multiplies decimals by 0.01 and the like, which is no exact number: 435 becomes 4.3500000000000005. */
function withoutDecimals(flat: readonly SchemaElement[]): Pick<HistorySchema, 'decimals' | 'elements'> {
  const decimals = new Map<string, number>()
  const elements = new Map<string, SchemaElement>()
  for (const element of flat.toReversed()) {
    const { converted_type: _converted, logical_type: _logical, ...stored } = element
    const scale = decimalScaleOf(element)
    elements.set(element.name, scale === undefined ? element : stored)
    if (scale === undefined) decimals.delete(element.name)
    else decimals.set(element.name, scale)
  }
  return { decimals, elements }
}

function decimalScaleOf({ converted_type: converted, logical_type: logical, scale }: SchemaElement) {
  if (logical?.type === 'DECIMAL') return logical.scale
  return converted === 'DECIMAL' ? (scale ?? 0) : undefined
}

/** Of 76 digits, the most that any writer knows. */
const MAX_DECIMAL_BYTES = 32

/** The number nearest to a stored decimal; of scale 0 it is a whole number of any size. */
export function exactDecimal(stored: unknown, scale: number): unknown {
  if (stored instanceof Uint8Array && stored.length > MAX_DECIMAL_BYTES)
    throw new Error(`a decimal of ${stored.length} bytes; at most ${MAX_DECIMAL_BYTES} are read`)
  const unscaled = stored instanceof Uint8Array ? signedInteger(stored) : stored
  if (typeof unscaled !== 'bigint' && typeof unscaled !== 'number') return unscaled
  return scale === 0 ? BigInt(unscaled) : Number(`${unscaled}e${-scale}`)
}

/** Big-endian, two's complement (Parquet, "DECIMAL"). */
function signedInteger(bytes: Uint8Array): bigint {
  return BigInt.asIntN(bytes.length * 8, BigInt(`0x0${Buffer.from(bytes).toString('hex')}`))
}

function timeKindOf({ type, converted_type: converted, logical_type: logical }: SchemaElement): TimeKind | 'number' {
  if (converted === 'DATE' || logical?.type === 'DATE') return 'date'
  if (logical?.type === 'TIMESTAMP') return logical.isAdjustedToUTC ? 'instant' : 'wall'
  if (converted === 'TIMESTAMP_MILLIS' || converted === 'TIMESTAMP_MICROS' || type === 'INT96') return 'instant'
  return 'number'
}

interface PandasColumn {
  readonly field_name?: unknown
  readonly metadata?: { readonly timezone?: unknown } | null
}

/** The zone that pandas wrote beside a column ("Storing pandas DataFrame objects in Apache Parquet format"). */
function zoneOf(metadata: FileMetaData, column: string): string | undefined {
  const pandas = metadata.key_value_metadata?.find(({ key }) => key === 'pandas')?.value
  if (!pandas) return undefined
  const columns = pandasColumns(pandas)
  const timezone = columns.find(({ field_name: name }) => name === column)?.metadata?.timezone
  return typeof timezone === 'string' ? knownZone(timezone) : undefined
}

function pandasColumns(json: string): readonly PandasColumn[] {
  try {
    const { columns } = JSON.parse(json) as { readonly columns?: unknown }
    return Array.isArray(columns) ? columns : []
  } catch {
    return [] // a note that another program left; the file is as good without it
  }
}

/** Between which event times the rows of a row group lie, as far as its statistics tell; open ends where they do not. */
export interface TimeRange {
  readonly earliest: number
  readonly latest: number
}

export function timeRangeOf(group: RowGroup, { columns, time }: HistorySchema): TimeRange {
  const statistics = chunkNamed(columns.get('date') ?? '', group)?.meta_data?.statistics
  const earliest = statistics?.min_value ?? statistics?.min
  const latest = statistics?.max_value ?? statistics?.max
  const isTold = time.kind !== 'number' && typeof earliest === 'number' && typeof latest === 'number'
  if (!isTold) return { earliest: Number.NEGATIVE_INFINITY, latest: Number.POSITIVE_INFINITY }
  // A session's date can lie a day to either side of the stored instant; rows without a time come first of all.
  return {
    earliest: statistics?.null_count === 0n ? earliest - DAY_MS : Number.NEGATIVE_INFINITY,
    latest: latest + DAY_MS,
  }
}
