/** Completes names of tables and columns while SQL is typed: Ctrl and space, or two letters. */
import type { RelationEntry } from '../api.ts'
import { h, replace } from './dom.ts'

const WORDS = [
  'SELECT',
  'FROM',
  'WHERE',
  'GROUP BY',
  'ORDER BY',
  'HAVING',
  'LIMIT',
  'JOIN',
  'LEFT JOIN',
  'WITH',
  'count(*)',
  'min_by',
  'max_by',
  'date_trunc',
  'date_diff',
  'CAST',
  'CASE',
  'BETWEEN',
  'INTERVAL',
]
const MOST_SHOWN = 12

/** The field within a place where its completions can be shown. */
export function completing(field: HTMLTextAreaElement, relations: readonly RelationEntry[]): HTMLElement {
  const completions = new Completions(field, namesOf(relations))
  field.addEventListener('input', () => completions.offer(false))
  field.addEventListener('blur', () => completions.close())
  field.addEventListener('keydown', (event) => {
    if (event.key === ' ' && event.ctrlKey) completions.offer(true)
    else if (event.shiftKey || !completions.press(event.key)) return
    event.preventDefault()
  })
  field.setAttribute('aria-controls', 'completions')
  field.setAttribute('aria-autocomplete', 'list')
  return h('div', { class: 'completion' }, field, completions.list)
}

function namesOf(relations: readonly RelationEntry[]): readonly string[] {
  const names = relations.flatMap(({ name, columns }) => [name, ...columns.map((column) => column.name)])
  return [...new Set([...names, ...WORDS])].sort()
}

class Completions {
  readonly list = h('ul', { role: 'listbox', id: 'completions', 'aria-label': 'Names', hidden: true })
  readonly #field: HTMLTextAreaElement
  readonly #names: readonly string[]
  #shown: readonly string[] = []
  #at = 0

  constructor(field: HTMLTextAreaElement, names: readonly string[]) {
    this.#field = field
    this.#names = names
  }

  offer(isAsked: boolean): void {
    // The text of a saved query is its file's.
    if (this.#field.readOnly) return
    const word = wordBefore(this.#field)
    const begins = (name: string): boolean => name.toLowerCase().startsWith(word.toLowerCase()) && name !== word
    this.#shown = isAsked || word.length >= 2 ? this.#names.filter(begins).slice(0, MOST_SHOWN) : []
    this.#at = 0
    this.#draw()
  }

  /** Whether the key was meant for the list. */
  press(key: string): boolean {
    const step = { ArrowDown: 1, ArrowUp: -1 }[key]
    const { length } = this.#shown
    if (length === 0) return false
    if (step !== undefined) this.#at = (this.#at + step + length) % length
    else if (key === 'Tab') this.#take(this.#shown[this.#at] ?? '')
    else if (key === 'Escape') this.#shown = []
    else return false
    this.#draw()
    return true
  }

  close(): void {
    this.#shown = []
    this.#draw()
  }

  #take(name: string): void {
    const end = this.#field.selectionStart
    this.#field.setRangeText(name, end - wordBefore(this.#field).length, end, 'end')
    this.#shown = []
  }

  #draw(): void {
    this.list.hidden = this.#shown.length === 0
    replace(
      this.list,
      this.#shown.map((name, i) => this.#option(name, i)),
    )
    this.list.children[this.#at]?.scrollIntoView({ block: 'nearest' })
    if (this.#shown.length > 0) this.#field.setAttribute('aria-activedescendant', `completion-${this.#at}`)
    else this.#field.removeAttribute('aria-activedescendant')
  }

  #option(name: string, i: number): HTMLElement {
    const take = (event: MouseEvent): void => {
      // The field keeps the focus.
      event.preventDefault()
      this.#take(name)
      this.#draw()
    }
    const attributes = { role: 'option', id: `completion-${i}`, 'aria-selected': String(i === this.#at) }
    return h('li', { ...attributes, onmousedown: take }, name)
  }
}

function wordBefore(field: HTMLTextAreaElement): string {
  const end = field.selectionStart
  let start = end
  while (start > 0 && /\w/.test(field.value.charAt(start - 1))) start--
  while (start < end && /\d/.test(field.value.charAt(start))) start++
  return field.value.slice(start, end)
}
