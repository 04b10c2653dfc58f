/** The search for a symbol: type, arrow, enter. */
import type { SymbolEntry } from '../api.ts'
import { h, modal, replace } from './dom.ts'
import { count, day } from './format.ts'

const MOST_SHOWN = 50

/** Those that begin with what was typed first, then those that hold it. */
function found(entries: readonly SymbolEntry[], typed: string): readonly SymbolEntry[] {
  const wanted = typed.trim().toUpperCase()
  const begin = entries.filter(({ symbol }) => symbol.startsWith(wanted))
  const hold = entries.filter(({ symbol }) => !symbol.startsWith(wanted) && symbol.includes(wanted))
  return [...begin, ...hold]
}

/**
 * Opens at once: what is typed before the list is there is looked for when it is. Rejects where there is no list to be had.
 */
export async function searchSymbol(
  listed: Promise<readonly SymbolEntry[]>,
  label: string,
  choose: (entry: SymbolEntry) => void,
): Promise<void> {
  let entries: readonly SymbolEntry[] | undefined
  let shown: readonly SymbolEntry[] = []
  let more = 0
  let at = 0
  let isEntered = false
  const list = h('ul', { role: 'listbox', id: 'symbols', 'aria-label': 'Symbols' })
  const input = inputOf(label)
  const dialog = modal(label, input, list)
  const take = (entry: SymbolEntry | undefined): void => {
    isEntered = entries === undefined
    if (!entry) return
    dialog.close()
    choose(entry)
  }
  const draw = (): void => {
    const options = shown.map((entry, i) => optionOf(entry, { i, at, take }))
    replace(list, options.length > 0 ? options : noOption(entries ? NONE : WAITING))
    if (more > 0) list.append(noOption(`${count(more)} more: type letters of the symbol.`))
    input.setAttribute('aria-activedescendant', shown.length > 0 ? `symbol-${at}` : '')
    options[at]?.scrollIntoView({ block: 'nearest' })
  }
  const look = (): void => {
    const all = found(entries ?? [], input.value)
    shown = all.slice(0, MOST_SHOWN)
    more = all.length - shown.length
    at = 0
    draw()
  }
  input.addEventListener('input', () => {
    isEntered = false
    look()
  })
  input.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) at = Math.min(Math.max(at + step, 0), Math.max(shown.length - 1, 0))
    else if (event.key === 'Enter') take(shown[at])
    else return
    event.preventDefault()
    if (step !== undefined) draw()
  })
  look()
  dialog.showModal()
  input.focus()
  try {
    entries = await listed
  } finally {
    if (!entries) dialog.close()
  }
  if (!dialog.open) return
  look()
  if (isEntered) take(shown[at])
}

const NONE = 'No symbol of the lake holds these letters.'
const WAITING = 'Reading which symbols the lake has …'

function noOption(text: string): HTMLElement {
  return h('li', { role: 'option', 'aria-disabled': 'true', 'aria-selected': 'false' }, text)
}

function inputOf(label: string) {
  return h('input', {
    type: 'text',
    role: 'combobox',
    'aria-expanded': 'true',
    'aria-controls': 'symbols',
    'aria-label': label,
    placeholder: label,
    autocomplete: 'off',
    spellcheck: 'false',
  })
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
