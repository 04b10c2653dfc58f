/** Splits and dividends of a symbol, beside its bars: what a chart told, as rows of `actions`, one object a symbol and month. */
import type { ChartAction } from '../history/yahoo-chart.ts'
import { parquetEncoder } from '../parquet/encoder.ts'
import { parquetGroups } from '../parquet/row-groups.ts'
import { type ObjectStore, onlyOver } from '../store/object-store.ts'
import { ACTIONS, type ActionRow } from '../tables/action-table.ts'
import { type ColumnCells, rowAt } from '../tables/cells.ts'
import { tablePartitionOf, tablePartitionPrefix } from '../tables/table.ts'
import { SOURCE } from './fetched-file.ts'

const encoder = parquetEncoder()
const NAMES = ACTIONS.columns.map(({ name }) => name)
/** Yahoo rounds an amount to six digits after it has divided it by later splits. */
const TOLERANCE = 1e-3

/** What a chart tells, as statements: a dividend as it was paid, before the splits after it. */
export function statementsOf(symbol: string, actions: readonly ChartAction[], now: number): readonly ActionRow[] {
  const splits = actions.filter((action) => action.kind === 'split')
  return actions.map((action): ActionRow => {
    const said = { symbol, ts_event: action.day, ts_effective: action.time, source: SOURCE, ts_known: now }
    if (action.kind === 'split') return { ...said, kind: 'split', ratio: action.ratio, amount: null }
    const later = splits.filter(({ day }) => day > action.day)
    const amount = later.reduce((all, { ratio }) => all * ratio, action.amount)
    return { ...said, kind: 'dividend', ratio: null, amount }
  })
}

/** Adds what the month's object does not say; false where somebody else wrote it meanwhile. */
export async function keepStatements(
  rows: readonly ActionRow[],
  store: Pick<ObjectStore, 'get' | 'put'>,
): Promise<boolean> {
  const [first] = rows
  if (!first) return true
  const month = tablePartitionOf(ACTIONS, first.ts_known)
  const key = `${tablePartitionPrefix(ACTIONS, month)}${first.symbol}.parquet`
  const found = await store.get(key)
  const standing = found ? await rowsIn(found.body) : []
  const news = rows.filter((row) => !isSame(standing.findLast(isOf(row)), row))
  if (news.length === 0) return true
  const all = [...standing, ...news].sort((a, b) => a.ts_event - b.ts_event || a.ts_known - b.ts_known)
  const condition = onlyOver(found?.etag)
  const body = encoder.encode(ACTIONS, columnsOf(all))
  const outcome = await store.put(key, body, { condition, contentType: 'application/vnd.apache.parquet' })
  return outcome.kind === 'written'
}

const isOf = (row: ActionRow) => (one: ActionRow) => one.kind === row.kind && one.ts_event === row.ts_event

function isSame(a: ActionRow | undefined, b: ActionRow): boolean {
  if (!a) return false
  const [x, y] = [a.ratio ?? a.amount ?? 0, b.ratio ?? b.amount ?? 0]
  return Math.abs(x - y) <= TOLERANCE * Math.max(Math.abs(x), Math.abs(y))
}

async function rowsIn(body: Uint8Array): Promise<readonly ActionRow[]> {
  const rows: ActionRow[] = []
  for await (const group of parquetGroups.read(body, ACTIONS, NAMES)) {
    for (let i = 0; i < group.rows; i++) rows.push(rowAt(group.cells, NAMES, i) as ActionRow)
  }
  return rows
}

function columnsOf(rows: readonly ActionRow[]): readonly ColumnCells[] {
  return NAMES.map((name) => rows.map((row) => row[name]))
}
