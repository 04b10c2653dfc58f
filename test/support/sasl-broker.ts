/** A broker that speaks just enough of Kafka's protocol to let a client log in by SASL: it takes everybody, and keeps what was sent. */
import { createServer, type Socket } from 'node:net'
import type { TestContext } from 'node:test'

/** Kafka's numbers of the requests that it knows. */
const SASL_HANDSHAKE = 17
const API_VERSIONS = 18
const SASL_AUTHENTICATE = 36

export interface SaslBroker {
  readonly port: number
  /** The bytes of each login. */
  readonly logins: readonly Buffer[]
  readonly mechanisms: readonly string[]
}

export async function saslBroker(t: TestContext): Promise<SaslBroker> {
  const logins: Buffer[] = []
  const mechanisms: string[] = []
  const answer = (request: Buffer): Buffer => {
    const key = request.readInt16BE(0)
    const client = Math.max(0, request.readInt16BE(8))
    const body = request.subarray(10 + client)
    switch (key) {
      case API_VERSIONS:
        return Buffer.concat([
          short(0),
          int(2),
          versions(SASL_HANDSHAKE, 1, 1),
          versions(SASL_AUTHENTICATE, 1, 1),
          int(0),
        ])
      case SASL_HANDSHAKE:
        mechanisms.push(body.subarray(2).toString())
        return Buffer.concat([short(0), int(1), body])
      case SASL_AUTHENTICATE:
        logins.push(body.subarray(4))
        return Buffer.concat([short(0), short(-1), int(0), int(0), int(900_000)])
      default:
        throw new Error(`This broker lets in and does no more; it was asked ${key}.`)
    }
  }
  const server = createServer((socket) => serve(socket, answer))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  const address = server.address()
  return { port: typeof address === 'object' && address ? address.port : 0, logins, mechanisms }
}

/** Requests and answers stand behind their length; an answer begins with the request's correlation id. */
function serve(socket: Socket, answer: (request: Buffer) => Buffer): void {
  let waiting = Buffer.alloc(0)
  socket.on('data', (data) => {
    waiting = Buffer.concat([waiting, data])
    while (waiting.length >= 4 && waiting.length >= 4 + waiting.readInt32BE(0)) {
      const end = 4 + waiting.readInt32BE(0)
      const request = waiting.subarray(4, end)
      const body = Buffer.concat([request.subarray(4, 8), answer(request)])
      socket.write(Buffer.concat([int(body.length), body]))
      waiting = waiting.subarray(end)
    }
  })
}

function int(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value)
  return bytes
}

function short(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeInt16BE(value)
  return bytes
}

function versions(key: number, least: number, most: number): Buffer {
  return Buffer.concat([short(key), short(least), short(most)])
}
