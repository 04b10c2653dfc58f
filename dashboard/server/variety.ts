/** The route of the page Variety: how much there is, how it comes, and what each column holds. */
import { BARS_LANDING, TABLES } from '../../lake/tables/tables.ts'
import type { TableProfile, VarietyAnswer } from '../api.ts'
import type { Answer } from './handler.ts'
import type { Reader } from './reader.ts'
import { profileOf } from './table-profile.ts'

const SHARES = ['symbol', 'source', 'interval'] as const
/** Shown of a column's values, those with the most rows. */
const MOST_SHARES = 12
const DAYS = 'SELECT dt, count(*) FROM bars_landing GROUP BY dt ORDER BY dt'
const MINUTES = `
SELECT to_unixtime(date_trunc('minute', ts_recv)), count(*)
FROM bars_landing GROUP BY date_trunc('minute', ts_recv) ORDER BY 1 DESC LIMIT 120`
/** Which of the three a row is about is what `grouping` leaves at 0. */
const BY_SHARE = `
SELECT grouping(${SHARES.join(', ')}), coalesce(${SHARES.join(', ')}), count(*)
FROM bars GROUP BY GROUPING SETS (${SHARES.map((name) => `(${name})`).join(', ')}) ORDER BY 3 DESC, 2`
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
  const minutes = (await reader.ask(MINUTES))
    .map(([t, rows]) => ({ t: Number(t) * 1000, rows: Number(rows) }))
    .reverse()
  return {
    tables,
    days: await daysOf(reader),
    minutes,
    shares: await sharesOf(reader),
    rejected: (await reader.ask(REJECTED)).map(named),
    findings: (await reader.ask(FINDINGS)).map(named),
  }
}

async function sharesOf(reader: Reader): Promise<VarietyAnswer['shares']> {
  const rows = await reader.ask(BY_SHARE)
  const of = (name: (typeof SHARES)[number]) => {
    const others = String(0b111 ^ (0b100 >> SHARES.indexOf(name)))
    const own = rows.filter(([grouping]) => grouping === others).slice(0, MOST_SHARES)
    return own.map(([, value = null, count = null]) => named([value, count]))
  }
  return { symbol: of('symbol'), source: of('source'), interval: of('interval') }
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
