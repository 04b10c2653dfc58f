import { UsageError } from '../../lake/errors.ts'
import { LAYOUT } from '../../lake/layout.ts'
import type { Log } from '../../lake/log.ts'
import { textAt } from '../../lake/store/json-object.ts'
import type { ObjectStore } from '../../lake/store/object-store.ts'
import { isSymbol } from '../../lake/tables/bar.ts'

/** Which symbols to fetch: a list, or `file`: the object `fetch/symbols.txt` that people edit. */
export type SymbolList = 'file' | readonly string[]

export function parseSymbolList(text: string): SymbolList {
  const trimmed = text.trim()
  if (trimmed === 'file') return 'file'
  const { symbols, wrong } = split(trimmed)
  if (wrong[0] !== undefined) {
    throw new UsageError(`SYMBOLS takes Yahoo symbols such as AAPL,BRK-B,^GSPC, or file; got "${wrong[0]}".`)
  }
  return symbols
}

/** The symbols, each once. A line of the file that is none is said and left out. */
export async function readSymbols(
  list: SymbolList,
  store: Pick<ObjectStore, 'get' | 'put'>,
  log: Log,
): Promise<readonly string[]> {
  if (list !== 'file') return list
  const text = await textAt(LAYOUT.fetchSymbols, store)
  if (text === undefined) {
    log.warn('no list of symbols: put one a line into the object', { key: LAYOUT.fetchSymbols })
    return []
  }
  const { symbols, wrong } = split(withoutComments(text))
  if (wrong.length > 0) log.warn('not Yahoo symbols, left out', { key: LAYOUT.fetchSymbols, lines: wrong.slice(0, 20) })
  return symbols
}

function withoutComments(text: string): string {
  const lines = text.split('\n').map((line) => line.split('#', 1)[0] ?? '')
  return lines.join('\n')
}

function split(text: string): { readonly symbols: readonly string[]; readonly wrong: readonly string[] } {
  const words = [
    ...new Set(
      text
        .toUpperCase()
        .split(/[\s,;]+/)
        .filter((word) => word !== ''),
    ),
  ]
  return { symbols: words.filter(isSymbol), wrong: words.filter((word) => !isSymbol(word)) }
}
