/** The producer's settings, as its function's environment gives them. */
import { type Environment, integerOr } from '../environment.ts'
import { UsageError } from '../errors.ts'
import type { Speed } from './replay-pace.ts'
import { isSpeed } from './replay-request.ts'

export interface ReplaySettings {
  /** Between two sessions, at speed 1. */
  readonly everySeconds: number
  readonly speed: Speed
  /** What the scheduled replay does at the end of history: wait for more, or begin again. */
  readonly atEnd: 'rest' | 'loop'
}

export function replaySettings(env: Environment): ReplaySettings {
  return {
    everySeconds: integerOr(env, 'EVERY_SECONDS', { fallback: 5, min: 1, max: 60 }),
    speed: speedOf(env['SPEED'] || '1'),
    atEnd: atEndOf(env['AT_END'] || 'rest'),
  }
}

function speedOf(text: string): Speed {
  const speed = text === 'max' ? text : Number(text)
  if (isSpeed(speed)) return speed
  throw new UsageError(`SPEED takes a number above 0, or max; got "${text}".`)
}

function atEndOf(text: string): 'rest' | 'loop' {
  if (text === 'rest' || text === 'loop') return text
  throw new UsageError(`AT_END takes rest or loop; got "${text}".`)
}
