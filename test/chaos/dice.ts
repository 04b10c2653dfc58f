/** Dice that fall the same for the same seed (mulberry32: 32 bits of state are enough for trouble). */
export class Dice {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** In [0, 1). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let bits = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1)
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61)
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32
  }

  /** A whole number from `min` up to and with `max`. */
  integer(min: number, max: number): number {
    return min + Math.floor(this.next() * (max - min + 1))
  }

  pick<T>(choices: readonly T[]): T {
    const choice = choices[Math.floor(this.next() * choices.length)]
    if (choice === undefined) throw new RangeError('There is nothing to pick from.')
    return choice
  }

  /** One of the names by their shares of 1; undefined for the rest. */
  oneOf<Name extends string>(shares: Readonly<Record<Name, number>>): Name | undefined {
    let left = this.next()
    for (const name in shares) {
      left -= shares[name]
      if (left < 0) return name
    }
    return undefined
  }
}
