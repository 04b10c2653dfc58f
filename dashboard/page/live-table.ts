/** A table of a few rows that change while one looks: its cells stay. */
import type { TableColumn } from './data-table.ts'
import { h } from './dom.ts'
import { KeptList, type Shown, setAttribute, setText } from './kept-list.ts'
import { scroller } from './scroller.ts'

/** A text, a text that leads somewhere, or what draws itself. */
export type LiveCell = string | { readonly text: string; readonly href: string } | Element

export interface LiveRow {
  readonly cells: readonly LiveCell[]
  readonly title?: string
}

export class LiveTable {
  readonly #body = h('tbody')
  readonly #rows: KeptList<LiveRow>
  readonly element: HTMLElement

  constructor(label: string, columns: readonly TableColumn[]) {
    this.#rows = new KeptList(this.#body, () => rowOf(columns))
    const heads = columns.map(({ name, isNumber }) => h('th', { scope: 'col', class: isNumber ? 'number' : '' }, name))
    const head = h('thead', {}, h('tr', {}, heads))
    this.element = scroller(label, h('table', { class: 'grid', 'aria-label': label }, head, this.#body))
  }

  show(rows: readonly LiveRow[]): void {
    this.#rows.show(rows)
  }
}

function rowOf(columns: readonly TableColumn[]): Shown<LiveRow> {
  const cells = columns.map(({ isNumber }) => h('td', { class: isNumber ? 'number' : '' }))
  const element = h('tr', {}, cells)
  return {
    element,
    show({ cells: values, title = '' }) {
      setAttribute(element, 'title', title)
      for (const [i, cell] of cells.entries()) showIn(cell, values[i] ?? '')
    },
  }
}

function showIn(cell: Element, value: LiveCell): void {
  const [standing] = cell.children
  if (typeof value === 'string') setText(cell, value)
  else if (value instanceof Element) {
    if (standing !== value) cell.replaceChildren(value)
  } else {
    const link = standing ?? h('a')
    if (!standing) cell.replaceChildren(link)
    setText(link, value.text)
    setAttribute(link, 'href', value.href)
  }
}
