/** Values by name, up to a size in all; those that were used longest ago go first. */
export class RecentlyUsed<Value> {
  readonly #capacity: number
  readonly #sizeOf: (value: Value) => number
  /** The newest use last. */
  readonly #values = new Map<string, Value>()
  #size = 0

  constructor(capacity: number, sizeOf: (value: Value) => number) {
    this.#capacity = capacity
    this.#sizeOf = sizeOf
  }

  get(name: string): Value | undefined {
    const value = this.#values.get(name)
    if (value === undefined) return undefined
    this.#values.delete(name)
    this.#values.set(name, value)
    return value
  }

  set(name: string, value: Value): void {
    const former = this.#values.get(name)
    this.#size += this.#sizeOf(value) - (former === undefined ? 0 : this.#sizeOf(former))
    this.#values.delete(name)
    this.#values.set(name, value)
    for (const [oldest, old] of this.#values) {
      if (this.#size <= this.#capacity) return
      this.#values.delete(oldest)
      this.#size -= this.#sizeOf(old)
    }
  }
}
