/** One consumer's way to S3, with trouble on it: the store's, the network's, and its own death between two steps. */
import { Agent, createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import type { Dice } from './dice.ts'

/** Shares of requests. */
export const FAULT_SHARES = {
  /** 503 without doing it. */
  overloaded: 0.02,
  /** 409 without doing it: S3's word while another conditional write is under way. */
  conflict: 0.01,
  /** Done after a while. */
  slow: 0.02,
  /** The connection breaks before it is done. */
  'cut-off': 0.01,
  /** Done, and the connection breaks before the answer. */
  'answer-lost': 0.02,
  /** The consumer is killed before it is done, and after. */
  'kill-before': 0.025,
  'kill-after': 0.025,
  /** The consumer stands still past its timeout, goes on as a zombie, and the request is done only then. */
  'zombie-before': 0.008,
  /** The same, but the request was done at once. */
  'zombie-after': 0.008,
} as const
export type Trouble = keyof typeof FAULT_SHARES

/** What the proxy does to the consumer whose requests it carries. */
export interface Victim {
  kill(): void
  pause(): void
  resume(): void
}

export interface FaultProxyProps {
  /** The real store, `http://host:port`. */
  readonly endpoint: string
  readonly dice: Dice
  readonly onTrouble: (trouble: Trouble, step: string) => void
}

const SLOW_MS = [50, 1_500] as const
const ZOMBIE_MS = [300, 3_000] as const

interface Answer {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

export class FaultProxy {
  readonly #props: FaultProxyProps
  readonly #server: Server
  readonly #agent = new Agent({ keepAlive: true })
  #victim: Victim | undefined
  #calm = false

  constructor(props: FaultProxyProps) {
    this.#props = props
    this.#server = createServer((incoming, outgoing) => {
      this.#carry(incoming, outgoing).catch(() => outgoing.destroy())
    })
  }

  /** Begins to carry requests; resolves with its own endpoint. */
  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    const { port } = this.#server.address() as AddressInfo
    return `http://127.0.0.1:${port}`
  }

  /** Whose requests it carries from now on. */
  carryFor(victim: Victim): void {
    this.#victim = victim
  }

  /** No more trouble. */
  calm(): void {
    this.#calm = true
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    this.#agent.destroy()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  async #carry(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const victim = this.#victim
    const body = await bodyOf(incoming)
    const trouble = this.#calm ? undefined : this.#props.dice.oneOf(FAULT_SHARES)
    if (trouble) this.#props.onTrouble(trouble, stepOf(incoming))
    const answer = await this.#troubled(trouble, victim, () => this.#forward(incoming, body))
    if (!answer) outgoing.destroy()
    else outgoing.writeHead(answer.status, answer.headers).end(answer.body)
  }

  /** The answer that the consumer gets; undefined where the connection breaks instead. */
  async #troubled(
    trouble: Trouble | undefined,
    victim: Victim | undefined,
    forward: () => Promise<Answer>,
  ): Promise<Answer | undefined> {
    switch (trouble) {
      case undefined:
        return forward()
      case 'overloaded':
        return errorAnswer(503, 'SlowDown')
      case 'conflict':
        return errorAnswer(409, 'ConditionalRequestConflict')
      case 'slow':
        await delay(this.#props.dice.integer(...SLOW_MS))
        return forward()
      case 'cut-off':
        return undefined
      case 'answer-lost':
        await forward()
        return undefined
      case 'kill-before':
        victim?.kill()
        return undefined
      case 'kill-after':
        await forward()
        victim?.kill()
        return undefined
      case 'zombie-before':
        await this.#standStill(victim)
        return this.#thenGoOn(victim, await forward())
      case 'zombie-after': {
        const answer = await forward()
        await this.#standStill(victim)
        return this.#thenGoOn(victim, answer)
      }
    }
  }

  async #standStill(victim: Victim | undefined): Promise<void> {
    victim?.pause()
    await delay(this.#props.dice.integer(...ZOMBIE_MS))
  }

  #thenGoOn(victim: Victim | undefined, answer: Answer): Answer {
    victim?.resume()
    return answer
  }

  #forward(incoming: IncomingMessage, body: Buffer): Promise<Answer> {
    const { method, url, headers } = incoming
    return new Promise((resolve, reject) => {
      const carried = request(
        new URL(url ?? '/', this.#props.endpoint),
        { method, headers, agent: this.#agent },
        (response) => {
          const answered = (answer: Buffer): void =>
            resolve({ status: response.statusCode ?? 500, headers: response.headers, body: answer })
          bodyOf(response).then(answered, reject)
        },
      )
      carried.once('error', reject)
      carried.end(body)
    })
  }
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync<Buffer>(message))
}

/** `put ledger`, `put file`, `look at file`, `get ledger`: the steps of landing. */
function stepOf({ method = '', url = '' }: IncomingMessage): string {
  const what = url.includes('/ledger/') ? 'ledger' : 'file'
  return method === 'HEAD' ? `look at ${what}` : `${method.toLowerCase()} ${what}`
}

function errorAnswer(status: number, code: string): Answer {
  const body = Buffer.from(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>on purpose</Message></Error>`)
  return { status, headers: { 'content-type': 'application/xml', 'content-length': String(body.length) }, body }
}
