/** An emulator's endpoint as LocalStack's free edition would have it: whole services answer that they are not there. */
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

const LACKING = /^(AmazonAthena|AWSGlue)\./
const NOT_IMPLEMENTED = {
  status: 501,
  headers: { 'content-type': 'application/x-amz-json-1.1' },
  body: JSON.stringify({ __type: 'InternalFailure', message: 'The API for this service is either not included…' }),
}

export interface LesserEmulator {
  readonly endpoint: string
  /** Calls that it refused, `AmazonAthena.ListWorkGroups`. */
  readonly refused: readonly string[]
  close(): Promise<void>
}

export async function lesserEmulator(whole: string): Promise<LesserEmulator> {
  const refused: string[] = []
  const server = createServer((incoming, outgoing) => {
    const target = String(incoming.headers['x-amz-target'] ?? '')
    if (LACKING.test(target)) {
      refused.push(target)
      outgoing.writeHead(NOT_IMPLEMENTED.status, NOT_IMPLEMENTED.headers).end(NOT_IMPLEMENTED.body)
      return
    }
    const { method, url, headers } = incoming
    const onwards = request(new URL(url ?? '/', whole), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    onwards.on('error', () => outgoing.destroy())
    incoming.pipe(onwards)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { endpoint: `http://127.0.0.1:${port}`, refused, close: () => closed(server) }
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
}
