/** The route of the page Variety: how much there is, how it comes, and what each column holds. */
import { CountedFiles } from '../../lake/parquet/counted-files.ts'
import type { Column, Table } from '../../lake/tables/table.ts'
import { BARS_LANDING, TABLES } from '../../lake/tables/tables.ts'
import type { ColumnProfile, TableProfile, VarietyAnswer } from '../api.ts'
import type { Answer } from './handler.ts'
import type { Reader } from './reader.ts'

const STEPS = 12
const SHARES = ['symbol', 'source', 'interval'] as const
const DAYS = 'SELECT dt, count(*) FROM bars_landing GROUP BY dt ORDER BY dt'
const MINUTES = `
SELECT to_unixtime(date_trunc('minute', ts_recv)), count(*)
FROM bars_landing GROUP BY date_trunc('minute', ts_recv) ORDER BY 1 DESC LIMIT 120`
const REJECTED = 'SELECT reject_code, count(*) FROM bars_quarantine GROUP BY reject_code ORDER BY 2 DESC, 1'
const FINDINGS = 'SELECT finding, count(*) FROM bars_findings GROUP BY finding ORDER BY 2 DESC, 1'

export async function varietyAnswer(reader: Reader): Promise<Answer> {
  const version = await reader.version(TABLES)
  const data = await reader.kept.of('variety', version, () => variety(reader))
  return { data, version }
}

async function variety(reader: Reader): Promise<VarietyAnswer> {
  const tables: TableProfile[] = []
  for (const table of TABLES) tables.push(await profileOf(table, reader))
  const shares = {
    symbol: await shareOf('symbol', reader),
    source: await shareOf('source', reader),
    interval: await shareOf('interval', reader),
  }
  const minutes = (await reader.ask(MINUTES))
    .map(([t, rows]) => ({ t: Number(t) * 1000, rows: Number(rows) }))
    .reverse()
  return {
    tables,
    days: await daysOf(reader),
    minutes,
    shares,
    rejected: (await reader.ask(REJECTED)).map(named),
    findings: (await reader.ask(FINDINGS)).map(named),
  }
}

function shareOf(column: (typeof SHARES)[number], reader: Reader) {
  const sql = `SELECT ${column}, count(*) FROM bars GROUP BY ${column} ORDER BY 2 DESC, 1 LIMIT 12`
  return reader.ask(sql).then((rows) => rows.map(named))
}

function named([name, rows]: readonly (string | null)[]): { readonly name: string; readonly rows: number } {
  return { name: name ?? 'none', rows: Number(rows) }
}

/** Rows from the table, bytes from the files. */
async function daysOf(reader: Reader): Promise<VarietyAnswer['days']> {
  const bytes = new Map<string, number>()
  for await (const { key, size } of reader.files.list(`${BARS_LANDING.prefix}/`)) {
    const day = /\/dt=(\d{4}-\d{2}-\d{2})\//.exec(key)?.[1] ?? ''
    bytes.set(day, (bytes.get(day) ?? 0) + size)
  }
  const rows = await reader.ask(DAYS)
  return rows.map(([day, count]) => ({ day: day ?? '', rows: Number(count), bytes: bytes.get(day ?? '') ?? 0 }))
}

async function profileOf(table: Table, reader: Reader): Promise<TableProfile> {
  const { files, rows, bytes } = await new CountedFiles(reader.files, table).count()
  const facts = await factsOf(table, reader)
  const steps = rows > 0 ? await stepsOf(table, facts, reader) : new Map<string, number[]>()
  const columns = table.columns.map((column): ColumnProfile => {
    const { name, type, doc } = column
    const known = facts.get(name)
    const text = (value: string | null): string | null =>
      type === 'timestamp' && value !== null ? new Date(Number(value) * 1000).toISOString() : value
    return {
      name,
      type,
      doc,
      nulls: rows - (known?.values ?? 0),
      distinct: known?.distinct ?? null,
      least: text(known?.least ?? null),
      most: text(known?.most ?? null),
      steps: steps.get(name) ?? null,
    }
  })
  return { name: table.name, doc: table.doc, rows, files, bytes, columns }
}

interface Facts {
  readonly values: number
  readonly distinct: number | null
  readonly least: string | null
  readonly most: string | null
}

/** As a number, so that least and most come as one, and steps between them have a width. */
function numeric({ name, type }: Column): string | undefined {
  if (type === 'timestamp') return `to_unixtime(${name})`
  return type === 'double' || type === 'int' || type === 'bigint' ? `CAST(${name} AS double)` : undefined
}

/** Four facts of every column in one statement; bytes have no order worth telling. */
async function factsOf(table: Table, reader: Reader): Promise<ReadonlyMap<string, Facts>> {
  const parts = table.columns.flatMap((column) => {
    const { name, type } = column
    const value = numeric(column) ?? name
    const rest =
      type === 'binary'
        ? ['NULL', 'NULL', 'NULL']
        : [`count(DISTINCT ${name})`, `CAST(min(${value}) AS varchar)`, `CAST(max(${value}) AS varchar)`]
    return [`count(${name})`, ...rest]
  })
  const [row = []] = await reader.ask(`SELECT ${parts.join(', ')} FROM ${table.name}`)
  return new Map(
    table.columns.map(({ name }, i) => {
      const [values, distinct, least, most] = row.slice(4 * i, 4 * i + 4)
      return [
        name,
        {
          values: Number(values),
          distinct: distinct === null || distinct === undefined ? null : Number(distinct),
          least: least ?? null,
          most: most ?? null,
        },
      ]
    }),
  )
}

/** How many rows are in each step from the least to the most of a column that has numbers. */
async function stepsOf(
  table: Table,
  facts: ReadonlyMap<string, Facts>,
  reader: Reader,
): Promise<Map<string, number[]>> {
  const parts = table.columns.flatMap((column) => {
    const value = numeric(column)
    const { least = null, most = null } = facts.get(column.name) ?? {}
    const [low, width] = [Number(least), Number(most) - Number(least)]
    if (value === undefined || least === null || !(width > 0)) return []
    const step = `CAST(least(${STEPS - 1}, floor(${STEPS} * (${value} - (${low.toExponential()})) / ${width.toExponential()})) AS integer)`
    return [
      `SELECT '${column.name}' AS name, ${step} AS step, count(*) AS n FROM ${table.name} WHERE ${column.name} IS NOT NULL GROUP BY ${step}`,
    ]
  })
  const steps = new Map<string, number[]>()
  if (parts.length === 0) return steps
  for (const [name, step, n] of await reader.ask(parts.join('\nUNION ALL\n'))) {
    const counts = steps.get(name ?? '') ?? new Array<number>(STEPS).fill(0)
    counts[Math.max(0, Number(step))] = Number(n)
    steps.set(name ?? '', counts)
  }
  return steps
}
