/** A function that keeps what it was given and answers as it is told. */
import type { InvokeAnswer } from '../../packages/lambda-kafka-local/src/core/answer.ts'
import type { FunctionInvoker } from '../../packages/lambda-kafka-local/src/ports.ts'

export interface GivenRecord {
  readonly topic: string
  readonly partition: number
  readonly offset: number
  readonly value?: string
}

export interface GivenEvent {
  readonly records: Readonly<Record<string, readonly GivenRecord[]>>
}

const RESPONSE = { statusCode: 200, executedVersion: '$LATEST' } as const
export const HANDLED: InvokeAnswer = { kind: 'returned', payload: 'null', response: RESPONSE }
export const THROWN: InvokeAnswer = {
  kind: 'function-error',
  message: 'thrown',
  response: { ...RESPONSE, functionError: 'Unhandled' },
}

export function answering(payload: unknown): InvokeAnswer {
  return { kind: 'returned', payload: JSON.stringify(payload), response: RESPONSE }
}

export class RecordingFunction implements FunctionInvoker {
  readonly events: GivenEvent[] = []
  /** Partitions that were with the function at the same moment, twice in one entry where order was broken. */
  readonly overlaps: string[] = []
  readonly #answer: (event: GivenEvent, invocation: number) => InvokeAnswer | Promise<InvokeAnswer>
  readonly #running = new Set<string>()

  constructor(answer: (event: GivenEvent, invocation: number) => InvokeAnswer | Promise<InvokeAnswer> = () => HANDLED) {
    this.#answer = answer
  }

  /** Offsets of a partition in the order in which they were given, one list an event. */
  offsets(partition: number): readonly (readonly number[])[] {
    return this.events
      .map(({ records }) => records[`orders-${partition}`]?.map(({ offset }) => offset) ?? [])
      .filter(({ length }) => length > 0)
  }

  async invoke(_name: string, payload: string): Promise<InvokeAnswer> {
    const event: GivenEvent = JSON.parse(payload)
    const groups = Object.keys(event.records)
    this.overlaps.push(...groups.filter((group) => this.#running.has(group)))
    for (const group of groups) this.#running.add(group)
    this.events.push(event)
    try {
      return await this.#answer(event, this.events.length)
    } finally {
      for (const group of groups) this.#running.delete(group)
    }
  }
}
