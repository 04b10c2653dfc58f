/** A number of a JSON text that remembers how it was written. */
export class WrittenNumber {
  readonly value: number
  readonly text: string

  constructor(value: number, text: string) {
    this.value = value
    this.text = text
  }

  toJSON(): number {
    return this.value
  }
}

/** What the engine tells a reviver of a primitive's text; TypeScript's own library does not know it yet. */
interface Source {
  readonly source?: string
}

/** As JSON.parse, with every number as a WrittenNumber. */
export function parseAsWritten(text: string): unknown {
  const revive = (_: string, value: unknown, from?: Source): unknown =>
    typeof value === 'number' ? new WrittenNumber(value, from?.source ?? String(value)) : value
  return JSON.parse(text, revive)
}

/** The number itself, of a number of either kind. */
export function plainNumber(value: unknown): unknown {
  return value instanceof WrittenNumber ? value.value : value
}
