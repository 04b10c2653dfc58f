/** Tells a person what is going on, on a terminal in place, elsewhere line by line. */
export interface Progress {
  /** A finished step, or a fact worth a line. */
  say(line: string): void
  /** What is being done right now; on a terminal the next call overwrites it. */
  doing(line: string): void
  /** Ends a line that is still open. */
  close(): void
}

export interface ProgressStream {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

/** Without a terminal, news of one and the same step comes at most this often. */
const QUIET_MS = 5_000
/** What changes from one piece of news to the next within a step. */
const NUMBERS = /\d[\d,.]*/g

/** Says a line to the person at the terminal; stdout is for the answer, which may go into a pipe. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`)
}

export function progressOn(stream: ProgressStream, now: () => number = Date.now): Progress {
  return stream.isTTY ? terminalProgress(stream) : lineProgress(stream, now)
}

function terminalProgress(stream: ProgressStream): Progress {
  let open = false
  const clear = () => {
    if (open) stream.write('\r\u001b[K')
    open = false
  }
  return {
    say(line) {
      clear()
      stream.write(`${line}\n`)
    },
    doing(line) {
      stream.write(`\r\u001b[K${line.slice(0, (stream.columns ?? 80) - 1)}`)
      open = true
    },
    close: clear,
  }
}

function lineProgress(stream: ProgressStream, now: () => number): Progress {
  let step = ''
  let quietUntil = 0
  return {
    say(line) {
      stream.write(`${line}\n`)
    },
    doing(line) {
      const same = line.replace(NUMBERS, '#')
      if (same === step && now() < quietUntil) return
      step = same
      quietUntil = now() + QUIET_MS
      stream.write(`${line}\n`)
    },
    close() {},
  }
}
