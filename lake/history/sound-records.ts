/** What a CSV's records show of how the file was made: quotes that were not closed, tables behind each other, rows of too many cells. */
import type { Delimiter } from './csv.ts'
import { fieldOf, mapColumns } from './history-columns.ts'
import { isoOfText } from './text-dates.ts'
import { levelsOf } from './wide-table.ts'

type Record = readonly string[]

/** Throws where a quote has swallowed rows or a second table begins; a row with more cells than the header has says so in each of its numbers. */
export function soundRecords(records: readonly Record[], delimiter: Delimiter): readonly Record[] {
  const [header = []] = records
  const fields = mapColumns(header)
  const kept = new Set([0, ...KEPT_FIELDS.map((field) => header.indexOf(fields.get(field) ?? ''))])
  const dateAt = Math.max(0, header.indexOf(fields.get('date') ?? ''))
  refuseSecondTable(records, dateAt)
  return records.map((row) => {
    for (const cell of row) if (/[\n\r]/.test(cell)) checkUnswallowed(cell, { delimiter, dateAt })
    const isWider = row.length > header.length && row.slice(header.length).some((cell) => cell.trim() !== '')
    return isWider ? untrusted(row, header.length, kept) : row
  })
}

/** What a row of too many cells is of, and when, so that it can be found. */
const KEPT_FIELDS = ['date', 'symbol', 'interval'] as const

/** Files that were put behind each other have their headers among the rows; the cells below another header mean something else. */
function refuseSecondTable(records: readonly Record[], dateAt: number): void {
  const lines = levelsOf(records)?.lines ?? 1
  const heads = new Set(records.slice(0, lines).map(meaningOf))
  const second = records.slice(lines).find((row) => {
    if (fieldOf(row[dateAt] ?? '') === undefined) return false
    const names = row.filter((cell) => fieldOf(cell) !== undefined)
    return (lines > 1 || names.length > 1) && !heads.has(meaningOf(row))
  })
  if (second === undefined) return
  const line = second.join(',').slice(0, 60)
  throw new Error(`a second table begins in it, with the line ${line}; put each in a file of its own`)
}

function meaningOf(header: Record): string {
  return header.map((name) => fieldOf(name) ?? name.trim()).join()
}

const LINE_END = /\r\n|\n|\r/
/** A date as people write it, or a number of digits as times have. */
const LIKE_DATE = /^"?(?:\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}|\d{8,19}(?!\d))/

/** A cell may have several lines, as a remark has; one with a date where rows have theirs is a row, and its quote was never closed. */
function checkUnswallowed(cell: string, { delimiter, dateAt }: { delimiter: Delimiter; dateAt: number }): void {
  const [, ...lines] = cell.split(LINE_END)
  const row = lines.find((line) => {
    const date = line.split(delimiter, dateAt + 1)[dateAt]?.trim() ?? ''
    return LIKE_DATE.test(date) || isoOfText(date) !== undefined
  })
  if (row !== undefined)
    throw new Error(`a quote is not closed where its cell ends, and takes in the row ${row.slice(0, 40)}`)
}

/** Characters of a row that a reason may quote. */
const MAX_SAID = 200

/** An unquoted `1,000` or `Apple, Inc.` moves all that follows; where it stood cannot be told. */
function untrusted(row: Record, width: number, kept: ReadonlySet<number>): Record {
  const said = `${row.length} cells, the header has ${width}: ${row.join(' | ').slice(0, MAX_SAID)}`
  return row.slice(0, width).map((cell, i) => (kept.has(i) ? cell : said))
}
