/** Rows as text: a table for eyes, CSV and JSON for pipes. */
import { oneOf } from './option-values.ts'
import { type Grid, isNumeric, printable, tableText } from './text-table.ts'

const FORMATS = ['table', 'csv', 'json'] as const
export type AnswerFormat = (typeof FORMATS)[number]

export interface Printing {
  /** The columns of the terminal that a table has to fit. @default the terminal's; as wide as the cells are where there is none */
  readonly width?: number | undefined
  /** A line for each cell, for rows that are wider than any terminal. @default false */
  readonly expanded?: boolean
  /** Whether a spreadsheet that opens the CSV is kept from running text as a formula. @default false */
  readonly safeCsv?: boolean
}

/** What `--format` says; a table where it was not given. */
export function answerFormatOf(text = 'table'): AnswerFormat {
  return oneOf(FORMATS, '--format', text)
}

/** The answer as it is printed, without a last line break. */
export function answerText(answer: Grid, format: AnswerFormat, printing: Printing = {}): string {
  if (format === 'csv') return csv(answer, printing.safeCsv ?? false)
  if (format === 'json') return json(answer)
  return printing.expanded ? expanded(answer) : tableText(answer, printing.width ?? process.stdout.columns)
}

/** A block a row, a line a cell. */
function expanded({ columns, rows }: Grid): string {
  const width = columns.reduce((most, { name }) => Math.max(most, name.length), 0)
  const blocks = rows.map((row, i) => {
    const lines = columns.map(({ name }, at) =>
      `${printable(name).padEnd(width)}  ${printable(row[at] ?? '')}`.trimEnd(),
    )
    return [`── ${i + 1} ${'─'.repeat(width)}`, ...lines].join('\n')
  })
  return blocks.join('\n')
}

/** RFC 4180: quotes only where they are needed; an empty cell is null, a quoted empty cell is empty text. */
function csv({ columns, rows }: Grid, isSafe: boolean): string {
  const isText = columns.map(({ type }) => !isNumeric(type))
  const defused = (cell: string, i: number): string => (isSafe && isText[i] ? withoutFormula(cell) : cell)
  const line = (cells: readonly (string | null)[]): string =>
    cells.map((cell, i) => csvCell(cell === null ? null : defused(cell, i))).join(',')
  return [line(columns.map(({ name }) => name)), ...rows.map(line)].join('\n')
}

/** A spreadsheet takes a cell that begins so for a formula (OWASP, "CSV Injection"); an apostrophe makes it text. */
function withoutFormula(cell: string): string {
  return /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/.test(cell) ? `'${cell}` : cell
}

/** A cell as RFC 4180 writes it. Null is nothing, an empty text is in quotes. */
export function csvCell(cell: string | null): string {
  if (cell === null) return ''
  return cell === '' || /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

/** An array of objects; numbers and booleans as such where JSON can hold them exactly. */
function json({ columns, rows }: Grid): string {
  const objects = rows.map((row) =>
    Object.fromEntries(columns.map(({ name, type }, i) => [name, jsonCell(row[i] ?? null, type)])),
  )
  return JSON.stringify(objects, undefined, 2)
}

function jsonCell(cell: string | null, type: string): string | number | boolean | null {
  if (cell === null) return null
  if (/^boolean/i.test(type)) return cell === 'true'
  const value = Number(cell)
  const isExact = isNumeric(type) && Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))
  return isExact ? value : cell
}
