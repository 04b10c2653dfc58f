/** Which session a daily or longer bar belongs to, whatever instant of it somebody wrote down. */
import { DAY_MS, startOfDay } from '../instant.ts'
import type { Interval } from './bar.ts'

const SHORT: ReadonlySet<string> = new Set<Interval>(['1m', '2m', '5m', '15m', '30m', '60m', '90m', '1h'])

/** Whether bars of the interval belong to a session as a whole; an unknown interval counts as daily. */
export function isSessionInterval(interval: string): boolean {
  return !SHORT.has(interval)
}

/**
 * The session date of an instant that names no zone, as 00:00 UTC. It is the instant's UTC date until 15:00Z: no exchange
 * opens a session later in the day, but midnight from Tokyo (15:00Z) to London in summer (23:00Z) and the opening in Sydney
 * are of the day after. Midnight in Sydney and Auckland (11:00Z to 14:00Z) cannot be told from New York's opening: such
 * times need a zone.
 */
export function sessionOfInstant(epochMs: number): number {
  const day = startOfDay(epochMs)
  return epochMs - day >= 15 * 3_600_000 ? day + DAY_MS : day
}
