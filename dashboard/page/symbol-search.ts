/** The search for a symbol: type, arrow, enter. */
import type { SymbolEntry } from '../api.ts'
import { h, replace } from './dom.ts'
import { count, day } from './format.ts'

const MOST_SHOWN = 50

/** Those that begin with what was typed first, then those that hold it. */
function found(entries: readonly SymbolEntry[], typed: string): readonly SymbolEntry[] {
  const wanted = typed.trim().toUpperCase()
  const begin = entries.filter(({ symbol }) => symbol.startsWith(wanted))
  const hold = entries.filter(({ symbol }) => !symbol.startsWith(wanted) && symbol.includes(wanted))
  return [...begin, ...hold].slice(0, MOST_SHOWN)
}

export function searchSymbol(
  entries: readonly SymbolEntry[],
  label: string,
  choose: (entry: SymbolEntry) => void,
): void {
  let shown = found(entries, '')
  let at = 0
  const list = h('ul', { role: 'listbox', id: 'symbols', 'aria-label': 'Symbols' })
  const input = h('input', {
    type: 'text',
    role: 'combobox',
    'aria-expanded': 'true',
    'aria-controls': 'symbols',
    'aria-label': label,
    placeholder: label,
    autocomplete: 'off',
    spellcheck: 'false',
  })
  const dialog = h('dialog', { 'aria-label': label }, input, list)
  const take = (entry: SymbolEntry | undefined): void => {
    if (!entry) return
    dialog.close()
    choose(entry)
  }
  const draw = (): void => {
    const options = shown.map((entry, i) => optionOf(entry, { i, at, take }))
    const none = h('li', { role: 'option', 'aria-disabled': 'true', 'aria-selected': 'false' }, NONE)
    replace(list, options.length > 0 ? options : none)
    input.setAttribute('aria-activedescendant', shown.length > 0 ? `symbol-${at}` : '')
    options[at]?.scrollIntoView({ block: 'nearest' })
  }
  input.addEventListener('input', () => {
    shown = found(entries, input.value)
    at = 0
    draw()
  })
  input.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) at = Math.min(Math.max(at + step, 0), Math.max(shown.length - 1, 0))
    else if (event.key === 'Enter') take(shown[at])
    else return
    event.preventDefault()
    if (step !== undefined) draw()
  })
  opened(dialog, draw)
  input.focus()
}

const NONE = 'No symbol of the lake holds these letters.'

function opened(dialog: HTMLDialogElement, draw: () => void): void {
  dialog.addEventListener('close', () => dialog.remove())
  document.body.append(dialog)
  draw()
  dialog.showModal()
}

interface OptionProps {
  readonly i: number
  readonly at: number
  readonly take: (entry: SymbolEntry) => void
}

function optionOf(entry: SymbolEntry, { i, at, take }: OptionProps): HTMLElement {
  const { symbol, interval, bars, first, last } = entry
  return h(
    'li',
    { role: 'option', id: `symbol-${i}`, 'aria-selected': String(i === at), onclick: () => take(entry) },
    h('span', {}, symbol, interval === '1d' ? '' : ` ${interval}`),
    h('small', {}, `${count(bars)} bars, ${day(first)} to ${day(last)}`),
  )
}
