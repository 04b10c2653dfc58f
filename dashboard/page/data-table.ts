/** A table of many rows: only those that are seen are drawn; sorted by a press on a head, filtered by typing, copied as TSV. */
import { fill, h, replace } from './dom.ts'
import { scroller } from './scroller.ts'

export interface TableColumn {
  readonly name: string
  readonly isNumber: boolean
}

export interface TableProps {
  readonly label: string
  readonly columns: readonly TableColumn[]
  /** Cells as they are shown; null is said to be null. */
  readonly rows: readonly (readonly (string | null)[])[]
  /** How many lines are seen at once at most. @default 14 */
  readonly lines?: number
}

const LINE_PX = 28
const AHEAD = 8

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
    const first = Math.max(0, Math.floor(scrollTop / LINE_PX) - AHEAD)
    const last = Math.min(rows.length, first + this.#lines + 2 * AHEAD)
    stretch(this.#above, first)
    stretch(this.#below, rows.length - last)
    const seen = rows.slice(first, last).map((cells, i) => rowOf(cells, this.#columns, first + i))
    replace(this.body, this.#above, seen, this.#below)
  }
}

function stretch(spacer: HTMLTableRowElement, lines: number): void {
  const [cell] = spacer.cells
  if (cell) cell.style.height = `${lines * LINE_PX}px`
  spacer.hidden = lines === 0
}

export function dataTable({ label, columns, rows, lines = 14 }: TableProps): HTMLElement {
  let shown = rows
  let sorted = { column: -1, down: false }
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
  const sortBy = (column: number): void => {
    sorted = { column, down: sorted.column === column && !sorted.down }
    shown = shown.toSorted(orderOf(column, columns[column]?.isNumber ?? false, sorted.down))
    const word = sorted.down ? 'descending' : 'ascending'
    for (const [i, one] of heads.entries()) one.setAttribute('aria-sort', i === column ? word : 'none')
    draw()
  }
  const narrow = (wanted: string): string => {
    shown = rows.filter((row) => row.some((cell) => cell?.toLowerCase().includes(wanted)))
    place.scrollTop = 0
    draw()
    return wanted === '' ? '' : `${shown.length.toLocaleString()} of ${rows.length.toLocaleString()} rows`
  }
  place.style.maxHeight = `${(lines + 1) * LINE_PX}px`
  place.addEventListener('scroll', () => requestAnimationFrame(draw), { passive: true })
  draw()
  return h('div', { class: 'data-table' }, rows.length > 5 && tools(label, narrow, () => tsvOf(columns, shown)), place)
}

function tools(label: string, narrow: (wanted: string) => string, tsv: () => string): HTMLElement {
  const told = h('span', { class: 'dim', role: 'status' })
  const filter = h('input', { type: 'search', placeholder: 'Filter rows', 'aria-label': `Filter ${label}` })
  filter.addEventListener('input', () => {
    told.textContent = narrow(filter.value.toLowerCase())
  })
  const copy = h('button', { type: 'button', class: 'quiet' }, 'Copy as TSV')
  copy.addEventListener('click', async () => {
    await navigator.clipboard.writeText(tsv()).catch(() => undefined)
    copy.textContent = 'Copied'
  })
  return h('div', { class: 'table-tools' }, filter, copy, told)
}

function rowOf(cells: readonly (string | null)[], columns: readonly TableColumn[], index: number): HTMLElement {
  const row = h('tr', { 'aria-rowindex': index + 2 })
  fill(
    row,
    cells.map((cell, i) =>
      h('td', { class: `${columns[i]?.isNumber ? 'number' : ''}${cell === null ? ' dim' : ''}` }, cell ?? 'null'),
    ),
  )
  return row
}

type Cells = readonly (string | null)[]

function orderOf(column: number, isNumber: boolean, down: boolean) {
  const compare = isNumber
    ? (x: string, y: string): number => numberOf(x) - numberOf(y)
    : (x: string, y: string): number => x.localeCompare(y)
  return (a: Cells, b: Cells): number => {
    const [x, y] = [a[column] ?? null, b[column] ?? null]
    // Nulls stand last, whichever way.
    if (x === null || y === null) return Number(x === null) - Number(y === null)
    return down ? -compare(x, y) : compare(x, y)
  }
}

/** Of a number as it is shown: with grouping, a sign of its own, a unit. */
function numberOf(text: string): number {
  return Number.parseFloat(text.replaceAll(/[,\u202f\u00a0\u2019]/g, '').replace('\u2212', '-'))
}

function tsvOf(columns: readonly TableColumn[], rows: readonly Cells[]): string {
  const lines = rows.map((row) => row.map((cell) => (cell ?? '').replaceAll(/[\t\n]/g, ' ')))
  return [columns.map(({ name }) => name), ...lines].map((line) => line.join('\t')).join('\n')
}
