/** A query's answer as text: a table for eyes, CSV and JSON for pipes. */

import type { QueryAnswer } from '../lake/queries/query-engine.ts'
import { oneOf } from './option-values.ts'

const FORMATS = ['table', 'csv', 'json'] as const
export type AnswerFormat = (typeof FORMATS)[number]
type Grid = Pick<QueryAnswer, 'columns' | 'rows'>

/** What `--format` says; a table where it was not given. */
export function answerFormatOf(text = 'table'): AnswerFormat {
  return oneOf(FORMATS, '--format', text)
}

/** The answer as it is printed, without a last line break. */
export function answerText(answer: Grid, format: AnswerFormat): string {
  if (format === 'csv') return csv(answer)
  return format === 'json' ? json(answer) : table(answer)
}

const NUMERIC = /^(tinyint|smallint|int|integer|bigint|float|real|double|decimal)/i

/** Numbers to the right, text to the left, SQL's null as an empty cell. */
function table({ columns, rows }: Grid): string {
  const lines = [columns.map(({ name }) => name), ...rows.map((row) => row.map((cell) => cell ?? ''))]
  const widths = columns.map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0)))
  const isNumber = columns.map(({ type }) => NUMERIC.test(type))
  const text = lines.map((line) =>
    line.map((cell, i) => (isNumber[i] ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0))),
  )
  const [header = [], ...body] = text.map((line) => line.join('  ').trimEnd())
  return [header, widths.map((width) => '─'.repeat(width)).join('  '), ...body].join('\n')
}

/** RFC 4180: quotes only where they are needed; an empty cell is null, a quoted empty cell is empty text. */
function csv({ columns, rows }: Grid): string {
  const lines = [columns.map(({ name }) => name), ...rows]
  return lines.map((line) => line.map(csvCell).join(',')).join('\n')
}

function csvCell(cell: string | null): string {
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
  const isExact =
    NUMERIC.test(type) && Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))
  return isExact ? value : cell
}
