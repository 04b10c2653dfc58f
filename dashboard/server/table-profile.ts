/** What each column of a table holds, by one statement whose text never changes: it is translated once, then kept. */
import { CountedFiles } from '../../lake/parquet/counted-files.ts'
import type { Column, Table } from '../../lake/tables/table.ts'
import type { ColumnProfile, TableProfile } from '../api.ts'
import type { Reader } from './reader.ts'

const STEPS = 12

export async function profileOf(table: Table, reader: Reader): Promise<TableProfile> {
  const { files, rows, bytes } = await new CountedFiles(reader.files, table).count()
  const [cells = []] = await reader.ask(profileSql(table))
  const columns = table.columns.map((column, i) => columnProfile(column, rows, cells.slice(5 * i, 5 * i + 5)))
  return { name: table.name, doc: table.doc, rows, files, bytes, columns }
}

/** Five cells a column: values, different values, the least, the most, and how many are in which step between them. */
function profileSql({ name, columns }: Table): string {
  const facts = columns.flatMap(factsOf)
  const ranges = columns.map((column, i) => (numeric(column) ? `, max_${i} - min_${i} AS width_${i}` : ''))
  const steps = columns.flatMap((column, i) => stepsOf(column, i))
  const cells = columns.flatMap((column, i) => [
    ...['values', 'distinct', 'min', 'max'].map((fact) => `${fact}_${i}`),
    numeric(column) ? `steps_${i}` : 'NULL',
  ])
  return `
WITH facts AS (SELECT ${facts.join(', ')} FROM ${name}),
ranges AS (SELECT *${ranges.join('')} FROM facts),
steps AS (SELECT ${steps.join(', ')} FROM ${name} CROSS JOIN ranges)
SELECT ${cells.join(', ')} FROM facts CROSS JOIN steps`
}

/** Bytes have no order worth telling. */
function factsOf(column: Column, i: number): readonly string[] {
  const value = numeric(column) ?? column.name
  const rest =
    column.type === 'binary'
      ? ['NULL', 'NULL', 'NULL']
      : [`count(DISTINCT ${column.name})`, `min(${value})`, `max(${value})`]
  return [`count(${column.name})`, ...rest].map(
    (fact, at) => `${fact} AS ${['values', 'distinct', 'min', 'max'][at]}_${i}`,
  )
}

/** A row's step from the least to the most; none where these are one, or too far apart for a number. */
function stepsOf(column: Column, i: number): readonly string[] {
  const value = numeric(column)
  if (value === undefined) return []
  const step = `CAST(least(${STEPS - 1}, floor(${STEPS} * (${value} - min_${i}) / width_${i})) AS integer)`
  return [`histogram(CASE WHEN width_${i} > 0 AND width_${i} < infinity() THEN ${step} END) AS steps_${i}`]
}

/** As a number, so that least and most come as one, and steps between them have a width. */
function numeric({ name, type }: Column): string | undefined {
  if (type === 'timestamp') return `to_unixtime(${name})`
  return type === 'double' || type === 'int' || type === 'bigint' ? `CAST(${name} AS double)` : undefined
}

function columnProfile({ name, type, doc }: Column, rows: number, cells: readonly (string | null)[]): ColumnProfile {
  const [values, distinct = null, least = null, most = null, steps = null] = cells
  const text = (value: string | null): string | null =>
    type === 'timestamp' && value !== null ? new Date(Number(value) * 1000).toISOString() : value
  return {
    name,
    type,
    doc,
    nulls: rows - Number(values),
    distinct: distinct === null ? null : Number(distinct),
    least: text(least),
    most: text(most),
    steps: steps === null ? null : stepCounts(steps),
  }
}

/** From `{0=12, 3=1}`, as a map is shown. */
function stepCounts(map: string): readonly number[] {
  const counts = new Array<number>(STEPS).fill(0)
  for (const entry of map.slice(1, -1).split(', ')) {
    const [step, count] = entry.split('=')
    counts[Number(step)] = Number(count)
  }
  return counts
}
