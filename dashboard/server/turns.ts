/** Lets an answer that somebody waits for go before what is looked at again and again. */

export class Turns {
  #waiting = 0
  readonly #told = new Set<() => void>()

  /** Makes an answer that somebody waits for. */
  async of<T>(answer: () => Promise<T>): Promise<T> {
    this.#waiting++
    try {
      return await answer()
    } finally {
      this.#waiting--
      if (this.#waiting === 0) for (const tell of this.#told) tell()
    }
  }

  /** Resolves when nobody waits for an answer, or with the signal: at once if it has come already. */
  async free(signal: AbortSignal): Promise<void> {
    if (this.#waiting === 0 || signal.aborted) return
    await new Promise<void>((free) => {
      const tell = (): void => {
        this.#told.delete(tell)
        signal.removeEventListener('abort', tell)
        free()
      }
      this.#told.add(tell)
      signal.addEventListener('abort', tell)
    })
  }
}
