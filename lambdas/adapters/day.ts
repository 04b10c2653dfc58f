/** Days since 1970-01-01 out of what files hold for a date. */
import { parseIso } from '../core/instant.ts'

const DAY_MS = 86_400_000

/** Largest magnitudes that are meant as days, seconds, milliseconds and microseconds; beyond are nanoseconds. */
const UNITS = [
  { below: 1e6, perDay: 1 },
  { below: 1e11, perDay: 86_400 },
  { below: 1e14, perDay: DAY_MS },
  { below: 1e17, perDay: DAY_MS * 1e3 },
  { below: Number.POSITIVE_INFINITY, perDay: DAY_MS * 1e6 },
] as const

/** The day of a text that begins with an ISO date, a Date, or a number of days or of any unit of time; else undefined. */
export function dayOf(cell: unknown): number | undefined {
  if (typeof cell === 'string') return dayOfText(cell)
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? undefined : Math.floor(cell.getTime() / DAY_MS)
  if (typeof cell === 'bigint' || typeof cell === 'number') return dayOfNumber(Number(cell))
  return undefined
}

function dayOfText(text: string): number | undefined {
  const iso = /^\d{8}$/.test(text) ? `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}` : text.slice(0, 10)
  const epochMs = parseIso(iso)
  return epochMs === undefined ? undefined : epochMs / DAY_MS
}

function dayOfNumber(value: number): number | undefined {
  if (!Number.isFinite(value)) return undefined
  const { perDay } = UNITS.find(({ below }) => Math.abs(value) < below) ?? UNITS[4]
  return Math.floor(value / perDay)
}
