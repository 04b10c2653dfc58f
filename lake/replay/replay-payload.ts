/** The options of `npm run produce` as the payload that the producer takes. */
import { UsageError } from '../errors.ts'
import { parseReplayRequest } from './replay-request.ts'

export interface ReplayOptions {
  readonly symbols?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly speed?: string | undefined
  readonly limit?: string | undefined
  readonly 'run-id'?: string | undefined
}

export type ReplayPayload = Readonly<Record<string, unknown>> & { readonly runId: string }

/** Checks the options as the producer itself will; `freshRunId` names a run that has no name yet. */
export function replayPayload(options: ReplayOptions, freshRunId: string): ReplayPayload {
  const payload = {
    ...(options.symbols === undefined ? {} : { symbols: options.symbols.split(',').map((symbol) => symbol.trim()) }),
    ...(options.from === undefined ? {} : { from: options.from }),
    ...(options.to === undefined ? {} : { to: options.to }),
    ...(options.speed === undefined
      ? {}
      : { speed: options.speed === 'max' ? 'max' : numeric('speed', options.speed) }),
    ...(options.limit === undefined ? {} : { limit: numeric('limit', options.limit) }),
    runId: options['run-id'] ?? freshRunId,
  }
  parseReplayRequest(payload)
  return payload
}

function numeric(option: string, text: string): number {
  const value = Number(text)
  if (text.trim() !== '' && Number.isFinite(value)) return value
  throw new UsageError(`--${option} takes a number${option === 'speed' ? ' or max' : ''}; got "${text}".`)
}
