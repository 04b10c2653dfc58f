/** Carries requests and answers of the dashboard's handler over HTTP, on this machine alone. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { TickerlakeError, UsageError } from '../../lake/errors.ts'
import type { Handler } from './handler.ts'
import { SAFE_HEADERS } from './refusal.ts'

const LOOPBACK = '127.0.0.1'
/** A query's text is the longest thing that is ever sent here. */
const MOST_BODY_BYTES = 256 * 1024
/** It stands in the page's address too, three characters a byte, and is loaded again from there. */
const MOST_HEADER_BYTES = 4 * MOST_BODY_BYTES

export interface ListenProps {
  /** The port, or the first of those that may be tried. */
  readonly port: number
  /** How many ports may be tried, one after the other. @default 1 */
  readonly tries?: number
  /** The handler for the address that was found. */
  readonly handlerFor: (hosts: readonly string[]) => Handler
}

export interface Listening {
  /** `http://127.0.0.1:4580` */
  readonly address: string
  close(): Promise<void>
}

export async function listen({ port, tries = 1, handlerFor }: ListenProps): Promise<Listening> {
  const server = createServer({ requestTimeout: 30_000, maxHeaderSize: MOST_HEADER_BYTES })
  const found = await firstFree(server, port, tries)
  const handler = handlerFor([`${LOOPBACK}:${found}`, `localhost:${found}`])
  server.on('request', (request, response) => void carry(request, response, handler))
  return {
    address: `http://${LOOPBACK}:${found}`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
}

async function firstFree(server: Server, port: number, tries: number): Promise<number> {
  for (let next = port; next < port + tries; next++) {
    const found = await tryPort(server, next)
    if (found !== undefined) return found
  }
  const range = tries === 1 ? `Port ${port} is` : `Ports ${port} to ${port + tries - 1} are`
  throw new UsageError(`${range} taken; give the dashboard another with --port.`)
}

function tryPort(server: Server, port: number): Promise<number | undefined> {
  return new Promise((found, failed) => {
    const onError = (error: NodeJS.ErrnoException): void =>
      error.code === 'EADDRINUSE' ? found(undefined) : failed(error)
    server.once('error', onError)
    server.listen(port, LOOPBACK, () => {
      server.off('error', onError)
      const address = server.address()
      found(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}

async function carry(incoming: IncomingMessage, outgoing: ServerResponse, handler: Handler): Promise<void> {
  const gone = new AbortController()
  outgoing.once('close', () => gone.abort())
  try {
    const response = await handler(await requestOf(incoming, gone.signal))
    outgoing.writeHead(response.status, Object.fromEntries(response.headers))
    if (response.body && incoming.method !== 'HEAD') await pipeline(Readable.fromWeb(response.body as never), outgoing)
    else outgoing.end()
  } catch (error) {
    if (gone.signal.aborted) return
    // The handler answers for its own failures: what fails around it is no request, like TRACE, or one that is too long.
    outgoing.writeHead(400, { ...SAFE_HEADERS, 'content-type': 'application/json' })
    outgoing.end(JSON.stringify({ error: error instanceof TickerlakeError ? error.message : 'Not understood.' }))
  }
}

async function requestOf(incoming: IncomingMessage, signal: AbortSignal): Promise<Request> {
  const headers = new Headers()
  for (const [name, value] of Object.entries(incoming.headers))
    for (const one of [value ?? []].flat()) headers.append(name, one)
  const body = incoming.method === 'POST' ? await bodyOf(incoming) : null
  const url = URL.parse(incoming.url ?? '/', `http://${LOOPBACK}`)
  if (!url) throw new UsageError('The address cannot be read.')
  return new Request(`http://${LOOPBACK}${url.pathname}${url.search}`, {
    method: incoming.method ?? 'GET',
    headers,
    body: body === null ? null : Uint8Array.from(body),
    signal,
  })
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > MOST_BODY_BYTES) throw new UsageError(`A request has at most ${MOST_BODY_BYTES} bytes here.`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
