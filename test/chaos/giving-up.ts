/** Gives up a batch now and then, as the mapping does after too many tries: it goes to the bucket, and the stream goes on. */
import { randomUUID } from 'node:crypto'
import type { FunctionInvoker, InvokeAnswer } from 'lambda-kafka-local'
import type { ObjectStore } from '../../lake/store/object-store.ts'
import type { Dice } from './dice.ts'

const SHARE = 0.08
const ALL_WELL: InvokeAnswer = {
  kind: 'returned',
  payload: '{"batchItemFailures":[]}',
  response: { statusCode: 200, executedVersion: '$LATEST' },
}

export class GivingUp implements FunctionInvoker {
  givenUp = 0
  readonly #inner: FunctionInvoker
  readonly #store: ObjectStore
  readonly #dice: Dice

  constructor(inner: FunctionInvoker, store: ObjectStore, dice: Dice) {
    this.#inner = inner
    this.#store = store
    this.#dice = dice
  }

  async invoke(name: string, payload: string, signal: AbortSignal): Promise<InvokeAnswer> {
    if (this.#dice.next() >= SHARE) return this.#inner.invoke(name, payload, signal)
    await this.#keep(payload)
    return ALL_WELL
  }

  async #keep(payload: string): Promise<void> {
    this.givenUp++
    const record = {
      requestContext: { condition: 'RetryAttemptsExhausted' },
      version: '1.0',
      timestamp: new Date().toISOString(),
      payload,
    }
    await this.#store.put(`aws/lambda/chaos/${randomUUID()}`, new TextEncoder().encode(JSON.stringify(record)))
  }
}
