/** A table of many rows: only those that are seen are drawn; sorted by a press on a head, filtered by typing, copied as TSV. */
import { copyButton } from './copy-button.ts'
import { fill, h, remPx, replace } from './dom.ts'
import { numberIn } from './format.ts'
import { scroller } from './scroller.ts'

export interface TableColumn {
  readonly name: string
  readonly isNumber: boolean
  /** Its numbers are as an engine prints them, not as this reader's locale has them. */
  readonly isRaw?: boolean
}

export interface TableProps {
  readonly label: string
  readonly columns: readonly TableColumn[]
  /** Cells as they are shown; null is said to be null. */
  readonly rows: readonly (readonly (string | null)[])[]
  /** How many lines are seen at once at most. @default 14 */
  readonly lines?: number
}

/** The height of a row, of the reader's own size of text. */
const LINE_REM = 1.75
const AHEAD = 8
const LONG_CELL = 50

/** The lines that are seen, between two spacers in the place of those that are not. */
class Window {
  readonly body = h('tbody')
  readonly #columns: readonly TableColumn[]
  readonly #lines: number
  readonly #above: HTMLTableRowElement
  readonly #below: HTMLTableRowElement

  constructor(columns: readonly TableColumn[], lines: number) {
    this.#columns = columns
    this.#lines = lines
    const spacer = () => h('tr', { class: 'spacer', 'aria-hidden': 'true' }, h('td', { colspan: columns.length }))
    this.#above = spacer()
    this.#below = spacer()
  }

  draw(rows: readonly Cells[], scrollTop: number): void {
    const first = Math.max(0, Math.floor(scrollTop / (LINE_REM * remPx())) - AHEAD)
    const last = Math.min(rows.length, first + this.#lines + 2 * AHEAD)
    stretch(this.#above, first)
    stretch(this.#below, rows.length - last)
    const seen = rows.slice(first, last).map((cells, i) => rowOf(cells, this.#columns, first + i))
    replace(this.body, this.#above, seen, this.#below)
  }
}

function stretch(spacer: HTMLTableRowElement, lines: number): void {
  const [cell] = spacer.cells
  if (cell) cell.style.height = `${lines * LINE_REM}rem`
  spacer.hidden = lines === 0
}

export interface DataTable {
  readonly element: HTMLElement
  /** Puts other rows in; what was typed, the order and the place that is scrolled to stay. */
  show(rows: TableProps['rows']): void
}

export function dataTable(props: TableProps): HTMLElement {
  return keptTable(props).element
}

export function keptTable({ label, columns, rows: first, lines = 14 }: TableProps): DataTable {
  let rows = first
  let shown = rows
  let sorted = { column: -1, down: false }
  let wanted = ''
  const seen = new Window(columns, lines)
  const heads = columns.map(({ name, isNumber }, i) =>
    h(
      'th',
      { scope: 'col', class: isNumber ? 'number' : '', 'aria-sort': 'none' },
      h('button', { type: 'button', onclick: () => sortBy(i) }, name),
    ),
  )
  const head = h('thead', {}, h('tr', {}, heads))
  const table = h('table', { class: 'grid', 'aria-label': label, 'aria-rowcount': rows.length + 1 }, head, seen.body)
  const place = scroller(label, table)
  const draw = (): void => seen.draw(shown, place.scrollTop)
  const arrange = (): void => {
    const { column, down } = sorted
    const found = wanted === '' ? rows : rows.filter((row) => row.some((cell) => cell?.toLowerCase().includes(wanted)))
    const by = columns[column]
    shown = by ? found.toSorted(orderOf(column, by, down)) : found
    draw()
  }
  const sortBy = (column: number): void => {
    sorted = { column, down: sorted.column === column && !sorted.down }
    const word = sorted.down ? 'descending' : 'ascending'
    for (const [i, one] of heads.entries()) one.setAttribute('aria-sort', i === column ? word : 'none')
    arrange()
  }
  const narrow = (typed: string): string => {
    wanted = typed
    place.scrollTop = 0
    arrange()
    return wanted === '' ? '' : `${shown.length.toLocaleString()} of ${rows.length.toLocaleString()} rows`
  }
  place.style.maxHeight = `${(lines + 1) * LINE_REM}rem`
  place.addEventListener('scroll', () => requestAnimationFrame(draw), { passive: true })
  draw()
  const parts = [rows.length > 5 && tools(label, narrow, () => tsvOf(columns, shown)), place]
  return {
    element: h('div', { class: 'data-table' }, parts),
    show(next) {
      rows = next
      table.setAttribute('aria-rowcount', String(rows.length + 1))
      arrange()
    },
  }
}

function tools(label: string, narrow: (wanted: string) => string, tsv: () => string): HTMLElement {
  const told = h('span', { class: 'dim', role: 'status' })
  const filter = h('input', { type: 'search', placeholder: 'Filter rows', 'aria-label': `Filter ${label}` })
  filter.addEventListener('input', () => {
    told.textContent = narrow(filter.value.toLowerCase())
  })
  return h('div', { class: 'table-tools' }, filter, copyButton('Copy as TSV', tsv), told)
}

function rowOf(cells: readonly (string | null)[], columns: readonly TableColumn[], index: number): HTMLElement {
  const row = h('tr', { 'aria-rowindex': index + 2 })
  fill(
    row,
    cells.map((cell, i) => h('td', { class: classOf(cell, columns[i]), title: titleOf(cell) }, cell ?? 'null')),
  )
  return row
}

function classOf(cell: string | null, column: TableColumn | undefined): string {
  return `${column?.isNumber ? 'number' : ''}${cell === null ? ' dim' : ''}`
}

/** What is longer than its cell shows it whole to who rests on it. */
function titleOf(cell: string | null): string | undefined {
  return cell !== null && cell.length > LONG_CELL ? cell : undefined
}

type Cells = readonly (string | null)[]

function orderOf(column: number, { isNumber, isRaw }: TableColumn, down: boolean) {
  const numberOf = isRaw ? Number : numberIn
  const compare = isNumber
    ? (x: string, y: string): number => numberOf(x) - numberOf(y)
    : (x: string, y: string): number => x.localeCompare(y)
  const isNone = (cell: string | null): boolean => cell === null || (isNumber && Number.isNaN(numberOf(cell)))
  return (a: Cells, b: Cells): number => {
    const [x, y] = [a[column] ?? null, b[column] ?? null]
    // What is not known stands last, whichever way.
    if (x === null || y === null || isNone(x) || isNone(y)) return Number(isNone(x)) - Number(isNone(y))
    return down ? -compare(x, y) : compare(x, y)
  }
}

function tsvOf(columns: readonly TableColumn[], rows: readonly Cells[]): string {
  const lines = rows.map((row) => row.map((cell) => (cell ?? '').replaceAll(/[\t\n]/g, ' ')))
  return [columns.map(({ name }) => name), ...lines].map((line) => line.join('\t')).join('\n')
}
