/** The table behind the chart: every bar as a row, the newest first. */
import type { BarsAnswer } from '../api.ts'
import { type DataTable, keptTable } from './data-table.ts'
import { h, replace } from './dom.ts'
import { count, DAY_MS, isoDay, price } from './format.ts'

export class BarsTable {
  readonly element = h('div')
  #names = ''
  #table: DataTable | undefined

  /** New bars of what is shown already leave the order, the filter and the place that is scrolled to as they are. */
  show(main: BarsAnswer, others: readonly BarsAnswer[]): void {
    const columns = columnsOf(others)
    const rows = rowsOf(main, others)
    const names = [main.symbol, ...columns.map(({ name }) => name)].join()
    if (this.#table && names === this.#names) {
      this.#table.show(rows)
      return
    }
    this.#names = names
    this.#table = keptTable({ label: `Bars of ${main.symbol}`, columns, rows })
    replace(this.element, this.#table.element)
  }

  clear(): void {
    this.#table = undefined
    replace(this.element)
  }
}

function columnsOf(others: readonly BarsAnswer[]) {
  const names = [
    'Time (UTC)',
    'Open',
    'High',
    'Low',
    'Close',
    'Volume',
    ...others.map(({ symbol }) => `${symbol} close`),
  ]
  return names.map((name, i) => ({ name, isNumber: i > 0 }))
}

function rowsOf({ bars }: BarsAnswer, others: readonly BarsAnswer[]): readonly (readonly (string | null)[])[] {
  const closes = others.map((other) => new Map(other.bars.t.map((t, i) => [t, other.bars.c[i] as number])))
  const priceAt = (at: ReadonlyMap<number, number>, t: number): string | null => {
    const close = at.get(t)
    return close === undefined ? null : price(close)
  }
  const rows = bars.t.map((t, i) => [
    t % DAY_MS === 0 ? isoDay(t) : new Date(t).toISOString(),
    ...[bars.o, bars.h, bars.l, bars.c].map((values) => price(values[i] as number)),
    count(bars.v[i] as number),
    ...closes.map((at) => priceAt(at, t)),
  ])
  return rows.reverse()
}
