/** Days since 1970-01-01 out of what files hold for dates. */
import { epochUnitOf } from '../core/history/epoch-unit.ts'
import { DAY_MS, type EventTime, eventTimeReader } from '../core/history/event-time.ts'
import { parseIso } from '../core/instant.ts'

/**
 * The day of each cell of a column: a text that begins with an ISO date, a Date, or a number of the unit that the
 * column's numbers mean together. Undefined where there is none.
 */
export function daysOf(cells: readonly unknown[]): readonly (number | undefined)[] {
  const timeOf = eventTimeReader({ kind: epochUnitOf(cells), zone: undefined })
  return cells.map((cell) => {
    if (typeof cell === 'string') return dayOfText(cell)
    if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? undefined : dayOf(cell.getTime())
    return dayOf(timeOf(cell, '1d'))
  })
}

function dayOfText(text: string): number | undefined {
  const iso = /^\d{8}$/.test(text) ? `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}` : text.slice(0, 10)
  return dayOf(parseIso(iso) ?? null)
}

function dayOf(time: EventTime): number | undefined {
  return typeof time === 'number' ? Math.floor(time / DAY_MS) : undefined
}
