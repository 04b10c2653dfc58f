/** Files of columns, CSV or Parquet, as forecasts are kept in them. Bars are read by bars-file.ts. */
import { gunzipSync } from 'node:zlib'
import { messageOf, UsageError } from '../../lake/errors.ts'
import { parseCsv } from '../../lake/history/csv.ts'
import { type EventTime, epochUnitOf, eventTimeReader } from '../../lake/history/event-time.ts'
import { DAY_MS, parseIso } from '../../lake/instant.ts'
import { readFooter } from '../../lake/parquet/checked-footer.ts'
import { memorySource } from '../../lake/parquet/file-source.ts'
import { flatElements, readFlatColumn } from '../../lake/parquet/flat-column.ts'
import { checkFileRows } from '../../lake/parquet/limits.ts'
import { readNamedFile } from './bars-file.ts'

/** Columns by name, in lower case with `_` for spaces, as far as the file has them. */
export type FileColumns = ReadonlyMap<string, readonly unknown[]>

/** The columns of a CSV, gzipped CSV or Parquet file. */
export async function readColumns(path: string): Promise<FileColumns> {
  const bytes = readNamedFile(path)
  if (/\.parquet$/i.test(path)) return readParquet(path, bytes)
  const text = new TextDecoder().decode(/\.gz$/i.test(path) ? gunzipSync(bytes) : bytes)
  const [headers, ...rows] = parseCsv(text)
  if (!headers) throw new UsageError(`${path} is empty; want a header line and rows.`)
  return new Map(headers.map((header, i) => [normalName(header), rows.map((row) => row[i] ?? '')]))
}

function normalName(name: string): string {
  return name.trim().toLowerCase().replaceAll(/[ .-]/g, '_')
}

async function readParquet(path: string, bytes: Uint8Array): Promise<FileColumns> {
  try {
    return await parquetColumns(bytes)
  } catch (cause) {
    throw new UsageError(`${path} is not a Parquet file that can be read: ${messageOf(cause)}`, { cause })
  }
}

async function parquetColumns(bytes: Uint8Array): Promise<FileColumns> {
  const file = memorySource(bytes)
  const metadata = await readFooter(file, { firstFetchBytes: bytes.length })
  checkFileRows(Number(metadata.num_rows), bytes.length)
  const columns = new Map<string, readonly unknown[]>()
  for (const element of flatElements(metadata)) {
    const groups = metadata.row_groups.map((rowGroup) =>
      readFlatColumn(file, { metadata, rowGroup, element, parsers: {}, utf8: true }),
    )
    columns.set(
      normalName(element.name),
      (await Promise.all(groups)).flatMap((cells) => Array.from<unknown>(cells)),
    )
  }
  return columns
}

/**
 * The day (since 1970-01-01) of each cell of a column: a text that begins with an ISO date, a Date, or a number of the
 * unit that the column's numbers mean together. Undefined where there is none.
 */
export function daysOf(cells: readonly unknown[]): readonly (number | undefined)[] {
  const timeOf = eventTimeReader({ kind: epochUnitOf(cells), zone: undefined })
  return cells.map((cell) => {
    if (typeof cell === 'string') return dayOfText(cell)
    if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? undefined : dayOf(cell.getTime())
    return dayOf(timeOf(cell, '1d'))
  })
}

function dayOfText(text: string): number | undefined {
  const iso = /^\d{8}$/.test(text) ? `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}` : text.slice(0, 10)
  return dayOf(parseIso(iso) ?? null)
}

function dayOf(time: EventTime): number | undefined {
  return typeof time === 'number' ? Math.floor(time / DAY_MS) : undefined
}
