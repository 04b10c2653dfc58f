import type { EngineDeps } from './engine.ts'
import type { RunningProcess } from './process/book.ts'
import { endedError } from './wait.ts'

/** A process that nobody has asked to end must not end. */
export function failWhenEnded(running: RunningProcess, { book, fail }: Pick<EngineDeps, 'book' | 'fail'>): void {
  const ended = (how: number | string) => {
    if (book.isRunning(running)) fail(endedError(running, `has ended (${how})`))
  }
  running.exited.then(ended, ended)
}
