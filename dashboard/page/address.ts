/** The address says what is shown, so that it can be shared and loaded again. */
import { PAGE_NAMES, type PageName } from '../api.ts'

/** The page that is shown; undefined where the address is none of the dashboard's. */
export function pageOfAddress(): PageName | undefined {
  const name = location.pathname.slice(1)
  if (name === '' || name === 'index.html') return 'stream'
  return PAGE_NAMES.find((one) => one === name)
}

/** One part of what is asked for; the fallback where it is not said. */
export function asked(name: string, fallback = ''): string {
  return new URLSearchParams(location.search).get(name) ?? fallback
}

/** Writes parts of the address; an empty one is taken out. No new entry in the history. */
export function say(parts: Readonly<Record<string, string>>): void {
  history.replaceState(null, '', addressWith(parts))
}

/** The same as a place of its own, that one can go back from. */
export function goOn(parts: Readonly<Record<string, string>>): void {
  history.pushState(null, '', addressWith(parts))
}

function addressWith(parts: Readonly<Record<string, string>>): string {
  const params = new URLSearchParams(location.search)
  for (const [name, value] of Object.entries(parts)) {
    if (value === '') params.delete(name)
    else params.set(name, value)
  }
  const search = params.toString()
  return `${location.pathname}${search === '' ? '' : `?${search}`}`
}
