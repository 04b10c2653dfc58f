import { UsageError } from '../../lake/errors.ts'

const UNIT_MS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 }

/** Milliseconds of EventBridge Scheduler's `rate(5 minutes)` (User Guide, "Schedule types", rate-based schedules). */
export function rateMs(expression: string): number {
  const [, value, unit = ''] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? []
  const ms = Number(value) * (UNIT_MS[unit] ?? 0)
  if (ms > 0) return ms
  throw new UsageError(`The schedules that run here are rates, like rate(5 minutes); got ${expression}.`)
}
