/**
 * Structured log lines: a constant message, the variables beside it. With `metrics.ts` it stands in place of Powertools,
 * which would write the same lines with more code in every bundle and state that outlives an invocation.
 */
export interface Log {
  debug(message: string, fields?: LogFields): void
  info(message: string, fields?: LogFields): void
  warn(message: string, fields?: LogFields): void
  error(message: string, fields?: LogFields): void
}

export type LogFields = Readonly<Record<string, unknown>>

const LEVELS = ['debug', 'info', 'warn', 'error'] as const
export type LogLevel = (typeof LEVELS)[number]

/** One JSON object a line, in the field names of Lambda's own JSON log format (AWS, "Using Lambda advanced logging controls"). */
export function jsonLog(write: (line: string) => void, minimum: LogLevel = 'info'): Log {
  const emit = (level: LogLevel, message: string, fields: LogFields = {}): void => {
    if (LEVELS.indexOf(level) < LEVELS.indexOf(minimum)) return
    write(`${JSON.stringify({ timestamp: new Date().toISOString(), level, message, ...plainFields(fields) })}\n`)
  }
  return {
    debug: (message, fields) => emit('debug', message, fields),
    info: (message, fields) => emit('info', message, fields),
    warn: (message, fields) => emit('warn', message, fields),
    error: (message, fields) => emit('error', message, fields),
  }
}

/** Errors have no enumerable fields and bigints no JSON; the one would vanish, the other throw. */
function plainFields(fields: LogFields): LogFields {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, plain(value)]))
}

function plain(value: unknown): unknown {
  if (value instanceof Error) return { name: value.name, message: value.message, stack: value.stack }
  return typeof value === 'bigint' ? value.toString() : value
}
