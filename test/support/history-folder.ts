/** A folder of CSV exports as people have them, made from a seed: other symbols, other columns, broken rows. */

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DAY_MS } from '../../lake/instant.ts'

export interface HistoryFolder {
  /** Rows of all files, the broken ones too. */
  readonly rows: number
  readonly broken: Readonly<Record<string, number>>
  readonly symbols: readonly string[]
}

const FIRST_DAY = Date.UTC(2014, 0, 2)
const HEADER = 'Date,Open,High,Low,Close,Adj Close,Volume'

/** Symbols in Yahoo's own spelling. */
const ODD_SYMBOLS = ['BRK-B', '^GSPC', 'BF.B', 'EURUSD=X']

/**
 * Writes `symbols` files of `days` weekdays each, the odd symbols among them; one file in snake case that has three
 * symbols in a column, one with a volume beyond 2^31 from 1962, and one whose rows are broken in five ways.
 */
export function writeHistoryFolder(
  folder: string,
  { symbols, days }: { readonly symbols: number; readonly days: number },
): HistoryFolder {
  mkdirSync(folder, { recursive: true })
  const names = Array.from({ length: symbols }, (_, i) => ODD_SYMBOLS[i] ?? `SYM${i}`)
  for (const [i, name] of names.entries()) write(folder, name, [HEADER, ...rows(days, i)])
  write(folder, 'many', ['symbol,date,open,high,low,close,adj_close,volume', ...MANY])
  write(folder, 'OLD', [HEADER, '1962-01-02,7.7,7.8,7.6,7.7,0.5,9000000000'])
  write(folder, 'BROKEN', [HEADER, ...BROKEN.map(([row]) => row), '2020-01-09,1,2,0.5,1.5,1.5,10'])
  return {
    rows: symbols * days + MANY.length + 1 + BROKEN.length + 1,
    broken: Object.fromEntries(BROKEN.map(([, reason]) => [reason, BROKEN.filter(([, one]) => one === reason).length])),
    symbols: [...names, 'ONE', 'TWO', 'THREE', 'OLD', 'BROKEN'],
  }
}

const MANY = ['ONE', 'TWO', 'THREE'].map((symbol) => `${symbol},2021-06-01,10,11,9,10.5,10.4,1000`)

const BROKEN = [
  ['2020-01-02,1,2,3,1.5,1.5,10', 'high_below_low'],
  ['2020-01-03,1,2,0.5,1.5,1.5,-10', 'negative_volume'],
  ['2020-01-06,cheap,2,0.5,1.5,1.5,10', 'wrong_type'],
  ['2020-01-07,1,2,0.5,9,9,10', 'close_outside'],
  ['2020-01-08,1,2,0.5,,,10', 'missing_field'],
] as const

/** A walk that is the same for the same file on every machine. */
function rows(days: number, file: number): readonly string[] {
  let close = 50 + file
  let day = FIRST_DAY
  return Array.from({ length: days }, (_, i) => {
    const open = close
    close = Math.max(1, close * (1 + 0.02 * Math.sin(i * (1 + file / 7))))
    const [high, low] = [Math.max(open, close) * 1.01, Math.min(open, close) * 0.99]
    const date = new Date(day).toISOString().slice(0, 10)
    day = nextWeekday(day)
    const prices = [open, high, low, close, close * 0.9].map((price) => price.toFixed(4))
    return [date, ...prices, 1_000_000 + i].join(',')
  })
}

function nextWeekday(day: number): number {
  const next = day + DAY_MS
  const weekday = new Date(next).getUTCDay()
  return weekday === 6 ? next + 2 * DAY_MS : next
}

function write(folder: string, name: string, lines: readonly string[]): void {
  writeFileSync(join(folder, `${name}.csv`), `${lines.join('\n')}\n`)
}
