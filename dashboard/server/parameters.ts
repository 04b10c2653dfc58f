/** What an address asks for, each part held to what it can be; anything else is refused in one sentence. */
import { UsageError } from '../../lake/errors.ts'
import { isInterval, isSymbol } from '../../lake/tables/bar.ts'

export function symbolOf({ searchParams }: URL): string {
  const symbol = searchParams.get('symbol') ?? ''
  if (isSymbol(symbol)) return symbol
  throw new UsageError(`symbol takes a Yahoo symbol like AAPL; got "${shown(symbol)}".`)
}

export function intervalOf({ searchParams }: URL): string {
  const interval = searchParams.get('interval') ?? '1d'
  if (isInterval(interval)) return interval
  throw new UsageError(`interval takes a bar's length like 1d; got "${shown(interval)}".`)
}

export function wordOf<const T extends string>({ searchParams }: URL, name: string, words: readonly [T, ...T[]]): T {
  const text = searchParams.get(name) ?? words[0]
  const word = words.find((one) => one === text)
  if (word !== undefined) return word
  throw new UsageError(`${name} takes ${words.join(', ')}; got "${shown(text)}".`)
}

/** A day as epoch milliseconds; undefined where none is asked for. */
export function dayOf({ searchParams }: URL, name: string): number | undefined {
  const text = searchParams.get(name)
  if (text === null || text === '') return undefined
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  if (Number.isFinite(day)) return day
  throw new UsageError(`${name} takes a day like 2013-02-28; got "${shown(text)}".`)
}

function shown(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}
