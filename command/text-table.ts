/** A table for eyes: numbers to the right, text to the left, no wider than the terminal where it can be helped. */

/** A column by name and SQL type. */
interface Column {
  readonly name: string
  readonly type: string
}

/** Columns, and rows of cells as text; SQL's null is null. */
export interface Grid {
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly (string | null)[])[]
}

const GAP = '  '
/** Of a number with a fraction that has to be short. */
const SHORT_DIGITS = 6
/** No text is cut below this. */
const SHORTEST_TEXT = 8

const NUMERIC = /^(tinyint|smallint|int|integer|bigint|float|real|double|decimal)/i
const FRACTION = /^(float|real|double|decimal)/i

/** SQL's null is an empty cell. Where the terminal is too narrow, fractions lose digits first, then text is cut with `…`. */
export function tableText({ columns, rows }: Grid, width: number = Number.POSITIVE_INFINITY): string {
  let lines = [
    columns.map(({ name }) => printable(name)),
    ...rows.map((row) => row.map((cell) => printable(cell ?? ''))),
  ]
  let widths = widthsOf(lines)
  if (total(widths) > width) {
    lines = lines.map((line, at) => (at === 0 ? line : line.map((cell, i) => shortNumber(cell, columns[i]))))
    widths = cutWidths(widthsOf(lines), columns, width)
  }
  const text = lines.map((line) =>
    line
      .map((cell, i) => placed(cell, widths[i] ?? 0, columns[i]))
      .join(GAP)
      .trimEnd(),
  )
  const [header = '', ...body] = text
  return [header, widths.map((width) => '─'.repeat(width)).join(GAP), ...body].join('\n')
}

/**
 * What a terminal is never to obey: control characters (C0, C1), and those that turn the direction of a line
 * (Unicode Technical Report 36, "Bidirectional Text Spoofing") are shown as escapes.
 */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => `\\u{${character.charCodeAt(0).toString(16)}}`)
}

/** `12.3 %` of a share from 0 to 1. */
export function percent(share: number, digits = 1): string {
  return `${(100 * share).toFixed(digits)} %`
}

const UNPRINTABLE = /[\p{Cc}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/gu

function widthsOf(lines: readonly (readonly string[])[]): readonly number[] {
  const widths: number[] = []
  for (const line of lines) {
    for (const [i, cell] of line.entries()) widths[i] = Math.max(widths[i] ?? 0, cell.length)
  }
  return widths
}

function total(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, 0) + GAP.length * (widths.length - 1)
}

function shortNumber(cell: string, column: Column | undefined): string {
  const isLong = FRACTION.test(column?.type ?? '') && cell.length > SHORT_DIGITS + 1 && Number.isFinite(Number(cell))
  return isLong ? String(Number(Number(cell).toPrecision(SHORT_DIGITS))) : cell
}

/** The widest text loses first, until all fit or none can lose more. */
function cutWidths(widths: readonly number[], columns: readonly Column[], width: number): readonly number[] {
  const cut = [...widths]
  const canLose = (i: number): boolean => !isNumber(columns[i]) && (cut[i] ?? 0) > SHORTEST_TEXT
  for (let over = total(cut) - width; over > 0; over = total(cut) - width) {
    const texts = cut.map((_, i) => i).filter(canLose)
    const widest = texts.reduce<number | undefined>(
      (best, i) => (best === undefined || (cut[i] ?? 0) > (cut[best] ?? 0) ? i : best),
      undefined,
    )
    if (widest === undefined) return cut
    const next = texts.filter((i) => i !== widest).reduce((most, i) => Math.max(most, cut[i] ?? 0), SHORTEST_TEXT)
    cut[widest] = Math.max((cut[widest] ?? 0) - over, Math.min(next, (cut[widest] ?? 0) - 1))
  }
  return cut
}

function placed(cell: string, width: number, column: Column | undefined): string {
  if (cell.length > width) return `${cell.slice(0, width - 1)}…`
  return isNumber(column) ? cell.padStart(width) : cell.padEnd(width)
}

function isNumber(column: Column | undefined): boolean {
  return isNumeric(column?.type ?? '')
}

/** Whether cells of an SQL type are numbers. */
export function isNumeric(type: string): boolean {
  return NUMERIC.test(type)
}
