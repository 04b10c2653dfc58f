/** Keys that work on every page, and the dialog that lists them. */
import type { PageName } from '../api.ts'
import { h, modal } from './dom.ts'

export interface KeysProps {
  readonly go: (page: PageName) => void
  /** The keys of the page that is shown, with what they do. */
  readonly pageKeys: () => Readonly<Record<string, string>>
}

const LETTERS: Readonly<Record<string, PageName>> = {
  s: 'stream',
  m: 'market',
  v: 'variety',
  q: 'quality',
  f: 'forecasts',
  l: 'query',
}
const EVERYWHERE: Readonly<Record<string, string>> = {
  'g s': 'Stream',
  'g m': 'Market',
  'g v': 'Variety',
  'g q': 'Quality',
  'g f': 'Forecasts',
  'g l': 'Query (SQL)',
  '?': 'these keys',
}

/** A key that is pressed outside of a field is told to the page as an event `dashboard-key`. */
export function listenToKeys({ go, pageKeys }: KeysProps): void {
  let isAfterG = false
  document.addEventListener('keydown', (event) => {
    if (
      event.ctrlKey ||
      event.metaKey ||
      event.altKey ||
      isTyped(event.target) ||
      document.querySelector('dialog[open]')
    )
      return
    const page = LETTERS[event.key]
    if (isAfterG && page) go(page)
    else if (event.key === '?') showKeys(pageKeys())
    else document.dispatchEvent(new CustomEvent('dashboard-key', { detail: event }))
    isAfterG = event.key === 'g'
  })
}

/** Calls what belongs to a key until the signal. */
export function onKeys(actions: Readonly<Record<string, () => void>>, signal: AbortSignal): void {
  const told = (event: Event): void => {
    const pressed = (event as CustomEvent<KeyboardEvent>).detail
    const action = actions[pressed.key]
    if (!action) return
    pressed.preventDefault()
    action()
  }
  document.addEventListener('dashboard-key', told, { signal })
}

function isTyped(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select') !== null
}

function showKeys(ofPage: Readonly<Record<string, string>>): void {
  const list = (keys: Readonly<Record<string, string>>): HTMLElement =>
    h(
      'dl',
      {},
      Object.entries(keys).flatMap(([key, does]) => [
        h(
          'dt',
          {},
          key.split(' ').flatMap((one) => [h('kbd', {}, one), ' ']),
        ),
        h('dd', {}, does),
      ]),
    )
  const dialog = modal(
    'Keys',
    Object.keys(ofPage).length > 0 && h('h2', {}, 'On this page'),
    Object.keys(ofPage).length > 0 && list(ofPage),
    h('h2', {}, 'Everywhere'),
    list(EVERYWHERE),
  )
  dialog.showModal()
}
