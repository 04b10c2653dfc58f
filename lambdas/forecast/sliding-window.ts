/** The newest values of a series in ascending order: what leaves and enters is moved by search, nothing is sorted again. */
export class SlidingWindow {
  readonly #values: Float32Array
  #count = 0

  constructor(size: number) {
    this.#values = new Float32Array(size)
  }

  /** Ascending, NaN last, as a typed array sorts. */
  get sorted(): Float32Array {
    return this.#values.subarray(0, this.#count)
  }

  add(value: number): void {
    const at = this.#placeOf(Math.fround(value))
    this.#values.copyWithin(at + 1, at, this.#count++)
    this.#values[at] = value
  }

  /** Takes out one value that was added. */
  remove(value: number): void {
    const at = this.#placeOf(Math.fround(value))
    this.#values.copyWithin(at, at + 1, this.#count--)
  }

  /** Index of the first value that is not below. */
  #placeOf(value: number): number {
    let [low, high] = [0, this.#count]
    while (low < high) {
      const middle = (low + high) >> 1
      const one = this.#values[middle] as number
      if (one < value || (Number.isNaN(value) && !Number.isNaN(one))) low = middle + 1
      else high = middle
    }
    return low
  }
}
