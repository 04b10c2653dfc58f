/** Wall time and waiting. Core takes a number instead. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number
  /** Resolves after `ms`; with a signal, as soon as it is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}
