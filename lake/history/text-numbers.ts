/**
 * Numbers as spreadsheets and web pages show them: `$1,234.50`, `1.234,50`, `52.39M`. What comma and point mean is
 * found out from all numbers of a file together, for `1,234` alone can be read two ways.
 */
import { numberOf } from './history-cell.ts'

type Style = 'point' | 'comma'

/** Longer texts are no numbers of a price list; no pattern is tried on them. */
const MAX_LENGTH = 40

/** India writes 12,34,567. */
const POINT = /^[+-]?\d{1,3}(?:(?:,\d{2})*,\d{3}|(?:,\d{3})+)(?:\.\d+)?$/
const COMMA = /^[+-]?(?:\d{1,3}(?:\.\d{3})+|\d+),\d+$/
const COMMA_GROUPS = /^[+-]?\d{1,3}(?:\.\d{3}){2,}$/
const OPEN = /^[+-]?\d{1,3},\d{3}$/
const OPEN_POINT = /^[+-]?\d{1,3}\.\d{3}$/
const COMMAS = [COMMA, COMMA_GROUPS, OPEN_POINT]
const SIGNS = /[$€£¥\s'\u00a0\u202f]/g
const SHORT = /^(.*\d) ?([kmb])$/i
const FACTORS: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, b: 1e9 }

/** The columns of a table whose cells are numbers, each a list of texts. */
export interface NumberColumns {
  readonly prices: readonly Iterable<string>[]
  /** Whole numbers: `1,234` in them can be read one way only, `1.234` by the other numbers of the file. */
  readonly volumes: readonly Iterable<string>[]
}

/**
 * What turns each cell of these columns into plain decimal text; cells that are no numbers stay as they are. Throws where
 * the numbers can be read two ways.
 */
export function numberReader({ prices, volumes }: NumberColumns): (text: string) => string {
  const found = new Map<Style | 'open', string>()
  for (const cells of prices) addStyles(found, cells, false)
  for (const cells of volumes) addStyles(found, cells, true)
  const open = found.get('open')
  if (open !== undefined && found.size === 1) {
    throw new Error(`its numbers can be read two ways, such as ${open.trim()}; write them without thousands separators`)
  }
  const style = found.has('point') === found.has('comma') ? undefined : found.has('comma') ? 'comma' : 'point'
  return (text) => (numberOf(text) === undefined || style === 'comma' ? plainNumber(text, style) : text)
}

/** Keeps the first example of each style. */
function addStyles(found: Map<Style | 'open', string>, cells: Iterable<string>, isWhole: boolean): void {
  for (const cell of cells) {
    const style = styleOf(cell, isWhole)
    if (style && !found.has(style)) found.set(style, cell)
  }
}

function bareText(text: string): string {
  return text.replaceAll(SIGNS, '').replace(SHORT, '$1')
}

/** What most cells are; no more is to be found out of them. Three digits behind a point may be thousands. */
const PLAIN = /^\d+(?:\.(?:\d{1,2}|\d{4,}))?$/

function styleOf(cell: string, isWhole: boolean): Style | 'open' | undefined {
  if (cell === '' || cell.length > MAX_LENGTH) return undefined
  if (PLAIN.test(cell)) return cell.includes('.') ? 'point' : undefined
  return styleOfBare(bareText(cell), isWhole)
}

function styleOfBare(text: string, isWhole: boolean): Style | 'open' | undefined {
  if (OPEN.test(text)) return isWhole ? 'point' : 'open'
  // A volume of 12.345 is thousands, or a program wrote all numbers with three decimals.
  if (isWhole && OPEN_POINT.test(text) && Number(text) !== 0) return 'open'
  if (POINT.test(text)) return 'point'
  if (COMMA.test(text) || COMMA_GROUPS.test(text)) return 'comma'
  return text.includes('.') && !OPEN_POINT.test(text) && numberOf(text) !== undefined ? 'point' : undefined
}

function plainNumber(text: string, style: Style | undefined): string {
  if (text.length > MAX_LENGTH) return text
  const [, digits = text, unit = ''] = SHORT.exec(text.trim()) ?? []
  const plain = ungrouped(digits.replaceAll(SIGNS, ''), style)
  if (plain === undefined || numberOf(plain) === undefined) return text
  const factor = FACTORS[unit.toLowerCase()]
  return factor === undefined ? plain : String(Math.round(Number(plain) * factor))
}

/** Without the marks between thousands; undefined where marks stand elsewhere. */
function ungrouped(digits: string, style: Style | undefined): string | undefined {
  if (style === 'comma')
    return COMMAS.some((form) => form.test(digits)) ? digits.replaceAll('.', '').replace(',', '.') : digits
  if (!digits.includes(',')) return digits
  return style === 'point' && POINT.test(digits) ? digits.replaceAll(',', '') : undefined
}
